package handlers

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"enlace/tenants/reports"
	"enlace/views"
)

// clienteDados shows what is held of a customer, why, and until when; that somebody looked is in the history.
func (w *Web) clienteDados(c *fiber.Ctx) error {
	who, err := id(c, "id")
	if err != nil {
		return err
	}
	held, err := reports.Desk{DB: w.DB}.Held(c.UserContext(), who)
	if err != nil {
		return err
	}
	own := "/clientes/" + who.String()
	v := views.Lista{Section: "/clientes", Head: w.customerHead(c, held.Customer),
		Table: views.Table{Caption: "O que guardamos", Columns: []views.Column{{Label: "Dados"}, {Label: "Registros", Right: true, Named: true}, {Label: "Para quê", Named: true}, {Label: "Até quando", Named: true}}}}
	v.Head.Crumbs = append(v.Head.Crumbs, views.Link{Label: held.Customer.Name, Href: own})
	v.Head.Here, v.Head.Title = "Dados pessoais", "Dados pessoais de "+held.Customer.Name
	v.Head.Facts = "LGPD: o que guardamos, para quê e até quando; esta consulta fica no histórico"
	v.Head.Do = []views.Link{{Label: "Exportar PDF", Href: own + "/dados.pdf"}, {Label: "Exportar JSON", Href: own + "/dados.json"}}
	for _, class := range held.Classes {
		name, why := views.HeldFor(class.Code)
		v.Table.Rows = append(v.Table.Rows, []views.Cell{{Text: name, Strong: true}, {Text: strconv.Itoa(class.Rows), Num: true}, {Text: why}, {Text: views.HeldUntil(class.Code, held.Until, held.Served)}})
	}
	v.Pager.Said = strconv.Itoa(len(held.Classes)) + " tipos de dados"
	return w.show(c, v)
}

// clienteDadosJSON is all of it in a file, for the holder.
func (w *Web) clienteDadosJSON(c *fiber.Ctx) error {
	who, err := id(c, "id")
	if err != nil {
		return err
	}
	text, err := reports.Desk{DB: w.DB}.HeldJSON(c.UserContext(), who)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, fiber.MIMEApplicationJSONCharsetUTF8)
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="dados-pessoais.json"`)
	return c.Send(text)
}

// clienteDadosPDF is what of it a person can read, for the holder.
func (w *Web) clienteDadosPDF(c *fiber.Ctx) error {
	who, err := id(c, "id")
	if err != nil {
		return err
	}
	content, err := reports.Desk{DB: w.DB}.HeldPDF(c.UserContext(), who)
	if err != nil {
		return err
	}
	return sendPDF(c, "dados-pessoais.pdf", content)
}
