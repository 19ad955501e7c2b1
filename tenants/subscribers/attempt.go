package subscribers

import (
	"context"
	"slices"

	"enlace/ent"
	"enlace/ent/telegramattempt"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/staff"
)

// How much may be refused in a day of the ISP's before what asks who somebody is shuts until the next. The count lies in the store, so that
// neither a restart nor another process forgets it.
const (
	MostRefused = 5   // to one chat; a link that staff show opens all the same
	mostLooks   = 5   // of one chat by a CPF alone, whatever it finds
	mostMissed  = 200 // CPFs with nothing to show, by all chats of the ISP: whoever tries them by the thousand learns nothing of the rest
)

// refused are the kinds of attempts that count as refused.
var refused = []telegramattempt.Kind{telegramattempt.KindLink, telegramattempt.KindCard, telegramattempt.KindProof, telegramattempt.KindCpf}

// count adds to what a chat tried today.
func (d Desk) count(ctx context.Context, c *ent.Client, chat int64, kind telegramattempt.Kind) error {
	return c.TelegramAttempt.Create().SetDay(d.DB.Today(ctx)).SetChatID(chat).SetKind(kind).SetTimes(1).SetLastAt(d.DB.Now()).
		OnConflictColumns(telegramattempt.FieldTenantID, telegramattempt.FieldDay, telegramattempt.FieldChatID, telegramattempt.FieldKind).
		Update(func(u *ent.TelegramAttemptUpsert) { u.AddTimes(1).UpdateLastAt() }).Exec(ctx)
}

// refuse counts a refusal and is it.
func (d Desk) refuse(ctx context.Context, c *ent.Client, chat int64, kind telegramattempt.Kind, why Refusal) (Entry, error) {
	return Entry{Refused: why}, d.count(ctx, c, chat, kind)
}

// shut says whether a chat was refused too often today; then that it asked again is counted.
func (d Desk) shut(ctx context.Context, c *ent.Client, chat int64) (bool, error) {
	today, err := d.triedToday(ctx, c, chat)
	if err != nil || times(today, refused...) < MostRefused {
		return false, err
	}
	return true, d.count(ctx, c, chat, telegramattempt.KindShut)
}

// shutToLooks says likewise whether a CPF alone shows nothing any more today: to a chat that was refused or has looked too often, or to all once
// too much was missed.
func (d Desk) shutToLooks(ctx context.Context, c *ent.Client, chat int64) (bool, error) {
	today, err := d.triedToday(ctx, c, chat)
	if err != nil {
		return false, err
	}
	if times(today, refused...) < MostRefused && times(today, telegramattempt.KindCpf, telegramattempt.KindCpfSeen) < mostLooks {
		missed, err := tenants.SumUp[calendar.Date](ctx, tenants.RowsOf(telegramattempt.Table, telegramattempt.Day(d.DB.Today(ctx)), telegramattempt.KindEQ(telegramattempt.KindCpf)).
			By(telegramattempt.FieldDay, telegramattempt.FieldTimes))
		if err != nil || len(missed) == 0 || missed[0].Sums[0] < mostMissed {
			return false, err
		}
	}
	return true, d.count(ctx, c, chat, telegramattempt.KindShut)
}

func (d Desk) triedToday(ctx context.Context, c *ent.Client, chat int64) ([]*ent.TelegramAttempt, error) {
	return c.TelegramAttempt.Query().Where(telegramattempt.Day(d.DB.Today(ctx)), telegramattempt.ChatID(chat)).All(ctx)
}

// times is how often something of some kinds was tried.
func times(rows []*ent.TelegramAttempt, of ...telegramattempt.Kind) (n int) {
	for _, row := range rows {
		if slices.Contains(of, row.Kind) {
			n += row.Times
		}
	}
	return n
}

// AttemptsFor is how many days of attempts the gerente sees; older ones are forgotten.
const AttemptsFor = 30

// Kinds are the kinds of attempts, in the order in which the gerente sees them.
var Kinds = []telegramattempt.Kind{telegramattempt.KindLink, telegramattempt.KindCard, telegramattempt.KindProof, telegramattempt.KindCpf, telegramattempt.KindCpfSeen, telegramattempt.KindShut}

// Attempts is what was tried at the ISP's bot in one day.
type Attempts struct {
	Day   calendar.Date
	Times map[telegramattempt.Kind]int64
	Shut  int // chats that went on trying after the door was shut to them
}

// Attempts lists the days on which somebody was refused by the bot, or looked by a CPF alone, the newest first. It returns Denied without
// Configure.
func (d Desk) Attempts(ctx context.Context) (days []*Attempts, err error) {
	return days, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Configure); err != nil {
			return err
		}
		since := telegramattempt.DayGT(d.DB.Today(ctx).AddDays(-AttemptsFor))
		sets := make([]tenants.Grouped, len(Kinds))
		for i, kind := range Kinds {
			sets[i] = tenants.RowsOf(telegramattempt.Table, since, telegramattempt.KindEQ(kind)).By(telegramattempt.FieldDay, telegramattempt.FieldTimes)
		}
		sums, err := tenants.SumUp[calendar.Date](ctx, sets...)
		if err != nil {
			return err
		}
		of := map[calendar.Date]*Attempts{}
		for _, one := range sums {
			if of[one.Key] == nil {
				of[one.Key] = &Attempts{Day: one.Key, Times: map[telegramattempt.Kind]int64{}}
				days = append(days, of[one.Key])
			}
			if of[one.Key].Times[Kinds[one.Set]] = one.Sums[0]; Kinds[one.Set] == telegramattempt.KindShut {
				of[one.Key].Shut = one.Count
			}
		}
		slices.SortFunc(days, func(a, b *Attempts) int { return b.Day.DaysSince(a.Day) })
		return nil
	})
}

// forgetAttempts forgets those of days that nobody looks back at any more.
func (d Desk) forgetAttempts(ctx context.Context, c *ent.Client) error {
	_, err := c.TelegramAttempt.Delete().Where(telegramattempt.DayLTE(d.DB.Today(ctx).AddDays(-AttemptsFor))).Exec(ctx)
	return err
}
