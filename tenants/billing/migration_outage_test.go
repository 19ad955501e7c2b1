package billing_test

import (
	"context"
	"strings"
	"testing"

	"enlace/ent"
	"enlace/ent/outage"
	"enlace/ent/outageservice"
	"enlace/ent/subscription"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/money"
)

// A line was down for three days at R$ 99,90, R$ 3,33 a day. On the last of them the plan changes to one of R$ 129,90, of which a day is R$ 4,33: that
// day was given back R$ 1,00 too little, whether the month has billed it or not. One that was over the day before changes nothing.
func TestTheDayOfAnOutageOnWhichThePlanChangesIsGivenBackAtTheNewPrice(t *testing.T) {
	today := calendar.On(2026, 12, 22)
	for name, of := range map[string]struct {
		billed bool
		until  calendar.Date
		price  money.Cents
		want   money.Cents
	}{
		"billed":           {true, today.AddDays(1), 129_90, -1_00},
		"not billed":       {false, today.AddDays(1), 129_90, -1_00},
		"to a lower price": {true, today.AddDays(1), 59_90, 1_33},
		"at the same one":  {true, today.AddDays(1), 99_90, 0},
		"over before":      {true, today, 129_90, 0},
	} {
		t.Run(name, func(t *testing.T) {
			demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
				m := fromA(o, subscription.ModeAntecipado, of.billed)
				down(o, m.from, calendar.Period{From: today.AddDays(-2), To: of.until})
				preview := m.enable(o, func(to *ent.SubscriptionUpdateOne) { to.SetPrice(of.price) })
				var got money.Cents
				for _, line := range preview.Lines {
					if strings.HasPrefix(line.What, "Falha ") {
						if got += line.Amount; line.What != "Falha de 22/12 a 23/12, Fibra 800 Mega" || !strings.Contains(line.Memo, "já devolvidos R$ 3,33") {
							t.Errorf("%q: %q", line.What, line.Memo)
						}
					}
				}
				if got != of.want {
					t.Errorf("%d of the day, not %d: %+v", got, of.want, preview.Lines)
				}
			})
		})
	}
}

// down is an outage that is over and has given back days of a service.
func down(o *demotest.Office, sub *ent.Subscription, days calendar.Period) {
	by := tenants.Who(o.As("suporte"))
	o.Write(func(ctx context.Context, c *ent.Client) error {
		given, err := desk(o).PostOutage(ctx, c, sub.ID, days)
		if err != nil {
			return err
		}
		row := c.Outage.Create().SetNumber(1).SetTitle("Fibra rompida").SetKind(outage.KindList).SetState(outage.StateOver).SetBeganAt(o.DB.Now()).SetEndedAt(o.DB.Now()).SetTotal(1).
			SetUserID(by.ID).SetUserName(by.Name).SetUserRole(by.Role).SetCreatedAt(o.DB.Now()).SetChangedAt(o.DB.Now()).SaveX(ctx)
		return c.OutageService.Create().SetOutageID(row.ID).SetCustomerID(sub.CustomerID).SetSubscriptionID(sub.ID).SetState(outageservice.StateUp).SetFromDay(given.Days().From).
			SetUntilDay(given.Days().To).SetCredit(given.Total()).Exec(ctx)
	})
}
