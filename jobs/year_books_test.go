package jobs

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/ent/history"
	"enlace/ent/invoice"
	"enlace/ent/ledgerentry"
	"enlace/ent/payment"
	"enlace/ent/settlement"
	"enlace/tenants/billing"
	"enlace/tenants/money"
)

// audit fails on books that are not balanced.
func (y *year) audit(ctx context.Context, c *ent.Client) error {
	wrong, err := billing.Audit(ctx, c, y.today())
	if len(wrong) > 0 {
		y.t.Errorf("the books of %s: %s\ndone since: %s%s", y.today(), strings.Join(wrong, "\n"), strings.Join(y.diary, ", "), named(ctx, c, strings.Join(wrong, "\n")))
	}
	y.diary = nil
	return err
}

// balanced fails on a posting of the day whose sides do not add up to zero.
func (y *year) balanced(ctx context.Context, c *ent.Client) error {
	var sums []struct {
		Posting uuid.UUID   `json:"posting_id"`
		Sum     money.Cents `json:"sum"`
	}
	err := c.LedgerEntry.Query().Where(ledgerentry.AtGTE(y.at(0, 0))).GroupBy(ledgerentry.FieldPostingID).Aggregate(ent.As(ent.Sum(ledgerentry.FieldAmount), "sum")).Scan(ctx, &sums)
	for _, one := range sums {
		if one.Sum != 0 {
			y.t.Errorf("posting %s of %s is off by %s", one.Posting, y.today(), one.Sum)
		}
	}
	return err
}

var invoiceNamed = regexp.MustCompile(`invoice (\d+)`)

// named is what became of each invoice that a finding names, with what is written of its customer.
func named(ctx context.Context, c *ent.Client, findings string) (said string) {
	for _, found := range invoiceNamed.FindAllStringSubmatch(findings, -1) {
		number, _ := strconv.ParseInt(found[1], 10, 64)
		row := c.Invoice.Query().Where(invoice.Number(number)).OnlyX(ctx)
		said += fmt.Sprintf("\n%v", row)
		for _, of := range c.Charge.Query().Where(charge.InvoiceID(row.ID)).Order(charge.ByPosition()).AllX(ctx) {
			said += fmt.Sprintf("\n  %v", of)
			for _, part := range c.Settlement.Query().Where(settlement.ChargeID(of.ID)).AllX(ctx) {
				said += fmt.Sprintf("\n    %v", part)
			}
		}
		for _, of := range c.Payment.Query().Where(payment.InvoiceID(row.ID)).Order(payment.ByReceivedAt()).AllX(ctx) {
			said += fmt.Sprintf("\n  %v", of)
		}
		for _, event := range c.History.Query().Where(history.CustomerID(row.CustomerID)).Order(history.ByAt()).AllX(ctx) {
			said += fmt.Sprintf("\n  %s %s of %s: %s %v", event.At, event.Event, event.Subject, event.Reason, event.After)
		}
	}
	return said
}
