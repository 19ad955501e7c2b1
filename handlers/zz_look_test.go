package handlers_test

import (
	"context"
	"fmt"
	"testing"

	"enlace/ent"
	"enlace/ent/slip"
	"enlace/handlers/handlerstest"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/tenanttest"
)

func TestZZLook(t *testing.T) {
	o := demotest.OpenSQLite(t)
	s := handlerstest.Open(t, &tenanttest.Office{DB: o.DB, Here: o.Here, Other: o.Other})
	email := s.Hire("gerente")
	c := s.Chrome()
	c.Open("/entrar").TabTo("E-mail").Type(email).TabTo("Senha").Type(handlerstest.Password).Enter()
	own := "/clientes/" + o.Maria.ID.String()
	booklet := newestBooklet(o).ID.String()
	late := invoicesOf(o, o.Joao)[0].ID.String()
	o.Read(func(ctx context.Context, c *ent.Client) error {
		fmt.Println(c.Slip.Query().Where(slip.CancelledAtIsNil()).FirstX(ctx).PixPayload)
		return nil
	})
	for name, path := range map[string]string{"lista": own + "/carnes", "novo": own + "/carnes/novo", "novo-mau": own + "/carnes/novo?primeiro_vencimento=31/02/2027&inicio=10/07/2027&parcelas=99",
		"novo-aviso": own + "/carnes/novo?primeiro_vencimento=25/07/2027&inicio=12/07/2027&parcelas=3",
		"carne": "/carnes/" + booklet + "?cancelar=1", "carnes": "/carnes", "fatura": "/faturas/" + late, "financeiro": "/financeiro", "abertas": "/financeiro?situacao=abertas"} {
		for _, width := range []int{1366, 768, 360, 320} {
			for _, dark := range []bool{false, true} {
				c.Look(width, map[bool]int{true: 800, false: 900}[width <= 360], dark).Open(path)
				at := fmt.Sprintf("%s-%d-%v", name, width, dark)
				for _, violation := range c.Violations() {
					t.Errorf("%s: %s", at, violation)
				}
				if n := c.Sideways(); n > 0 {
					t.Errorf("%s: %d pixels wider", at, n)
				}
				c.Picture(at)
			}
		}
	}
}
