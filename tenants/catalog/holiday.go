package catalog

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/localholiday"
	"enlace/tenants"
	"enlace/tenants/brazil"
	"enlace/tenants/calendar"
	"enlace/tenants/history"
	"enlace/tenants/staff"
)

// Holiday is a local holiday: of a city, of a state, or of everywhere the ISP works. It counts for cuts, visits and SLA, never for due dates.
type Holiday struct {
	Day  calendar.Date
	Name string
	UF   string // empty: everywhere
	IBGE string // code of the city; empty: all of the state
}

// ReadHoliday reads the form of a holiday.
func ReadHoliday(t tenants.Typed, wrong *tenants.Fields) Holiday {
	h := Holiday{Day: t.RequiredDate(wrong, "data"), Name: t.Required(wrong, "nome"), UF: strings.ToUpper(t.Text(wrong, "uf")), IBGE: t.Text(wrong, "ibge")}
	state, known := brazil.StateOf(h.UF)
	if h.UF != "" && !known {
		wrong.Add("uf", "uf")
	}
	if _, shaped := brazil.CityCode(h.IBGE); h.IBGE != "" && (!shaped || !known || h.IBGE[:2] != state.Code) {
		wrong.Add("ibge", "ibge")
	}
	return h
}

// AddHoliday adds a local holiday. It returns Conflict holiday_taken for one on the same day in the same place.
func (d Desk) AddHoliday(ctx context.Context, in Holiday) (added *ent.LocalHoliday, err error) {
	return added, d.configure(ctx, func(ctx context.Context, c *ent.Client) error {
		taken, err := c.LocalHoliday.Query().Where(localholiday.Day(in.Day), localholiday.Uf(in.UF), localholiday.Ibge(in.IBGE)).Exist(ctx)
		switch {
		case err != nil:
			return err
		case taken:
			return tenants.Conflict("holiday_taken")
		}
		added, err = c.LocalHoliday.Create().SetDay(in.Day).SetName(in.Name).SetUf(in.UF).SetIbge(in.IBGE).Save(ctx)
		if err != nil {
			return err
		}
		return history.Write(ctx, c, d.DB.Now(), history.Entry{Subject: "local_holiday", ID: added.ID, Event: "holiday_added", After: shown(added)})
	})
}

// RemoveHoliday takes a local holiday out; its history keeps what it was. It returns NotFound for one that is not there.
func (d Desk) RemoveHoliday(ctx context.Context, id uuid.UUID) error {
	return d.configure(ctx, func(ctx context.Context, c *ent.Client) error {
		row, err := c.LocalHoliday.Get(ctx, id)
		if ent.IsNotFound(err) {
			return tenants.NotFound()
		} else if err != nil {
			return err
		}
		if err := c.LocalHoliday.DeleteOneID(id).Exec(ctx); err != nil {
			return err
		}
		return history.Write(ctx, c, d.DB.Now(), history.Entry{Subject: "local_holiday", ID: id, Event: "holiday_removed", Before: shown(row), After: shown(row)})
	})
}

// shown is what the history tells of a holiday.
func shown(row *ent.LocalHoliday) map[string]any {
	return map[string]any{"day": row.Day.BR(), "name": row.Name, "uf": row.Uf, "ibge": row.Ibge}
}

// Holidays lists the local holidays from a day on, the next first, for those who configure the ISP.
func (d Desk) Holidays(ctx context.Context, from calendar.Date) (rows []*ent.LocalHoliday, err error) {
	return rows, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Configure); err != nil {
			return err
		}
		rows, err = c.LocalHoliday.Query().Where(localholiday.DayGTE(from)).Order(localholiday.ByDay(), localholiday.ByName()).All(ctx)
		return err
	})
}

// LocalCalendar reads the holidays of a place within some days: those of everywhere, of its state and of its city. Where the state or the
// city is not known, those of any count: an ISP may only be gentler.
func LocalCalendar(ctx context.Context, c *ent.Client, uf, ibge string, days calendar.Period) (calendar.Local, error) {
	query := c.LocalHoliday.Query().Where(localholiday.DayGTE(days.From), localholiday.DayLT(days.To))
	if uf != "" {
		query.Where(localholiday.UfIn("", uf))
	}
	if ibge != "" {
		query.Where(localholiday.IbgeIn("", ibge))
	}
	rows, err := query.All(ctx)
	local := calendar.Local{}
	for _, row := range rows {
		local[row.Day] = row.Name
	}
	return local, err
}
