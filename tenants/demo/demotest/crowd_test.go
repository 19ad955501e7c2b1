package demotest_test

import (
	"context"
	"slices"
	"testing"

	"enlace/ent"
	"enlace/ent/searchword"
	"enlace/tenants/customers"
	"enlace/tenants/demo/demotest"
)

func TestACrowdIsFoundByTheWordsOfItsIndex(t *testing.T) {
	o := demotest.OpenCrowd(t, 300)
	for n := 1; n <= 300; n++ {
		who := o.Somebody(n)
		words := func(ctx context.Context, c *ent.Client) []string {
			return c.SearchWord.Query().Where(searchword.CustomerID(who.ID)).Order(searchword.ByWord()).Select(searchword.FieldWord).StringsX(ctx)
		}
		o.Write(func(ctx context.Context, c *ent.Client) error {
			sown := words(ctx, c)
			if err := customers.Index(ctx, c, who.ID); err != nil {
				return err
			}
			if written := words(ctx, c); !slices.Equal(sown, written) {
				t.Errorf("%s was sown with %v, the index writes %v", who.Name, sown, written)
			}
			return nil
		})
	}
}
