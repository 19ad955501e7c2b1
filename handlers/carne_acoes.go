package handlers

import (
	"fmt"

	"github.com/gofiber/fiber/v2"

	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/history"
	"enlace/tenants/staff"
	"enlace/views"
)

// bookletMore is the menu Ações of a carnê: what can be done, and what cannot, with its reason.
func bookletMore(c *fiber.Ctx, b *billing.Booklet) *views.More {
	own, more := "/carnes/"+b.ID.String(), &views.More{Label: "Ações"}
	at := map[billing.BookletAction]string{billing.ViewBooklet: own, billing.PrintIt: own + ".pdf", billing.EndBooklet: own + "?cancelar=sim#cancelar"}
	for _, action := range billing.BookletActions {
		if action.Charges() && !session(c).Granted[staff.Charge] {
			continue
		}
		label, href := views.CarneAction(string(action)), at[action]
		if href == "" {
			href = own + "/" + string(action)
		}
		if fault := b.May(action); fault != nil {
			more.Cannot = append(more.Cannot, views.Reason{What: label, Why: views.Because(fault)})
			continue
		}
		more.Can = append(more.Can, views.Link{Label: label, Href: href})
	}
	return more
}

// bookletHead is the head of a page about one thing of a carnê.
func bookletHead(b *billing.Booklet, action billing.BookletAction) views.Head {
	customer, said := "/clientes/"+b.CustomerID.String(), views.CarneAction(string(action))
	return views.Head{Crumbs: []views.Link{{Label: "Clientes", Href: "/clientes"}, {Label: b.Customer.Name, Href: customer}, {Label: "Carnês", Href: customer + "/carnes"},
		{Label: fmt.Sprintf("Carnê %d", b.Number), Href: "/carnes/" + b.ID.String()}}, Here: said, Title: said + ", carnê " + fmt.Sprint(b.Number), Facts: b.Plan.Name + " de " + b.Customer.Name}
}

// carneHistorico is what happened to a carnê and its instalments, page by page.
func (w *Web) carneHistorico(c *fiber.Ctx) error {
	booklet, err := id(c, "id")
	if err != nil {
		return err
	}
	page := max(1, c.QueryInt("pagina", 1))
	told, err := w.billing().BookletHistory(c.UserContext(), booklet, page)
	if err != nil {
		return err
	}
	return w.show(c, views.CarneHistorico{Head: bookletHead(told.Booklet, billing.BookletTold), History: happenings(told.Rows, zoneOf(c)),
		Pager: pager(c, page, history.PageSize, told.Total), Empty: views.Empty{Title: "Nada aqui", Why: "O que acontece a este carnê e às parcelas dele fica nesta lista."}})
}

// carneEmail asks where a carnê is to go.
func (w *Web) carneEmail(c *fiber.Ctx) error { return w.showBookletEmail(c, nil) }

func (w *Web) enviarCarne(c *fiber.Ctx) error {
	booklet, err := id(c, "id")
	if err != nil {
		return err
	}
	t, f := w.typed(c)
	f.Order = []string{"email", "outro"}
	var wrong tenants.Fields
	from := "email"
	if t["email"] == "" || t["email"] == otherAddress {
		from = "outro"
	}
	to := t.Email(&wrong, from)
	if to == "" {
		wrong.Add(from, "required")
	}
	if err = wrong.Err(); err == nil {
		err = w.billing().EmailBooklet(c.UserContext(), booklet, to, f.Key)
	}
	if err != nil {
		if w.wrong(c, &f, err) {
			return w.showBookletEmail(c, &f)
		}
		return err
	}
	w.say(c, views.Toast{Said: "O carnê vai por e-mail para " + to + "."})
	return w.redirect(c, "/carnes/"+booklet.String()+"/email")
}

// otherAddress is chosen for an address that is typed.
const otherAddress = "outro"

func (w *Web) showBookletEmail(c *fiber.Ctx, refused *views.Form) error {
	booklet, err := id(c, "id")
	if err != nil {
		return err
	}
	m, err := w.billing().BookletMail(c.UserContext(), booklet)
	if err != nil {
		return err
	}
	v := views.CarneEmail{Head: bookletHead(m.Booklet, billing.SendBooklet), Action: c.Path(), Kept: w.MailFolder, Form: w.form(c)}
	for _, one := range m.Addresses {
		v.Addresses = append(v.Addresses, views.Option{Value: one, Label: one})
	}
	if len(m.Addresses) > 0 {
		v.Addresses = append(v.Addresses, views.Option{Value: otherAddress, Label: "Outro", Memo: "digite abaixo"})
		v.Form.Typed.Set("email", m.Addresses[0])
	}
	if refused != nil {
		v.Form = *refused
	}
	for _, row := range m.Letters {
		state := views.StatusOf("emails.status", string(row.Status))
		v.Letters = append(v.Letters, views.Entry{Text: row.To, Memo: views.Moment(row.CreatedAt.In(zoneOf(c))) + mailTrouble(row.Error), Status: &state})
	}
	return w.show(c, v)
}
