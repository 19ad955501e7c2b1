package jobs

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"unicode/utf8"

	"enlace/tenants/brazil/pix/psp"
)

const mostPSPAnswer = 4 << 20 // bytes; a page of Pix takes some hundred thousand

// ask sends a request with the account's token and reads the answer into answer, unless that is nil. A token refused is fetched anew, once.
func (c *pspClient) ask(ctx context.Context, method, path string, said, answer any) error {
	var sent []byte
	if said != nil {
		var err error
		if sent, err = json.Marshal(said); err != nil {
			return err
		}
	}
	stale := ""
	for again := true; ; again = false {
		token, err := c.bearer(ctx, stale)
		if err != nil {
			return err
		}
		request, err := http.NewRequestWithContext(ctx, method, c.join(path), bytes.NewReader(sent))
		if err != nil {
			return fmt.Errorf("%w: the address of the PSP", psp.ErrCredentials)
		}
		request.Header.Set("Authorization", "Bearer "+token)
		request.Header.Set("Accept", "application/json, application/problem+json")
		if sent != nil {
			request.Header.Set("Content-Type", "application/json")
		}
		status, body, err := c.send(request)
		switch {
		case err != nil:
			return err
		case status == http.StatusUnauthorized && again:
			stale = token
			continue
		case status >= 300:
			return pspProblem(status, body)
		case answer == nil:
			return nil
		}
		if err := json.Unmarshal(body, answer); err != nil {
			return errUnreadable
		}
		return nil
	}
}

// errUnreadable means an answer that is not the API's. What it held is not said: it may name people.
var errUnreadable = fmt.Errorf("%w: its answer cannot be read", psp.ErrLater)

// send sends a request once. Its error tells neither the address, which may hold a Pix key, nor what was sent.
func (c *pspClient) send(request *http.Request) (status int, body []byte, err error) {
	response, err := c.http.Do(request)
	if err != nil {
		return 0, nil, unreached(err)
	}
	defer response.Body.Close()
	body, err = io.ReadAll(io.LimitReader(response.Body, mostPSPAnswer+1))
	if err != nil {
		return 0, nil, unreached(err)
	}
	if len(body) > mostPSPAnswer {
		return 0, nil, errUnreadable
	}
	return response.StatusCode, body, nil
}

// unreached says why no answer came. A PSP that breaks off the handshake does not take our certificate.
func unreached(err error) error {
	var sent *url.Error
	if errors.As(err, &sent) {
		err = sent.Err
	}
	var alert *net.OpError
	if errors.As(err, &alert) && alert.Op == "remote error" { // as crypto/tls calls an alert of the other side
		return fmt.Errorf("%w: %w", psp.ErrCredentials, alert.Err)
	}
	return fmt.Errorf("%w: %w", psp.ErrLater, err)
}

// problem is an error as the API says it (RFC 7807).
type problem struct {
	Title  string `json:"title"`
	Detail string `json:"detail"`
	Wrong  []struct {
		Why   string `json:"razao"`
		Field string `json:"propriedade"`
	} `json:"violacoes"` // the value that is wrong is left out: it may be a document
}

// pspProblem is the one table from a status to an error.
func pspProblem(status int, body []byte) error {
	switch {
	case status == http.StatusUnauthorized, status == http.StatusForbidden:
		return fmt.Errorf("%w: status %d", psp.ErrCredentials, status)
	case status == http.StatusNotFound, status == http.StatusGone:
		return psp.ErrNotFound
	case status == http.StatusRequestTimeout, status == http.StatusTooEarly, status == http.StatusTooManyRequests, status >= 500:
		return fmt.Errorf("%w: status %d", psp.ErrLater, status)
	}
	refused := &psp.Refused{Title: fmt.Sprintf("status %d", status)}
	var p problem
	if json.Unmarshal(body, &p) == nil && p.Title != "" {
		refused.Title, refused.Why = told(p.Title), told(p.Detail)
		if len(p.Wrong) > 0 {
			refused.Field, refused.Why = told(p.Wrong[0].Field), told(p.Wrong[0].Why)
		}
	}
	return refused
}

// documents are numbers of people and companies, however they are written.
var documents = regexp.MustCompile(`[0-9]{3}\.?[0-9]{3}\.?[0-9]{3}-?[0-9]{2}|[0-9A-Z]{2}\.?[0-9A-Z]{3}\.?[0-9A-Z]{3}/?[0-9A-Z]{4}-?[0-9]{2}|[0-9]{6,}`)

const longestTold = 200 // letters of a PSP's sentence that are kept

// told is what a PSP says, fit to be kept: without documents, and not too long.
func told(said string) string {
	said = documents.ReplaceAllString(said, "***")
	if utf8.RuneCountInString(said) > longestTold {
		said = string([]rune(said)[:longestTold])
	}
	return said
}
