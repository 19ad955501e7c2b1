package jobs

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"enlace/tenants/brazil"
)

// postOffice is a service of CEPs that answers what it is told to, and counts who asks.
type postOffice struct {
	*httptest.Server
	asked  atomic.Int32
	answer func(w http.ResponseWriter, r *http.Request)
}

func openPostOffice(t testing.TB, answer func(http.ResponseWriter, *http.Request)) *postOffice {
	t.Helper()
	o := &postOffice{answer: answer}
	o.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		o.asked.Add(1)
		o.answer(w, r)
	}))
	t.Cleanup(o.Close)
	return o
}

// address is what the office is reached by, for NewCEPs.
func (o *postOffice) address() string { return o.URL + "/ws/%s/json/" }

func text(body string) func(http.ResponseWriter, *http.Request) {
	return func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, body) }
}

func status(code int, body string) func(http.ResponseWriter, *http.Request) {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(code)
		fmt.Fprint(w, body)
	}
}

const (
	nazare = `{"cep":"66035-145","logradouro":"Avenida Nazaré","bairro":"Nazaré","localidade":"Belém","uf":"PA","ibge":"1501402"}`
	caiubi = `{"cep":"66035145","state":"PA","city":"Belém","neighborhood":"Nazaré","street":"Avenida Nazaré","ibge":{"state":"15","city":"1501402"}}`
	town   = `{"cep":"66035145","state":"PR","city":"Goioerê","neighborhood":null,"street":null}`
)

var found = brazil.Address{CEP: "66035145", Street: "Avenida Nazaré", District: "Nazaré", City: "Belém", State: "PA", CityCode: "1501402"}

func TestServicesOfCEPsAreAskedInTurn(t *testing.T) {
	endless := func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path, http.StatusFound) }
	slow := func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-time.After(3 * time.Second):
		case <-r.Context().Done():
		}
	}
	trickle := func(w http.ResponseWriter, r *http.Request) { // each byte in time, the whole never
		for r.Context().Err() == nil {
			fmt.Fprint(w, " ")
			w.(http.Flusher).Flush()
			time.Sleep(50 * time.Millisecond)
		}
	}
	for name, c := range map[string]struct {
		first, second func(http.ResponseWriter, *http.Request)
		want          brazil.Address
		err           error
	}{
		"known":                         {text(nazare), nil, found, nil},
		"known in the other shape":      {text(caiubi), nil, found, nil},
		"of a whole town":               {text(town), nil, brazil.Address{CEP: "66035145", City: "Goioerê", State: "PR"}, nil},
		"unknown":                       {text(`{"erro":"true"}`), text(nazare), brazil.Address{}, brazil.ErrNoCEP},
		"unknown, by status 404":        {status(404, `{"name":"CepPromiseError","type":"service_error"}`), nil, brazil.Address{}, brazil.ErrNoCEP},
		"slow, and nobody else":         {slow, nil, brazil.Address{}, brazil.ErrNoCEPService},
		"slow, and the next knows":      {slow, text(caiubi), found, nil},
		"slow both":                     {slow, trickle, brazil.Address{}, brazil.ErrNoCEPService},
		"unwell":                        {status(500, nazare), nil, brazil.Address{}, brazil.ErrNoCEPService},
		"unwell, and the next knows":    {status(503, ""), text(nazare), found, nil},
		"too many questions":            {status(429, `{"erro":"true"}`), text(nazare), found, nil},
		"garbage":                       {text("<html>502</html>"), nil, brazil.Address{}, brazil.ErrNoCEPService},
		"garbage, and the next knows":   {text("\x00\xff"), text(nazare), found, nil},
		"an endless answer":             {text(nazare + strings.Repeat(" ", mostAnswer)), nil, brazil.Address{}, brazil.ErrNoCEPService},
		"redirected for ever":           {endless, text(nazare), found, nil},
		"redirected for ever, alone":    {endless, nil, brazil.Address{}, brazil.ErrNoCEPService},
		"an answer about another place": {text(strings.Replace(nazare, "66035-145", "01001-000", 1)), nil, brazil.Address{}, brazil.ErrNoCEPService},
		"nobody there":                  {nil, text(nazare), found, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			first := "http://127.0.0.1:1/%s" // a port nobody listens on
			if c.first != nil {
				first = openPostOffice(t, c.first).address()
			}
			if c.second != nil {
				first += " " + openPostOffice(t, c.second).address()
			}
			start := time.Now()
			got, err := NewCEPs(first).Address(context.Background(), "66035145")
			if got != c.want || !errors.Is(err, c.err) {
				t.Errorf("%+v, %v; want %+v, %v", got, err, c.want, c.err)
			}
			if took := time.Since(start); took > brazil.LookupLimit+time.Second {
				t.Errorf("it took %s", took)
			}
		})
	}
}

func TestAnswersAboutCEPsAreKeptForATime(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	answers := map[string]string{"66035145": nazare, "99999999": `{"erro":"true"}`, "11111111": "garbage"}
	office := openPostOffice(t, func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, answers[strings.Split(r.URL.Path, "/")[2]])
	})
	ceps := NewCEPs(office.address())
	ceps.now = func() time.Time { return now }
	for _, c := range []struct {
		cep   string
		later time.Duration
		asked int32
	}{
		{"66035145", 0, 1}, {"66035145", keptFound - time.Minute, 1}, {"66035145", 2 * time.Minute, 2},
		{"99999999", 0, 3}, {"99999999", keptUnknown - time.Minute, 3}, {"99999999", 2 * time.Minute, 4},
		{"11111111", 0, 5}, {"11111111", 0, 6}, // that nobody could say is not kept
	} {
		now = now.Add(c.later)
		_, _ = ceps.Address(context.Background(), c.cep)
		if got := office.asked.Load(); got != c.asked {
			t.Errorf("%s after %s: asked %d times, want %d", c.cep, c.later, got, c.asked)
		}
	}
	for i := range mostKept + 500 {
		ceps.keep(fmt.Sprint(i), said{})
	}
	if len(ceps.known) != mostKept {
		t.Errorf("%d answers are kept", len(ceps.known))
	}
}

func TestFiftyAskForTheSameCEPAndTheServiceHearsOne(t *testing.T) {
	open := make(chan struct{})
	office := openPostOffice(t, func(w http.ResponseWriter, _ *http.Request) {
		<-open
		fmt.Fprint(w, nazare)
	})
	ceps := NewCEPs(office.address())
	leaving, leave := context.WithCancel(context.Background())
	first := make(chan error)
	go func() {
		_, err := ceps.Address(leaving, "66035145")
		first <- err
	}()
	var wg sync.WaitGroup
	for range 50 {
		wg.Go(func() {
			if got, err := ceps.Address(context.Background(), "66035145"); got != found || err != nil {
				t.Errorf("%+v, %v", got, err)
			}
		})
	}
	leave()
	if err := <-first; !errors.Is(err, brazil.ErrNoCEPService) || !errors.Is(err, context.Canceled) {
		t.Errorf("who left heard %v", err)
	}
	close(open)
	wg.Wait()
	if n := office.asked.Load(); n != 1 {
		t.Errorf("the service was asked %d times", n)
	}
}

func BenchmarkKnownCEP(b *testing.B) {
	ceps := NewCEPs(openPostOffice(b, text(nazare)).address())
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ceps.Address(context.Background(), "66035145"); err != nil {
			b.Fatal(err)
		}
	}
}
