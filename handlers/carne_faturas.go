package handlers

import (
	"context"
	"fmt"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/views"
)

// membering is one of the two ways in which a carnê gets or loses invoices.
type membering struct {
	action billing.BookletAction
	read   func(context.Context, uuid.UUID) (*billing.Membership, error)
	do     func(context.Context, billing.Members) error
	label  string
	said   string
	done   string
	empty  views.Empty
}

func (w *Web) joining() membering {
	return membering{billing.JoinBooklet, w.billing().Joinable, w.billing().JoinInvoices, "Faturas em aberto deste serviço",
		"As parcelas são numeradas de novo por vencimento; valores, boletos e Pix ficam como estão.", "associada",
		views.Empty{Title: "Nenhuma fatura a associar", Why: "Entram faturas em aberto só deste serviço, com a mesma forma de cobrança, que não estão em outro carnê."}}
}

func (w *Web) releasing() membering {
	return membering{billing.ReleaseBooklet, w.billing().Leavable, w.billing().ReleaseInvoices, "Parcelas em aberto deste carnê",
		"Cada uma continua a ser devida, como fatura sozinha; as outras são numeradas de novo.", "desassociada",
		views.Empty{Title: "Nenhuma parcela a desassociar", Why: "Só saem parcelas em que nada foi pago."}}
}

func (w *Web) associar(c *fiber.Ctx) error           { return w.showMembers(c, w.joining(), nil) }
func (w *Web) associarFaturas(c *fiber.Ctx) error    { return w.changeMembers(c, w.joining()) }
func (w *Web) desassociar(c *fiber.Ctx) error        { return w.showMembers(c, w.releasing(), nil) }
func (w *Web) desassociarFaturas(c *fiber.Ctx) error { return w.changeMembers(c, w.releasing()) }

func (w *Web) changeMembers(c *fiber.Ctx, m membering) error {
	booklet, err := id(c, "id")
	if err != nil {
		return err
	}
	t, f := w.typed(c)
	f.Order = []string{"faturas"}
	var wrong tenants.Fields
	in := billing.ReadMembers(t, booklet, &wrong)
	if err = wrong.Err(); err == nil {
		err = m.do(c.UserContext(), in)
	}
	if err != nil {
		if w.wrong(c, &f, err) {
			return w.showMembers(c, m, &f)
		}
		return err
	}
	w.say(c, views.Toast{Said: plural(len(in.Invoices), "fatura "+m.done, "faturas "+m.done+"s") + "."})
	return w.redirect(c, "/carnes/"+booklet.String())
}

func (w *Web) showMembers(c *fiber.Ctx, m membering, refused *views.Form) error {
	booklet, err := id(c, "id")
	if err != nil {
		return err
	}
	may, err := m.read(c.UserContext(), booklet)
	if err != nil {
		return err
	}
	v := views.CarneFaturas{Head: bookletHead(may.Booklet, m.action), Action: c.Path(), Label: m.label, Said: m.said, Button: views.CarneAction(string(m.action)), Empty: m.empty}
	if v.Form = w.form(c); refused != nil {
		v.Form = *refused
	}
	for _, s := range may.Invoices {
		v.Invoices = append(v.Invoices, views.Option{Value: s.Invoice.ID.String(), Label: fmt.Sprintf("Fatura %d, vencimento %s, %s", s.Invoice.Number, s.Invoice.Due.BR(), views.Money(s.Total)), Memo: whatFor(s)})
	}
	return w.show(c, v)
}
