package jobs

import (
	"container/list"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"syscall"
	"time"

	"enlace/tenants/brazil/pix/psp"
)

const (
	mostPSPs   = 500 // accounts whose connection and token are kept, about 50 KB each
	pspAsking  = 12 * time.Second
	pspDialing = 4 * time.Second
)

// PSPs opens the doors to the PSPs of all ISPs, by API Pix: mutual TLS with the account's certificate, and OAuth2 client_credentials. It keeps
// a client with its token an account, the least used of which goes first.
type PSPs struct {
	roots *x509.CertPool
	near  bool

	mu   sync.Mutex
	kept map[string]*list.Element // of *pspClient, by account
	used *list.List               // the last used first
}

// PSPOptions is how PSPs are reached.
type PSPOptions struct {
	Roots *x509.CertPool // whom a PSP's own certificate comes from; nil: whom this machine trusts
	Near  bool           // also at addresses of this machine and its own network, which an ISP must not have us call
}

// NewPSPs opens no connection yet.
func NewPSPs(o PSPOptions) *PSPs {
	return &PSPs{roots: o.Roots, near: o.Near, kept: map[string]*list.Element{}, used: list.New()}
}

// Open returns the door of an account. An account whose address or secrets were changed gets a new one.
func (p *PSPs) Open(a psp.Account) (psp.Door, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	print := fingerprint(a)
	if at, there := p.kept[a.ID]; there {
		if client := at.Value.(*pspClient); client.print == print {
			p.used.MoveToFront(at)
			return client, nil
		}
		p.drop(at)
	}
	client, err := p.client(a, print)
	if err != nil {
		return nil, err
	}
	p.kept[a.ID] = p.used.PushFront(client)
	if p.used.Len() > mostPSPs {
		p.drop(p.used.Back())
	}
	return client, nil
}

// drop forgets a client; who still asks by it finishes.
func (p *PSPs) drop(at *list.Element) {
	client := p.used.Remove(at).(*pspClient)
	delete(p.kept, client.account.ID)
	client.http.CloseIdleConnections()
}

// fingerprint tells an account from what it was before, without keeping its secrets.
func fingerprint(a psp.Account) string {
	sum := sha256.New()
	for _, part := range []string{a.BaseURL, a.TokenURL, a.ClientID, a.ClientSecret, a.Certificate, a.PrivateKey} {
		fmt.Fprintf(sum, "%d %s", len(part), part)
	}
	return hex.EncodeToString(sum.Sum(nil))
}

func (p *PSPs) client(a psp.Account, print string) (*pspClient, error) {
	pair, err := tls.X509KeyPair([]byte(a.Certificate), []byte(a.PrivateKey))
	if err != nil {
		return nil, fmt.Errorf("%w: the certificate and its key cannot be read", psp.ErrCredentials)
	}
	dialer := &net.Dialer{Timeout: pspDialing, KeepAlive: 30 * time.Second}
	if !p.near {
		dialer.Control = farOnly
	}
	return &pspClient{account: a, print: print, turn: make(chan struct{}, 1), now: time.Now, http: &http.Client{
		Timeout:       pspAsking,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, // a token goes to nobody else
		Transport: &http.Transport{
			DialContext:         dialer.DialContext,
			ForceAttemptHTTP2:   true,
			TLSClientConfig:     &tls.Config{MinVersion: tls.VersionTLS12, Certificates: []tls.Certificate{pair}, RootCAs: p.roots},
			TLSHandshakeTimeout: pspDialing,
			MaxIdleConnsPerHost: 2,
			MaxConnsPerHost:     8,
			IdleConnTimeout:     30 * time.Second,
		},
	}}, nil
}

var errNear = errors.New("an address of our own network")

// farOnly refuses to call what is not on the Internet: the address of a PSP is typed by an ISP, and what our own machines serve is not for it.
func farOnly(_, address string, _ syscall.RawConn) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return err
	}
	ip := at.Addr().Unmap()
	if !ip.IsGlobalUnicast() || ip.IsPrivate() || carriers.Contains(ip) {
		return errNear
	}
	return nil
}

// carriers is the network shared within carriers (RFC 6598), which is nobody's on the Internet.
var carriers = netip.MustParsePrefix("100.64.0.0/10")

// join is an address of the account's PSP.
func (c *pspClient) join(path string) string { return strings.TrimRight(c.account.BaseURL, "/") + path }
