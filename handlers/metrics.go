package handlers

import (
	"fmt"
	"io"
	"sync/atomic"
	"time"
)

// counters count requests by the class of their answer, and the time they took together.
type counters struct {
	classes [6]atomic.Int64
	micros  atomic.Int64

	strangers atomic.Int64 // who called a bot's webhook without its secret
}

func (n *counters) count(status int, took time.Duration) {
	n.classes[min(status/100, 5)].Add(1)
	n.micros.Add(took.Microseconds())
}

// Metrics writes what was counted, as Prometheus reads it.
func (w *Web) Metrics(out io.Writer) {
	fmt.Fprintln(out, "# TYPE enlace_http_requests_total counter")
	for class := 2; class <= 5; class++ {
		fmt.Fprintf(out, "enlace_http_requests_total{status=\"%dxx\"} %d\n", class, w.counted.classes[class].Load())
	}
	fmt.Fprintln(out, "# TYPE enlace_telegram_webhook_refused_total counter")
	fmt.Fprintf(out, "enlace_telegram_webhook_refused_total %d\n", w.counted.strangers.Load())
	fmt.Fprintln(out, "# TYPE enlace_http_request_seconds_total counter")
	fmt.Fprintf(out, "enlace_http_request_seconds_total %g\n", float64(w.counted.micros.Load())/1e6)
}
