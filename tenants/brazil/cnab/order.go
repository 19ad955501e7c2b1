package cnab

import (
	"fmt"

	"enlace/tenants/brazil"
	"enlace/tenants/money"
)

// Refusal says why an order was not written, or why a file was not begun. It is an error.
type Refusal struct {
	Title int    `json:"title"` // index of the order, from 0, in the order they were added; -1 for the file
	Field string `json:"field"` // of Sender or Order, in snake case: payer.cep
	Code  Code   `json:"code"`
}

func (r Refusal) Error() string {
	if r.Title < 0 {
		return fmt.Sprintf("remessa: %s: %s", r.Field, r.Code)
	}
	return fmt.Sprintf("remessa, title %d: %s: %s", r.Title, r.Field, r.Code)
}

// mostAmount is what the barcode of a boleto holds.
const mostAmount money.Cents = 9_999_999_999

// check looks at what no single column can: how the parts of an order go together, and whether documents are documents.
func (o *Order) check(limit money.Cents) (field string, code Code) {
	if limit == 0 {
		limit = mostAmount
	}
	switch {
	case o.IssuedOn.IsZero():
		return "issued_on", Missing
	case o.Due.IsZero():
		return "due", Missing
	case o.Due.Before(o.IssuedOn):
		return "due", DueBeforeIssue
	case o.Amount <= 0:
		return "amount", Missing
	case o.Amount > limit:
		return "amount", TooLarge
	case o.Fine < 0:
		return "fine", Negative
	case o.Interest < 0:
		return "interest", Negative
	case o.Rebate < 0:
		return "rebate", Negative
	case o.Command == GrantRebate && o.Rebate == 0:
		return "rebate", Missing
	case o.Discount < 0:
		return "discount", Negative
	case o.Discount > 0 && o.DiscountUntil.IsZero():
		return "discount_until", Missing
	case o.Discount > 0 && (o.DiscountUntil.Before(o.IssuedOn) || o.DiscountUntil.After(o.Due)):
		return "discount_until", OutOfOrder
	case o.Discount+o.Rebate >= o.Amount:
		return "discount", TooLarge
	}
	return o.Payer.check()
}

func (p *Payer) check() (field string, code Code) {
	if !isDocument(p.Document) {
		return "payer.document", NotADocument
	}
	if p.CEP == "" {
		return "payer.cep", Missing
	}
	if cep, ok := brazil.CEP(p.CEP); !ok || cep != p.CEP {
		return "payer.cep", NotACEP
	}
	if _, ok := brazil.StateOf(p.UF); !ok {
		return "payer.uf", NotAState
	}
	return "", ""
}

// isDocument says whether s is a CPF or a CNPJ, without punctuation.
func isDocument(s string) bool {
	cpf, isCPF := brazil.CPF(s)
	cnpj, isCNPJ := brazil.CNPJ(s)
	return isCPF && cpf == s || isCNPJ && cnpj == s
}
