package jobs

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/address"
	"enlace/ent/outage"
	"enlace/tenants"
	"enlace/tenants/outages"
	"enlace/tenants/sales"
	state "enlace/tenants/status"
)

// settled says that somebody's service runs, and that they live where it is: who took it over may live elsewhere.
func settled(one *tale) bool { return running(one) && one.begun.IsZero() }

// sellAnother sells a second service to somebody who has one, by terms of its own; what falls due on one day is one invoice, if not asked for apart.
func (y *year) sellAnother(one *tale) error {
	of := y.plans[y.random.IntN(len(y.plans))]
	all := tenants.Typed{"plano": of.ID.String(), "forma_cobranca": y.terms["forma_cobranca"], "modelo": y.terms["modelo"], "taxa": "none", "dia_vencimento": y.dueDay(),
		"tipo_cobranca": []string{"antecipado", "postecipado"}[y.random.IntN(2)], "cobranca_igual": "sim", "fiscal_igual": "sim", "instalacao_igual": "sim"}
	if y.random.IntN(3) == 0 {
		all["carne"] = "true"
	}
	if y.random.IntN(3) == 0 {
		all["fatura_separada"] = "true"
	}
	y.Read(func(ctx context.Context, c *ent.Client) error {
		all["endereco"] = c.Address.Query().Where(address.CustomerID(one.customer.ID)).FirstX(ctx).ID.String()
		return nil
	})
	return y.finish(sales.Progress{Wizard: sales.AddService, Holder: one.customer.ID}, all, of, one.temper)
}

// reactivate has a cancelled service come back (reativação): as a new one, with what the old one had.
func (y *year) reactivate(one *tale) error {
	draft, err := sales.Desk{DB: y.DB}.Reactivate(y.boss, one.sub)
	if err != nil {
		return err
	}
	all := tenants.Typed{"modelo": y.terms["modelo"], "taxa": "none"}
	for field, typed := range draft.Data {
		all[field] = typed
	}
	i := slices.IndexFunc(y.plans, func(of *ent.Plan) bool { return of.ID.String() == all["plano"] })
	return y.finish(sales.Progress{Wizard: sales.AddService, Holder: one.customer.ID, Draft: draft.ID, Version: draft.Version}, all, y.plans[i], one.temper)
}

// finish walks a sale to somebody who is there already to its end.
func (y *year) finish(walk sales.Progress, all tenants.Typed, of *ent.Plan, temper int) error {
	if err := y.walk(&walk, all); err != nil {
		return err
	}
	sold, err := sales.Desk{DB: y.DB}.Finish(y.boss, walk)
	if err == nil {
		y.begin(sold, of, temper)
	}
	return err
}

// breakDown is a fibre that somebody cut up to three days ago and that is mended now: some services had no line, and the office notes it and ends it.
func (y *year) breakDown() {
	now := y.DB.Now()
	began := now.Add(-time.Duration(1+y.random.IntN(71)) * time.Hour)
	broke := y.Here.Today(began)
	var hit []*tale
	var customers []string
	y.Read(func(ctx context.Context, c *ent.Client) error {
		for _, first := range y.tales {
			if y.byID[first.customer.ID] != first || y.random.IntN(20) > 0 {
				continue
			}
			var theirs []*tale
			sure := true // whether it is known which of their services had a line, and at which price
			for _, one := range y.tales {
				if one.customer.ID != first.customer.ID || one.gone {
					continue
				}
				switch c.Subscription.GetX(ctx, one.sub).Status {
				case state.Enabled, state.Slowed:
					theirs = append(theirs, one)
					sure = sure && !waiting(one) && !one.start.After(broke) && !one.prices[len(one.prices)-1].day.After(broke)
				case state.SuspendedDebt: // it may be trusted
					sure = false
				}
			}
			if len(theirs) > 0 && sure {
				hit, customers = append(hit, theirs...), append(customers, fmt.Sprint(first.customer.Number))
			}
		}
		return nil
	})
	if len(hit) == 0 {
		return
	}
	desk := outages.Desk{DB: y.DB}
	id, err := desk.Open(y.boss, outages.NewOutage{Kind: outage.KindList, List: strings.Join(customers, "\n"), Title: "Fibra rompida", Began: began, Key: uuid.NewString()})
	if err == nil {
		y.work(now.Add(time.Minute))
		err = desk.End(y.boss, outages.Ending{Outage: id, Ended: y.DB.Now(), Text: "emendada", Close: true, Key: uuid.NewString()})
	}
	if y.note("line broken", int64(len(hit)), err); err != nil {
		return
	}
	lasted := y.DB.Now().Sub(began)
	y.work(y.DB.Now().Add(time.Minute))
	for _, one := range hit {
		one.away = append(one.away, &absence{from: broke, to: broke.AddDays(max(1, y.today().DaysSince(broke), int((lasted+24*time.Hour-1)/(24*time.Hour)))), down: true})
	}
}

// breaks is one in how many days a line breaks in `make soak`.
const breaks = 10
