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

// Bot is the bot as the gerente sees it: how it is doing, what it says and offers, and what reached nobody.
type Bot struct {
	Head     Head
	Form     Form
	Own      string
	Ails     *Verdict // why it does not answer
	Figures  []Figure
	Steps    []Bar // from a link that was shown to a payment
	Features []BotFeature
	Failed   Table
	Empty    Empty // in place of what reached nobody
	Told     []Happening
}

// BotFeature is a switch of what the bot offers.
type BotFeature struct{ Name, Label, Hint string }

// Page of the bot.
func (v Bot) Page() Page {
	return Page{Template: "telegram/bot", Title: v.Form.Title("Bot do Telegram"), Section: "/configuracoes"}
}
