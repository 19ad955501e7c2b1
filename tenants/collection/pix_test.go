package collection_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/billingmethod"
	"enlace/ent/history"
	"enlace/ent/invoice"
	"enlace/ent/outbox"
	"enlace/ent/payment"
	"enlace/ent/pixcharge"
	"enlace/ent/pixreceipt"
	"enlace/ent/pspaccount"
	"enlace/ent/slip"
	"enlace/jobs"
	"enlace/jobs/psptest"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/brazil/pix"
	"enlace/tenants/brazil/pix/psp"
	"enlace/tenants/calendar"
	"enlace/tenants/catalog"
	"enlace/tenants/collection"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/money"
)

const key = "financeiro@fibranorte.example" // of the demonstration

// stage is an office with an access to the PSP of the tests.
type stage struct {
	*demotest.Office
	psp     *psptest.PSP
	desk    collection.Desk
	account uuid.UUID
}

// settled are the payments by Pix, in the order they came.
func (s *stage) settled() (all []*ent.Payment) {
	s.Read(func(ctx context.Context, c *ent.Client) error {
		all = c.Payment.Query().Where(payment.SourceEQ(payment.SourcePix)).Order(payment.ByID()).AllX(ctx)
		return nil
	})
	return all
}

func onEachStore(t *testing.T, test func(t *testing.T, s *stage)) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		s := &stage{Office: o, psp: psptest.Open(t, key)}
		s.psp.Clock(o.DB.Now)
		s.desk = collection.Desk{DB: o.DB, Vault: o.Vault, PSPs: jobs.NewPSPs(jobs.PSPOptions{Roots: s.psp.CA.Roots, Near: true}),
			Site: func(slug string) string { return "https://" + slug + ".example.com/" }}
		s.open(t)
		test(t, s)
	})
}

// open gives the office its access, and the way of collecting by Pix that access.
func (s *stage) open(t *testing.T) {
	t.Helper()
	var pixKey uuid.UUID
	var method *ent.BillingMethod
	s.Read(func(ctx context.Context, c *ent.Client) error {
		pixKey = c.PixKey.Query().OnlyIDX(ctx)
		method = c.BillingMethod.Query().Where(billingmethod.KindEQ(billingmethod.KindPix)).OnlyX(ctx)
		return nil
	})
	configure, at := catalog.Desk{DB: s.DB, Vault: s.Vault}, s.psp.Account("")
	var err error
	s.account, err = configure.Save(s.As("gerente"), catalog.Shelves["contas-pix"], uuid.Nil, tenants.Typed{"nome": "Banco", "pix": pixKey.String(), "endereco": at.BaseURL,
		"endereco_token": at.TokenURL, "client_id": at.ClientID, "client_secret": at.ClientSecret, "certificado": at.Certificate, "chave_privada": at.PrivateKey})
	if err != nil {
		t.Fatal(err)
	}
	_, err = configure.Save(s.As("gerente"), catalog.Shelves["formas-de-cobranca"], method.ID, tenants.Typed{"nome": method.Name, "tipo": "pix", "empresa": method.CompanyID.String(),
		"pix": pixKey.String(), "conta_pix": s.account.String()})
	if err != nil {
		t.Fatal(err)
	}
	s.Write(func(ctx context.Context, c *ent.Client) error {
		return c.Subscription.UpdateOneID(s.Service(s.Maria).ID).SetMethodID(method.ID).Exec(ctx)
	})
}

// issue issues a carnê by Pix and returns its slips, the first due first.
func (s *stage) issue(t *testing.T, n int) (booklet *ent.Booklet, slips []*ent.Slip) {
	t.Helper()
	sub := s.Service(s.Maria)
	booklet, err := billing.Desk{DB: s.DB}.IssueBooklet(s.As("gerente"), billing.NewBooklet{Customer: s.Maria.ID, Subscription: sub.ID, Start: sub.BilledUntil, FirstDue: sub.BilledUntil, Instalments: n})
	if err != nil {
		t.Fatal(err)
	}
	s.Read(func(ctx context.Context, c *ent.Client) error {
		for _, row := range c.Invoice.Query().Where(invoice.BookletID(booklet.ID)).Order(invoice.ByDue()).AllX(ctx) {
			slips = append(slips, c.Slip.Query().Where(slip.InvoiceID(row.ID)).OnlyX(ctx))
		}
		return nil
	})
	return booklet, slips
}

// now reads a slip with its charge as they stand.
func (s *stage) now(of *ent.Slip) (now *ent.Slip, charge *ent.PixCharge) {
	s.Read(func(ctx context.Context, c *ent.Client) error {
		now, charge = c.Slip.GetX(ctx, of.ID), c.PixCharge.Query().Where(pixcharge.SlipID(of.ID)).OnlyX(ctx)
		return nil
	})
	return now, charge
}

// waiting counts the jobs of a kind that are to be done.
func (s *stage) waiting(kind string) (n int) {
	s.Read(func(ctx context.Context, c *ent.Client) error {
		n = c.Outbox.Query().Where(outbox.Kind(kind), outbox.DoneAtIsNil()).CountX(ctx)
		return nil
	})
	return n
}

// secret is that of the webhook, as the PSP was named it.
func (s *stage) secret(t *testing.T) string {
	t.Helper()
	if err := s.desk.NameWebhook(s.Worker(), s.account); err != nil {
		t.Fatal(err)
	}
	address := s.psp.Webhook(key)
	return address[strings.LastIndexByte(address, '/')+1:]
}

func (s *stage) put(t *testing.T, slips ...*ent.Slip) {
	t.Helper()
	for _, one := range slips {
		if err := s.desk.PutCharge(s.Worker(), one.ID); err != nil {
			t.Fatal(err)
		}
	}
}

func (s *stage) receipt(endToEnd string) (row *ent.PixReceipt) {
	s.Read(func(ctx context.Context, c *ent.Client) error {
		row, _ = c.PixReceipt.Query().Where(pixreceipt.EndToEnd(endToEnd)).Only(ctx)
		return nil
	})
	return row
}

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
		late := s.psp.Pay(charge.Txid, slips[0].Amount+2_13)
		if err := s.desk.PixTold(s.Worker(), secret, []collection.Told{{late, charge.Txid}}); err != nil {
			t.Fatal(err)
		}
		if err := s.desk.SettlePix(s.Worker(), late); err != nil || len(s.settled()) != 1 || s.settled()[0].Amount != slips[0].Amount+2_13 {
			t.Errorf("%+v, %v", s.settled(), err)
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
		if err := s.desk.Reconcile(s.Worker()); err != nil {
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
		if err := s.desk.Reconcile(s.Worker()); err != nil || s.waiting(collection.ReadPix) != 151 {
			t.Errorf("asked a second time there is news: %d, %v", s.waiting(collection.ReadPix), err)
		}
		s.Pass(31 * 24 * time.Hour) // the clock jumps a month
		late := s.psp.PayAt(second.Txid, slips[1].Amount, s.DB.Now().Add(-20*24*time.Hour))
		if err := s.desk.Reconcile(s.Worker()); err != nil || s.receipt(late) == nil {
			t.Errorf("after a month: %v", err)
		}
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
		if err := s.desk.Reconcile(s.Worker()); !errors.Is(err, psp.ErrLater) {
			t.Errorf("%v", err)
		}
		if err := s.desk.Reconcile(s.Worker()); err != nil || s.receipt(paid) == nil {
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
		if err := s.desk.Reconcile(s.Worker()); err != nil {
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

func TestAnAccessIsTriedByThoseWhoMay(t *testing.T) {
	onEachStore(t, func(t *testing.T, s *stage) {
		answer, err := s.desk.TestAccount(s.As("gerente"), s.account)
		if err != nil || answer != pspaccount.AnswerAccepted {
			t.Errorf("%s, %v", answer, err)
		}
		s.psp.Secret = "trocado no banco"
		again := s.desk
		again.PSPs = jobs.NewPSPs(jobs.PSPOptions{Roots: s.psp.CA.Roots, Near: true})
		if answer, err = again.TestAccount(s.As("gerente"), s.account); err != nil || answer != pspaccount.AnswerCredentials {
			t.Errorf("%s, %v", answer, err)
		}
		if _, err := s.desk.TestAccount(s.As("comercial"), s.account); demotest.Fault(err) != "denied" {
			t.Errorf("%v", err)
		}
		if _, err := s.desk.TestAccount(s.Stranger(), s.account); demotest.Fault(err) != "not_found" {
			t.Errorf("%v", err)
		}
	})
}
