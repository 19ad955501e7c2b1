package psp_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"enlace/tenants/brazil/pix/psp"
	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

func TestAChargeAgainstTheRulesNamesItsField(t *testing.T) {
	dated := psp.Charge{TxID: strings.Repeat("a", 26), Key: "a@b.example", Amount: 1, Payer: psp.Payer{Document: "52998224725", Name: "Maria"}, Due: calendar.MustParse("2026-12-10")}
	immediate := psp.Charge{TxID: strings.Repeat("9", 35), Key: "a@b.example", Amount: 9_999_999_999_99, Lifetime: time.Second}
	for _, c := range []psp.Charge{dated, immediate} {
		if err := c.Check(); err != nil {
			t.Errorf("%+v: %v", c, err)
		}
	}
	for field, spoil := range map[string]func(*psp.Charge){
		"cobv.txid":                              func(c *psp.Charge) { c.TxID = strings.Repeat("a", 25) },
		"cobv.chave":                             func(c *psp.Charge) { c.Key = strings.Repeat("a", 78) },
		"cobv.valor.original":                    func(c *psp.Charge) { c.Amount = 0 },
		"cobv.solicitacaoPagador":                func(c *psp.Charge) { c.Note = strings.Repeat("é", 141) },
		"cobv.devedor":                           func(c *psp.Charge) { c.Payer.Document = "529982247" },
		"cobv.devedor.nome":                      func(c *psp.Charge) { c.Payer.Name = "" },
		"cobv.calendario.validadeAposVencimento": func(c *psp.Charge) { c.PayableFor = -1 },
		"cobv.valor.multa":                       func(c *psp.Charge) { c.Fine = -1 },
		"cobv.valor.desconto":                    func(c *psp.Charge) { c.Discount = 1 },
		"cob.calendario.expiracao":               func(c *psp.Charge) { *c = immediate; c.Lifetime = 0 },
	} {
		c := dated
		spoil(&c)
		var refused *psp.Refused
		if err := c.Check(); !errors.As(err, &refused) || refused.Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
}

func TestAmountsAreReadToTheCent(t *testing.T) {
	for text, want := range map[string]money.Cents{"0.01": 1, "123.45": 123_45, "9999999999.99": 9_999_999_999_99} {
		if got, ok := psp.ParseAmount(text); !ok || got != want {
			t.Errorf("%s is %d, %t", text, got, ok)
		}
	}
	for _, text := range []string{"", "1", "1.2", "1,23", "-1.00", "1.234", "12345678901.00", "1e2", " 1.00"} {
		if got, ok := psp.ParseAmount(text); ok {
			t.Errorf("%q is %d", text, got)
		}
	}
	paid := psp.Paid{Returns: []psp.Return{{Amount: 1, Status: "DEVOLVIDO"}, {Amount: 2, Status: "EM_PROCESSAMENTO"}, {Amount: 4, Status: "NAO_REALIZADO"}, {Amount: 8, Status: "DEVOLVIDO"}}}
	if paid.Returned() != 9 || psp.Percent(200).String() != "2.00" {
		t.Errorf("%d, %s", paid.Returned(), psp.Percent(200))
	}
}
