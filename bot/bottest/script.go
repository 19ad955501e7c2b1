package bottest

import (
	"regexp"
	"strings"
)

// Play plays a conversation, line by line:
//
//	Maria: /faturas            Maria writes
//	Maria > Copiar Pix         Maria presses that button
//	Maria shares 5591988880001 Maria sends the contact card of her own telephone
//	Maria replies to [Menu]: x Maria writes as the reply to the newest message with that button
//	Maria forwards 559198…     Maria passes on the card of somebody else
//	Bot: Código Pix de …       the next thing the bot says is a new message that begins so; … stands for anything
//	| R$ 89,90                 and it holds this too
//	| no liberado              and does not hold this
//	| [Menu] [Ajuda]           and its buttons have these labels, row by row
//	| asks for the number      and a button under the field sends the own contact card
//	Bot edits: Como posso …    it writes a message anew
//	Bot sends: Carnê 1.pdf     it sends a PDF
//	Bot toasts: Este botão …   it answers a press with words; without words a press is answered unseen, but it must be
//
// What the bot says besides is an error.
func (p *Person) Play(script string) {
	p.s.t.Helper()
	var last Said
	toasts, row := 0, 0
	for _, line := range strings.Split(script, "\n") {
		line = strings.TrimSpace(line)
		who, words, _ := strings.Cut(line, ":")
		switch words = strings.TrimSpace(words); {
		case line == "":
		case strings.HasPrefix(line, p.Name+": "):
			p.Writes(words)
		case strings.HasPrefix(line, p.Name+" shares "):
			p.Shares(strings.TrimPrefix(line, p.Name+" shares "))
		case strings.HasPrefix(line, p.Name+" replies to ["):
			label, text, _ := strings.Cut(strings.TrimPrefix(line, p.Name+" replies to ["), "]: ")
			p.Replies(label, text)
		case strings.HasPrefix(line, p.Name+" forwards "):
			p.Forwards(strings.TrimPrefix(line, p.Name+" forwards "), p.Chat+1)
		case strings.HasPrefix(line, p.Name+" > "):
			toasts++
			p.Presses(strings.TrimPrefix(line, p.Name+" > "))
		case line[0] == '|':
			row = p.check(last, strings.TrimSpace(line[1:]), row)
		default:
			for last = p.Next(); last.Toast && last.Text == ""; last = p.Next() {
				toasts--
			}
			if last.Toast {
				toasts--
			}
			row = 0
			if last.kind() != who || !like(Plain(last.Text), words) && (last.Document == nil || !like(last.Name, words)) {
				p.s.t.Errorf("%s waits for\n%s\nand the bot says\n%s: %s %s", p.Name, line, last.kind(), last.Name, Plain(last.Text))
			}
		}
	}
	for {
		said, more := p.Hears(0)
		switch {
		case more && !said.Toast:
			p.s.t.Errorf("%s did not wait for\n%s: %s", p.Name, said.kind(), Plain(said.Text))
		case more:
			toasts--
			continue
		case toasts > 0:
			if _, came := p.Hears(patience); came {
				toasts--
				continue
			}
			p.s.t.Errorf("%s pressed, and %d presses were not answered", p.Name, toasts)
		}
		return
	}
}

func (s Said) kind() string {
	switch {
	case s.Toast:
		return "Bot toasts"
	case s.Document != nil:
		return "Bot sends"
	case s.Edit:
		return "Bot edits"
	}
	return "Bot"
}

// check looks at one more thing of what was said last.
func (p *Person) check(last Said, want string, row int) int {
	p.s.t.Helper()
	text := Plain(last.Text)
	if strings.HasPrefix(want, "[") {
		var labels []string
		if row < len(last.Buttons) {
			for _, b := range last.Buttons[row] {
				labels = append(labels, "["+b.Label+"]")
			}
		}
		if got := strings.Join(labels, " "); got != want {
			p.s.t.Errorf("row %d of buttons under\n%s\nis %s, want %s", row+1, text, got, want)
		}
		return row + 1
	}
	if want == "asks for the number" {
		if last.Share == "" {
			p.s.t.Errorf("no button sends the own number under\n%s", text)
		}
	} else if absent, no := strings.CutPrefix(want, "no "); no {
		if strings.Contains(strings.ToLower(text), absent) {
			p.s.t.Errorf("the bot says %q in\n%s", absent, text)
		}
	} else if !like(text[max(0, strings.Index(text, strings.Split(want, "…")[0])):], want) {
		p.s.t.Errorf("the bot does not say %q in\n%s", want, text)
	}
	return row
}

// like says whether a text begins as the pattern does, where … stands for anything.
func like(text, pattern string) bool {
	parts := strings.Split(pattern, "…")
	for i := range parts {
		parts[i] = regexp.QuoteMeta(parts[i])
	}
	return regexp.MustCompile(`(?s)^` + strings.Join(parts, ".*")).MatchString(text)
}
