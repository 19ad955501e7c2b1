package jobs

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"enlace/tenants/brazil/pix/psp"
)

// Put sends a charge by its txid, so that sending it twice keeps one. When no answer came, or the PSP says no, reading it back decides: what
// is kept as it was asked for was put.
func (c *pspClient) Put(ctx context.Context, charge psp.Charge) (*psp.Kept, error) {
	return c.write(ctx, http.MethodPut, charge)
}

// Change sends a charge anew.
func (c *pspClient) Change(ctx context.Context, charge psp.Charge) (*psp.Kept, error) {
	return c.write(ctx, http.MethodPatch, charge)
}

func (c *pspClient) write(ctx context.Context, method string, charge psp.Charge) (*psp.Kept, error) {
	if err := charge.Check(); err != nil {
		return nil, err
	}
	var got gotCharge
	if err := c.ask(ctx, method, chargePath(charge.Kind(), charge.TxID), wired(charge), &got); err != nil {
		return c.readBack(ctx, charge.Kind(), charge.TxID, err, func(k *psp.Kept) bool {
			return k.Amount == charge.Amount && k.Due == charge.Due && (k.Status == psp.Active || k.Status == psp.Done)
		})
	}
	return got.kept(charge.Kind(), charge.TxID)
}

// Remove takes a charge back; one that is over already stays as it ended.
func (c *pspClient) Remove(ctx context.Context, kind psp.Kind, txid string) (*psp.Kept, error) {
	var got gotCharge
	if err := c.ask(ctx, http.MethodPatch, chargePath(kind, txid), sentCharge{Status: psp.RemovedByReceiver}, &got); err != nil {
		return c.readBack(ctx, kind, txid, err, func(k *psp.Kept) bool { return k.Status != psp.Active })
	}
	return got.kept(kind, txid)
}

// readBack finds out what became of a charge after a failure that may have come behind the deed.
func (c *pspClient) readBack(ctx context.Context, kind psp.Kind, txid string, failure error, done func(*psp.Kept) bool) (*psp.Kept, error) {
	var refused *psp.Refused
	if !errors.Is(failure, psp.ErrLater) && !errors.As(failure, &refused) {
		return nil, failure
	}
	if kept, err := c.Get(ctx, kind, txid); err == nil && done(kept) {
		return kept, nil
	}
	return nil, failure
}

func (c *pspClient) Get(ctx context.Context, kind psp.Kind, txid string) (*psp.Kept, error) {
	var got gotCharge
	if err := c.ask(ctx, http.MethodGet, chargePath(kind, txid), nil, &got); err != nil {
		return nil, err
	}
	return got.kept(kind, txid)
}

func chargePath(kind psp.Kind, txid string) string {
	return "/" + string(kind) + "/" + url.PathEscape(txid)
}

// pspPage is how many Pix are asked for at a time.
const pspPage = 100

func (c *pspClient) Received(ctx context.Context, from, to time.Time, page int) (psp.Page, error) {
	asked := url.Values{"inicio": {from.UTC().Format(time.RFC3339)}, "fim": {to.UTC().Format(time.RFC3339)},
		"paginacao.paginaAtual": {strconv.Itoa(page)}, "paginacao.itensPorPagina": {strconv.Itoa(pspPage)}}
	var got gotPage
	if err := c.ask(ctx, http.MethodGet, "/pix?"+asked.Encode(), nil, &got); err != nil {
		return psp.Page{}, err
	}
	if got.Parameters.Paging.Current != page {
		return psp.Page{}, errUnreadable
	}
	read := psp.Page{More: page+1 < got.Parameters.Paging.Pages}
	for _, one := range got.Pix {
		paid, err := one.paid()
		if err != nil {
			return psp.Page{}, err
		}
		read.Paid = append(read.Paid, *paid)
	}
	return read, nil
}

func (c *pspClient) Pix(ctx context.Context, endToEnd string) (*psp.Paid, error) {
	var got gotPix
	if err := c.ask(ctx, http.MethodGet, "/pix/"+url.PathEscape(endToEnd), nil, &got); err != nil {
		return nil, err
	}
	paid, err := got.paid()
	if err == nil && paid.EndToEnd != endToEnd {
		return nil, errUnreadable
	}
	return paid, err
}

// namedWebhook is how the address of a webhook travels.
type namedWebhook struct {
	URL string `json:"webhookUrl"`
}

func (c *pspClient) SetWebhook(ctx context.Context, key, address string) error {
	return c.ask(ctx, http.MethodPut, "/webhook/"+url.PathEscape(key), namedWebhook{address}, nil)
}

func (c *pspClient) Webhook(ctx context.Context, key string) (string, error) {
	var got namedWebhook
	err := c.ask(ctx, http.MethodGet, "/webhook/"+url.PathEscape(key), nil, &got)
	return got.URL, err
}
