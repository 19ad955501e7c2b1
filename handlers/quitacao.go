package handlers

import (
	"fmt"
	"strings"

	"github.com/gofiber/fiber/v2"

	"enlace/tenants"
	"enlace/views"
)

// quitacao is the declaration that all of a year is paid, to be printed.
func (w *Web) quitacao(c *fiber.Ctx) error {
	of, err := id(c, "id")
	if err != nil {
		return err
	}
	year, err := c.ParamsInt("ano")
	if err != nil {
		return tenants.NotFound()
	}
	one, err := w.billing().Declaration(c.UserContext(), of, year)
	if err != nil {
		return err
	}
	isp, _ := tenants.From(c.UserContext())
	own := "/clientes/" + of.String()
	title := fmt.Sprintf("Quitação anual de débitos de %d", one.Year)
	v := views.Aviso{Head: views.Head{Crumbs: []views.Link{{Label: "Clientes", Href: "/clientes"}, {Label: one.Customer.Name, Href: own}, {Label: "Financeiro", Href: own + "/financeiro"}}, Here: title, Title: title, Facts: one.Customer.Name},
		From: isp.Name, To: one.Customer.Name, Lines: strings.Split(strings.TrimSpace(one.Body), "\n"), Proof: &views.Verdict{Class: "ok", Said: "Declarada em " + one.Day.BR()}}
	if one.Letter != nil {
		v.Proof.Proof = []views.Link{{Label: "E-mail: " + one.Letter.To}}
	}
	return w.show(c, v)
}
