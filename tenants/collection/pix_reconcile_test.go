package collection_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"enlace/ent"
	"enlace/ent/pixcharge"
	"enlace/jobs/psptest"
	"enlace/tenants/billing"
	"enlace/tenants/brazil/pix/psp"
	"enlace/tenants/calendar"
	"enlace/tenants/collection"
	"enlace/tenants/money"
)

func TestALostWebhookIsFoundInTheNight(t *testing.T) {
	onEachStore(t, func(t *testing.T, s *stage) {
		_, slips := s.issue(t, 2)
		s.put(t, slips...)
		_, first := s.now(slips[0])
		_, second := s.now(slips[1])
		early := s.psp.PayAt(first.Txid, slips[0].Amount, s.DB.Now().Add(-6*24*time.Hour))
		for i := range 150 {
			s.psp.PayAt(fmt.Sprintf("ALHEIO%d", i), money.Cents(i+1), s.DB.Now().Add(-50*time.Hour))
		}
		typed := s.psp.PayAt("", 5_00, s.DB.Now().Add(-time.Hour))
		if _, err := s.desk.Reconcile(s.Worker()); err != nil {
			t.Fatal(err)
		}
		if n := s.waiting(collection.ReadPix); n != 151 {
			t.Errorf("%d are asked about", n)
		}
		if s.receipt(typed) != nil {
			t.Error("a Pix without a txid is of no slip")
		}
		if err := s.desk.SettlePix(s.Worker(), early); err != nil || len(s.settled()) != 1 || s.settled()[0].PaidOn != calendar.Of(s.DB.Now().Add(-6*24*time.Hour).In(s.Here.Zone)) {
			t.Errorf("%+v, %v", s.settled(), err)
		}
		if s.psp.Webhook(key) == "" {
			t.Error("the webhook was not named")
		}
		if _, err := s.desk.Reconcile(s.Worker()); err != nil || s.waiting(collection.ReadPix) != 151 {
			t.Errorf("asked a second time there is news: %d, %v", s.waiting(collection.ReadPix), err)
		}
		s.Pass(31 * 24 * time.Hour) // the clock jumps a month
		late := s.psp.PayAt(second.Txid, slips[1].Amount, s.DB.Now().Add(-20*24*time.Hour))
		if _, err := s.desk.Reconcile(s.Worker()); err != nil || s.receipt(late) == nil {
			t.Errorf("after a month: %v", err)
		}
	})
}

// A clock that was a month ahead for a night and came back: what came in that month is found all the same.
func TestAClockThatCameBackLosesNoPix(t *testing.T) {
	onEachStore(t, func(t *testing.T, s *stage) {
		_, slips := s.issue(t, 1)
		s.put(t, slips[0])
		_, charge := s.now(slips[0])
		const ahead = 31 * 24 * time.Hour
		s.Pass(ahead)
		if _, err := s.desk.Reconcile(s.Worker()); err != nil {
			t.Fatal(err)
		}
		s.Pass(-ahead)
		lost := s.psp.PayAt(charge.Txid, slips[0].Amount, s.DB.Now().Add(-time.Hour))
		for range 2 { // the first night asks from far back, the next goes on from there
			if _, err := s.desk.Reconcile(s.Worker()); err != nil || s.receipt(lost) == nil {
				t.Fatalf("%v, %+v", err, s.receipt(lost))
			}
		}
		s.Read(func(ctx context.Context, c *ent.Client) error {
			if until := c.PspAccount.GetX(ctx, s.account).ReadUntil; !until.Equal(s.DB.Now()) {
				t.Errorf("read until %s", until)
			}
			return nil
		})
	})
}

// A night that breaks off goes on where it stopped, and an access that fails keeps none of the others.
func TestANightThatBreaksOffGoesOn(t *testing.T) {
	onEachStore(t, func(t *testing.T, s *stage) {
		_, slips := s.issue(t, 1)
		s.put(t, slips[0])
		_, charge := s.now(slips[0])
		paid := s.psp.PayAt(charge.Txid, slips[0].Amount, s.DB.Now().Add(-time.Hour))
		s.psp.Fail("GET", "/pix", psptest.Down)
		if _, err := s.desk.Reconcile(s.Worker()); !errors.Is(err, psp.ErrLater) {
			t.Errorf("%v", err)
		}
		if _, err := s.desk.Reconcile(s.Worker()); err != nil || s.receipt(paid) == nil {
			t.Errorf("%v", err)
		}
	})
}

func TestTheNightTakesBackWhatWasPaidByAnotherRail(t *testing.T) {
	onEachStore(t, func(t *testing.T, s *stage) {
		_, slips := s.issue(t, 2)
		s.put(t, slips...)
		_, err := billing.Desk{DB: s.DB}.ReceiveAtCounter(s.As("gerente"), billing.Receipt{Invoice: slips[0].InvoiceID, Amount: slips[0].Amount, PaidOn: s.Here.Today(s.DB.Now()), Key: "1"})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.desk.Reconcile(s.Worker()); err != nil {
			t.Fatal(err)
		}
		for i, want := range []pixcharge.Status{pixcharge.StatusWithdrawn, pixcharge.StatusActive} {
			if _, charge := s.now(slips[i]); charge.Status != want {
				t.Errorf("slip %d: %s, want %s", i, charge.Status, want)
			}
		}
		if n := s.waiting(billing.EndPixCharge); n != 1 {
			t.Errorf("%d are taken back", n)
		}
	})
}
