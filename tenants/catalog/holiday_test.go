package catalog_test

import (
	"context"
	"testing"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/history"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/catalog"
	"enlace/tenants/demo/demotest"
)

var (
	belemDay  = calendar.On(2027, 1, 12)
	paraDay   = calendar.On(2027, 8, 15)
	thePatron = catalog.Holiday{Day: calendar.On(2027, 6, 13), Name: "Padroeiro"}
)

func TestHolidaysCountWhereTheyAre(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		desk := catalog.Desk{DB: o.DB}
		for _, holiday := range []catalog.Holiday{thePatron, {Day: paraDay, Name: "Adesão do Grão-Pará", UF: "PA"},
			{Day: belemDay, Name: "Aniversário de Belém", UF: "PA", IBGE: "1501402"}} {
			if _, err := desk.AddHoliday(o.As("gerente"), holiday); err != nil {
				t.Fatal(err)
			}
		}
		year := calendar.Period{From: calendar.On(2027, 1, 1), To: calendar.On(2028, 1, 1)}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			for _, place := range []struct {
				uf, ibge         string
				city, state, all bool
			}{
				{"PA", "1501402", true, true, true},
				{"PA", "1500800", false, true, true}, // Ananindeua, beside Belém
				{"AM", "1302603", false, false, true},
				{"PA", "", true, true, true}, // a city nobody knows the code of
				{"", "", true, true, true},
			} {
				local, err := catalog.LocalCalendar(ctx, c, place.uf, place.ibge, year)
				if err != nil {
					return err
				}
				if got := [3]bool{local[belemDay] != "", local[paraDay] != "", local[thePatron.Day] != ""}; got != [3]bool{place.city, place.state, place.all} {
					t.Errorf("%s %s observes %v", place.uf, place.ibge, local)
				}
			}
			local, err := catalog.LocalCalendar(ctx, c, "PA", "1501402", calendar.Period{From: belemDay.AddDays(1), To: paraDay})
			if len(local) != 1 {
				t.Errorf("between the two lie %v", local)
			}
			return err
		})
	})
}

func TestHolidaysAreAddedListedAndRemovedByThoseWhoConfigure(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		desk := catalog.Desk{DB: o.DB}
		added, err := desk.AddHoliday(o.As("gerente"), thePatron)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := desk.AddHoliday(o.As("gerente"), thePatron); demotest.Fault(err) != "holiday_taken" {
			t.Errorf("twice: %v", err)
		}
		for _, role := range []string{"comercial", "financeiro", "suporte", "tecnico"} {
			if _, err := desk.AddHoliday(o.As(role), thePatron); demotest.Fault(err) != "denied" {
				t.Errorf("%s adds one: %v", role, err)
			}
			if err := desk.RemoveHoliday(o.As(role), added.ID); demotest.Fault(err) != "denied" {
				t.Errorf("%s removes one: %v", role, err)
			}
		}
		for who, id := range map[context.Context]uuid.UUID{o.Stranger(): added.ID, o.As("gerente"): uuid.New()} {
			if err := desk.RemoveHoliday(who, id); demotest.Fault(err) != "not_found" {
				t.Errorf("%v", err)
			}
		}
		if rows, err := desk.Holidays(o.As("gerente"), thePatron.Day.AddDays(1)); len(rows) != 0 || err != nil {
			t.Errorf("after the day: %v, %v", rows, err)
		}
		if rows, err := desk.Holidays(o.As("gerente"), thePatron.Day); len(rows) != 1 || rows[0].Name != "Padroeiro" || err != nil {
			t.Errorf("from the day on: %v, %v", rows, err)
		}
		if err := desk.RemoveHoliday(o.As("gerente"), added.ID); err != nil {
			t.Fatal(err)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			told := c.History.Query().Where(history.SubjectID(added.ID)).Order(history.ByAt(), history.ByID()).AllX(ctx)
			if len(told) != 2 || told[0].Event != "holiday_added" || told[1].Event != "holiday_removed" || told[1].Before["day"] != "13/06/2027" {
				t.Errorf("the history tells %v", told)
			}
			if left := c.LocalHoliday.Query().CountX(ctx); left != 0 {
				t.Errorf("%d are left", left)
			}
			return nil
		})
	})
}

func TestAHolidayIsReadFromItsForm(t *testing.T) {
	for name, c := range map[string]struct {
		typed tenants.Typed
		want  string // the codes of what is wrong
	}{
		"everywhere":              {tenants.Typed{"data": "13/06/2027", "nome": "Padroeiro"}, ""},
		"of a city":               {tenants.Typed{"data": "2027-01-12", "nome": "Aniversário", "uf": "pa", "ibge": "1501402"}, ""},
		"nothing":                 {tenants.Typed{}, "data: required, nome: required"},
		"no state":                {tenants.Typed{"data": "13/06/2027", "nome": "X", "uf": "XX"}, "uf: uf"},
		"a city without state":    {tenants.Typed{"data": "13/06/2027", "nome": "X", "ibge": "1501402"}, "ibge: ibge"},
		"a city of another state": {tenants.Typed{"data": "13/06/2027", "nome": "X", "uf": "AM", "ibge": "1501402"}, "ibge: ibge"},
		"no date":                 {tenants.Typed{"data": "30/02/2027", "nome": "X"}, "data: date"},
	} {
		var wrong tenants.Fields
		catalog.ReadHoliday(c.typed, &wrong)
		got := ""
		if err := wrong.Err(); err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
