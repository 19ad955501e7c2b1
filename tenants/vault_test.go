package tenants_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"

	"enlace/tenants"
)

const secretWord = "maria-demo"

func sealed(t *testing.T) (v *tenants.Vault, isp context.Context, text string) {
	t.Helper()
	v, err := tenants.NewVault(bytes.Repeat([]byte{7}, tenants.VaultKeyBytes))
	if err != nil {
		t.Fatal(err)
	}
	isp = tenants.With(context.Background(), tenants.Tenant{ID: uuid.New()})
	if text, err = v.Seal(isp, "login", secretWord); err != nil {
		t.Fatal(err)
	}
	return v, isp, text
}

func TestASealedValueOpensWhereItWasSealed(t *testing.T) {
	v, isp, text := sealed(t)
	if got, err := v.Open(isp, "login", text); err != nil || got != secretWord {
		t.Errorf("opened %q, %v", got, err)
	}
	if again, _ := v.Seal(isp, "login", secretWord); again == text {
		t.Error("the same password twice gives the same text, so that equal passwords show")
	}
	if strings.Contains(text, secretWord) || !strings.HasPrefix(text, "v1.") {
		t.Errorf("sealed as %s", text)
	}
}

func TestASealedValueOpensNowhereElse(t *testing.T) {
	v, isp, text := sealed(t)
	stranger := tenants.With(context.Background(), tenants.Tenant{ID: uuid.New()})
	otherKey, err := tenants.NewVault(bytes.Repeat([]byte{8}, tenants.VaultKeyBytes))
	if err != nil {
		t.Fatal(err)
	}
	refused := func(what string, v *tenants.Vault, ctx context.Context, purpose, text string) {
		t.Helper()
		if got, err := v.Open(ctx, purpose, text); !errors.Is(err, tenants.ErrSealed) || got != "" {
			t.Errorf("%s: opened %q, %v", what, got, err)
		}
	}
	refused("another ISP", v, stranger, "login", text)
	refused("another purpose", v, isp, "nas", text)
	refused("another key", otherKey, isp, "login", text)
	refused("an older form", v, isp, "login", strings.TrimPrefix(text, "v1."))
	refused("plain text", v, isp, "login", secretWord)
	refused("nothing", v, isp, "login", "")
	for i := range text {
		for _, other := range []byte{'A', 'B', '.', 0} {
			if changed := []byte(text); changed[i] != other {
				changed[i] = other
				refused(fmt.Sprintf("byte %d changed", i), v, isp, "login", string(changed))
			}
		}
		refused(fmt.Sprintf("cut at %d", i), v, isp, "login", text[:i])
	}
	if _, err := v.Open(context.Background(), "login", text); !errors.Is(err, tenants.ErrNoTenant) {
		t.Errorf("outside any ISP: %v", err)
	}
}

func TestAVaultAsksForAWholeKeyAndNeverShowsIt(t *testing.T) {
	if _, err := tenants.NewVault([]byte("short")); err == nil {
		t.Error("a short key was taken")
	}
	v, _, _ := sealed(t)
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%x"} {
		if shown := fmt.Sprintf(verb, v); shown != "tenants.Vault" {
			t.Errorf("%s shows %s", verb, shown)
		}
	}
}

func TestAMarkIsOfOneISPAndPurpose(t *testing.T) {
	v, isp, _ := sealed(t)
	mark := func(ctx context.Context, purpose, text string) string {
		t.Helper()
		m, err := v.Mark(ctx, purpose, text)
		if err != nil || len(m) != 32 {
			t.Fatalf("%x, %v", m, err)
		}
		return string(m)
	}
	own := mark(isp, "link", "c1-1")
	if own != mark(isp, "link", "c1-1") {
		t.Error("the same text has two marks")
	}
	other := tenants.With(context.Background(), tenants.Tenant{ID: uuid.New()})
	for _, m := range []string{mark(isp, "link", "c1-2"), mark(isp, "login", "c1-1"), mark(other, "link", "c1-1")} {
		if m == own {
			t.Error("another text, purpose or ISP has the same mark")
		}
	}
	if _, err := v.Mark(context.Background(), "link", "c1-1"); !errors.Is(err, tenants.ErrNoTenant) {
		t.Error(err)
	}
}
