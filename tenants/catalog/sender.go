package catalog

import (
	"context"
	"errors"
	"io"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/brazil/cnab"
	"enlace/tenants/calendar"
)

// sent are what the remessa of each bank asks beside the terms of its boletos. Slips can be printed without them, so they may be told later, all
// at once; and they may change when slips are out, for no slip shows them.
var sent = map[string][]string{
	"001": {"agencia_dv", "conta_dv", "variacao"},
	"033": {"agencia", "agencia_dv", "conta", "conta_dv", "codigo_remessa"},
	"077": {"conta", "conta_dv"},
	"104": {"agencia", "agencia_dv"},
	"237": {"conta_dv", "codigo_remessa"},
	"341": {"conta_dv"},
	"748": {"conta", "conta_dv"},
	"756": {"agencia_dv", "conta", "conta_dv"},
}

// Sent are the fields that only a bank's remessa asks of a convênio, in the order of its form.
func Sent(bank string) []string { return sent[bank] }

// cell is where a convênio keeps a field of its form, one of Terms or of Sent.
func cell(a *ent.BankAgreement, field string) *string {
	if own := term(&a.Terms, field); own != nil {
		return own
	}
	return map[string]*string{"agencia_dv": &a.BranchDigit, "conta_dv": &a.AccountDigit, "variacao": &a.Variation, "codigo_remessa": &a.SenderCode}[field]
}

// Sender is a convênio as its remessa names it.
func Sender(a *ent.BankAgreement, of *ent.Company) cnab.Sender {
	return cnab.Sender{Bank: a.Bank, Terms: a.Terms, Name: of.Name, CNPJ: of.Cnpj,
		BranchDigit: a.BranchDigit, AccountDigit: a.AccountDigit, Variation: a.Variation, Code: a.SenderCode}
}

// sentBy are the fields of the form by the names a refusal of the remessa gives them.
var sentBy = map[string]string{"branch_digit": "agencia_dv", "account_digit": "conta_dv", "variation": "variacao", "code": "codigo_remessa", "terms.agencia": "agencia",
	"terms.conta": "conta", "terms.carteira": "carteira", "terms.convenio": "convenio", "terms.codigo_beneficiario": "codigo_beneficiario",
	"terms.modalidade": "modalidade"}

// trySender begins a remessa under the convênio, when anything was told for one, and notes what it refuses beside its own field.
func trySender(ctx context.Context, c *ent.Client, a *ent.BankAgreement, today calendar.Date, wrong *tenants.Fields) error {
	told := ""
	for _, field := range sent[a.Bank] {
		told += *cell(a, field)
	}
	if told == "" {
		return nil
	}
	company, err := c.Company.Get(ctx, a.CompanyID)
	if ent.IsNotFound(err) {
		return tenants.NotFound()
	}
	if err != nil {
		return err
	}
	var refused cnab.Refusal
	if _, err := cnab.NewRemessa(io.Discard, Sender(a, company), 1, today.Time()); !errors.As(err, &refused) {
		return err
	}
	field, code := sentBy[refused.Field], "bank_value"
	switch refused.Code {
	case cnab.Missing:
		code = "required"
	case cnab.NotANumber:
		code = "bank_digits"
	case cnab.TooLong:
		code = "bank_too_long"
	}
	wrong.Add(field, code)
	return nil
}
