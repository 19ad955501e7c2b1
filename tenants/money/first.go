package money

import "enlace/tenants/calendar"

// LeastNotice is how many days a first due date lies ahead at least when no person chose it (product.md §9).
const LeastNotice = 5

// FirstInvoice reckons the first invoice of a service that is billed by the month, made on a day (money.md M2). It is that of a carnê from the
// first due day on or after the first use, but for a due date under LeastNotice days away: a postecipado one is skipped, and the next carries
// its days too; an antecipado one is due LeastNotice days from the making, and its periods stay. FirstDue and Instalments of the terms
// are not read. It returns the errors of Schedule.
func FirstInvoice(t Terms, made calendar.Date) (Instalment, error) {
	t.Instalments = 1
	if t.DueDay >= 1 && t.DueDay <= calendar.LastDay { // else Schedule says so
		t.FirstDue = calendar.NextDue(t.Start.AddDays(-1), t.DueDay)
	}
	soonest := made.AddDays(LeastNotice)
	if t.Mode == Postecipado && (t.FirstDue.Before(soonest) || t.FirstDue == t.Start) {
		t.FirstDue = t.due(1)
	}
	schedule, err := Schedule(t)
	if err != nil {
		return Instalment{}, err
	}
	first := schedule[0]
	if first.Due.Before(soonest) {
		first.Due = soonest
	}
	return first, nil
}
