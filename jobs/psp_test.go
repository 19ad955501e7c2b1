package jobs

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"enlace/jobs/psptest"
	"enlace/tenants/brazil/pix"
	"enlace/tenants/brazil/pix/psp"
	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

const ourKey = "financeiro@fibranorte.example"

const txid = "0192f0c0e5b47a3f8d1c2b3a4f5e6d7c"

// counter is a PSP of the tests with the door that asks it.
func counter(t *testing.T) (*psptest.PSP, *pspClient) {
	t.Helper()
	p := psptest.Open(t, ourKey)
	door, err := NewPSPs(PSPOptions{Roots: p.CA.Roots, Near: true}).Open(p.Account("one"))
	if err != nil {
		t.Fatal(err)
	}
	return p, door.(*pspClient)
}

func dated() psp.Charge {
	return psp.Charge{TxID: txid, Key: ourKey, Amount: 99_90, Payer: psp.Payer{Document: "52998224725", Name: "Maria Demonstração"}, Note: "Fatura 42",
		Due: calendar.Of(time.Now()).AddDays(10), PayableFor: 60, Fine: 200, Interest: 100}
}

func TestAChargeIsPutReadAndTakenBack(t *testing.T) {
	p, door := counter(t)
	ctx := t.Context()
	kept, err := door.Put(ctx, dated())
	if err != nil {
		t.Fatal(err)
	}
	code := pix.Parse(kept.CopyPaste)
	if kept.Status != psp.Active || kept.Amount != 99_90 || kept.Due != dated().Due || !code.Valid || code.URL != kept.Location {
		t.Errorf("%+v", kept)
	}
	for want, path := range map[string][]string{"2.00": {"valor", "multa", "valorPerc"}, "1.00": {"valor", "juros", "valorPerc"}, "3": {"valor", "juros", "modalidade"},
		"52998224725": {"devedor", "cpf"}, "60": {"calendario", "validadeAposVencimento"}, "Fatura 42": {"solicitacaoPagador"}} {
		if got := fmt.Sprint(p.Field(txid, path...)); got != want {
			t.Errorf("%v is %s, want %s", path, got, want)
		}
	}
	if again, err := door.Put(ctx, dated()); err != nil || again.Location != kept.Location {
		t.Errorf("put again it is %+v, %v", again, err)
	}
	cheaper := dated()
	cheaper.Amount = 50_00
	if changed, err := door.Change(ctx, cheaper); err != nil || changed.Amount != 50_00 || changed.Revision != 2 {
		t.Errorf("changed it is %+v, %v", changed, err)
	}
	if removed, err := door.Remove(ctx, psp.Dated, txid); err != nil || removed.Status != psp.RemovedByReceiver {
		t.Errorf("removed it is %+v, %v", removed, err)
	}
	if removed, err := door.Remove(ctx, psp.Dated, txid); err != nil || removed.Status != psp.RemovedByReceiver {
		t.Errorf("removed twice it is %+v, %v", removed, err)
	}
	if _, err := door.Remove(ctx, psp.Dated, strings.Repeat("a", 26)); !errors.Is(err, psp.ErrNotFound) {
		t.Errorf("one that is not there: %v", err)
	}
}

func TestAnImmediateChargeIsPaidAndReadWithItsPix(t *testing.T) {
	p, door := counter(t)
	charge := psp.Charge{TxID: txid, Key: ourKey, Amount: 10_01, Lifetime: time.Hour, Payer: psp.Payer{Document: "12ABC34501DE35", Name: "Padaria"}}
	if _, err := door.Put(t.Context(), charge); err != nil {
		t.Fatal(err)
	}
	one := p.Pay(txid, 10_01)
	p.Return(one, 1_00)
	kept, err := door.Get(t.Context(), psp.Immediate, txid)
	if err != nil || kept.Status != psp.Done || len(kept.Paid) != 1 || kept.Paid[0].EndToEnd != one || kept.Paid[0].Returned() != 1_00 {
		t.Errorf("%+v, %v", kept, err)
	}
	if removed, err := door.Remove(t.Context(), psp.Immediate, txid); err != nil || removed.Status != psp.Done {
		t.Errorf("a paid one stays: %+v, %v", removed, err)
	}
	got, err := door.Pix(t.Context(), one)
	if err != nil || got.TxID != txid || got.Amount != 10_01 || got.Key != ourKey || got.Returned() != 1_00 {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := door.Pix(t.Context(), strings.Repeat("E", 32)); !errors.Is(err, psp.ErrNotFound) {
		t.Errorf("%v", err)
	}
}

// What the PSP did before its answer was lost is found by reading back; what it did not do is to be tried again.
func TestAnAnswerThatIsLostIsReadBack(t *testing.T) {
	for how, done := range map[psptest.Failure]bool{psptest.Silent: true, psptest.Lost: true, psptest.Twice: true, psptest.Broken: true, psptest.Down: false, psptest.Busy: false} {
		t.Run(fmt.Sprint(how), func(t *testing.T) {
			p, door := counter(t)
			door.http.Timeout = time.Second
			p.Fail("PUT", "/cobv/", how)
			kept, err := door.Put(t.Context(), dated())
			if done && (err != nil || kept.Status != psp.Active) || !done && !errors.Is(err, psp.ErrLater) {
				t.Errorf("%+v, %v", kept, err)
			}
			p.Fail("PATCH", "/cobv/", how)
			if !done {
				return
			}
			if kept, err = door.Remove(t.Context(), psp.Dated, txid); err != nil || kept.Status != psp.RemovedByReceiver {
				t.Errorf("taken back: %+v, %v", kept, err)
			}
		})
	}
}

func TestWhatThePSPRefusesNamesItsFieldAndNoDocument(t *testing.T) {
	_, door := counter(t)
	var refused *psp.Refused
	foreign := dated()
	foreign.Key = "outra@chave.example"
	if _, err := door.Put(t.Context(), foreign); !errors.As(err, &refused) || refused.Field != "cobv.chave" {
		t.Errorf("%v", err)
	}
	late := dated()
	late.Due = calendar.Of(time.Now()).AddDays(-3)
	if _, err := door.Put(t.Context(), late); !errors.As(err, &refused) || refused.Field != "cobv.calendario.dataDeVencimento" {
		t.Errorf("%v", err)
	}
	short := dated()
	short.TxID = "ENLACE42V1"
	if _, err := door.Put(t.Context(), short); !errors.As(err, &refused) || refused.Field != "cobv.txid" {
		t.Errorf("%v", err)
	}
	if said := told("CPF 529.982.247-25, 52998224725 e CNPJ 12.ABC.345/01DE-35"); strings.ContainsAny(said, "0123456789") {
		t.Errorf("it says %q", said)
	}
}

// A token is kept until shortly before its end, fetched once however many ask, and fetched anew when the PSP ended it sooner.
func TestATokenIsFetchedOnceAndAnew(t *testing.T) {
	p, door := counter(t)
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if _, err := door.Webhook(t.Context(), ourKey); !errors.Is(err, psp.ErrNotFound) {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if n := p.Asked("POST", "/oauth/token"); n != 1 {
		t.Errorf("%d tokens for twenty", n)
	}
	p.Revoke()
	if _, err := door.Webhook(t.Context(), ourKey); !errors.Is(err, psp.ErrNotFound) {
		t.Errorf("with a token ended sooner: %v", err)
	}
	if n := p.Asked("POST", "/oauth/token"); n != 2 {
		t.Errorf("%d tokens", n)
	}
	now := time.Now()
	door.now = func() time.Time { return now.Add(psptest.TokenLife) }
	if _, err := door.Webhook(t.Context(), ourKey); !errors.Is(err, psp.ErrNotFound) {
		t.Errorf("after its end: %v", err)
	}
	if n := p.Asked("POST", "/oauth/token"); n != 3 {
		t.Errorf("%d tokens", n)
	}
}

func TestCredentialsThatAreRefusedAreToldApart(t *testing.T) {
	p, _ := counter(t)
	psps := NewPSPs(PSPOptions{Roots: p.CA.Roots, Near: true})
	stranger := psptest.NewCA(t).Issue("estranho", time.Now().Add(time.Hour))
	for name, change := range map[string]func(*psp.Account){
		"secret":      func(a *psp.Account) { a.ClientSecret = "outro" },
		"certificate": func(a *psp.Account) { a.Certificate, a.PrivateKey = stranger.Certificate, stranger.PrivateKey },
		"key":         func(a *psp.Account) { a.PrivateKey = stranger.PrivateKey },
	} {
		account := p.Account(name)
		change(&account)
		door, err := psps.Open(account)
		if err == nil {
			_, err = door.Webhook(t.Context(), ourKey)
		}
		if !errors.Is(err, psp.ErrCredentials) {
			t.Errorf("%s: %v", name, err)
		}
		if err != nil && (strings.Contains(err.Error(), p.Secret) || strings.Contains(err.Error(), "PRIVATE")) {
			t.Errorf("%s tells a secret: %v", name, err)
		}
	}
	if text := fmt.Sprintf("%v %+v %s", p.Account("a"), p.Account("a"), p.Account("a")); strings.Contains(text, p.Secret) || strings.Contains(text, "PRIVATE") {
		t.Errorf("an account prints as %s", text)
	}
}

func TestAPSPThatIsNotThereOrNotFarIsTriedLater(t *testing.T) {
	p, _ := counter(t)
	gone := p.Account("gone")
	gone.BaseURL, gone.TokenURL = "https://127.0.0.1:1", "https://127.0.0.1:1/token"
	for name, o := range map[string]PSPOptions{"gone": {Near: true}, "near": {}} {
		door, err := NewPSPs(o).Open(gone)
		if err != nil {
			t.Fatal(err)
		}
		err = door.SetWebhook(t.Context(), "+5591988887777", "https://a.example")
		if !errors.Is(err, psp.ErrLater) || strings.Contains(err.Error(), "98888") || errors.Is(err, errNear) != (name == "near") {
			t.Errorf("%s: %v", name, err)
		}
	}
	door, _ := NewPSPs(PSPOptions{Near: true}).Open(p.Account("not trusted"))
	if _, err := door.Webhook(t.Context(), ourKey); !errors.Is(err, psp.ErrLater) {
		t.Errorf("a PSP nobody vouches for: %v", err)
	}
	if p.Asked("POST", "/oauth/token") != 0 {
		t.Error("it was sent our secret")
	}
}

func TestWhatCameInIsListedPageByPage(t *testing.T) {
	p, door := counter(t)
	at := time.Now().Add(-time.Hour)
	for i := range 2*pspPage + 7 {
		p.PayAt(txid, money.Cents(i+1), at)
	}
	p.PayAt(txid, 1, at.Add(-48*time.Hour))
	seen, page, more := map[string]bool{}, 0, true
	for ; more; page++ {
		read, err := door.Received(t.Context(), at.Add(-time.Minute), time.Now(), page)
		if err != nil {
			t.Fatal(err)
		}
		for _, one := range read.Paid {
			seen[one.EndToEnd] = true
		}
		more = read.More
	}
	if len(seen) != 2*pspPage+7 || page != 3 {
		t.Errorf("%d Pix on %d pages", len(seen), page)
	}
}

func TestAWebhookIsNamedAndRead(t *testing.T) {
	p, door := counter(t)
	const at = "https://fibranorte.example.com/webhooks/pix/fibranorte/secret"
	if err := door.SetWebhook(t.Context(), ourKey, at); err != nil {
		t.Fatal(err)
	}
	if url, err := door.Webhook(t.Context(), ourKey); err != nil || url != at || p.Webhook(ourKey) != at {
		t.Errorf("%q, %v", url, err)
	}
}

// However many accounts there are, so many clients are kept; one whose secrets changed is another.
func TestClientsAreKeptWithinABound(t *testing.T) {
	p, _ := counter(t)
	psps := NewPSPs(PSPOptions{Roots: p.CA.Roots, Near: true})
	first, _ := psps.Open(p.Account("first"))
	for i := range mostPSPs + 20 {
		if _, err := psps.Open(p.Account(fmt.Sprint(i))); err != nil {
			t.Fatal(err)
		}
		if again, _ := psps.Open(p.Account("first")); again != first {
			t.Fatal("one that is used is forgotten")
		}
	}
	if len(psps.kept) != mostPSPs || psps.used.Len() != mostPSPs {
		t.Errorf("%d are kept, %d in order", len(psps.kept), psps.used.Len())
	}
	changed := p.Account("first")
	changed.ClientSecret = "novo"
	if again, _ := psps.Open(changed); again == first {
		t.Error("another secret has the same client")
	}
}

func TestWhoeverStopsWaitingForATokenHearsItLater(t *testing.T) {
	p, door := counter(t)
	p.Fail("POST", "/oauth/token", psptest.Silent)
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	if _, err := door.Webhook(ctx, ourKey); !errors.Is(err, psp.ErrLater) {
		t.Errorf("%v", err)
	}
	if _, err := door.Webhook(t.Context(), ourKey); !errors.Is(err, psp.ErrNotFound) {
		t.Errorf("the next one: %v", err)
	}
}
