package handlers

import (
	"fmt"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"enlace/tenants"
	"enlace/tenants/collection"
	"enlace/views"
)

// strayPath is the page of money that came in: a Pix, or a line of a retorno.
func strayPath(of collection.Stray) string {
	if of.Line != uuid.Nil {
		return linePath(of.Line)
	}
	return pixReceived + "/" + of.Pix.String()
}

// placing is the form that says for which invoice money came, with what that does.
func (w *Web) placing(c *fiber.Ctx, of collection.Stray, refused *views.Form) (*views.Colocar, error) {
	v := &views.Colocar{Self: strayPath(of)}
	var t tenants.Typed
	if t, v.Form = w.asked(c); refused != nil {
		v.Form, t = *refused, tenants.Typed{"fatura": refused.Typed.Get("fatura")}
	}
	v.Form.Order = []string{"fatura", "motivo"}
	if t["fatura"] == "" {
		return v, nil
	}
	t["chave"] = v.Form.Key
	var wrong tenants.Fields
	in := collection.ReadAttribution(t, of, &wrong)
	err := wrong.Err()
	if err == nil {
		var preview collection.Placing
		if preview, err = w.collection().PreviewAttribution(c.UserContext(), in); err == nil {
			v.Seen, v.Button = preview.Seen(), "Dar baixa na fatura "+fmt.Sprint(preview.Invoice.Number)
			v.Preview = receiptPreview(preview.ReceiptPreview, called(preview.Holder))
			v.Preview.Title = fmt.Sprintf("Fatura %d, de %s", preview.Invoice.Number, preview.Holder.Name)
			return v, nil
		}
	}
	if refused == nil && !w.wrong(c, &v.Form, err) {
		return nil, err
	}
	return v, nil
}

// place settles an invoice by money that was of none, called what; again shows the form with what is wrong in it.
func (w *Web) place(c *fiber.Ctx, of collection.Stray, what string, again func(*views.Form) error) error {
	t, f := w.typed(c)
	f.Order = []string{"fatura", "motivo"}
	var wrong tenants.Fields
	in := collection.ReadAttribution(t, of, &wrong)
	err := wrong.Err()
	if err == nil {
		_, err = w.collection().Attribute(c.UserContext(), in)
	}
	if err != nil {
		if w.wrong(c, &f, err) {
			return again(&f)
		}
		return err
	}
	w.say(c, views.Toast{Said: what + " foi baixado na fatura " + in.Invoice + "."})
	return w.redirect(c, strayPath(of))
}
