package staff

import (
	"context"
	"crypto/rand"
	"strings"
	"sync"

	"github.com/alexedwards/argon2id"
)

// cost is argon2id with 19 MiB, two passes and one lane: OWASP's floor, some 80 ms of one core.
var cost = &argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// mills is how many passwords are milled at once; more would only take the cores and the memory from those who are already in.
var mills = make(chan struct{}, 2)

func mill(ctx context.Context, do func() error) error {
	select {
	case mills <- struct{}{}:
		defer func() { <-mills }()
		return do()
	case <-ctx.Done():
		return ctx.Err()
	}
}

func hashOf(ctx context.Context, password string) (hash string, err error) {
	err = mill(ctx, func() error {
		hash, err = argon2id.CreateHash(password, cost)
		return err
	})
	return hash, err
}

func matches(ctx context.Context, password, hash string) (ok bool, err error) {
	if len(password) > 4*longestPassword { // bytes: it is nobody's, and would only be milled for long
		password = ""
	}
	err = mill(ctx, func() error {
		ok, err = argon2id.ComparePasswordAndHash(password, hash)
		return err
	})
	return ok, err
}

// decoy is the hash that is milled when an e-mail does not exist, so that the answer takes as long.
var decoy = sync.OnceValues(func() (string, error) { return argon2id.CreateHash(NewPassword(), cost) })

// NewPassword makes a password a person can read aloud: four groups of four, about 80 bits.
func NewPassword() string {
	const letters = "abcdefghjkmnpqrstuvwxyz23456789" // no i, l, o, 0, 1: they are taken for one another
	var b strings.Builder
	for i, r := range random(16) {
		if i > 0 && i%4 == 0 {
			b.WriteByte('-')
		}
		b.WriteByte(letters[int(r)%len(letters)])
	}
	return b.String()
}

func random(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // it never fails: crypto/rand ends the process instead
	return b
}
