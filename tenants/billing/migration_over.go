package billing

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"enlace/ent/charge"
	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// charges notes what a page comes to. It never asks for less than nothing (money.md M13).
func (page *MigratedPage) charges(sum money.Cents) {
	page.After, page.Over = max(0, sum), max(0, -sum)
}

// over is the line of an invoice by which its discounts do not go below zero.
func (p post) over(r *MigrationPreview, invoice uuid.UUID, due calendar.Date, amount money.Cents, position int) newCharge {
	return newCharge{customer: r.m.To.CustomerID, subscription: r.m.To.ID, invoice: invoice, kind: charge.KindEvent, description: "Desconto que passa ao crédito", due: due, amount: amount,
		memo: "descontos maiores que o que a fatura cobra com a migração para " + r.plan.Name, position: position}
}

// sendOver gives to the credit what discounts of invoices come to beyond what those charge now.
func (p post) sendOver(ctx context.Context, r *MigrationPreview) error {
	for _, page := range r.Pages {
		if page.Over == 0 {
			continue
		}
		if err := p.credit(ctx, r.m.To, page.Over, fmt.Sprintf("descontos da fatura %d, além do que ela cobra com a migração", page.Invoice.Number)); err != nil {
			return err
		}
	}
	return nil
}
