package collection_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"enlace/ent"
	"enlace/ent/history"
	"enlace/ent/pixcharge"
	"enlace/ent/pspaccount"
	"enlace/jobs/psptest"
	"enlace/tenants/billing"
	"enlace/tenants/brazil/pix"
	"enlace/tenants/brazil/pix/psp"
	"enlace/tenants/demo/demotest"
)

func TestASlipCarriesTheISPsPixUntilThePSPHasItsCharge(t *testing.T) {
	onEachStore(t, func(t *testing.T, s *stage) {
		_, slips := s.issue(t, 3)
		if n := s.waiting(billing.PutPixCharge); n != 3 {
			t.Errorf("%d charges are asked for", n)
		}
		before, charge := s.now(slips[0])
		own := pix.Parse(before.PixPayload)
		if own.Key != key || own.TxID != before.Txid || charge.Status != pixcharge.StatusAsked || *charge.Kind != pixcharge.KindCobv {
			t.Errorf("%+v %+v", before, charge)
		}
		s.put(t, slips...)
		s.put(t, slips[0])
		after, charge := s.now(slips[0])
		code := pix.Parse(after.PixPayload)
		if !code.Valid || code.URL != after.PixLocation || code.URL == "" || after.PixStatic != before.PixPayload || charge.Status != pixcharge.StatusActive || after.Txid != before.Txid {
			t.Errorf("%+v %+v", after, charge)
		}
		status, amount, revision := s.psp.Kept(charge.Txid)
		if status != psp.Active || amount != after.Amount.Decimal() || revision != 0 {
			t.Errorf("the PSP keeps %s %s, revision %d", status, amount, revision)
		}
		for want, path := range map[string][]string{"2.00": {"valor", "multa", "valorPerc"}, "1.00": {"valor", "juros", "valorPerc"}, after.Due.String(): {"calendario", "dataDeVencimento"},
			s.Maria.Document: {"devedor", "cpf"}, key: {"chave"}} {
			if got := fmt.Sprint(s.psp.Field(charge.Txid, path...)); got != want {
				t.Errorf("%v is %s, want %s", path, got, want)
			}
		}
		if err := s.desk.PutCharge(s.Stranger(), slips[0].ID); demotest.Fault(err) != "not_found" {
			t.Errorf("of another ISP: %v", err)
		}
	})
}

// What the PSP did although its answer was lost is kept once; while it is down the slip has the ISP's own Pix and the job is tried again.
func TestAPSPThatFailsKeepsOneCharge(t *testing.T) {
	onEachStore(t, func(t *testing.T, s *stage) {
		_, slips := s.issue(t, 4)
		for i, how := range []psptest.Failure{psptest.Lost, psptest.Broken, psptest.Twice} {
			s.psp.Fail("PUT", "/cobv/", how)
			s.put(t, slips[i])
			if now, charge := s.now(slips[i]); charge.Status != pixcharge.StatusActive || now.PixLocation == "" {
				t.Errorf("after failure %d: %+v", how, charge)
			}
		}
		s.psp.Fail("PUT", "/cobv/", psptest.Down)
		if err := s.desk.PutCharge(s.Worker(), slips[3].ID); !errors.Is(err, psp.ErrLater) {
			t.Errorf("%v", err)
		}
		now, charge := s.now(slips[3])
		if charge.Status != pixcharge.StatusAsked || pix.Parse(now.PixPayload).Key != key {
			t.Errorf("%+v", charge)
		}
		s.Read(func(ctx context.Context, c *ent.Client) error {
			if row := c.PspAccount.GetX(ctx, s.account); row.Answer != pspaccount.AnswerUnreachable {
				t.Errorf("the gerente reads %s", row.Answer)
			}
			return nil
		})
		s.put(t, slips[3])
		s.Read(func(ctx context.Context, c *ent.Client) error {
			if row := c.PspAccount.GetX(ctx, s.account); row.Answer != pspaccount.AnswerAccepted {
				t.Errorf("the gerente reads %s", row.Answer)
			}
			return nil
		})
	})
}

func TestWhatThePSPRefusesIsToldAndTheSlipKeepsTheISPsPix(t *testing.T) {
	onEachStore(t, func(t *testing.T, s *stage) {
		_, slips := s.issue(t, 1)
		s.Pass(400 * 24 * time.Hour) // the PSP was away for longer than the slip had
		s.put(t, slips[0])
		s.put(t, slips[0])
		now, charge := s.now(slips[0])
		if charge.Status != pixcharge.StatusRefused || !strings.Contains(charge.Refusal, "dataDeVencimento") || pix.Parse(now.PixPayload).Key != key {
			t.Errorf("%+v", charge)
		}
		s.Read(func(ctx context.Context, c *ent.Client) error {
			if n := c.History.Query().Where(history.Event("pix_refused"), history.CustomerID(s.Maria.ID)).CountX(ctx); n != 1 {
				t.Errorf("told %d times", n)
			}
			return nil
		})
	})
}

func TestACancelledSlipHasItsChargeTakenBack(t *testing.T) {
	onEachStore(t, func(t *testing.T, s *stage) {
		booklet, slips := s.issue(t, 3)
		s.put(t, slips[0], slips[1]) // the third is still to be put
		if _, err := (billing.Desk{DB: s.DB}).CancelBooklet(s.As("gerente"), booklet.ID, "desistiu do carnê", ""); err != nil {
			t.Fatal(err)
		}
		if n := s.waiting(billing.EndPixCharge); n != 3 {
			t.Errorf("%d are taken back", n)
		}
		s.psp.Fail("PATCH", "/cobv/", psptest.Lost)
		for _, one := range slips {
			if err := s.desk.EndCharge(s.Worker(), one.ID); err != nil {
				t.Fatal(err)
			}
		}
		for i, want := range []psp.Status{psp.RemovedByReceiver, psp.RemovedByReceiver, ""} {
			_, charge := s.now(slips[i])
			if status, _, _ := s.psp.Kept(charge.Txid); status != want || charge.Status != pixcharge.StatusRemoved {
				t.Errorf("slip %d: the PSP has %q, here it is %s", i, status, charge.Status)
			}
		}
		s.put(t, slips[2]) // its job comes late
		if _, charge := s.now(slips[2]); charge.Status != pixcharge.StatusRemoved || s.psp.Asked("PUT", "/cobv/"+charge.Txid) != 0 {
			t.Errorf("%+v", charge)
		}
	})
}

// slow is a PSP whose answer to a charge comes only after what happens meanwhile.
type slow struct {
	psp.Door
	meanwhile func()
}

func (s slow) Put(ctx context.Context, c psp.Charge) (*psp.Kept, error) {
	kept, err := s.Door.Put(ctx, c)
	s.meanwhile()
	return kept, err
}

type slowly struct {
	psp.Doors
	meanwhile func()
}

func (s slowly) Open(a psp.Account) (psp.Door, error) {
	door, err := s.Doors.Open(a)
	return slow{door, s.meanwhile}, err
}

// A slip cancelled while the PSP is asked, and whose taking back found nothing there yet, has its charge taken back all the same.
func TestACancelledSlipHasNoChargeWhoeverWasFaster(t *testing.T) {
	onEachStore(t, func(t *testing.T, s *stage) {
		booklet, slips := s.issue(t, 1)
		during := s.desk
		during.PSPs = slowly{s.desk.PSPs, func() {
			if _, err := (billing.Desk{DB: s.DB}).CancelBooklet(s.As("gerente"), booklet.ID, "desistiu do carnê", ""); err != nil {
				t.Fatal(err)
			}
			s.Write(func(ctx context.Context, c *ent.Client) error { // taken back before the charge was there
				return c.PixCharge.Update().Where(pixcharge.SlipID(slips[0].ID)).SetStatus(pixcharge.StatusRemoved).Exec(ctx)
			})
		}}
		if err := during.PutCharge(s.Worker(), slips[0].ID); err != nil {
			t.Fatal(err)
		}
		now, charge := s.now(slips[0])
		if charge.Status != pixcharge.StatusWithdrawn || now.PixLocation != "" || s.waiting(billing.EndPixCharge) != 2 {
			t.Errorf("%+v, %d", charge, s.waiting(billing.EndPixCharge))
		}
		if err := s.desk.EndCharge(s.Worker(), slips[0].ID); err != nil {
			t.Fatal(err)
		}
		if status, _, _ := s.psp.Kept(charge.Txid); status != psp.RemovedByReceiver {
			t.Errorf("the PSP keeps it %s", status)
		}
	})
}

func TestAPartPaidSlipIsPaidByTheISPsPix(t *testing.T) {
	onEachStore(t, func(t *testing.T, s *stage) {
		_, slips := s.issue(t, 1)
		s.put(t, slips[0])
		_, err := billing.Desk{DB: s.DB}.ReceiveAtCounter(s.As("gerente"), billing.Receipt{Invoice: slips[0].InvoiceID, Amount: 10_00, PaidOn: s.Here.Today(s.DB.Now()), Key: "1"})
		if err != nil {
			t.Fatal(err)
		}
		s.Read(func(ctx context.Context, c *ent.Client) error {
			standings, err := billing.Standings(ctx, c, s.Here.Today(s.DB.Now()), c.Invoice.GetX(ctx, slips[0].InvoiceID))
			if err != nil {
				return err
			}
			balance, err := standings[0].BalancePix()
			if code := pix.Parse(balance); err != nil || code.Key != key || code.Fields["54"] != (slips[0].Amount-10_00).Decimal() {
				t.Errorf("%q, %v", balance, err)
			}
			return nil
		})
	})
}
