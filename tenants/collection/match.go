package collection

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/bankagreement"
	"enlace/ent/slip"
	"enlace/tenants/brazil/cnab"
)

// agreementsIn are the ISP's agreements that a retorno is of, by the bank's own figures, the oldest first: a bank may name no more than the account,
// and an ISP have several agreements on it. The one it was brought in under stays one of them, whatever became of its figures.
func agreementsIn(ctx context.Context, c *ent.Client, said *cnab.Return, brought uuid.UUID) ([]*ent.BankAgreement, error) {
	rows, err := c.BankAgreement.Query().Where(bankagreement.Bank(said.Bank)).Order(bankagreement.ByID()).All(ctx)
	return slices.DeleteFunc(rows, func(row *ent.BankAgreement) bool { return row.ID != brought && !said.IsOf(row.Terms, row.SenderCode) }), err
}

// numbered is a nosso número under an agreement.
type numbered struct {
	agreement uuid.UUID
	number    string
}

// slipsOf finds the slip that each title is of, under some agreements: by its nosso número, or by the mark the house gave the bank to bring back.
// A title of none has nil. The same query answers for however many.
func slipsOf(ctx context.Context, c *ent.Client, under []*ent.BankAgreement, said *cnab.Return, titles []*cnab.Title) (map[*cnab.Title]*ent.Slip, error) {
	printed, marks, numbers, ids := map[*cnab.Title][]numbered{}, []string{}, []string{}, []uuid.UUID{}
	for _, a := range under {
		ids = append(ids, a.ID)
		for _, t := range titles {
			if number, err := said.Printed(*t, a.Terms); err == nil {
				printed[t], numbers = append(printed[t], numbered{a.ID, number}), append(numbers, number)
			}
		}
	}
	for _, t := range titles {
		if mark := strings.TrimSpace(t.Control); mark != "" {
			marks = append(marks, mark)
		}
	}
	rows, err := c.Slip.Query().Where(slip.AgreementIDIn(ids...), slip.Or(slip.OurNumberIn(numbers...), slip.TxidIn(marks...))).All(ctx)
	if err != nil {
		return nil, err
	}
	byNumber, byMark := map[numbered]*ent.Slip{}, map[string]*ent.Slip{}
	for _, row := range rows {
		byMark[row.Txid] = row
		if row.OurNumber != "" {
			byNumber[numbered{*row.AgreementID, row.OurNumber}] = row
		}
	}
	of := map[*cnab.Title]*ent.Slip{}
	for _, t := range titles {
		var found []*ent.Slip
		marked := byMark[strings.TrimSpace(t.Control)]
		if marked != nil {
			found = append(found, marked)
		}
		for _, n := range printed[t] { // the mark says under which agreement
			if row := byNumber[n]; row != nil && row != marked && (marked == nil || n.agreement == *marked.AgreementID) {
				found = append(found, row)
			}
		}
		if len(found) == 1 { // of two slips: nobody can say which was paid
			of[t] = found[0]
		}
	}
	return of, nil
}
