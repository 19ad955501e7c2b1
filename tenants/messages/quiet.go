package messages

import (
	"strconv"
	"time"

	"enlace/ent"
	"enlace/ent/predicate"
	"enlace/ent/telegrambot"
	"enlace/ent/telegramlink"
	"enlace/tenants"
	"enlace/tenants/calendar"
)

// Quiet are the hours, by the ISP's clocks, in which nothing is said that can wait: from From until Until, of the next day where that is no later.
// Where both are the same there are none.
type Quiet struct{ From, Until int }

// Default is when most people sleep, or would rather not be written to by a company.
var Default = Quiet{From: 21, Until: 8}

// holds says that an instant falls into the quiet hours.
func (q Quiet) holds(local time.Time) bool {
	h := local.Hour()
	if q.From <= q.Until {
		return q.From <= h && h < q.Until
	}
	return h >= q.From || h < q.Until
}

// After is the first instant, from one on, that is not in the quiet hours.
func (q Quiet) After(at time.Time, zone *time.Location) time.Time {
	local := at.In(zone)
	if !q.holds(local) {
		return at
	}
	day := calendar.Of(local)
	if local.Hour() >= q.Until {
		day = day.AddDays(1)
	}
	return day.At(q.Until, 0, zone)
}

// Before is an instant, or the last minutes before the quiet hours it falls into: for what would be of no use at their end.
func (q Quiet) Before(at time.Time, zone *time.Location) time.Time {
	local := at.In(zone)
	if !q.holds(local) {
		return at
	}
	day := calendar.Of(local)
	if local.Hour() < q.From {
		day = day.AddDays(-1)
	}
	return day.At(q.From, 0, zone).Add(-lastMinutes)
}

// lastMinutes is so long before the quiet hours that a worker who is late is not in them.
const lastMinutes = 15 * time.Minute

// due is when a message of a kind is said that is kept now.
func (q Quiet) due(m Manner, now time.Time, zone *time.Location) time.Time {
	switch {
	case m.Urgent:
		return now
	case m.Hourly && !q.holds(now.In(zone)):
		local := now.In(zone)
		now = now.Add(time.Hour - time.Duration(local.Minute())*time.Minute - time.Duration(local.Second())*time.Second - time.Duration(local.Nanosecond()))
	}
	return q.After(now, zone)
}

// What stands beside a link: the quiet hours of the ISP's bot.
var (
	quietFrom  = tenants.Beside[predicate.TelegramLink]("quiet_from", telegramlink.FieldTenantID, telegrambot.Table, telegrambot.FieldTenantID, telegrambot.FieldQuietFrom)
	quietUntil = tenants.Beside[predicate.TelegramLink]("quiet_until", telegramlink.FieldTenantID, telegrambot.Table, telegrambot.FieldTenantID, telegrambot.FieldQuietUntil)
)

// quietOf are the quiet hours beside a link; the default ones while the ISP has no bot.
func quietOf(link *ent.TelegramLink) Quiet {
	from, err := strconv.Atoi(tenants.Said(link, "quiet_from"))
	until, err2 := strconv.Atoi(tenants.Said(link, "quiet_until"))
	if err != nil || err2 != nil {
		return Default
	}
	return Quiet{from, until}
}
