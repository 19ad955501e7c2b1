package billing

import (
	"context"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/booklet"
	"enlace/ent/invoice"
	"enlace/tenants"
	"enlace/tenants/history"
	"enlace/tenants/money"
	"enlace/tenants/staff"
)

// Members are invoices that come into a carnê (associar) or leave it (desassociar).
type Members struct {
	Booklet  uuid.UUID
	Invoices []uuid.UUID
	Key      string // of the form: the same key is the same change
}

// ReadMembers reads the form of either.
func ReadMembers(t tenants.Typed, of uuid.UUID, wrong *tenants.Fields) Members {
	return Members{Booklet: of, Invoices: t.IDs("faturas"), Key: t.Text(wrong, "chave")}
}

// Membership is what of a carnê could be changed: the invoices that may come in, or leave.
type Membership struct {
	*Booklet
	Invoices []*Standing // by due date
}

// Joinable reads which invoices a carnê could take in: open ones, wholly of its subscription, in no carnê, collected the same way. It returns
// Conflict for a carnê that is cancelled, and NotFound.
func (d Desk) Joinable(ctx context.Context, id uuid.UUID) (*Membership, error) {
	return d.membership(ctx, id, bookletCover, func(ctx context.Context, p post, b *Booklet) (may []*Standing, err error) {
		rows, err := p.c.Invoice.Query().Where(invoice.CustomerID(b.CustomerID), invoice.BookletIDIsNil(), invoice.PaidAtIsNil(), invoice.CancelledAtIsNil()).
			Order(invoice.ByDue(), invoice.ByNumber()).All(ctx)
		if err != nil {
			return nil, err
		}
		standings, err := Standings(ctx, p.c, p.today, rows...)
		for _, s := range standings {
			if b.mayJoin(s) == nil {
				may = append(may, s)
			}
		}
		return may, err
	})
}

// Leavable reads which invoices could leave a carnê: those of which nothing is paid. It returns the faults of Joinable.
func (d Desk) Leavable(ctx context.Context, id uuid.UUID) (*Membership, error) {
	whole := func(ctx context.Context, _ *ent.Client, id uuid.UUID) (*Booklet, error) { return d.Booklet(ctx, id) }
	return d.membership(ctx, id, whole, func(_ context.Context, _ post, b *Booklet) ([]*Standing, error) { return b.Editable(), nil })
}

func (d Desk) membership(ctx context.Context, id uuid.UUID, cover func(context.Context, *ent.Client, uuid.UUID) (*Booklet, error),
	read func(context.Context, post, *Booklet) ([]*Standing, error)) (m *Membership, err error) {
	return m, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Charge); err != nil {
			return err
		}
		b, err := cover(ctx, c, id)
		if err != nil {
			return err
		}
		if b.CancelledAt != nil {
			return tenants.Conflict("booklet_cancelled")
		}
		m = &Membership{Booklet: b}
		m.Invoices, err = read(ctx, d.post(ctx, c), b)
		return err
	})
}

// JoinInvoices takes open invoices into a carnê. Only membership and numbers change: the instalments are numbered anew by due date, slips stay as
// they are, and the PDF is made again. It returns Invalid when none is named, Conflict, by name, for an invoice that is paid, whole or in part,
// cancelled, contested, in a carnê already, not wholly of the carnê's subscription or collected another way, and for a carnê that is cancelled
// or would grow too long; NotFound.
func (d Desk) JoinInvoices(ctx context.Context, in Members) error {
	return d.changeMembers(ctx, "join_booklet", in, func(ctx context.Context, p post, b *Booklet, named []*Standing) error {
		for _, s := range named {
			if fault := b.mayJoin(s); fault != nil {
				return fault
			}
		}
		how, err := collectionOf(ctx, p.c, named[0].Invoice.MethodID)
		if err != nil {
			return err
		}
		if most := how.mostInstalments(money.MostInstalments); len(b.Instalments)+len(named) > most {
			return tenants.Conflict("booklet_full").With("most", strconv.Itoa(most))
		}
		err = p.c.Invoice.Update().Where(invoice.IDIn(in.Invoices...)).SetBookletID(b.ID).SetSubscriptionID(b.SubscriptionID).Exec(ctx)
		if err != nil {
			return err
		}
		return p.toldOfMembers(ctx, b, named, "invoice_joined")
	})
}

// ReleaseInvoices lets open invoices go out of a carnê, as JoinInvoices takes them in: each stays owed, alone. It returns Conflict, by name, for one
// that is paid, whole or in part, cancelled, contested or not in this carnê, and for all of them at once.
func (d Desk) ReleaseInvoices(ctx context.Context, in Members) error {
	return d.changeMembers(ctx, "release_booklet", in, func(ctx context.Context, p post, b *Booklet, named []*Standing) error {
		for _, s := range named {
			if s.Invoice.BookletID == nil || *s.Invoice.BookletID != b.ID {
				return tenants.Conflict("not_in_booklet").With("number", strconv.FormatInt(s.Invoice.Number, 10))
			}
			if fault := s.MayEdit(); fault != nil {
				return fault
			}
		}
		if len(named) == len(b.Instalments) {
			return tenants.Conflict("booklet_emptied")
		}
		err := p.c.Invoice.Update().Where(invoice.IDIn(in.Invoices...)).ClearBookletID().SetInstalment(0).Exec(ctx)
		if err != nil {
			return err
		}
		return p.toldOfMembers(ctx, b, named, "invoice_released")
	})
}

func (d Desk) changeMembers(ctx context.Context, action string, in Members, change func(context.Context, post, *Booklet, []*Standing) error) error {
	if len(in.Invoices) == 0 {
		return tenants.Invalid("faturas", "required")
	}
	_, err := d.press(ctx, action, in.Key, in, func(ctx context.Context, c *ent.Client) (string, error) {
		if err := staff.Require(ctx, c, staff.Charge); err != nil {
			return "", err
		}
		p := d.post(ctx, c)
		// Whoever changes the same carnê, or pays one of the invoices, waits from here on.
		if err := c.Booklet.Update().Where(booklet.ID(in.Booklet)).AddVersion(1).Exec(ctx); err != nil {
			return "", err
		}
		if err := c.Invoice.Update().Where(invoice.IDIn(in.Invoices...)).AddVersion(1).Exec(ctx); err != nil {
			return "", err
		}
		b, err := d.Booklet(ctx, in.Booklet)
		switch {
		case err != nil:
			return "", err
		case b.CancelledAt != nil:
			return "", tenants.Conflict("booklet_cancelled")
		}
		rows, err := c.Invoice.Query().Where(invoice.IDIn(in.Invoices...)).Order(invoice.ByDue(), invoice.ByNumber()).All(ctx)
		if err != nil {
			return "", err
		}
		if len(rows) < len(in.Invoices) {
			return "", tenants.NotFound()
		}
		named, err := Standings(ctx, c, p.today, rows...)
		if err != nil {
			return "", err
		}
		if err := change(ctx, p, b, named); err != nil {
			return "", err
		}
		if err := p.renumber(ctx, b.ID); err != nil {
			return "", err
		}
		return "", p.reprint(ctx, b.ID)
	})
	return err
}

// mayJoin is why a carnê cannot take an invoice in, nil where it can.
func (b *Booklet) mayJoin(s *Standing) *tenants.Fault {
	row, code := s.Invoice, ""
	switch of := *b.Booklet; {
	case row.CustomerID != of.CustomerID || !wholly(s, of.SubscriptionID):
		code = "join_other_service"
	case row.BookletID != nil && *row.BookletID == of.ID:
		code = "join_twice"
	case row.BookletID != nil:
		code = "join_other_booklet"
	case b.method() != uuid.Nil && row.MethodID != b.method():
		code = "join_other_method"
	default:
		return s.MayEdit()
	}
	return tenants.Conflict(code).With("number", strconv.FormatInt(row.Number, 10))
}

// wholly says whether all that an invoice charges is of one subscription.
func wholly(s *Standing, sub uuid.UUID) bool {
	return len(s.Charges) > 0 && !slices.ContainsFunc(s.Charges, func(row *ent.Charge) bool { return row.SubscriptionID == nil || *row.SubscriptionID != sub })
}

// method is how the instalments are collected: all of them one way.
func (b *Booklet) method() uuid.UUID {
	if len(b.Instalments) == 0 {
		return uuid.Nil
	}
	return b.Instalments[0].Invoice.MethodID
}

// renumber counts the instalments of a carnê by due date.
func (p post) renumber(ctx context.Context, id uuid.UUID) error {
	rows, err := p.c.Invoice.Query().Where(invoice.BookletID(id)).Order(invoice.ByDue(), invoice.ByNumber()).All(ctx)
	if err != nil {
		return err
	}
	for k, row := range rows {
		if row.Instalment == k+1 {
			continue
		}
		if err := p.c.Invoice.UpdateOneID(row.ID).SetInstalment(k + 1).Exec(ctx); err != nil {
			return err
		}
	}
	return p.c.Booklet.UpdateOneID(id).SetInstalments(len(rows)).Exec(ctx)
}

// toldOfMembers writes the history of invoices that came into a carnê or left it.
func (p post) toldOfMembers(ctx context.Context, b *Booklet, named []*Standing, event string) error {
	var all []history.Entry
	for _, s := range named {
		all = append(all, history.Entry{Customer: b.CustomerID, Subject: "booklet", ID: b.ID, Event: event,
			After: map[string]any{"number": s.Invoice.Number, "booklet": b.Number, "due": s.Invoice.Due.BR(), "amount": s.Total}})
	}
	return history.WriteAll(ctx, p.c, p.now, all)
}
