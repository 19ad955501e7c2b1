package jobs

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/outage"
	"enlace/tenants/outages"
	state "enlace/tenants/status"
)

// breaks is one in how many days a line breaks.
const breaks = 10

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
