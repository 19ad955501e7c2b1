package demotest_test

import (
	"context"
	"errors"
	"testing"

	"enlace/ent"
	"enlace/ent/customer"
	"enlace/ent/searchword"
	"enlace/tenants"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/tenanttest"
)

// By the mark AllOrNothing knows when it need not look at every row.
func TestTheMarkIsAnotherAfterWhateverIsCommittedAndNothingElse(t *testing.T) {
	for name, open := range map[string]func(*tenanttest.Seed, testing.TB, *tenanttest.Probe) *tenants.DB{
		"sqlite": (*tenanttest.Seed).SQLiteProbed, "postgres": (*tenanttest.Seed).PostgresProbed,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var probe *tenanttest.Probe
			o := demotest.Open(t, func(s *tenanttest.Seed, t testing.TB, p *tenanttest.Probe) *tenants.DB {
				probe = p
				return open(s, t, p)
			})
			before, broken := probe.Mark(t), errors.New("broken")
			renamed := func(ctx context.Context, c *ent.Client) error {
				return c.Customer.Update().Where(customer.ID(o.Maria.ID)).SetName(o.Maria.Name).Exec(ctx)
			}
			err := o.DB.Write(o.Worker(), func(ctx context.Context, c *ent.Client) error { return errors.Join(broken, renamed(ctx, c)) })
			if !errors.Is(err, broken) || probe.Mark(t) != before {
				t.Errorf("what was taken back leaves a mark: %v", err)
			}
			var word *ent.SearchWord
			o.Read(func(ctx context.Context, c *ent.Client) (err error) {
				word, err = c.SearchWord.Query().Order(searchword.ByID()).First(ctx)
				return err
			})
			for _, one := range []struct {
				what string
				do   func(context.Context, *ent.Client) error
			}{
				{"a row written as it was", renamed},
				{"a row less", func(ctx context.Context, c *ent.Client) error { return c.SearchWord.DeleteOne(word).Exec(ctx) }},
				{"a row more", func(ctx context.Context, c *ent.Client) error {
					return c.SearchWord.Create().SetCustomerID(o.Maria.ID).SetName(word.Name).SetWord("nova").Exec(ctx)
				}},
			} {
				o.Write(one.do)
				if now := probe.Mark(t); now == before {
					t.Errorf("%s leaves no mark", one.what)
				} else {
					before = now
				}
			}
		})
	}
}
