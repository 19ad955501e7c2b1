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

// What went wrong is read first. A toast leaves after ten seconds, unless somebody is looking at it.
const greet = (root) => {
  root.querySelector('.en-errsum')?.focus();
  for (const toast of root.querySelectorAll('.en-toast.still')) {
    toast.classList.remove('still');
    const leave = () => toast.matches(':hover, :focus-within') ? setTimeout(leave, 2000) : toast.remove();
    setTimeout(leave, 10000);
  }
};
greet(document);
document.addEventListener('htmx:afterSwap', (event) => greet(event.target));
