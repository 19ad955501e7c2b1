package billing

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/agreementinstalment"
	"enlace/ent/charge"
	"enlace/ent/invoice"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/catalog"
	"enlace/tenants/money"
	"enlace/tenants/staff"
)

// NewAgreement is an agreement over overdue debt asked for (acordo).
type NewAgreement struct {
	Customer    uuid.UUID   // whose page it was asked on; debt of another is NotFound
	Debts       []uuid.UUID // invoices, and charges without one
	Discount    money.Cents
	Reason      string // why the discount is given
	Entry       money.Cents
	EntryDue    calendar.Date
	Instalments int // of what the entry leaves
	FirstDue    calendar.Date
	Shown       money.Cents // the total the clerk saw; 0: none was shown
	Key         string      // of the form: the same key makes the same agreement
}

// ReadNewAgreement reads the form of an agreement.
func ReadNewAgreement(t tenants.Typed, customer uuid.UUID, wrong *tenants.Fields) NewAgreement {
	in := NewAgreement{
		Customer:    customer,
		Discount:    t.Cents(wrong, "desconto"),
		Reason:      t.Text(wrong, "motivo"),
		Entry:       t.Cents(wrong, "entrada"),
		EntryDue:    t.Date(wrong, "entrada_em"),
		Instalments: t.Int(wrong, "parcelas", 1, money.MostInstalments),
		FirstDue:    t.RequiredDate(wrong, "primeiro_vencimento"),
		Shown:       t.Cents(wrong, "total"),
		Key:         t.Text(wrong, "chave"),
	}
	in.Debts = t.IDs("dividas")
	if len(in.Debts) == 0 {
		wrong.Add("dividas", "debts_none")
	}
	if in.Entry > 0 && in.EntryDue.IsZero() {
		wrong.Add("entrada_em", "required")
	}
	return in
}

// AgreementPreview is exactly what agreeing would post.
type AgreementPreview struct {
	Customer    *ent.Customer
	Debts       []AgreedDebt
	Principal   money.Cents
	Late        money.Cents // fine and interest until today
	Discount    money.Cents
	Total       money.Cents
	Instalments []money.AgreedPart
	Method      *ent.BillingMethod
	Left        money.Cents // overdue and not in the agreement: for it a service stays suspended

	how collection
}

// AgreedDebt is an invoice, or a charge without one, that an agreement takes over.
type AgreedDebt struct {
	*Standing             // nil: of a charge
	Charge    *ent.Charge // nil: of an invoice
	Principal money.Cents
	Late      money.Cents
}

// Due is since when it is owed.
func (a AgreedDebt) due() calendar.Date {
	if a.Charge != nil {
		return a.Charge.Due
	}
	return a.Invoice.Due
}

// PreviewAgreement reckons an agreement without posting anything. It returns the faults of Agree.
func (d Desk) PreviewAgreement(ctx context.Context, in NewAgreement) (preview *AgreementPreview, err error) {
	return preview, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Receive); err != nil {
			return err
		}
		preview, err = d.post(ctx, c).previewAgreement(ctx, in)
		return err
	})
}

func (p post) previewAgreement(ctx context.Context, in NewAgreement) (r *AgreementPreview, err error) {
	r = &AgreementPreview{Discount: in.Discount}
	if r.Customer, err = customerOf(ctx, p.c, in.Customer); err != nil {
		return nil, err
	}
	if err := r.read(ctx, p, in); err != nil {
		return nil, err
	}
	if err := r.checkDays(in, p.today); err != nil {
		return nil, err
	}
	asked := money.Agreeing{Owed: r.Principal + r.Late, Discount: in.Discount, Entry: in.Entry, EntryDue: in.EntryDue, Parts: in.Instalments, FirstDue: in.FirstDue}
	if r.Total = asked.Total(); r.Total > largestCharge {
		return nil, tenants.Invalid("dividas", "charge_too_large")
	}
	if r.Instalments, err = money.Agree(asked); err != nil {
		return nil, agreeFault(err)
	}
	if err := p.mayForgive(ctx, r, in); err != nil {
		return nil, err
	}
	overdue, err := Overdue(ctx, p.c, p.today, in.Customer)
	if err != nil {
		return nil, err
	}
	r.Left = overdue - r.Principal
	return r, r.collect(ctx, p.c)
}

// read finds the debts, the oldest first: overdue, of the customer, and not an agreement's own instalments.
func (r *AgreementPreview) read(ctx context.Context, p post, in NewAgreement) error {
	rows, err := p.c.Invoice.Query().Where(invoice.IDIn(in.Debts...), invoice.CustomerID(in.Customer)).All(ctx)
	if err != nil {
		return err
	}
	loose, err := p.c.Charge.Query().Where(charge.IDIn(in.Debts...), charge.CustomerID(in.Customer), charge.InvoiceIDIsNil()).All(ctx)
	if err != nil {
		return err
	}
	if len(rows)+len(loose) != len(in.Debts) {
		return tenants.NotFound()
	}
	again, err := p.c.AgreementInstalment.Query().Where(agreementinstalment.InvoiceIDIn(in.Debts...)).Exist(ctx)
	if err != nil {
		return err
	}
	if again {
		return tenants.Conflict("agreement_again")
	}
	standings, err := Standings(ctx, p.c, p.today, rows...)
	if err != nil {
		return err
	}
	for _, s := range standings {
		if s.Status != InvoiceOverdue {
			return tenants.Conflict("debt_not_overdue").With("debt", "A fatura "+strconv.FormatInt(s.Invoice.Number, 10))
		}
		r.Debts = append(r.Debts, AgreedDebt{Standing: s, Principal: s.Debt.Principal, Late: s.Debt.Charges()})
	}
	for _, row := range loose {
		if ChargeStatus(row, p.today) != InvoiceOverdue {
			return tenants.Conflict("debt_not_overdue").With("debt", "A cobrança "+strconv.FormatInt(row.Number, 10))
		}
		r.Debts = append(r.Debts, AgreedDebt{Charge: row, Principal: row.Amount - row.Settled})
	}
	slices.SortStableFunc(r.Debts, func(a, b AgreedDebt) int { return a.due().DaysSince(b.due()) })
	for _, one := range r.Debts {
		r.Principal += one.Principal
		r.Late += one.Late
	}
	return nil
}

func (r *AgreementPreview) checkDays(in NewAgreement, today calendar.Date) error {
	var wrong tenants.Fields
	refuse := func(field string, due calendar.Date) {
		switch {
		case due.Before(today):
			wrong.Add(field, "due_past")
		case due.After(today.AddDays(furthestDue)):
			wrong.Add(field, "due_far")
		}
	}
	if refuse("primeiro_vencimento", in.FirstDue); in.Entry > 0 {
		refuse("entrada_em", in.EntryDue)
	}
	return wrong.Err()
}

// agreeFault says on which field of the form an agreement failed.
func agreeFault(err error) error {
	for cause, fault := range map[error][2]string{
		money.ErrNegative:  {"desconto", "negative"},
		money.ErrParts:     {"parcelas", "required"},
		money.ErrOverDebt:  {"desconto", "over_debt"},
		money.ErrNoEntry:   {"primeiro_vencimento", "entry_first"},
		money.ErrPartEmpty: {"parcelas", "agreement_part_empty"},
	} {
		if errors.Is(err, cause) {
			return tenants.Invalid(fault[0], fault[1])
		}
	}
	return err
}

// mayForgive says whether the actor may give the discount: with a reason and the permission, and past the ISP's cap with a manager's.
func (p post) mayForgive(ctx context.Context, r *AgreementPreview, in NewAgreement) error {
	if in.Discount == 0 {
		return nil
	}
	if err := staff.Require(ctx, p.c, staff.Discount); err != nil {
		return err
	}
	if len([]rune(in.Reason)) < shortestReason {
		return tenants.Invalid("motivo", "reason_short")
	}
	policy, err := catalog.Policy(ctx, p.c)
	if err != nil || in.Discount*100_00 <= (r.Principal+r.Late)*money.Cents(policy.DiscountCap) {
		return err
	}
	return staff.Require(ctx, p.c, staff.Override)
}

// collect finds by what the instalments are paid: as the newest debt is.
func (r *AgreementPreview) collect(ctx context.Context, c *ent.Client) (err error) {
	for _, one := range slices.Backward(r.Debts) {
		if one.Charge != nil {
			continue
		}
		r.how, err = collectionOf(ctx, c, one.Invoice.MethodID)
		break
	}
	if err == nil && r.how.method == nil {
		r.how, err = collectionFor(ctx, c, r.Customer.ID, nil)
	}
	if err != nil {
		return err
	}
	if r.Method = r.how.method; len(r.Instalments) > r.how.mostInstalments(money.MostInstalments+1) {
		return tenants.Invalid("parcelas", "bank_instalments")
	}
	return nil
}
