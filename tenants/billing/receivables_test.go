package billing_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/address"
	"enlace/ent/charge"
	"enlace/ent/history"
	"enlace/ent/invoice"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/money"
)

// strew puts papers of every kind and age into the office: paid, cancelled, contested whole and in part, paid in part, on an invoice and not.
func strew(o *demotest.Office, papers int) {
	draw := rand.New(rand.NewPCG(5, 42))
	today := o.Here.Today(o.DB.Now())
	o.Write(func(ctx context.Context, c *ent.Client) error {
		pattern := c.Charge.Query().Where(charge.InvoiceIDNotNil()).FirstX(ctx)
		method := c.Invoice.Query().FirstX(ctx).MethodID
		for n := range papers {
			who := []*ent.Customer{o.Maria, o.Joao}[draw.IntN(2)]
			due, number := today.AddDays(draw.IntN(190)-130), int64(50_000+n)
			var bill *uuid.UUID
			paid, cancelled := draw.IntN(6) == 0, draw.IntN(9) == 0
			if draw.IntN(3) > 0 {
				row := c.Invoice.Create().SetNumber(number).SetCustomerID(who.ID).SetMethodID(method).SetDue(due).SetIssuedAt(o.DB.Now())
				if paid {
					row.SetPaidAt(o.DB.Now())
				} else if cancelled {
					row.SetCancelledAt(o.DB.Now())
				}
				bill = &row.SaveX(ctx).ID
			}
			for k := range 1 + draw.IntN(3) {
				amount := money.Cents(1 + draw.IntN(20_000))
				row := c.Charge.Create().SetNumber(number*10 + int64(k)).SetCustomerID(who.ID).SetNillableInvoiceID(bill).SetKind(charge.KindLoose).SetDescription(fmt.Sprintf("=cobrança %d", n)).
					SetDue(due).SetAmount(amount).SetMemo("").SetPosition(k).SetCreatedAt(o.DB.Now()).SetNillableSubscriptionID(pattern.SubscriptionID)
				switch {
				case paid:
					row.SetSettled(amount).SetClosedAt(o.DB.Now())
				case cancelled:
					row.SetCancelledAt(o.DB.Now())
				case draw.IntN(4) == 0:
					row.SetContestedAt(o.DB.Now())
				case draw.IntN(5) == 0 && amount > 1:
					row.SetSettled(amount / 2)
				}
				row.ExecX(ctx)
			}
		}
		return nil
	})
}

// paper is what the test itself makes of a receivable.
type paper struct {
	due       calendar.Date
	open      money.Cents // what is contested apart
	disputed  money.Cents
	contested bool
	partly    bool
	who       uuid.UUID
}

// owedByHand reads all that is open, one paper at a time.
func owedByHand(o *demotest.Office) map[uuid.UUID]*paper {
	all := map[uuid.UUID]*paper{}
	o.Read(func(ctx context.Context, c *ent.Client) error {
		gone := map[uuid.UUID]bool{}
		for _, row := range c.Invoice.Query().Where(invoice.Or(invoice.PaidAtNotNil(), invoice.CancelledAtNotNil())).AllX(ctx) {
			gone[row.ID] = true
		}
		for _, row := range c.Charge.Query().AllX(ctx) {
			key := row.ID
			if row.InvoiceID != nil {
				key = *row.InvoiceID
			}
			if row.CancelledAt != nil || row.ClosedAt != nil || gone[key] {
				continue
			}
			one := all[key]
			if one == nil {
				one = &paper{due: row.Due, contested: true, who: row.CustomerID}
				all[key] = one
			}
			disputed := row.ContestedAt != nil && row.ContestAnsweredAt == nil
			if one.contested = one.contested && disputed; disputed {
				one.disputed += row.Amount - row.Settled
			} else {
				one.open += row.Amount - row.Settled
			}
			one.partly = one.partly || row.Settled > 0
		}
		return nil
	})
	return all
}

func (p *paper) in(state billing.ReceivableState, bucket billing.Bucket, today calendar.Date) bool {
	late := today.After(calendar.EffectiveLastDay(p.due))
	switch state {
	case billing.ReceivableOpen:
		return true
	case billing.ReceivableContested:
		return p.contested
	case billing.ReceivableDue:
		return !p.contested && !late
	case billing.ReceivablePartly:
		return !p.contested && !late && p.partly
	}
	days := today.DaysSince(p.due)
	least, most := 0, 10_000
	switch bucket {
	case billing.Bucket15:
		most = 15
	case billing.Bucket30:
		least, most = 16, 30
	case billing.Bucket60:
		least, most = 31, 60
	case billing.Bucket90:
		least, most = 61, 90
	case billing.BucketMore:
		least = 91
	}
	return !p.contested && late && days >= least && days <= most
}

func TestReceivablesAreThoseOfTheirStateAndAgeToTheCent(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		strew(o, 400)
		today, owed := o.Here.Today(o.DB.Now()), owedByHand(o)
		tried := 0
		for _, state := range billing.ReceivableStates[:5] {
			buckets := []billing.Bucket{""}
			if state == billing.ReceivableOverdue {
				buckets = append(buckets, billing.Buckets...)
			}
			for _, bucket := range buckets {
				for _, who := range []*ent.Customer{nil, o.Maria} {
					f := billing.ReceivableFilter{State: state, Bucket: bucket, Page: 1, Descending: bucket == billing.Bucket30}
					if who != nil {
						f.Query = who.Document
					}
					want := map[uuid.UUID]bool{}
					var heap billing.Heap
					for id, one := range owed {
						if who != nil && one.who != who.ID {
							continue
						}
						if one.in(state, bucket, today) {
							want[id] = true
							heap.Count, heap.Sum = heap.Count+1, heap.Sum+one.open
						}
						if state == billing.ReceivableContested {
							heap.Sum += one.disputed
						}
					}
					list := allPages(t, o, f)
					var before calendar.Date
					for i, one := range list.Rows {
						var id uuid.UUID
						if one.Loose != nil {
							id = one.Loose.ID
						} else {
							id = one.Invoice.ID
						}
						if !want[id] {
							t.Fatalf("%s %s lists what is %+v", state, bucket, owed[id])
						}
						delete(want, id)
						if i > 0 && one.Due() != before && one.Due().Before(before) != f.Descending {
							t.Errorf("%s after %s", one.Due(), before)
						}
						before = one.Due()
						tried++
					}
					if len(want) > 0 || list.Total != len(list.Rows) {
						t.Errorf("%s %s leaves out %d of %d, and counts %d", state, bucket, len(want), heap.Count, list.Total)
					}
					got, known := map[billing.ReceivableState]billing.Heap{billing.ReceivableOverdue: list.Late(), billing.ReceivableDue: list.Due, billing.ReceivableContested: list.Contested}[state]
					if bucket != "" {
						got = list.Overdue[bucket]
					}
					if most := list.Until; state == billing.ReceivableDue && who == nil {
						var soon billing.Heap
						for _, one := range owed {
							if one.in(state, "", today) && !one.due.After(most) {
								soon.Count, soon.Sum = soon.Count+1, soon.Sum+one.open
							}
						}
						if list.Soon != soon || soon.Count == 0 {
							t.Errorf("until %s it is %+v, want %+v", most, list.Soon, soon)
						}
					}
					if known && got != heap {
						t.Errorf("%s %s is %+v, want %+v", state, bucket, got, heap)
					}
				}
			}
		}
		if tried < 500 {
			t.Fatalf("only %d rows were looked at", tried)
		}
	})
}

func allPages(t *testing.T, o *demotest.Office, f billing.ReceivableFilter) (all billing.Receivables) {
	t.Helper()
	for {
		list, err := desk(o).Receivables(o.As("financeiro"), f)
		if err != nil {
			t.Fatal(err)
		}
		rows := append(all.Rows, list.Rows...)
		if all = list; len(list.Rows) < billing.PageSize {
			all.Rows = rows
			return all
		}
		all.Rows = rows
		f.Page++
	}
}

func TestReceivablesAreNarrowedDown(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		var f struct{ city, method, plan, seller, group string }
		bill := overdue(o).Invoice
		strew(o, 60)
		o.Write(func(ctx context.Context, c *ent.Client) error {
			sub := c.Subscription.GetX(ctx, *bill.SubscriptionID)
			from := c.Seller.Query().FirstX(ctx)
			c.Subscription.UpdateOneID(sub.ID).SetSellerID(from.ID).ExecX(ctx)
			g := c.Group.Create().SetName("Devedores").SaveX(ctx)
			c.CustomerGroup.Create().SetCustomerID(o.Joao.ID).SetGroupID(g.ID).ExecX(ctx)
			f.city = strings.ToUpper(c.Address.Query().Where(address.CustomerID(o.Joao.ID)).FirstX(ctx).City)
			f.method, f.plan, f.seller, f.group = bill.MethodID.String(), sub.PlanID.String(), from.ID.String(), g.ID.String()
			return nil
		})
		read := func(typed tenants.Typed) (numbers []int64) {
			typed["situacao"] = "todas"
			for _, one := range allPages(t, o, billing.ReadReceivableFilter(typed)).Rows {
				if one.Loose == nil {
					numbers = append(numbers, one.Invoice.Number)
				} else {
					numbers = append(numbers, one.Loose.Number)
				}
			}
			return numbers
		}
		for _, one := range []tenants.Typed{{"cidade": f.city}, {"forma": f.method}, {"plano": f.plan}, {"vendedor": f.seller}, {"grupo": f.group}, {"q": fmt.Sprint(bill.Number)}, {"q": "joao susp"},
			{"grupo": f.group, "plano": f.plan, "vendedor": f.seller, "forma": f.method, "cidade": f.city}} {
			if got := read(one); !slices.Contains(got, bill.Number) {
				t.Errorf("%v finds %v", one, got)
			}
		}
		none := demotest.Nobody.String()
		for _, one := range []tenants.Typed{{"cidade": "Manaus"}, {"forma": none}, {"plano": none}, {"vendedor": none}, {"grupo": none}, {"q": "999999"}, {"q": "maria demo"}, {"forma": "sem-fatura"}, {"plano": "x"}} {
			if got := read(one); slices.Contains(got, bill.Number) {
				t.Errorf("%v finds it among %d", one, len(got))
			}
		}
		for _, number := range read(tenants.Typed{"forma": "sem-fatura"}) {
			if number < 500_000 {
				t.Errorf("%d is on an invoice", number)
			}
		}
		if got := billing.ReadReceivableFilter(tenants.Typed{"situacao": "x", "idade": "y", "pagina": "-3", "forma": ""}); got.State != billing.ReceivableOverdue || got.Bucket != "" || got.Page != 1 || got.Narrows() {
			t.Errorf("what is no filter is %+v", got)
		}
		if _, err := desk(o).Receivables(o.As("suporte"), billing.ReadReceivableFilter(tenants.Typed{})); demotest.Fault(err) != "denied" {
			t.Errorf("support reads it: %v", err)
		}
		if list, err := desk(o).Receivables(o.Stranger(), billing.ReadReceivableFilter(tenants.Typed{"situacao": "todas", "q": fmt.Sprint(bill.Number), "plano": f.plan})); err != nil || list.Total != 0 {
			t.Errorf("a stranger finds %d, %v", list.Total, err)
		}
	})
}

func TestReceivablesAreWrittenToASheet(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		strew(o, 700)
		f := billing.ReceivableFilter{State: billing.ReceivableOpen, Page: 1}
		say := func(s billing.InvoiceStatus) string { return "<" + string(s) + ">" }
		write, err := desk(o).ExportReceivables(o.As("financeiro"), f, say)
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := write(o.As("financeiro"), &out); err != nil {
			t.Fatal(err)
		}
		list := allPages(t, o, f)
		file := csv.NewReader(strings.NewReader(strings.TrimPrefix(out.String(), "\ufeff")))
		file.Comma = ';'
		rows, err := file.ReadAll()
		if err != nil || len(rows) != list.Total+1 || list.Total < 500 {
			t.Fatalf("%d rows of %d: %v", len(rows), list.Total, err)
		}
		for i, one := range list.Rows {
			row := rows[i+1]
			if row[3] != one.Customer.Name || row[5] != one.Due().BR() || row[11] != one.Owed().String() || one.Loose != nil && (row[0] != "Cobrança" || row[4] != "'"+one.Loose.Description) {
				t.Fatalf("row %d is %v", i, row)
			}
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if row := c.History.Query().Where(history.Event("receivables_exported")).OnlyX(ctx); row.After["rows"] != float64(list.Total) {
				t.Errorf("the history says %v", row.After)
			}
			return nil
		})
		var other bytes.Buffer
		if write, err = desk(o).ExportReceivables(o.Stranger(), f, say); err == nil {
			err = write(o.Stranger(), &other)
		}
		if err != nil || strings.Contains(other.String(), "=cobrança") || strings.Contains(other.String(), "João Suspenso") {
			t.Errorf("a stranger takes out %s, %v", other.String(), err)
		}
		if _, err := desk(o).ExportReceivables(o.As("suporte"), f, say); demotest.Fault(err) != "denied" {
			t.Errorf("support takes it out: %v", err)
		}
	})
}
