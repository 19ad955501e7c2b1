package status

import (
	"context"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/tenants/outbox"
)

// Follow is the kind of outbox row by which the network follows a subscription: tenants/network looks at what its open sessions are to have
// and tells the equipment.
const Follow = "network.follow"

// Tell has the network follow a subscription, in the transaction of what changed: its state, its plan, a trust. Apply calls it by itself.
func Tell(ctx context.Context, c *ent.Client, now time.Time, id uuid.UUID) error {
	return outbox.Add(ctx, c, now, outbox.Job{Kind: Follow, Queue: outbox.Critical, Payload: map[string]string{"subscription": id.String()}})
}
