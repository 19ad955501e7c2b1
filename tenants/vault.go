package tenants

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Vault keeps what must be read back but never lie open in the database: network passwords, secrets of equipment, tokens of others.
type Vault struct{ key []byte }

// VaultKeyBytes is the length of ENLACE_SECRET_KEY.
const VaultKeyBytes = 32

// ErrSealed means that a sealed value does not open: it was changed, was sealed by another ISP, for another purpose or under another key.
var ErrSealed = errors.New("tenants: the sealed value does not open")

// NewVault makes a vault from ENLACE_SECRET_KEY, 32 random bytes. Whoever loses the key loses what is in the vault.
func NewVault(key []byte) (*Vault, error) {
	if len(key) != VaultKeyBytes {
		return nil, fmt.Errorf("ENLACE_SECRET_KEY tem %d bytes; precisa ter %d", len(key), VaultKeyBytes)
	}
	return &Vault{key: append([]byte(nil), key...)}, nil
}

// Format keeps the key out of whatever prints a vault.
func (v *Vault) Format(out fmt.State, _ rune) { _, _ = io.WriteString(out, "tenants.Vault") }

// sealedV1 begins what is sealed by AES-256-GCM under a key of HKDF-SHA256 (RFC 5869); a text that begins otherwise never opens, so that
// another way can come beside this one.
const sealedV1 = "v1."

// Seal returns a text that opens only in the context's ISP and for the same purpose. The same plaintext never gives the same text twice.
func (v *Vault) Seal(ctx context.Context, purpose, plaintext string) (string, error) {
	lock, about, err := v.lock(ctx, purpose)
	if err != nil {
		return "", err
	}
	return sealedV1 + base64.RawURLEncoding.EncodeToString(lock.Seal(nil, nil, []byte(plaintext), about)), nil
}

// Open returns what was sealed, or ErrSealed.
func (v *Vault) Open(ctx context.Context, purpose, sealed string) (string, error) {
	lock, about, err := v.lock(ctx, purpose)
	if err != nil {
		return "", err
	}
	text, isV1 := strings.CutPrefix(sealed, sealedV1)
	raw, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if !isV1 || err != nil {
		return "", ErrSealed
	}
	plaintext, err := lock.Open(nil, nil, raw, about)
	if err != nil {
		return "", ErrSealed
	}
	return string(plaintext), nil
}

// lock derives the key of one ISP and purpose; both are bound into the sealed text besides.
func (v *Vault) lock(ctx context.Context, purpose string) (cipher.AEAD, []byte, error) {
	t, ok := From(ctx)
	if !ok {
		return nil, nil, ErrNoTenant
	}
	about := append(t.ID[:], purpose...) // an id has one length, so no two pairs read alike
	key, err := hkdf.Key(sha256.New, v.key, nil, "enlace vault v1 "+string(about), VaultKeyBytes)
	if err != nil {
		return nil, nil, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, nil, err
	}
	lock, err := cipher.NewGCMWithRandomNonce(block)
	return lock, about, err
}

// Mark returns the mark of a text in the context's ISP and for a purpose, 32 bytes of HMAC-SHA256: whoever shows both has the text from here.
// The same text has always the same mark, and no seal shares its key.
func (v *Vault) Mark(ctx context.Context, purpose, text string) ([]byte, error) {
	t, ok := From(ctx)
	if !ok {
		return nil, ErrNoTenant
	}
	key, err := hkdf.Key(sha256.New, v.key, nil, "enlace vault mark v1 "+string(append(t.ID[:], purpose...)), VaultKeyBytes)
	if err != nil {
		return nil, err
	}
	mark := hmac.New(sha256.New, key)
	mark.Write([]byte(text))
	return mark.Sum(nil), nil
}
