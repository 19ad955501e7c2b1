package billing

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"enlace/ent/suspension"
	"enlace/tenants/calendar"
	"enlace/tenants/money"
	"enlace/tenants/status"
)

// endGap adds to the difference what the stretch without service comes to that ends with the migration, as at every other end of one: days of a
// suspension are given back (money.md M7), and of a pause that ends early what was given back of days to come is charged again (M8). Of the period
// that runs the split has given back the rest whole (M5), so that only the days before the migration bear their gaps.
func (r *MigrationPreview) endGap(ctx context.Context, p post) error {
	from := r.m.From
	if from.Status == status.Enabled {
		return nil
	}
	gaps, err := GapsOf(ctx, p.c, from.ID)
	if err != nil {
		return err
	}
	open := slices.IndexFunc(gaps, func(g Gap) bool { return g.Row != nil && g.Row.EndedAt == nil })
	if open < 0 {
		return nil
	}
	fees, err := p.fees(ctx, from, gaps, r.base())
	if err != nil {
		return err
	}
	ends := gaps[open]
	ends.Days.To = p.today
	real := append(plain(slices.Delete(slices.Clone(gaps), open, open+1), every), ends.Gap)
	anew, before := r.anew(), len(r.Lines)
	for _, one := range fees {
		days, given := one.Billed, one.Charged-one.Stand
		if r.Kept == nil {
			days = one.Until(p.today, r.base())
		}
		if anew[one.Row.ID] && *one.Row.SubscriptionID == from.ID { // what took its place is billed in full
			given = one.Row.Amount - one.Stand
		}
		line, err := endedGap(days, given, real, r.base())
		if err != nil {
			return err
		}
		if line.Period = one.Period; line.Amount != 0 {
			r.Lines = append(r.Lines, MigrationLine{ends.named(line.Amount) + ", " + line.Period.String(), line})
		}
	}
	if len(r.Lines) > before {
		r.send(p.today)
	}
	return nil
}

// outageToday has a day that an outage gave back at the price of before be given back at the new one, which is what it costs: the rest of the old price
// is given back whole (M5).
func (r *MigrationPreview) outageToday(outage calendar.Period) error {
	if !outage.Contains(r.today) || !r.runs.Period.Contains(r.today) || r.Kept != nil {
		return nil
	}
	before, today := outage, calendar.Period{From: r.today, To: r.today.AddDays(1)}
	before.To = r.today
	with, err := r.runs.Credits([]money.Gap{{Days: outage}}, r.base())
	if err != nil {
		return err
	}
	without, err := r.runs.Credits([]money.Gap{{Days: before}}, r.base())
	if err != nil {
		return err
	}
	rest := r.runs.At(PriceOf(r.m.To).Of(0), r.base())
	left, err := rest.Rest(r.today, r.base())
	if err != nil {
		return err
	}
	rest.Period, rest.Charged = left.Period, left.Amount
	line, err := endedGap(rest, sumOf(without)-sumOf(with), []money.Gap{{Days: today}}, r.base())
	if err != nil || line.Amount == 0 {
		return err
	}
	line.Period = today
	r.Lines = append(r.Lines, MigrationLine{outageDays + today.String() + ", " + r.plan.Name, line})
	r.send(r.today)
	return nil
}

func sumOf(lines []money.Line) (sum money.Cents) {
	for _, line := range lines {
		sum += line.Amount
	}
	return sum
}

// endedGap is what days give back by their gaps beyond what was given already, negative; or charge again of it.
func endedGap(days money.Billed, given money.Cents, gaps []money.Gap, base money.Base) (line money.Line, err error) {
	line.Amount = given
	var said []string
	if !days.Period.Empty() {
		credits, err := days.Credits(gaps, base)
		if err != nil {
			return line, err
		}
		for _, one := range credits {
			line.Amount, said = line.Amount+one.Amount, append(said, one.Memo)
		}
	}
	if given != 0 {
		said = append(said, "já devolvidos R$ "+given.String())
	}
	line.Memo = strings.Join(said, "; ")
	return line, nil
}

// named says which stretch it is, for the people who read what its end comes to.
func (g Gap) named(amount money.Cents) string {
	switch {
	case amount > 0:
		return earlyReturn
	case g.Row.Kind == suspension.KindPedido:
		return pausedDays + g.Days.String()
	}
	return suspendedDays + g.Days.String()
}

// anew are the monthly fees that the migration bills in another way: they are cancelled.
func (r *MigrationPreview) anew() map[uuid.UUID]bool {
	all := map[uuid.UUID]bool{}
	for _, page := range r.Pages {
		if page.Does == PageStands {
			continue
		}
		fees, _ := page.split(r.today)
		for _, row := range fees {
			all[row.ID] = true
		}
	}
	return all
}

// leftOut is the period that runs, where later ones were billed before a pause of all its days ended early, or was to end.
func (r *MigrationPreview) leftOut(ctx context.Context, p post, billed []billedPage) (all []fee, err error) {
	from, isBilled := r.m.From, func(b money.Billed) bool { return b.Period.Contains(p.today) }
	if !from.BilledUntil.After(p.today) || slices.ContainsFunc(billed, func(one billedPage) bool { return slices.ContainsFunc(one.page.Billed, isBilled) }) {
		return nil, nil
	}
	gaps, err := GapsOf(ctx, p.c, from.ID)
	if err != nil {
		return nil, err
	}
	all, err = p.leftOutFees(ctx, from, gaps, r.base())
	return slices.DeleteFunc(all, func(one fee) bool { return !isBilled(one.Billed) }), err
}

// turnLeftOut turns the rest of a period that was left out to the new price, and says up to when that is; without one, that is today. What nobody has
// charged, since the pause ends only now, costs the new price.
func (r *MigrationPreview) turnLeftOut(left []fee, before string) (until calendar.Date, err error) {
	until = r.today
	for _, one := range left {
		until = one.Period.To
		if one.Stand == 0 {
			line, err := one.At(PriceOf(r.m.To).Of(0), r.base()).Rest(r.today, r.base())
			if err != nil {
				return until, err
			}
			r.Lines = append(r.Lines, MigrationLine{r.plan.Name + ", " + line.Period.String(), line})
			continue
		}
		as, err := money.Reprice([]money.Page{{Billed: []money.Billed{one.Billed}, Paid: 1}}, PriceOf(r.m.To), r.today, r.base())
		if err != nil {
			return until, err
		}
		r.difference(as.Loose, before)
	}
	return until, nil
}
