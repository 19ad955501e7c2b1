package reports

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/authattempt"
	"enlace/ent/predicate"
	"enlace/ent/subscription"
	"enlace/ent/transfer"
	"enlace/tenants"
)

// handedBy are the transfers a customer was a side of.
func handedBy(id uuid.UUID) predicate.Transfer {
	return transfer.Or(transfer.FromID(id), transfer.ToID(id))
}

// told are the columns of a transfer but for the hashes of its links.
var told = slices.DeleteFunc(slices.Clone(transfer.Columns), func(column string) bool {
	return column == transfer.FieldFromToken || column == transfer.FieldToToken
})

// attemptsOf are the connections asked for by the services of a customer, while they were his: what was asked for before he took one over, or
// since he handed it on, is another's.
func attemptsOf(ctx context.Context, c *ent.Client, id uuid.UUID) (predicate.AuthAttempt, error) {
	services := tenants.Among[predicate.AuthAttempt](authattempt.FieldSubscriptionID, tenants.IDsIn(subscription.Table, subscription.FieldID, subscription.CustomerID(id)))
	moved, err := c.Transfer.Query().Where(handedBy(id), transfer.DoneAtNotNil(), transfer.UndoneAtIsNil()).Order(transfer.ByDoneAt()).All(ctx)
	if err != nil || len(moved) == 0 {
		return services, err
	}
	last, spans := map[uuid.UUID]*ent.Transfer{}, []predicate.AuthAttempt{}
	for _, one := range moved {
		before := last[one.SubscriptionID]
		if last[one.SubscriptionID] = one; one.ToID == id {
			continue
		}
		span := []predicate.AuthAttempt{authattempt.SubscriptionID(one.SubscriptionID), authattempt.AtLT(*one.DoneAt)}
		if before != nil {
			span = append(span, authattempt.AtGTE(*before.DoneAt))
		}
		spans = append(spans, authattempt.And(span...))
	}
	var ids []uuid.UUID
	for sub, one := range last {
		if ids = append(ids, sub); one.ToID == id { // it is his now
			spans = append(spans, authattempt.And(authattempt.SubscriptionID(sub), authattempt.AtGTE(*one.DoneAt)))
		}
	}
	return authattempt.Or(append(spans, authattempt.And(services, authattempt.SubscriptionIDNotIn(ids...)))...), nil
}
