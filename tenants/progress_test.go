package tenants_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/tenants/tenanttest"
)

func TestALongTransactionSaysHowFarItIsAndAnUndoneOneToo(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		work, over := uuid.Must(uuid.NewV7()), errors.New("given up")
		told := func(want int) {
			t.Helper()
			if done, err := o.DB.Told(o.Ctx(), work); err != nil || done != want {
				t.Errorf("%d is told, want %d, %v", done, want, err)
			}
		}
		told(0)
		err := o.DB.Write(o.Ctx(), func(ctx context.Context, c *ent.Client) error {
			if err := c.Group.Create().SetName("escrito").Exec(ctx); err != nil { // the one writer of a file is busy from here on
				return err
			}
			for _, done := range []int{1000, 2000} {
				if err := o.DB.Tell(ctx, work, done); err != nil {
					return err
				}
				told(done)
			}
			return over
		})
		if !errors.Is(err, over) {
			t.Fatal(err)
		}
		told(2000)
		if err := o.DB.Hush(o.Ctx(), work); err != nil {
			t.Fatal(err)
		}
		told(0)
	})
}
