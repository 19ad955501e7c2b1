package billing

import "enlace/tenants"

// BookletAction is an entry of the menu Ações of a carnê, in the order of the source.
type BookletAction string

// The actions.
const (
	ViewBooklet    BookletAction = "visualizar"
	EditBooklet    BookletAction = "editar"
	PrintIt        BookletAction = "imprimir"
	SendBooklet    BookletAction = "email"
	BookletTold    BookletAction = "historico"
	JoinBooklet    BookletAction = "associar"
	ReleaseBooklet BookletAction = "desassociar"
	EndBooklet     BookletAction = "cancelar"
)

// BookletActions lists them all.
var BookletActions = []BookletAction{ViewBooklet, EditBooklet, PrintIt, SendBooklet, BookletTold, JoinBooklet, ReleaseBooklet, EndBooklet}

// Charges says whether an action changes or sends something, and so needs the permission to charge.
func (a BookletAction) Charges() bool {
	return a != ViewBooklet && a != PrintIt && a != BookletTold
}

// May is why an action cannot be done to a carnê now, nil where it can.
func (b *Booklet) May(a BookletAction) *tenants.Fault {
	open := len(b.Editable())
	switch {
	case (a == PrintIt || a == SendBooklet) && !b.Prints():
		return tenants.Conflict("nothing_to_print")
	case (a == EditBooklet || a == JoinBooklet || a == ReleaseBooklet || a == EndBooklet) && b.CancelledAt != nil:
		return tenants.Conflict("booklet_cancelled")
	case (a == EditBooklet || a == EndBooklet || a == ReleaseBooklet) && open == 0:
		return tenants.Conflict("booklet_nothing_open")
	case a == ReleaseBooklet && len(b.Instalments) == 1:
		return tenants.Conflict("booklet_emptied")
	}
	return nil
}
