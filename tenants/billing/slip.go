package billing

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/bankagreement"
	"enlace/ent/billingmethod"
	"enlace/ent/slip"
	"enlace/tenants"
	"enlace/tenants/brazil/boleto"
	"enlace/tenants/brazil/pix"
	"enlace/tenants/catalog"
	"enlace/tenants/money"
)

// collection is how invoices of a method are collected: the bank's agreement, the ISP's Pix, or neither, at the counter.
type collection struct {
	method    *ent.BillingMethod
	agreement *ent.BankAgreement // nil without boleto
	pixKey    *ent.PixKey        // nil when the slip carries none of the ISP's
	policy    *ent.OfficePolicy
}

// collectionOf reads a method with what it collects by. It returns NotFound for a method that is not the ISP's.
func collectionOf(ctx context.Context, c *ent.Client, methodID uuid.UUID) (how collection, err error) {
	if how.method, err = c.BillingMethod.Get(ctx, methodID); ent.IsNotFound(err) {
		return how, tenants.NotFound()
	} else if err != nil {
		return how, err
	}
	if how.method.Kind == billingmethod.KindBoleto {
		if how.agreement, err = c.BankAgreement.Get(ctx, *how.method.AgreementID); err != nil {
			return how, err
		}
	}
	if how.policy, err = catalog.Policy(ctx, c); err != nil || how.method.PixKeyID == nil {
		return how, err
	}
	// A hybrid agreement prints the bank's own Pix; another one beside it would be paid twice.
	if how.method.Kind == billingmethod.KindPix || how.policy.PixOnSlips && !how.agreement.Hybrid {
		how.pixKey, err = c.PixKey.Get(ctx, *how.method.PixKeyID)
	}
	return how, err
}

// prints says whether there is anything to pay a slip by.
func (how collection) prints() bool { return how.agreement != nil || how.pixKey != nil }

// mostInstalments is the longest carnê the bank takes. Sicredi takes 50 (manual of cobrança).
func (how collection) mostInstalments(most int) int {
	if how.agreement != nil && how.agreement.Bank == "748" {
		return min(most, 50)
	}
	return most
}

// slips makes the boleto and the Pix of invoices, in order. Each gets the next nosso número of its agreement, and each Pix its own txid.
// An invoice of zero has no slip. Of those that had slips before it is told how many: one that is made anew counts on.
func (p post) slips(ctx context.Context, how collection, invoices []*ent.Invoice, amounts []money.Cents, had map[uuid.UUID]int) error {
	if !how.prints() {
		return nil
	}
	numbered, err := p.ourNumbers(ctx, how.agreement, len(invoices))
	if err != nil {
		return err
	}
	var rows []*ent.SlipCreate
	for i, invoice := range invoices {
		if amounts[i] == 0 {
			continue
		}
		txid := fmt.Sprintf("ENLACE%dV%d", invoice.Number, had[invoice.ID]+1)
		row := p.c.Slip.Create().SetInvoiceID(invoice.ID).SetAmount(amounts[i]).SetDue(invoice.Due).SetTxid(txid).SetIssuedAt(p.now)
		if how.agreement != nil {
			made, err := boleto.New(how.agreement.Bank, numbered[i], invoice.Due, amounts[i])
			if err != nil {
				return fmt.Errorf("billing: boleto of invoice %d: %w", invoice.Number, err)
			}
			row.SetAgreementID(how.agreement.ID).SetOurNumber(made.NossoNumero).SetBarcode(made.Barcode).SetLinha(made.Linha())
		}
		if how.pixKey != nil {
			payload, err := pix.Build(pix.Code{Key: how.pixKey.Key, Name: how.pixKey.Name, City: how.pixKey.City, Amount: amounts[i], TxID: txid})
			if err != nil {
				return fmt.Errorf("billing: Pix of invoice %d: %w", invoice.Number, err)
			}
			row.SetPixPayload(payload)
		}
		rows = append(rows, row)
	}
	var made []*ent.Slip
	err = tenants.InTurns(rows, func(some []*ent.SlipCreate) error {
		printed, err := p.c.Slip.CreateBulk(some...).Save(ctx)
		made = append(made, printed...)
		return err
	})
	if err != nil {
		return err
	}
	return p.askPix(ctx, how, made)
}

// slipsHad counts the slips that each of some invoices has had.
func (p post) slipsHad(ctx context.Context, invoices ...uuid.UUID) (map[uuid.UUID]int, error) {
	rows, err := p.c.Slip.Query().Where(slip.InvoiceIDIn(invoices...)).Select(slip.FieldInvoiceID).All(ctx)
	had := map[uuid.UUID]int{}
	for _, row := range rows {
		had[row.InvoiceID]++
	}
	return had, err
}

// BalancePix is the copia e cola of what is owed today of an invoice of which a part was paid: the slip's own Pix, receiver and txid, with
// another amount, so that what comes in finds the invoice as before. It is "" where nothing was paid yet, or so long before that the slip asks for
// what is left, where nothing is owed, and where the slip carries no Pix of the ISP.
func (s *Standing) BalancePix() (string, error) {
	if s.Slip == nil || s.Slip.PixPayload == "" || len(s.Payments) == 0 || s.Owed() <= 0 || s.Owed() == s.Slip.Amount || s.Status == InvoicePaid {
		return "", nil
	}
	whole := pix.Parse(cmp.Or(s.Slip.PixStatic, s.Slip.PixPayload)) // a charge of the PSP's is of its own amount
	return pix.Build(pix.Code{Key: whole.Key, Name: whole.Fields["59"], City: whole.Fields["60"], Amount: s.Owed(), TxID: whole.TxID})
}

// PixToPay is the copia e cola by which an invoice is paid today, and how much it asks for: the one of its slip, or, where a part was paid, the one of
// the balance. It is "" where the invoice has no Pix.
func (s *Standing) PixToPay() (code string, amount money.Cents, err error) {
	balance, err := s.BalancePix()
	switch {
	case err != nil || s.Slip == nil || s.Slip.PixPayload == "":
		return "", 0, err
	case balance != "":
		return balance, s.Owed(), nil
	}
	return s.Slip.PixPayload, s.Slip.Amount, nil
}

// ourNumbers takes n numbers in a row of an agreement's range. Others who want some wait for this transaction; a number taken is never
// given twice, and the end of the range is Conflict numbers_exhausted.
func (p post) ourNumbers(ctx context.Context, agreement *ent.BankAgreement, n int) ([]boleto.Input, error) {
	if agreement == nil {
		return nil, nil
	}
	for {
		before, err := p.c.BankAgreement.Get(ctx, agreement.ID)
		if err != nil {
			return nil, err
		}
		terms, last, year := before.Terms, uint64(before.LastNumber), before.NumberYear
		if before.Bank == "748" && year != p.today.Year() { // Sicredi counts anew each year
			last, year = 0, p.today.Year()
		}
		if before.Bank == "748" {
			terms.Ano = fmt.Sprintf("%02d", year%100)
		}
		numbered := make([]boleto.Input, n)
		for i := range numbered {
			if last, err = boleto.Next(before.Bank, terms, last); errors.Is(err, boleto.ErrExhausted) {
				return nil, tenants.Conflict("numbers_exhausted").With("agreement", before.Name)
			} else if err != nil {
				return nil, err
			}
			if numbered[i], err = boleto.Number(before.Bank, terms, last); err != nil {
				return nil, err
			}
		}
		taken, err := p.c.BankAgreement.Update().
			Where(bankagreement.ID(before.ID), bankagreement.LastNumber(before.LastNumber), bankagreement.NumberYear(before.NumberYear)).
			SetLastNumber(int64(last)).SetNumberYear(year).Save(ctx)
		if err != nil || taken == 1 {
			return numbered, err
		}
		// Somebody took numbers between the reading and the writing: now theirs are kept, and the next ones are ours.
	}
}
