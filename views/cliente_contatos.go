package views

import "cmp"

// Contatos are the ways to reach a customer, and the chats that may see him.
type Contatos struct {
	Head      Head
	Tabs      []Link
	Alert     *Verdict
	Contacts  []Entry
	NoContact Empty
	Chats     []Entry
	Printed   []Entry // the link that the customer's papers have
	NoChat    Empty
}

// Page of a customer's contacts.
func (v Contatos) Page() Page {
	return Page{Template: "clientes/contatos", Title: cmp.Or(v.Head.Title, "Contatos"), Section: "/clientes"}
}
