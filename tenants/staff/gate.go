package staff

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"log/slog"
	"strings"
	"time"

	"enlace/tenants"
)

// Gate is the way in, of the staff of an ISP and of the platform's operator alike. It counts attempts, so there is one for the life of a process.
type Gate struct{ attempts attempts }

// Knock is somebody at the gate.
type Knock struct {
	Where           string // the host name they are at: the same e-mail at another is another account
	Email, Password string
	IP, Agent       string // shown in the list of their sessions

	Hash    func(context.Context) (string, error)                 // of the account's password; none when there is no such account
	Open    func(context.Context, Opening) (kept bool, err error) // keeps the session, unless the account is shut by now
	Refused func(context.Context) error                           // notes it
}

// Opening is a session that is about to be kept.
type Opening struct {
	TokenHash []byte // Fingerprint of what the browser gets
	CSRF      string
	IP, Agent string
	At, Until time.Time
}

// refusal is the least time a refusal takes. What is done for an e-mail that exists and for one that does not fits in it, so that the time
// tells nothing.
const refusal = 300 * time.Millisecond

// Enter opens a session and returns its token, 256 random bits. A wrong e-mail, a wrong password and an account that is shut get one and the
// same Invalid after the same time. Within 15 minutes, after 5 refusals of an e-mail from one address, 20 of it from anywhere or 30 from the
// address comes *TooMany; an address the account has been opened from is held by the first alone.
func (g *Gate) Enter(ctx context.Context, now time.Time, k Knock) (token string, err error) {
	visit := visitOf(k.Where, k.Email, k.IP)
	if wait := g.attempts.begin(now, visit); wait > 0 {
		slog.WarnContext(ctx, "sign-in throttled", "at", k.Where, "ip", k.IP)
		return "", &TooMany{Wait: wait}
	}
	atLeast := time.NewTimer(refusal)
	defer atLeast.Stop()

	token = secret()
	kept, err := k.open(ctx, Opening{TokenHash: Fingerprint(token), CSRF: secret(), IP: cut(k.IP, 64), Agent: cut(k.Agent, 200), At: now, Until: now.Add(Absolute)})
	switch {
	case err != nil:
		g.attempts.undo(now, visit)
		return "", err
	case kept:
		g.attempts.welcome(now, visit)
		slog.InfoContext(ctx, "signed in", "at", k.Where, "ip", k.IP)
		return token, nil
	}
	slog.WarnContext(ctx, "sign-in refused", "at", k.Where, "ip", k.IP)
	if err := k.Refused(ctx); err != nil {
		return "", err
	}
	select {
	case <-atLeast.C:
	case <-ctx.Done():
	}
	return "", tenants.Invalid("email", "sign_in_wrong")
}

// open mills the password whether or not there is an account, and keeps the session if it is the account's.
func (k Knock) open(ctx context.Context, o Opening) (kept bool, err error) {
	hash, err := k.Hash(ctx)
	if err != nil {
		return false, err
	}
	there := hash != ""
	if !there {
		if hash, err = decoy(); err != nil {
			return false, err
		}
	}
	ok, err := matches(ctx, k.Password, hash)
	if err != nil || !ok || !there {
		return false, err
	}
	return k.Open(ctx, o)
}

func secret() string { return base64.RawURLEncoding.EncodeToString(random(32)) }

// Fingerprint is what is kept of a token: its SHA-256.
func Fingerprint(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

// cut keeps at most n bytes of what a browser says of itself, and only what both stores take as text.
func cut(s string, n int) string {
	s = strings.ReplaceAll(s, "\x00", "")
	return strings.ToValidUTF8(s[:min(n, len(s))], "")
}
