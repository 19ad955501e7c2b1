package handlers

import (
	"fmt"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"enlace/tenants"
	"enlace/views"
)

// verificar tells anybody that a contract of that number exists, and nothing personal of it. Numbers follow each other, so the
// route keeps a pace.
func (w *Web) verificar(c *fiber.Ctx) error {
	number, err := strconv.ParseInt(c.Params("numero"), 10, 64)
	if err != nil || number < 1 {
		return noContract(tenants.NotFound())
	}
	one, err := w.contracts().Verify(c.UserContext(), number)
	if err != nil {
		return noContract(err)
	}
	return w.show(c, views.Verificar{Number: one.Number, Facts: []views.Fact{{Term: "Número", Text: fmt.Sprint(one.Number), Num: true},
		{Term: "Data", Text: one.IssuedOn.BR(), Num: true}, {Term: "sha256 do texto", Text: one.Hash, Mono: true}}})
}

func noContract(err error) error {
	return absentIf(err, "Nenhum contrato com este número", "Confira o número: ele está no alto do contrato impresso.")
}
