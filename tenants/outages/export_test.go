package outages

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
)

// Next, Begin and Finish are what a worker does, step by step.
func (d Desk) Next(ctx context.Context, id uuid.UUID) (*ent.Outage, uuid.UUID, error) {
	return d.next(ctx, id)
}
func (d Desk) Begin(ctx context.Context, row *ent.Outage, customer uuid.UUID) error {
	return d.begin(ctx, row, customer)
}
func (d Desk) Finish(ctx context.Context, row *ent.Outage, customer uuid.UUID) error {
	return d.end(ctx, row, customer)
}
func (d Desk) Move(ctx context.Context, row *ent.Outage) error { return d.move(ctx, row) }
