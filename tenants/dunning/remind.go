package dunning

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/invoice"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/catalog"
	"enlace/tenants/messages"
	"enlace/tenants/outbox"
)

// RemindAll calls to mind the invoices that fall due within the days the ISP says, once each, of customers with a linked chat or an e-mail address.
func (d Desk) RemindAll(ctx context.Context) (run Run, err error) {
	var after uuid.UUID
	for {
		rows, until, err := d.toRemind(ctx, after)
		if err != nil || len(rows) == 0 {
			return run, err
		}
		for _, row := range rows {
			run.note(d.remind(ctx, row.ID, until))
			after = row.ID
		}
	}
}

// toRemind are the next invoices nobody was reminded of, by their ids.
func (d Desk) toRemind(ctx context.Context, after uuid.UUID) (rows []*ent.Invoice, until calendar.Date, err error) {
	return rows, until, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		policy, err := catalog.Policy(ctx, c)
		if err != nil || policy.RemindDays == 0 {
			return err
		}
		today := d.DB.Today(ctx)
		until = today.AddDays(policy.RemindDays)
		rows, err = c.Invoice.Query().Where(invoice.NoticedOnIsNil(), invoice.RemindedOnIsNil(), invoice.DueGTE(today), invoice.DueLTE(until), invoice.CancelledAtIsNil(),
			invoice.PaidAtIsNil(), invoice.IDGT(after)).Order(invoice.ByID()).Limit(atATime).All(ctx)
		return err
	})
}

// remind calls one invoice to mind, unless it was paid, or called to mind, meanwhile.
func (d Desk) remind(ctx context.Context, id uuid.UUID, until calendar.Date) error {
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		today := d.DB.Today(ctx)
		marked, err := c.Invoice.Update().Where(invoice.ID(id), invoice.RemindedOnIsNil(), invoice.PaidAtIsNil(), invoice.CancelledAtIsNil(), invoice.DueLTE(until)).SetRemindedOn(today).Save(ctx)
		if err != nil {
			return err
		}
		if marked == 0 {
			return tenants.Conflict("reminded_already")
		}
		row, err := c.Invoice.Get(ctx, id)
		if err != nil {
			return err
		}
		standings, err := billing.Standings(ctx, c, today, row)
		if err != nil {
			return err
		}
		if s := standings[0]; s.Owed() > 0 && s.Status != billing.InvoiceContested {
			isp, _ := tenants.From(ctx)
			text, err := reminder(s, isp.Name)
			if err != nil {
				return err
			}
			_, err = messages.Tell(ctx, c, d.DB.Now(), messages.Message{Customer: row.CustomerID, Kind: messages.DueSoon, About: "invoice", AboutID: id,
				Subject: fmt.Sprintf("Sua fatura vence em %s", row.Due.BR()), Text: text, Buttons: billing.ToPay(s), Queue: outbox.Bulk})
			return err
		}
		return nil
	})
}

// reminder asks for what is owed. Of an invoice of which a part was paid the boleto, which asks for more, is left out.
func reminder(s *billing.Standing, isp string) (string, error) {
	text := fmt.Sprintf("A fatura %d da %s vence em %s, no valor de R$ %s.\n", s.Invoice.Number, isp, s.Invoice.Due.BR(), s.Owed())
	code, _, err := s.PixToPay()
	if code != "" {
		text += "\nPix copia e cola:\n" + code + "\n"
	}
	if s.Slip != nil && s.Slip.Linha != "" && s.Slip.Amount == s.Owed() {
		text += "\nLinha digitável do boleto:\n" + s.Slip.Linha + "\n"
	}
	return text + "\nSe já pagou, não é preciso fazer nada.", err
}
