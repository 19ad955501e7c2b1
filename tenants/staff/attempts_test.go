package staff

import (
	"strings"
	"testing"
)

// What strangers type as an e-mail is kept for minutes, thousands of times over.
func TestAnAttemptKeepsNoMoreThanAnEmail(t *testing.T) {
	if v := visitOf("fibranorte", strings.Repeat("a", 200_000), "192.0.2.7"); len(v.visitor()) > 400 {
		t.Errorf("%d bytes are kept of it", len(v.visitor()))
	}
}

func TestAHouseholdIsOneAddressOrAllThatBeginAlike(t *testing.T) {
	for ip, want := range map[string]string{"192.0.2.7": "192.0.2.7", "::ffff:192.0.2.7": "::ffff:192.0.2.7", "2001:db8:1:2:3::4": "2001:db8:1:2::/64", "fe80::1%eth0": "fe80::/64", "": ""} {
		if got := Household(ip); got != want {
			t.Errorf("%q counts as %q, want %q", ip, got, want)
		}
	}
}
