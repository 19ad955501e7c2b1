package billing_test

import (
	"context"
	"fmt"
	"testing"

	"enlace/ent"
	"enlace/ent/booklet"
	"enlace/ent/charge"
	"enlace/ent/history"
	"enlace/ent/slip"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/money"
	"enlace/tenants/status"
)

// bookletOf is the first carnê of a customer, as it stands.
func bookletOf(o *demotest.Office, who *ent.Customer) (b *billing.Booklet) {
	o.T.Helper()
	var id *ent.Booklet
	o.Read(func(ctx context.Context, c *ent.Client) error {
		id = c.Booklet.Query().Where(booklet.CustomerID(who.ID)).Order(booklet.ByNumber()).FirstX(ctx)
		return nil
	})
	b, err := desk(o).Booklet(o.As("gerente"), id.ID)
	if err != nil {
		o.T.Fatal(err)
	}
	return b
}

// line is an instalment of a carnê as it is, to be changed.
func line(b *billing.Booklet, k int) billing.EditLine {
	s := b.Instalments[k-1]
	return billing.EditLine{Number: s.Invoice.Number, Due: s.Invoice.Due, Amount: s.Total}
}

func edit(b *billing.Booklet, reason string, lines ...billing.EditLine) billing.Edit {
	return billing.Edit{Booklet: b.ID, Lines: lines, Reason: reason, Key: reason}
}

// Maria's carnê of twelve: five are paid, the sixth is open.
func TestAnInstalmentIsEditedByALineAndADateAndItsPeriodStays(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		b, clerk := bookletOf(o, o.Maria), o.As("comercial")
		if _, err := desk(o).BookletPDF(clerk, b.ID); err != nil {
			t.Fatal(err)
		}
		cheaper, dearer, later := line(b, 6), line(b, 7), line(b, 8)
		cheaper.Amount -= 10_00
		dearer.Amount += 5_01
		later.Due = later.Due.AddDays(5)
		in := edit(b, "visita cobrada à parte", cheaper, dearer, later, line(b, 9))
		plan, err := desk(o).PreviewEdit(clerk, in)
		if err != nil || len(plan.Changes) != 3 || plan.Difference() != -4_99 || plan.Changes[0].Line.Memo != "Desconto: visita cobrada à parte" {
			t.Fatalf("%+v, %v", plan, err)
		}
		in.Shown = plan.Seen()
		if err := desk(o).EditInvoices(clerk, in); err != nil {
			t.Fatal(err)
		}
		after := bookletOf(o, o.Maria)
		for k, want := range map[int]billing.EditLine{6: cheaper, 7: dearer, 8: later, 9: line(b, 9)} {
			s, before := after.Instalments[k-1], b.Instalments[k-1]
			if s.Total != want.Amount || s.Invoice.Due != want.Due || s.Covers() != before.Covers() || s.Charges[0].Due != want.Due {
				t.Errorf("instalment %d is %s on %s for %s", k, s.Total, s.Invoice.Due, s.Covers())
			}
			if changed := s.Slip.ID != before.Slip.ID; changed != (k != 9) || changed && (s.Slip.OurNumber == before.Slip.OurNumber || s.Slip.Txid == before.Slip.Txid) {
				t.Errorf("instalment %d has the slip %s, before it %s", k, s.Slip.OurNumber, before.Slip.OurNumber)
			}
			checkSlip(t, s)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			row := c.Booklet.GetX(ctx, b.ID)
			told := c.History.Query().Where(history.SubjectID(b.Instalments[5].Invoice.ID), history.Event("invoice_edited")).OnlyX(ctx)
			if row.FileID != nil || told.Reason != in.Reason || told.Before["amount"] != float64(89_90) || told.After["amount"] != float64(79_90) {
				t.Errorf("the paper is %v; the history says %v", row.FileID, told)
			}
			for _, s := range c.Slip.Query().Where(slip.InvoiceID(b.Instalments[5].Invoice.ID)).Order(slip.ByIssuedAt()).AllX(ctx)[:1] {
				if s.CancelledAt == nil {
					t.Error("the old slip still stands")
				}
			}
			return nil
		})
		balanced(t, o)
		// Those that had two slips and one that had one get another together, and each counts its own: no Pix is another's, or an older one's.
		together := edit(b, "visita cobrada à parte, de novo", line(after, 7), line(after, 10))
		together.Lines[0].Amount -= 1
		together.Lines[1].Amount -= 1
		again := edit(b, "mais uma vez", line(after, 10))
		again.Lines[0].Amount -= 2
		for _, in := range []billing.Edit{together, again} {
			if err := desk(o).EditInvoices(clerk, in); err != nil {
				t.Fatal(err)
			}
		}
		// The discount lowers what a payment settles, and what is paid beyond it is credit.
		paid, err := desk(o).ReceiveAtCounter(o.As("financeiro"), billing.Receipt{Invoice: after.Instalments[5].Invoice.ID, Amount: 100_00, PaidOn: o.DB.Today(clerk), Key: "p"})
		if err != nil || paid.Credit != 20_10 || paid.Standing.Status != billing.InvoicePaid {
			t.Errorf("%+v, %v", paid, err)
		}
		balanced(t, o)
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if owed, err := billing.Overdue(ctx, c, o.DB.Today(ctx).AddDays(300), o.Maria.ID); err != nil || owed%89_90 == 10_00 {
				t.Errorf("a paid discount is owed: %s, %v", owed, err)
			}
			return nil
		})
	})
}

func TestAnEditOfZeroIsBornPaidAndWhatChangesDatesTogetherKeepsTheOrder(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		b, clerk := bookletOf(o, o.Maria), o.As("comercial")
		free, first, second := line(b, 6), line(b, 7), line(b, 8)
		free.Amount = 0
		first.Due, second.Due = second.Due, second.Due.AddDays(10) // each alone would break the order
		if err := desk(o).EditInvoices(clerk, edit(b, "um mês de cortesia", free, first, second)); err != nil {
			t.Fatal(err)
		}
		after := bookletOf(o, o.Maria)
		if s := after.Instalments[5]; s.Status != billing.InvoicePaid || s.Slip != nil || s.Covers() != b.Instalments[5].Covers() {
			t.Errorf("the free one is %s with %v", s.Status, s.Slip)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			for _, row := range c.Charge.Query().Where(charge.InvoiceID(b.Instalments[5].Invoice.ID)).AllX(ctx) {
				if row.ClosedAt == nil {
					t.Errorf("the charge of %s is open", row.Amount)
				}
			}
			return nil
		})
		balanced(t, o)
	})
}

func TestEditsThatCannotBeAreRefusedByName(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		b, clerk := bookletOf(o, o.Maria), o.As("comercial")
		part := billing.Receipt{Invoice: b.Instalments[6].Invoice.ID, Amount: 10_00, PaidOn: o.DB.Today(clerk), Key: "p"}
		if _, err := desk(o).ReceiveAtCounter(o.As("financeiro"), part); err != nil {
			t.Fatal(err)
		}
		before := count(o)
		of := func(k int, change func(*billing.EditLine)) billing.EditLine {
			l := line(b, k)
			change(&l)
			return l
		}
		number := fmt.Sprint(line(b, 6).Number)
		last := fmt.Sprint(line(b, 12).Number)
		for want, in := range map[string]billing.Edit{
			"edit_paid":                             edit(b, "um bom motivo", of(1, func(l *billing.EditLine) { l.Amount = 1 })),
			"edit_part_paid":                        edit(b, "um bom motivo", of(7, func(l *billing.EditLine) { l.Due = l.Due.AddDays(1) })),
			"vencimento_" + number + ": edit_order": edit(b, "um bom motivo", of(6, func(l *billing.EditLine) { l.Due = l.Due.AddDays(31) })),
			"vencimento_" + number + ": past":       edit(b, "um bom motivo", of(6, func(l *billing.EditLine) { l.Due = o.DB.Today(clerk).AddDays(-1) })),
			"motivo: reason_short":                  edit(b, "sim", of(6, func(l *billing.EditLine) { l.Amount++ })),
			"valor_" + last + ": range":             edit(b, "um bom motivo", of(12, func(l *billing.EditLine) { l.Amount = 1 << 62 })),
			"edit_nothing":                          edit(b, "um bom motivo", line(b, 6)),
			"edit_unseen":                           {Booklet: b.ID, Lines: []billing.EditLine{of(6, func(l *billing.EditLine) { l.Amount++ })}, Reason: "um bom motivo", Shown: "outra coisa"},
			"not_found":                             edit(b, "um bom motivo", billing.EditLine{Number: 999_999, Amount: 1}),
			"edit_in_booklet":                       {Invoice: b.Instalments[5].Invoice.ID, Lines: []billing.EditLine{of(6, func(l *billing.EditLine) { l.Amount++ })}, Reason: "um bom motivo"},
		} {
			if err := desk(o).EditInvoices(clerk, in); demotest.Fault(err) != want {
				t.Errorf("%v, want %s", err, want)
			}
		}
		good := edit(b, "um bom motivo", of(6, func(l *billing.EditLine) { l.Amount++ }))
		if err := desk(o).EditInvoices(o.As("suporte"), good); demotest.Fault(err) != "denied" {
			t.Errorf("suporte: %v", err)
		}
		if err := desk(o).EditInvoices(o.Stranger(), good); demotest.Fault(err) != "not_found" {
			t.Errorf("a stranger: %v", err)
		}
		if after := count(o); after != before {
			t.Errorf("refused, it left %v of %v", after, before)
		}
		if _, err := desk(o).CancelBooklet(clerk, b.ID, "não quer mais", "c"); err != nil {
			t.Fatal(err)
		}
		if err := desk(o).EditInvoices(clerk, good); demotest.Fault(err) != "booklet_cancelled" {
			t.Errorf("a cancelled one: %v", err)
		}
	})
}

// João's overdue instalment may be given another day by a manager alone: late charges go with it, and the service comes back.
func TestADueDateThatForgivesLateChargesIsAManagersToMove(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		b := bookletOf(o, o.Joao)
		k := 0
		for i, s := range b.Instalments {
			if s.Status == billing.InvoiceOverdue {
				k = i + 1
			}
		}
		moved := line(b, k)
		moved.Due = b.Instalments[k].Invoice.Due.AddDays(-1)
		in := edit(b, "combinado por telefone", moved)
		if _, err := desk(o).PreviewEdit(o.As("comercial"), in); demotest.Fault(err) != "denied" {
			t.Errorf("comercial: %v", err)
		}
		plan, err := desk(o).PreviewEdit(o.As("gerente"), in)
		if err != nil || plan.Forgiven != b.Instalments[k-1].Debt.Charges() || plan.Forgiven == 0 {
			t.Fatalf("%+v, %v", plan, err)
		}
		if err := desk(o).EditInvoices(o.As("gerente"), in); err != nil {
			t.Fatal(err)
		}
		if got := o.Service(o.Joao).Status; got != status.Enabled {
			t.Errorf("nothing is overdue, and he is %s", got)
		}
		balanced(t, o)
	})
}

func TestAnInvoiceInNoCarneIsEditedAlone(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		b, clerk := bookletOf(o, o.Maria), o.As("financeiro")
		one := b.Instalments[11].Invoice
		if err := desk(o).ReleaseInvoices(clerk, billing.Members{Booklet: b.ID, Invoices: ids(b, 12), Key: "1"}); err != nil {
			t.Fatal(err)
		}
		in := billing.Edit{Invoice: one.ID, Lines: []billing.EditLine{line(b, 12)}, Reason: "desconto de fidelidade", Key: "1"}
		in.Lines[0].Amount, in.Lines[0].Due = 50_00, calendar.On(2026, 12, 1)
		if err := desk(o).EditInvoices(clerk, in); err != nil {
			t.Fatal(err)
		}
		got, err := desk(o).Invoice(clerk, one.ID)
		if err != nil || got.Total != 50_00 || got.Standing.Invoice.Due != in.Lines[0].Due {
			t.Errorf("%+v, %v", got, err)
		}
		checkSlip(t, got.Standing)
		balanced(t, o)
	})
}

func TestAHundredEqualEditsAndCancellationsAreOne(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		b, clerk := bookletOf(o, o.Maria), o.As("comercial")
		changed := line(b, 6)
		changed.Amount += 1_00
		hundred(t, func() (any, error) {
			return nil, desk(o).EditInvoices(clerk, edit(b, "mensalidade do roteador", changed))
		})
		if s := bookletOf(o, o.Maria).Instalments[5]; s.Total != changed.Amount || len(s.Charges) != 2 {
			t.Errorf("it came to %s in %d charges", s.Total, len(s.Charges))
		}
		hundred(t, func() (any, error) { return desk(o).CancelBooklet(clerk, b.ID, "cliente vai mudar", "c") })
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if n := c.History.Query().Where(history.Event("booklet_cancelled")).CountX(ctx); n != 1 {
				t.Errorf("it was cancelled %d times", n)
			}
			return nil
		})
		balanced(t, o)
		in := renewal(o)
		hundred(t, func() (any, error) {
			issued, err := desk(o).IssueBooklet(clerk, in)
			if err != nil {
				return nil, err
			}
			return issued.ID, nil
		})
		balanced(t, o)
	})
}

// A carnê is changed whole or not at all.
func TestACarneIsChangedWholeOrNotAtAll(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		b, clerk := bookletOf(o, o.Maria), o.As("comercial")
		cheaper, later := line(b, 6), line(b, 7)
		cheaper.Amount -= 10_00
		later.Due = later.Due.AddDays(5)
		o.AllOrNothing(t, 20, func() error { return desk(o).EditInvoices(clerk, edit(b, "combinado com a cliente", cheaper, later)) })
		out := billing.Members{Booklet: b.ID, Invoices: ids(b, 11, 12), Key: "1"}
		o.AllOrNothing(t, 15, func() error { return desk(o).ReleaseInvoices(clerk, out) })
		o.AllOrNothing(t, 15, func() error { return desk(o).JoinInvoices(clerk, out) })
		o.AllOrNothing(t, 10, func() error {
			_, err := desk(o).CancelBooklet(clerk, b.ID, "cliente vai mudar", "1")
			return err
		})
		balanced(t, o)
	})
}

// A PDF that was being drawn while the carnê was changed is not kept as its PDF.
func TestThePaperOfAChangedCarneIsDrawnAnew(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		b, clerk := bookletOf(o, o.Maria), o.As("comercial")
		first, err := desk(o).BookletPDF(clerk, b.ID)
		if err != nil {
			t.Fatal(err)
		}
		changed := line(b, 6)
		changed.Amount = money.Cents(123_45)
		if err := desk(o).EditInvoices(clerk, edit(b, "troca de equipamento", changed)); err != nil {
			t.Fatal(err)
		}
		second, err := desk(o).BookletPDF(o.Worker(), b.ID)
		if err != nil || second.ID == first.ID || second.Sha256 == first.Sha256 {
			t.Errorf("the paper stayed the same: %v", err)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if row := c.Booklet.GetX(ctx, b.ID); row.FileID == nil || *row.FileID != second.ID {
				t.Errorf("the carnê has the file %v", row.FileID)
			}
			return nil
		})
	})
}
