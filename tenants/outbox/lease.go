package outbox

import "time"

// Lease is how long a row is a worker's from the moment it was taken for an attempt, the first being 1. Whether the worker failed or was
// lost, the row is due again when it ends. It doubles from attempt to attempt up to a longest: a block or reconnection that found its
// equipment dead must be tried again within the minute in which that comes back.
func Lease(q Queue, attempt int) time.Duration {
	lease, longest := time.Minute, 16*time.Minute
	switch q {
	case Critical:
		lease, longest = 10*time.Second, 40*time.Second
	case Bulk:
		lease, longest = 10*time.Minute, time.Hour
	}
	for ; attempt > 1 && lease < longest; attempt-- {
		lease *= 2
	}
	return min(lease, longest)
}
