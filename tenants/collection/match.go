package collection

import (
	"cmp"
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

// slips finds the slip that each title is of, under an agreement: by its nosso número, or by the mark the house gave the bank to bring back. A
// title of none has nil. The same query answers for however many.
func slips(ctx context.Context, c *ent.Client, agreement *ent.BankAgreement, said *cnab.Return, titles []*cnab.Title) (map[*cnab.Title]*ent.Slip, error) {
	printed, marks, numbers := map[*cnab.Title]string{}, []string{}, []string{}
	for _, t := range titles {
		if number, err := said.Printed(*t, agreement.Terms); err == nil {
			printed[t], numbers = number, append(numbers, number)
		}
		if mark := strings.TrimSpace(t.Control); mark != "" {
			marks = append(marks, mark)
		}
	}
	rows, err := c.Slip.Query().Where(slip.AgreementID(agreement.ID), slip.Or(slip.OurNumberIn(numbers...), slip.TxidIn(marks...))).All(ctx)
	if err != nil {
		return nil, err
	}
	byNumber, byMark := map[string]*ent.Slip{}, map[string]*ent.Slip{}
	for _, row := range rows {
		byMark[row.Txid] = row
		if row.OurNumber != "" {
			byNumber[row.OurNumber] = row
		}
	}
	of := map[*cnab.Title]*ent.Slip{}
	for _, t := range titles {
		numbered, marked := byNumber[printed[t]], byMark[strings.TrimSpace(t.Control)]
		if numbered == nil || marked == nil || numbered == marked { // of two slips: nobody can say which was paid
			of[t] = cmp.Or(numbered, marked)
		}
	}
	return of, nil
}
