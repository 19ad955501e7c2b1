package bot

import (
	"testing"
	"time"

	"enlace/tenants/bots"
)

// However late a process comes back to a bot, its lease has not run out.
func TestALeaseLastsUntilTheNextTurn(t *testing.T) {
	for _, round := range []time.Duration{0, longPoll, bots.Lease, time.Minute, 2 * time.Minute} {
		if d := (&duty{round: round}); d.lease() < bots.Lease || d.lease() <= round {
			t.Errorf("asked every %s it is held for %s", round, d.lease())
		}
	}
	if d := (&duty{round: longPoll}); d.lease() != bots.Lease {
		t.Errorf("a bot that waits for its updates is held for %s", d.lease())
	}
}
