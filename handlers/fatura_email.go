package handlers

import (
	"fmt"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"enlace/tenants"
	"enlace/views"
)

// faturaEmail asks to whom an invoice goes by e-mail, and shows to whom it went.
func (w *Web) faturaEmail(c *fiber.Ctx) error {
	invoice, err := id(c, "id")
	if err != nil {
		return err
	}
	return w.showInvoiceMail(c, invoice, nil)
}

func (w *Web) enviarFatura(c *fiber.Ctx) error {
	invoice, err := id(c, "id")
	if err != nil {
		return err
	}
	t, f := w.typed(c)
	f.Order = []string{"email"}
	var wrong tenants.Fields
	to := t.Email(&wrong, "email")
	if to == "" {
		wrong.Add("email", "required")
	}
	if err = wrong.Err(); err == nil {
		err = w.billing().EmailInvoice(c.UserContext(), invoice, to, t["chave"])
	}
	if err != nil {
		if w.wrong(c, &f, err) {
			return w.showInvoiceMail(c, invoice, &f)
		}
		return err
	}
	w.say(c, views.Toast{Said: "A fatura vai por e-mail para " + to + "."})
	return w.redirect(c, "/faturas/"+invoice.String())
}

// showInvoiceMail shows the form; refused is one that was not to be sent.
func (w *Web) showInvoiceMail(c *fiber.Ctx, invoice uuid.UUID, refused *views.Form) error {
	one, err := w.billing().InvoiceMail(c.UserContext(), invoice)
	if err != nil {
		return err
	}
	own, customer := "/faturas/"+invoice.String(), "/clientes/"+one.Customer.ID.String()
	v := views.FaturaEmail{Action: own + "/email", Kept: w.MailFolder,
		Head: views.Head{Crumbs: []views.Link{{Label: one.Customer.Name, Href: customer}, {Label: fmt.Sprintf("Fatura %d", one.Invoice.Number), Href: own}}, Here: "Enviar por Email",
			Title: fmt.Sprintf("Enviar fatura %d por e-mail", one.Invoice.Number), Facts: one.Customer.Name + " · vencimento " + one.Invoice.Due.BR()}}
	if refused != nil {
		v.Form = *refused
	} else {
		v.Form = w.form(c)
		v.Form.Typed.Set("email", one.To)
	}
	for _, row := range one.Sent {
		state := views.StatusOf("emails.status", string(row.Status))
		v.Sent = append(v.Sent, views.Entry{Text: row.To, Memo: views.Moment(row.CreatedAt.In(zoneOf(c))) + mailTrouble(row.Error), Status: &state})
	}
	return w.show(c, v)
}
