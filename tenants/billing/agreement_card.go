package billing

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/agreementdebt"
	"enlace/ent/agreementinstalment"
	"enlace/ent/charge"
	"enlace/ent/debtagreement"
	"enlace/ent/invoice"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/money"
	"enlace/tenants/staff"
)

// AgreementStatus is derived from the instalments, never stored.
type AgreementStatus string

// The statuses of an agreement, in the order in which the first that fits is taken.
const (
	AgreementCancelled AgreementStatus = "cancelado"
	AgreementPaid      AgreementStatus = "quitado"
	AgreementBroken    AgreementStatus = "quebrado" // an instalment is overdue
	AgreementKept      AgreementStatus = "em_dia"
)

// Agreement is an agreement as it stands today.
type Agreement struct {
	*ent.DebtAgreement
	Customer    *ent.Customer
	Status      AgreementStatus
	Invoices    []*ent.Invoice // the debts it took over, the oldest first
	Loose       []*ent.Charge  // and those that are on no invoice
	Instalments []*Standing
	Left        money.Cents // still to pay of it, late charges not reckoned
}

// Total is what it came to.
func (a *Agreement) Total() money.Cents { return a.Principal + a.Late - a.Discount }

// Agreement reads an agreement. It returns NotFound for one that is not the ISP's.
func (d Desk) Agreement(ctx context.Context, id uuid.UUID) (a *Agreement, err error) {
	return a, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.See); err != nil {
			return err
		}
		row, err := c.DebtAgreement.Get(ctx, id)
		if ent.IsNotFound(err) {
			return tenants.NotFound()
		} else if err != nil {
			return err
		}
		if a, err = readAgreement(ctx, c, d.DB.Today(ctx), row); err != nil {
			return err
		}
		return a.furnish(ctx, c)
	})
}

// readAgreement reads the instalments of an agreement, and with them where it stands.
func readAgreement(ctx context.Context, c *ent.Client, today calendar.Date, row *ent.DebtAgreement) (*Agreement, error) {
	a := &Agreement{DebtAgreement: row}
	links, err := c.AgreementInstalment.Query().Where(agreementinstalment.AgreementID(row.ID)).Order(agreementinstalment.ByPlace()).All(ctx)
	if err != nil {
		return nil, err
	}
	ids := make([]uuid.UUID, len(links))
	for i, link := range links {
		ids[i] = link.InvoiceID
	}
	rows, err := c.Invoice.Query().Where(invoice.IDIn(ids...)).Order(invoice.ByNumber()).All(ctx)
	if err != nil {
		return nil, err
	}
	if a.Instalments, err = Standings(ctx, c, today, rows...); err != nil {
		return nil, err
	}
	a.stand()
	return a, nil
}

func (a *Agreement) stand() {
	late := false
	for _, s := range a.Instalments {
		a.Left += s.Debt.Principal
		late = late || s.Status == InvoiceOverdue
	}
	switch {
	case a.CancelledAt != nil:
		a.Status = AgreementCancelled
	case a.Left == 0:
		a.Status = AgreementPaid
	case late:
		a.Status = AgreementBroken
	default:
		a.Status = AgreementKept
	}
}

func (a *Agreement) furnish(ctx context.Context, c *ent.Client) (err error) {
	if a.Customer, err = c.Customer.Get(ctx, a.CustomerID); err != nil {
		return err
	}
	debts, err := c.AgreementDebt.Query().Where(agreementdebt.AgreementID(a.ID)).All(ctx)
	if err != nil {
		return err
	}
	var invoices, charges []uuid.UUID
	for _, one := range debts {
		if one.InvoiceID != nil {
			invoices = append(invoices, *one.InvoiceID)
		} else {
			charges = append(charges, *one.ChargeID)
		}
	}
	if a.Invoices, err = c.Invoice.Query().Where(invoice.IDIn(invoices...)).Order(invoice.ByDue(), invoice.ByNumber()).All(ctx); err != nil {
		return err
	}
	if len(charges) > 0 {
		a.Loose, err = c.Charge.Query().Where(charge.IDIn(charges...)).Order(charge.ByDue(), charge.ByNumber()).All(ctx)
	}
	return err
}

// AgreementOffer is what an agreement of a customer can be made over.
type AgreementOffer struct {
	Customer *ent.Customer
	Invoices []*Standing   // overdue, the oldest first
	Loose    []*ent.Charge // overdue and on no invoice
}

// OfferAgreement reads what is overdue of a customer. It returns NotFound for a customer that is not the ISP's.
func (d Desk) OfferAgreement(ctx context.Context, of uuid.UUID) (offer *AgreementOffer, err error) {
	return offer, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Receive); err != nil {
			return err
		}
		who, err := customerOf(ctx, c, of)
		if err != nil {
			return err
		}
		today := d.DB.Today(ctx)
		a, err := Owes(ctx, c, today, who)
		if err != nil {
			return err
		}
		agreed, err := c.AgreementInstalment.Query().Where(agreementinstalment.InvoiceIDIn(idsOfStandings(a.Late())...)).All(ctx)
		if err != nil {
			return err
		}
		own := map[uuid.UUID]bool{}
		for _, one := range agreed {
			own[one.InvoiceID] = true
		}
		offer = &AgreementOffer{Customer: who, Loose: a.LateLoose(today)}
		for _, s := range a.Late() {
			if !own[s.Invoice.ID] { // an agreement is not made over another
				offer.Invoices = append(offer.Invoices, s)
			}
		}
		return nil
	})
}

func idsOfStandings(list []*Standing) (ids []uuid.UUID) {
	for _, s := range list {
		ids = append(ids, s.Invoice.ID)
	}
	return ids
}

// Arrangements are the agreements and the billing events of a customer, the newest first.
type Arrangements struct {
	Customer   *ent.Customer
	Agreements []*Agreement
	Events     []*Event
}

// Arrangements reads them in the same few queries however many they are. It returns NotFound for a customer that is not the ISP's.
func (d Desk) Arrangements(ctx context.Context, of uuid.UUID) (all Arrangements, err error) {
	return all, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.See); err != nil {
			return err
		}
		if all.Customer, err = customerOf(ctx, c, of); err != nil {
			return err
		}
		if all.Agreements, err = agreementsOf(ctx, c, d.DB.Today(ctx), of); err != nil {
			return err
		}
		all.Events, err = eventsOf(ctx, c, of)
		return err
	})
}

func agreementsOf(ctx context.Context, c *ent.Client, today calendar.Date, of uuid.UUID) (list []*Agreement, err error) {
	rows, err := c.DebtAgreement.Query().Where(debtagreement.CustomerID(of)).Order(ent.Desc(debtagreement.FieldNumber)).All(ctx)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	byID, ids := map[uuid.UUID]*Agreement{}, make([]uuid.UUID, len(rows))
	for i, row := range rows {
		one := &Agreement{DebtAgreement: row}
		list, byID[row.ID], ids[i] = append(list, one), one, row.ID
	}
	links, err := c.AgreementInstalment.Query().Where(agreementinstalment.AgreementIDIn(ids...)).All(ctx)
	if err != nil {
		return nil, err
	}
	agreement, invoices := map[uuid.UUID]*Agreement{}, make([]uuid.UUID, len(links))
	for i, link := range links {
		agreement[link.InvoiceID], invoices[i] = byID[link.AgreementID], link.InvoiceID
	}
	bills, err := c.Invoice.Query().Where(invoice.IDIn(invoices...)).Order(invoice.ByNumber()).All(ctx)
	if err != nil {
		return nil, err
	}
	standings, err := Standings(ctx, c, today, bills...)
	for _, s := range standings {
		one := agreement[s.Invoice.ID]
		one.Instalments = append(one.Instalments, s)
	}
	for _, one := range list {
		one.stand()
	}
	return list, err
}
