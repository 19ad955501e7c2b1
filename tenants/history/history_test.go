package history_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/history"
	"enlace/tenants/tenanttest"
)

func TestHistoryNamesWhoWhereWhyAndWhatChanged(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		customer := tenanttest.Sow(t, o.DB, o.Ctx())["customers"]
		clerk := tenants.Actor{Kind: tenants.User, ID: uuid.New(), Name: "Ana", Channel: tenants.Web}
		err := o.DB.Write(tenants.As(o.Ctx(), clerk), func(ctx context.Context, c *ent.Client) error {
			for i, event := range []string{"created", "renamed"} {
				err := history.Write(ctx, c, o.DB.Now().Add(time.Duration(i)*time.Minute), history.Entry{Customer: customer, Subject: "customer",
					ID: customer, Event: event, Reason: "casou", Before: map[string]any{"name": "A"}, After: map[string]any{"name": "B"}})
				if err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		err = o.DB.Read(o.Ctx(), func(ctx context.Context, c *ent.Client) error {
			entries, err := history.OfCustomer(ctx, c, customer, 10)
			if err != nil {
				return err
			}
			newest := entries[0]
			if newest.Event != "renamed" || newest.ActorName != "Ana" || *newest.ActorID != clerk.ID || newest.Channel != "web" ||
				newest.Reason != "casou" || newest.Before["name"] != "A" || newest.After["name"] != "B" {
				t.Errorf("the newest entry is %v", newest)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
