// What the pages do beyond plain HTML. Everything works without it.
'use strict';

const typing = (target) => target.closest('input, textarea, select, [contenteditable]');

// Ctrl K or / goes to the search; Esc closes the menu that is open and gives the focus back to its button.
document.addEventListener('keydown', (event) => {
  const search = document.querySelector('.en-find input');
  const wanted = (event.ctrlKey || event.metaKey) && event.key === 'k' || event.key === '/' && !typing(event.target);
  if (wanted && search) {
    event.preventDefault();
    search.focus();
    search.select();
  }
  if (event.key === 'Escape') {
    for (const menu of document.querySelectorAll('.en-more[open]')) {
      menu.open = false;
      menu.querySelector('summary').focus();
    }
  }
});

// What the search finds while one types is gone through with the arrows; Esc, or an empty box, puts it away.
document.addEventListener('keydown', (event) => {
  const box = event.target.closest('.en-find');
  if (!box) return;
  const found = box.querySelector('.en-found');
  if (event.key === 'Escape') {
    found.replaceChildren();
    box.querySelector('input').focus();
  }
  const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
  const stops = [box.querySelector('input'), ...found.querySelectorAll('a')];
  const next = stops[stops.indexOf(event.target) + step];
  if (step && next) {
    event.preventDefault();
    next.focus();
  }
});
document.addEventListener('input', (event) => {
  if (event.target.matches('.en-find input') && !event.target.value.trim()) event.target.closest('.en-find').querySelector('.en-found').replaceChildren();
});

// A click elsewhere closes the menu.
document.addEventListener('click', (event) => {
  for (const menu of document.querySelectorAll('.en-more[open]')) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

// Ctrl Enter saves the form one is in, by its own button.
document.addEventListener('keydown', (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === 'Enter') {
    const form = event.target.closest('form[method=post]');
    if (form) form.requestSubmit(form.querySelector('.en-go'));
  }
});

// A code is copied by its button, which says so; without script it is selected by one touch.
const copied = async (button) => {
  const code = document.getElementById(button.dataset.copy);
  getSelection().selectAllChildren(code);
  try {
    await navigator.clipboard.writeText(code.textContent.trim());
  } catch {
    document.execCommand('copy'); // where the page is not served over HTTPS
  }
  const label = button.textContent;
  button.textContent = 'Copiado';
  setTimeout(() => { button.textContent = label; }, 2000);
};
document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-copy]');
  if (button) copied(button);
});

// A page is printed by its button; without script, by the browser's own.
document.addEventListener('click', (event) => { if (event.target.closest('[data-print]')) print(); });

// A field that is left is written as people read it, never while somebody types; the server takes either.
const shapes = {
  cpf: [/^(\d{3})(\d{3})(\d{3})(\d{2})$/, '$1.$2.$3-$4'],
  cnpj: [/^(\w{2})(\w{3})(\w{3})(\w{4})(\d{2})$/, '$1.$2.$3/$4-$5'],
  phone: [/^(\d{2})(\d{4,5})(\d{4})$/, '($1) $2-$3'],
  cep: [/^(\d{5})(\d{3})$/, '$1-$2'],
  date: [/^(\d{2})(\d{2})(\d{4})$/, '$1/$2/$3'],
};
document.addEventListener('change', ({target}) => {
  const shape = target.dataset?.shape;
  if (shape === 'money') {
    const [, whole, cents] = target.value.trim().match(/^(\d{1,9})(?:,(\d{1,2}))?$/) ?? [];
    if (whole) target.value = whole.replace(/^0+(?=\d)/, '').replace(/\B(?=(\d{3})+$)/g, '.') + ',' + (cents ?? '').padEnd(2, '0');
  } else if (shapes[shape]) {
    const bare = target.value.replace(shape === 'cnpj' ? /[\s./-]/g : /[\s().-]/g, '').toUpperCase();
    if (shapes[shape][0].test(bare)) target.value = bare.replace(...shapes[shape]);
  }
}, true); // before htmx sends it

// What the search of a CEP brings is not laid over what somebody has typed since.
const typedIn = (part) => [...part.querySelectorAll('input')].map((field) => field.value + field.checked).join('\n');
let asked;
document.addEventListener('htmx:beforeRequest', ({detail}) => { if (detail.target.id === 'lugares') asked = typedIn(detail.target); });
document.addEventListener('htmx:beforeSwap', ({detail}) => { if (detail.target.id === 'lugares' && asked !== typedIn(detail.target)) detail.shouldSwap = false; });

// What stands away until another answer is given (the sheet hides it) is not sent either; what a switch rules out cannot be chosen while it is on.
const settle = () => {
  for (const choice of document.querySelectorAll('[data-unless]')) {
    const barred = document.getElementById(choice.dataset.unless)?.checked ?? false;
    choice.disabled = barred;
    choice.checked &&= !barred;
    choice.closest('label').classList.toggle('na', barred);
  }
  for (const part of document.querySelectorAll('fieldset.en-then')) part.disabled = part.getClientRects().length === 0;
};
document.addEventListener('change', settle);
document.addEventListener('htmx:afterSettle', settle);
settle();

// A merge field beside a text is written into it with a click, where the cursor stands.
for (const code of document.querySelectorAll('[data-insert]')) {
  const area = document.getElementById(code.dataset.insert);
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'en-link en-mono';
  button.textContent = code.textContent;
  button.addEventListener('click', () => {
    area.setRangeText(code.textContent, area.selectionStart, area.selectionEnd, 'end');
    area.focus();
    area.dispatchEvent(new Event('input', {bubbles: true}));
  });
  code.replaceWith(button);
}

// A signature is drawn with a finger, a pen or the mouse; without script the name typed beside it is the signature.
for (const part of document.querySelectorAll('[data-draw]')) {
  const canvas = part.querySelector('canvas');
  const pen = canvas.getContext('2d');
  const field = document.getElementById(part.dataset.draw);
  const place = (event) => {
    const at = canvas.getBoundingClientRect();
    return [(event.clientX - at.left) * canvas.width / at.width, (event.clientY - at.top) * canvas.height / at.height];
  };
  Object.assign(pen, {lineWidth: 3, lineCap: 'round', lineJoin: 'round', strokeStyle: '#111'});
  canvas.addEventListener('pointerdown', (event) => {
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    pen.beginPath();
    pen.moveTo(...place(event));
  });
  canvas.addEventListener('pointermove', (event) => {
    if (!canvas.hasPointerCapture(event.pointerId)) return;
    pen.lineTo(...place(event));
    pen.stroke();
    field.value = 'drawn';
  });
  part.querySelector('button').addEventListener('click', () => {
    pen.clearRect(0, 0, canvas.width, canvas.height);
    field.value = '';
  });
  part.closest('form').addEventListener('submit', () => { if (field.value) field.value = canvas.toDataURL('image/png'); });
  part.hidden = false;
}

// What went wrong is read first. A toast leaves after ten seconds, unless somebody is looking at it.
const greet = (root) => {
  for (const button of root.querySelectorAll('[data-copy], [data-print]')) button.hidden = false;
  root.querySelector('.en-errsum')?.focus();
  for (const toast of root.querySelectorAll('.en-toast.still')) {
    toast.classList.remove('still');
    const leave = () => toast.matches(':hover, :focus-within') ? setTimeout(leave, 2000) : toast.remove();
    setTimeout(leave, 10000);
  }
};
greet(document);
document.addEventListener('htmx:afterSwap', (event) => greet(event.target));

// What a stream tells is drawn anew where it is shown; without script one opens the page again.
const live = () => {
  for (const part of document.querySelectorAll('[data-live]:not([data-heard])')) {
    part.dataset.heard = '';
    const source = new EventSource(part.dataset.live);
    source.onmessage = ({data}) => {
      if (!part.isConnected) return source.close();
      const open = part.querySelector('details')?.open;
      part.innerHTML = JSON.parse(data);
      if (open) part.querySelector('details')?.setAttribute('open', '');
    };
    source.onerror = () => { if (!part.isConnected) source.close(); };
  }
};
document.addEventListener('DOMContentLoaded', live);
document.addEventListener('htmx:load', live);
