package reports

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/ticket"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/staff"
	"enlace/tenants/support"
)

// BySector, ByAgent and ByMonth are by what the marks of tickets are told apart.
const (
	BySector By = "setor"
	ByAgent  By = "atendente"
	ByMonth  By = "mes"
)

// MarkedBys lists what marks are told apart by, in the order of the screen.
var MarkedBys = []By{BySector, ByAgent, ByMonth}

// Marked are the marks that subscribers gave to the tickets that ended in some months, told apart by one thing.
type Marked struct {
	By       By
	From, To calendar.Date // the first day of the first month, the last of the last
	Rows     []MarkedLine  // the most tickets first; months in their order
	All      MarkedLine
}

// MarkedLine is what some tickets were given.
type MarkedLine struct {
	Name   string // none: with nobody, or of no sector
	Closed int
	Marks  [support.BestRating]int // how many were given 1, 2, …
}

// Given is how many tickets were given a mark.
func (l MarkedLine) Given() (n int) {
	for _, count := range l.Marks {
		n += count
	}
	return n
}

// Mean is the mean of the marks in hundredths, cut; zero where none was given.
func (l MarkedLine) Mean() int {
	sum := 0
	for i, count := range l.Marks {
		sum += (i + 1) * count
	}
	return sum * 100 / max(1, l.Given())
}

// Marked reads the report. A ticket is of the person it was with when it ended, and of that person's sector where it has none of its own. It returns
// Denied without the permission. Its queries are the same few however many tickets there are.
func (d Desk) Marked(ctx context.Context, by By, from, to calendar.Date) (r Marked, err error) {
	r = Marked{By: by, From: from, To: to}
	return r, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.ReportSupport); err != nil {
			return err
		}
		isp, _ := tenants.From(ctx)
		begin, end := from.At(0, 0, isp.Zone), to.AddDays(1).At(0, 0, isp.Zone)
		ended, err := c.Ticket.Query().Where(ticket.StatusEQ(ticket.StatusFinalizado), ticket.OpenedAtLT(end), ticket.ClosedAtGTE(begin), ticket.ClosedAtLT(end)).
			Select(ticket.FieldAssigneeID, ticket.FieldSectorID, ticket.FieldClosedAt, ticket.FieldRating).All(ctx)
		if err != nil {
			return err
		}
		name, err := r.names(ctx, c)
		if err != nil {
			return err
		}
		r.Rows, r.All = gather(ended, oneName(name), func(name string) MarkedLine { return MarkedLine{Name: name} }, (*MarkedLine).add)
		slices.SortFunc(r.Rows, func(a, b MarkedLine) int {
			if by == ByMonth {
				return cmp.Compare(a.Name, b.Name)
			}
			return cmp.Or(cmp.Compare(b.Closed, a.Closed), cmp.Compare(a.Name, b.Name))
		})
		return nil
	})
}

func (l *MarkedLine) add(row *ent.Ticket) {
	l.Closed++
	if row.Rating != nil {
		l.Marks[*row.Rating-1]++
	}
}

// names says under which name a ticket stands; a month as 2026-11.
func (r *Marked) names(ctx context.Context, c *ent.Client) (func(*ent.Ticket) string, error) {
	if r.By == ByMonth {
		isp, _ := tenants.From(ctx)
		return func(row *ent.Ticket) string {
			day := calendar.Of(row.ClosedAt.In(isp.Zone))
			return fmt.Sprintf("%d-%02d", day.Year(), day.Month())
		}, nil
	}
	people, err := c.User.Query().All(ctx)
	if err != nil {
		return nil, err
	}
	called, works := map[uuid.UUID]string{}, map[uuid.UUID]*uuid.UUID{}
	for _, row := range people {
		works[row.ID] = row.SectorID
		if r.By == ByAgent {
			called[row.ID] = row.Name
		}
	}
	if r.By == ByAgent {
		return func(row *ent.Ticket) string { return saidOf(called, row.AssigneeID) }, nil
	}
	sectors, err := c.Sector.Query().All(ctx)
	for _, row := range sectors {
		called[row.ID] = row.Name
	}
	return func(row *ent.Ticket) string {
		of := row.SectorID
		if of == nil && row.AssigneeID != nil {
			of = works[*row.AssigneeID]
		}
		return saidOf(called, of)
	}, err
}

func saidOf(called map[uuid.UUID]string, id *uuid.UUID) string {
	if id == nil {
		return ""
	}
	return called[*id]
}
