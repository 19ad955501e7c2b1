package collection_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/history"
	"enlace/ent/pixcharge"
	"enlace/ent/pixreceipt"
	"enlace/tenants/billing"
	"enlace/tenants/brazil/pix/psp"
	"enlace/tenants/collection"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/money"
)

func TestAPaidPixIsAskedAtThePSPAndSettledOnce(t *testing.T) {
	onEachStore(t, func(t *testing.T, s *stage) {
		_, slips := s.issue(t, 3)
		s.put(t, slips...)
		secret := s.secret(t)
		_, charge := s.now(slips[0])
		byCharge := s.psp.Pay(charge.Txid, slips[0].Amount)
		byCode := s.psp.Pay(slips[1].Txid, 50_00) // the ISP's own code, by an older paper, and another amount
		tell := func(all ...string) {
			var told []collection.Told
			for _, one := range all {
				told = append(told, collection.Told{EndToEnd: one, TxID: "QUALQUER"})
			}
			if err := s.desk.PixTold(s.Worker(), secret, told); err != nil {
				t.Fatal(err)
			}
		}
		tell(byCode, byCharge, byCode)
		tell(byCharge)
		if n := s.waiting(collection.ReadPix); n != 2 {
			t.Errorf("%d are asked about", n)
		}
		for _, one := range []string{byCharge, byCode, byCharge} {
			if err := s.desk.SettlePix(s.Worker(), one); err != nil {
				t.Fatal(err)
			}
		}
		today := s.Here.Today(s.DB.Now())
		came := s.settled()
		for i, want := range []struct {
			of     uuid.UUID
			id     string
			amount money.Cents
		}{{slips[0].InvoiceID, byCharge, slips[0].Amount}, {slips[1].InvoiceID, byCode, 50_00}} {
			if len(came) != 2 || *came[i].InvoiceID != want.of || came[i].ExternalID != want.id || came[i].Amount != want.amount || came[i].PaidOn != today {
				t.Fatalf("settled %+v", came)
			}
		}
		if row := s.receipt(byCharge); row.Status != pixreceipt.StatusSettled || row.Txid != charge.Txid || row.Pending || row.Amount != slips[0].Amount {
			t.Errorf("%+v", row)
		}
		if _, charge := s.now(slips[0]); charge.Status != pixcharge.StatusPaid {
			t.Errorf("its charge is %s", charge.Status)
		}
		again := s.psp.Pay(charge.Txid, slips[0].Amount) // paid twice: another Pix
		tell(again)
		if err := s.desk.SettlePix(s.Worker(), again); err != nil || len(s.settled()) != 3 {
			t.Errorf("%d are settled, %v", len(s.settled()), err)
		}
		s.psp.Return(again, 10_00)
		tell(again)
		if err := s.desk.SettlePix(s.Worker(), again); err != nil || len(s.settled()) != 3 || s.receipt(again).Returned != 10_00 {
			t.Errorf("given back: %+v, %v", s.receipt(again), err)
		}
		s.Read(func(ctx context.Context, c *ent.Client) error {
			if n := c.History.Query().Where(history.Event("pix_given_back"), history.CustomerID(s.Maria.ID)).CountX(ctx); n != 1 {
				t.Errorf("told %d times", n)
			}
			return nil
		})
	})
}

// A late charge is paid with what the PSP reckons on it, and the engine is told so.
func TestALatePixSaysThatThePSPReckonedTheLateCharges(t *testing.T) {
	onEachStore(t, func(t *testing.T, s *stage) {
		_, slips := s.issue(t, 1)
		s.put(t, slips[0])
		_, charge := s.now(slips[0])
		secret := s.secret(t)
		s.Pass(time.Duration(slips[0].Due.DaysSince(today(s.Office))+10) * 24 * time.Hour)
		owed := standing(t, s.Office, slips[0].InvoiceID)
		late := s.psp.Pay(charge.Txid, slips[0].Amount+1_00) // the PSP reckons less than the house, and took it
		if owed.Debt.Charges() <= 1_00 {
			t.Fatalf("only %s are late charges", owed.Debt.Charges())
		}
		if err := s.desk.PixTold(s.Worker(), secret, []collection.Told{{late, charge.Txid}}); err != nil {
			t.Fatal(err)
		}
		if err := s.desk.SettlePix(s.Worker(), late); err != nil || len(s.settled()) != 1 || s.settled()[0].Amount != slips[0].Amount+1_00 {
			t.Errorf("%+v, %v", s.settled(), err)
		}
		account, err := billing.Desk{DB: s.DB}.Account(s.As("financeiro"), s.Maria.ID)
		if err != nil {
			t.Fatal(err)
		}
		if now := standing(t, s.Office, slips[0].InvoiceID); now.Status != billing.InvoicePaid || len(account.Loose) != 0 {
			t.Errorf("it is %s, and %v is charged", now.Status, account.Loose)
		}
	})
}

func TestNothingIsSettledThatThePSPDoesNotVouchFor(t *testing.T) {
	onEachStore(t, func(t *testing.T, s *stage) {
		_, slips := s.issue(t, 1)
		s.put(t, slips[0])
		secret := s.secret(t)
		_, charge := s.now(slips[0])
		told := func(ctx context.Context, secret string, endToEnd, txid string) error {
			return s.desk.PixTold(ctx, secret, []collection.Told{{endToEnd, txid}})
		}
		forged := "E" + strings.Repeat("9", 31)
		for name, err := range map[string]error{"another secret": told(s.Worker(), secret[1:]+secret[:1]+"x", forged, charge.Txid), "no secret": told(s.Worker(), "", forged, charge.Txid),
			"another ISP's address": told(s.Stranger(), secret, forged, charge.Txid)} {
			if demotest.Fault(err) != "not_found" {
				t.Errorf("%s: %v", name, err)
			}
		}
		if s.waiting(collection.ReadPix) != 0 || s.receipt(forged) != nil {
			t.Error("a stranger had us ask")
		}
		if err := told(s.Worker(), secret, forged, charge.Txid); err != nil { // the secret is known, the Pix never was
			t.Fatal(err)
		}
		if err := s.desk.SettlePix(s.Worker(), forged); !errors.Is(err, psp.ErrNotFound) || demotest.Fault(err) == "not_found" {
			t.Errorf("at first it is asked again: %v", err)
		}
		s.Pass(time.Hour)
		if err := s.desk.SettlePix(s.Worker(), forged); err != nil || s.receipt(forged).Status != pixreceipt.StatusUnknown {
			t.Errorf("%+v, %v", s.receipt(forged), err)
		}
		foreign := s.psp.Pay("OUTROSISTEMA42", 10_00)
		if err := told(s.Worker(), secret, foreign, charge.Txid); err != nil { // the webhook lies about the txid
			t.Fatal(err)
		}
		if err := s.desk.SettlePix(s.Worker(), foreign); err != nil || s.receipt(foreign).Status != pixreceipt.StatusStranger {
			t.Errorf("%+v, %v", s.receipt(foreign), err)
		}
		returned := s.psp.Pay(charge.Txid, 10_00)
		s.psp.Return(returned, 10_00)
		if err := told(s.Worker(), secret, returned, charge.Txid); err != nil {
			t.Fatal(err)
		}
		if err := s.desk.SettlePix(s.Worker(), returned); err != nil || s.receipt(returned).Status != pixreceipt.StatusReturned {
			t.Errorf("%+v, %v", s.receipt(returned), err)
		}
		if err := s.desk.PixTold(s.Worker(), secret, []collection.Told{{"curto", charge.Txid}, {forged + "9", charge.Txid}, {forged, "com espaço"}, {}}); err != nil {
			t.Error(err)
		}
		if len(s.settled()) != 0 {
			t.Errorf("settled %+v", s.settled())
		}
		if err := s.desk.SettlePix(s.Stranger(), foreign); demotest.Fault(err) != "not_found" {
			t.Errorf("of another ISP: %v", err)
		}
	})
}

func TestTheSameWebhookAHundredTimesAtOnceIsOneSettlement(t *testing.T) {
	onEachStore(t, func(t *testing.T, s *stage) {
		_, slips := s.issue(t, 1)
		s.put(t, slips[0])
		secret := s.secret(t)
		_, charge := s.now(slips[0])
		paid := s.psp.Pay(charge.Txid, slips[0].Amount)
		var all sync.WaitGroup
		for range 100 {
			all.Go(func() {
				if err := s.desk.PixTold(s.Worker(), secret, []collection.Told{{paid, charge.Txid}}); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if n := s.waiting(collection.ReadPix); n != 1 {
			t.Errorf("%d are asked about", n)
		}
		for range 20 {
			all.Go(func() {
				if err := s.desk.SettlePix(s.Worker(), paid); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if len(s.settled()) != 1 {
			t.Errorf("%d settlements", len(s.settled()))
		}
	})
}

// Broken at any statement, a charge and a settlement are whole or were not.
func TestAChargeAndASettlementAreWholeOrWereNot(t *testing.T) {
	onEachStore(t, func(t *testing.T, s *stage) {
		_, slips := s.issue(t, 2)
		s.put(t, slips[1]) // from then on it is known how the PSP answers
		s.AllOrNothing(t, 8, func() error { return s.desk.PutCharge(s.Worker(), slips[0].ID) })
		secret := s.secret(t)
		_, charge := s.now(slips[0])
		paid := s.psp.Pay(charge.Txid, slips[0].Amount)
		s.AllOrNothing(t, 3, func() error { return s.desk.PixTold(s.Worker(), secret, []collection.Told{{paid, charge.Txid}}) })
		for point := 0; ; point++ { // what was told is noted first, and the settlement is of one piece
			left := point
			s.Break(func() error {
				if left--; left == -1 {
					return errors.New("broken by the test")
				}
				return nil
			})
			err := s.desk.SettlePix(s.Worker(), paid)
			s.Break(nil)
			if err == nil {
				break
			}
			if got := s.receipt(paid).Status == pixreceipt.StatusSettled; got || len(s.settled()) != 0 {
				t.Fatalf("broken at statement %d: settled %v, %d payments", point, got, len(s.settled()))
			}
		}
		if len(s.settled()) != 1 {
			t.Errorf("%d settlements", len(s.settled()))
		}
	})
}
