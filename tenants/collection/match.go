package collection

import (
	"context"
	"strings"

	"enlace/ent"
	"enlace/ent/bankagreement"
	"enlace/ent/slip"
	"enlace/tenants"
	"enlace/tenants/brazil/cnab"
)

// agreementIn is the ISP's agreement that a retorno is of, by the bank's own figures. A file of none is refused alike, whosever it is.
func agreementIn(ctx context.Context, c *ent.Client, said *cnab.Return) (*ent.BankAgreement, error) {
	rows, err := c.BankAgreement.Query().Where(bankagreement.Bank(said.Bank)).Order(bankagreement.ByName()).All(ctx)
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		if isOf(row, said.Agreement) {
			return row, nil
		}
	}
	return nil, tenants.Invalid("arquivo", "return_of_no_agreement")
}

// shortestCode is how many figures a code has at least, zeros before it not counted, to stand for an agreement.
const shortestCode = 3

// isOf says whether a bank's figures are of an agreement: its code, which some banks follow by the carteira, or its account, with or without
// the check digit.
func isOf(a *ent.BankAgreement, said cnab.Agreement) bool {
	t := a.Terms
	code := figures(said.Code)
	for _, own := range []string{t.Convenio, t.ConvenioCliente, t.CodigoBeneficiario, t.Beneficiario, t.Operacao, a.SenderCode} {
		if own = figures(own); len(own) >= shortestCode && strings.HasPrefix(code, own) {
			return true
		}
	}
	account, own := figures(said.Account), figures(t.Conta)
	if len(own) < shortestCode || figures(said.Branch) != "" && figures(t.Agencia) != "" && figures(said.Branch) != figures(t.Agencia) {
		return false
	}
	return account == own || account == own+a.AccountDigit
}

// figures are the digits of a code without the zeros before it.
func figures(s string) string {
	return strings.TrimLeft(strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s), "0")
}

// slipOf is the slip a title is of, under the agreement: by its nosso número, or by the mark the house gave the bank to bring back. None is nil.
func slipOf(ctx context.Context, c *ent.Client, agreement *ent.BankAgreement, said *cnab.Return, t cnab.Title) (*ent.Slip, error) {
	is := slip.Txid(strings.TrimSpace(t.Control))
	if printed, err := said.Printed(t, agreement.Terms); err == nil {
		is = slip.Or(slip.OurNumber(printed), is)
	}
	rows, err := c.Slip.Query().Where(slip.AgreementID(agreement.ID), is).Limit(2).All(ctx)
	if err != nil || len(rows) != 1 { // number and mark of two slips: nobody can say which was paid
		return nil, err
	}
	return rows[0], nil
}
