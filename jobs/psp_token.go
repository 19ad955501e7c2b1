package jobs

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"enlace/tenants/brazil/pix/psp"
)

// pspClient is the door to the PSP of one account.
type pspClient struct {
	account psp.Account
	print   string
	http    *http.Client
	now     func() time.Time

	turn  chan struct{} // holds one: who asks for a token
	token pspToken      // touched only by who holds the turn
}

// pspToken is what proves who asks, for a time.
type pspToken struct {
	value string
	until time.Time
}

// pspScopes is what the account is used for.
const pspScopes = "cob.read cob.write cobv.read cobv.write pix.read webhook.read webhook.write"

const (
	tokenMargin = 30 * time.Second // before its end a token is fetched anew; of a short one a fifth of its life
	tokenLife   = time.Minute      // of a token whose life is not told
	longestLife = 24 * time.Hour
)

// bearer returns a token that still holds, and not stale, which the PSP has just refused. Whoever needs a new one fetches it once; the others
// wait for it.
func (c *pspClient) bearer(ctx context.Context, stale string) (string, error) {
	select {
	case c.turn <- struct{}{}:
		defer func() { <-c.turn }()
	case <-ctx.Done():
		return "", fmt.Errorf("%w: %w", psp.ErrLater, ctx.Err())
	}
	if c.token.value != "" && c.token.value != stale && c.now().Before(c.token.until) {
		return c.token.value, nil
	}
	fresh, err := c.fetch(ctx)
	c.token = fresh
	return fresh.value, err
}

// fetch asks for a token, by client_credentials (RFC 6749, 4.4).
func (c *pspClient) fetch(ctx context.Context) (pspToken, error) {
	form := url.Values{"grant_type": {"client_credentials"}, "scope": {pspScopes}}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.account.TokenURL, strings.NewReader(form.Encode()))
	if err != nil {
		return pspToken{}, fmt.Errorf("%w: the address of the token", psp.ErrCredentials)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Accept", "application/json")
	request.SetBasicAuth(url.QueryEscape(c.account.ClientID), url.QueryEscape(c.account.ClientSecret))
	asked := c.now()
	status, body, err := c.send(request)
	switch {
	case err != nil:
		return pspToken{}, err
	case status == http.StatusBadRequest || status == http.StatusUnauthorized || status == http.StatusForbidden:
		return pspToken{}, fmt.Errorf("%w: status %d for a token", psp.ErrCredentials, status)
	case status != http.StatusOK && status != http.StatusCreated:
		return pspToken{}, fmt.Errorf("%w: status %d for a token", psp.ErrLater, status)
	}
	var given struct {
		Token string      `json:"access_token"`
		Type  string      `json:"token_type"`
		Life  json.Number `json:"expires_in"`
	}
	if err := json.Unmarshal(body, &given); err != nil || given.Token == "" || given.Type != "" && !strings.EqualFold(given.Type, "Bearer") {
		return pspToken{}, fmt.Errorf("%w: no token in the answer", psp.ErrLater) // what stood there is nobody's to read
	}
	life := tokenLife
	if seconds, err := given.Life.Int64(); err == nil && seconds > 0 {
		life = min(time.Duration(min(seconds, int64(longestLife/time.Second)))*time.Second, longestLife)
	}
	return pspToken{given.Token, asked.Add(life - min(tokenMargin, life/5))}, nil
}
