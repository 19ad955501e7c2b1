package handlers

import (
	"fmt"

	"github.com/gofiber/fiber/v2"

	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/staff"
	"enlace/views"
)

// cancellingKey keeps the form of a cancelling that was not to be, until the page of its invoice is shown.
const cancellingKey = "cancelling"

func (w *Web) cancelarFatura(c *fiber.Ctx) error {
	invoice, err := id(c, "id")
	if err != nil {
		return err
	}
	t, f := w.typed(c)
	t["motivo"] = t["motivo_cancelamento"]
	f.Order = []string{"motivo_cancelamento"}
	var wrong tenants.Fields
	in := billing.ReadCancelling(t, invoice, &wrong)
	if err = wrong.Err(); err == nil {
		err = w.billing().CancelInvoice(c.UserContext(), in)
	}
	if fault := tenants.FaultOf(err); fault != nil && fault.Fields["motivo"] != "" { // the baixa beside it has a motivo of its own
		err = tenants.Invalid("motivo_cancelamento", fault.Fields["motivo"])
	}
	if err != nil {
		if w.wrong(c, &f, err) {
			c.Locals(cancellingKey, &f)
			return w.showInvoice(c, invoice, nil)
		}
		return err
	}
	w.say(c, views.Toast{Said: "Fatura cancelada."})
	return w.redirect(c, "/faturas/"+invoice.String())
}

// cancelInvoiceForm is the form by which one invoice is cancelled; nil where that cannot be, or not by this person.
func (w *Web) cancelInvoiceForm(c *fiber.Ctx, one *billing.Invoice) *views.Acao {
	refused, _ := c.Locals(cancellingKey).(*views.Form)
	if refused == nil && (!one.MayBeCancelled() || !session(c).Granted[staff.Charge]) {
		return nil
	}
	v := &views.Acao{Action: "/faturas/" + one.Standing.Invoice.ID.String() + "/cancelar", Open: refused != nil || c.Query("abrir") == "cancelar",
		Said: "As cobranças dela deixam de ser devidas; os dias de mensalidade podem ser cobrados de novo.", Button: fmt.Sprintf("Cancelar fatura %d", one.Standing.Invoice.Number)}
	if v.Form = w.form(c); refused != nil {
		v.Form = *refused
	}
	return v
}
