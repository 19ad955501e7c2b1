package views

import "html/template"

// Vinculo is the one-time link by which a chat of Telegram is tied to a customer.
type Vinculo struct {
	Head  Head
	URL   string
	Until string       // the hour at which it stops to serve
	QR    template.URL // a picture of ours, as a data address
}

// Page of the link.
func (v Vinculo) Page() Page {
	return Page{Template: "telegram/vinculo", Title: "Vincular Telegram", Section: "/clientes"}
}

// TelegramToken is where an ISP says which bot of Telegram is its own.
type TelegramToken struct {
	Head Head
	Form Form
	Own  string   // where it is sent
	Ails *Verdict // why the bot does not answer
}

// Page of the token.
func (v TelegramToken) Page() Page {
	return Page{Template: "telegram/token", Title: v.Form.Title("Token do bot"), Section: "/configuracoes"}
}
