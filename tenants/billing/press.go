package billing

import (
	"context"

	"enlace/ent"
	"enlace/tenants"
)

// press does once what a person's form asks for, however often it is sent: each time it is answered alike, and nobody else's form of that
// key is. It returns the faults of do, and Conflict key_reused for the same form with other data.
func (d Desk) press(ctx context.Context, action, key string, input any, do func(context.Context, *ent.Client) (answer string, err error)) (string, error) {
	if key != "" {
		key = tenants.Who(ctx).ID.String() + "/" + key
	}
	return d.DB.Once(ctx, action, key, input, do)
}
