package jobs

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"

	"enlace/tenants/brazil"
)

// PublicCEPs are the services that are asked when no other is named: free, and without any promise.
const PublicCEPs = "https://viacep.com.br/ws/%s/json/ https://brasilapi.com.br/api/cep/v2/%s"

const (
	mostAnswer    = 64 << 10 // bytes; an address takes one
	mostKept      = 10_000   // addresses, about 2 MB
	mostRedirects = 2
	keptFound     = 30 * 24 * time.Hour // cities get new codes now and then
	keptUnknown   = time.Hour           // new streets get their CEP
)

// CEPs finds addresses by asking services, each in turn, until one knows (brazil.Lookup). It keeps what they said, asks for the same CEP once at
// a time, and answers within brazil.LookupLimit whatever they do. It is never called inside a transaction.
type CEPs struct {
	services []string // addresses with a %s for the CEP
	client   *http.Client
	now      func() time.Time

	mu      sync.Mutex
	known   map[string]said
	pending map[string]*asking
}

// said is an answer that is kept for a time. An unknown CEP is kept too; that nobody answered is not.
type said struct {
	address brazil.Address
	err     error
	until   time.Time
}

// asking is a question under way; those who ask the same wait for it.
type asking struct {
	done chan struct{}
	said
}

// NewCEPs asks services by their addresses, separated by blanks, each with a %s for the CEP.
func NewCEPs(services string) *CEPs {
	return &CEPs{services: strings.Fields(services), now: time.Now, known: map[string]said{}, pending: map[string]*asking{},
		client: &http.Client{CheckRedirect: func(_ *http.Request, before []*http.Request) error {
			if len(before) > mostRedirects {
				return errors.New("too many redirects")
			}
			return nil
		}}}
}

// Address finds the address of a CEP of 8 digits. It returns brazil.ErrNoCEP for one that does not exist, and an error that wraps
// brazil.ErrNoCEPService when no service could say in time.
func (c *CEPs) Address(ctx context.Context, cep string) (brazil.Address, error) {
	c.mu.Lock()
	if kept, there := c.known[cep]; there && c.now().Before(kept.until) {
		c.mu.Unlock()
		return kept.address, kept.err
	}
	question, under := c.pending[cep]
	if !under {
		question = &asking{done: make(chan struct{})}
		c.pending[cep] = question
		go c.ask(cep, question)
	}
	c.mu.Unlock()
	select {
	case <-question.done:
		return question.address, question.err
	case <-ctx.Done():
		return brazil.Address{}, fmt.Errorf("%w: %w", brazil.ErrNoCEPService, ctx.Err())
	}
}

// ask belongs to nobody's request: who asked first may leave, and the others still hear.
func (c *CEPs) ask(cep string, question *asking) {
	ctx, cancel := context.WithTimeout(context.Background(), brazil.LookupLimit)
	defer cancel()
	question.address, question.err = c.inTurn(ctx, cep)
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.pending, cep)
	c.keep(cep, question.said)
	close(question.done)
}

// inTurn asks one service after the other; each has its share of the time, so that a slow one leaves some to the next.
func (c *CEPs) inTurn(ctx context.Context, cep string) (brazil.Address, error) {
	err := brazil.ErrNoCEPService
	for _, service := range c.services {
		share, cancel := context.WithTimeout(ctx, brazil.LookupLimit/time.Duration(len(c.services)))
		found, failed := c.fetch(share, strings.ReplaceAll(service, "%s", cep))
		cancel()
		switch {
		case failed == nil && found.CEP == cep:
			return found, nil
		case errors.Is(failed, brazil.ErrNoCEP):
			return brazil.Address{}, brazil.ErrNoCEP
		case failed == nil:
			failed = fmt.Errorf("%w: the answer is about another CEP", brazil.ErrNoCEPService)
		}
		err = failed
	}
	return brazil.Address{}, err
}

// fetch reads one answer. Services report an unknown CEP with status 200 or 404, so the body decides, unless the service itself is unwell.
func (c *CEPs) fetch(ctx context.Context, address string) (brazil.Address, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return brazil.Address{}, fmt.Errorf("%w: %w", brazil.ErrNoCEPService, err)
	}
	response, err := c.client.Do(request)
	if err != nil {
		return brazil.Address{}, fmt.Errorf("%w: %w", brazil.ErrNoCEPService, err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, mostAnswer+1))
	switch {
	case err != nil:
		return brazil.Address{}, fmt.Errorf("%w: %w", brazil.ErrNoCEPService, err)
	case response.StatusCode >= 500 || response.StatusCode == http.StatusTooManyRequests:
		return brazil.Address{}, fmt.Errorf("%w: status %d", brazil.ErrNoCEPService, response.StatusCode)
	case len(body) > mostAnswer:
		return brazil.Address{}, fmt.Errorf("%w: an answer of more than %d bytes", brazil.ErrNoCEPService, mostAnswer)
	}
	return brazil.ParseAnswer(body)
}

// keep remembers an answer for its time. A full memory forgets some other one, whichever: it is asked for again.
func (c *CEPs) keep(cep string, answer said) {
	switch {
	case answer.err == nil:
		answer.until = c.now().Add(keptFound)
	case errors.Is(answer.err, brazil.ErrNoCEP):
		answer.until = c.now().Add(keptUnknown)
	default:
		return
	}
	if len(c.known) >= mostKept {
		for other := range c.known {
			delete(c.known, other)
			break
		}
	}
	c.known[cep] = answer
}
