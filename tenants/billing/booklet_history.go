package billing

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
	rows "enlace/ent/history"
	"enlace/tenants/history"
	"enlace/tenants/staff"
)

// Told is a page of what happened to a carnê and to its instalments, newest first.
type Told struct {
	*Booklet
	Rows  []*ent.History
	Total int
}

// BookletHistory reads a page of a carnê's history, from 1. It returns NotFound.
func (d Desk) BookletHistory(ctx context.Context, id uuid.UUID, page int) (told *Told, err error) {
	return told, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.See); err != nil {
			return err
		}
		b, err := bookletCover(ctx, c, id)
		if err != nil {
			return err
		}
		about := []uuid.UUID{id}
		for _, s := range b.Instalments {
			about = append(about, s.Invoice.ID)
		}
		told = &Told{Booklet: b}
		if told.Total, err = c.History.Query().Where(rows.SubjectIDIn(about...)).Count(ctx); err != nil {
			return err
		}
		told.Rows, err = c.History.Query().Where(rows.SubjectIDIn(about...)).Order(ent.Desc(rows.FieldAt, rows.FieldID)).
			Offset((max(1, page) - 1) * history.PageSize).Limit(history.PageSize).All(ctx)
		return err
	})
}
