package numbers_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"

	"enlace/ent"
	"enlace/tenants/numbers"
	"enlace/tenants/tenanttest"
)

func TestProtocolsAreDistinctIncreasingAndWithoutGaps(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		const callers, each = 10, 10
		var mu sync.Mutex
		var taken []string
		var wg sync.WaitGroup
		undone := errors.New("undone")
		for caller := range callers {
			wg.Add(1)
			go func() {
				defer wg.Done()
				for i := range each {
					var protocol string
					err := o.DB.Write(o.Ctx(), func(ctx context.Context, c *ent.Client) error {
						var err error
						if protocol, err = numbers.Protocol(ctx, c, 2026); err != nil {
							return err
						}
						if (caller+i)%3 == 0 {
							return undone // and its number goes to the next
						}
						return nil
					})
					if errors.Is(err, undone) {
						continue
					}
					if err != nil {
						t.Error(err)
					}
					mu.Lock()
					taken = append(taken, protocol)
					mu.Unlock()
				}
			}()
		}
		wg.Wait()
		slices.Sort(taken)
		if taken[0] != "202600000001" || len(slices.Compact(taken)) != len(taken) {
			t.Fatalf("protocols begin with %s or repeat", taken[0])
		}
		if last := taken[len(taken)-1]; last != "2026000000"+twoDigits(len(taken)) {
			t.Errorf("%d protocols end with %s", len(taken), last)
		}
	})
}

func twoDigits(n int) string { return string([]byte{byte('0' + n/10), byte('0' + n%10)}) }

func TestEachKindYearAndISPCountsOnItsOwn(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		next := func(ctx context.Context, k numbers.Kind, n int) (first int64) {
			err := o.DB.Write(ctx, func(ctx context.Context, c *ent.Client) (err error) {
				first, err = numbers.Block(ctx, c, k, n)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			return first
		}
		if got := []int64{
			next(o.Ctx(), numbers.Invoice, 1), next(o.Ctx(), numbers.Invoice, 1000), next(o.Ctx(), numbers.Invoice, 1),
			next(o.Ctx(), numbers.Charge, 1), next(o.OtherCtx(), numbers.Invoice, 1),
		}; !slices.Equal(got, []int64{1, 2, 1002, 1, 1}) {
			t.Errorf("numbers %v", got)
		}
	})
}
