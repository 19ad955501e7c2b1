package network_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"enlace/ent"
	"enlace/tenants/network"
	"enlace/tenants/tenanttest"
)

// Of more answers than go in one statement those older than is looked back at are deleted, and no other ISP's.
func TestAnswersNobodyLooksBackAtAreForgotten(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		s, _ := heard(t, o)
		const old = 1_500
		err := o.DB.Write(o.Ctx(), func(ctx context.Context, c *ent.Client) error {
			nas := c.Nas.Query().FirstIDX(ctx)
			return c.AuthAttempt.MapCreateBulk(make([]struct{}, old+2), func(create *ent.AuthAttemptCreate, i int) {
				at := o.DB.Now().Add(-network.AttemptsKept - time.Second)
				if i >= old {
					at = at.Add(2 * time.Second)
				}
				create.SetNasID(nas).SetLogin(fmt.Sprint(i)).SetAt(at)
			}).Exec(ctx)
		})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.desk.ForgetOld(o.OtherCtx()); err != nil || len(s.attempts(t, o.Ctx())) != old+2 {
			t.Errorf("another ISP forgot ours, %v", err)
		}
		if _, err := s.desk.ForgetOld(o.Ctx()); err != nil || len(s.attempts(t, o.Ctx())) != 2 {
			t.Errorf("%d are left, %v", len(s.attempts(t, o.Ctx())), err)
		}
	})
}
