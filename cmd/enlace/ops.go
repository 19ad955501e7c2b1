package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"runtime"
	"time"
)

// ops is what machines ask of a process: whether it lives, whether it can work, and its figures. It is for the inside only.
func (p *process) ops(context.Context) (part, error) {
	door, err := listen("ENLACE_OPS_ADDR", p.config.OpsAddr)
	if err != nil {
		return part{}, err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	mux.HandleFunc("GET /readyz", p.answerReady)
	mux.HandleFunc("GET /metrics", p.answerMetrics)
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	work := func() error {
		if err := server.Serve(door); !errors.Is(err, http.ErrServerClosed) {
			return err
		}
		return nil
	}
	return part{name: "ops", at: door.Addr().String(), work: work, stop: server.Shutdown}, nil
}

// answerReady says whether every part is open and has what it works with: the database, and Redis where it is used.
func (p *process) answerReady(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	parts := p.ready.Load()
	if parts == nil {
		http.Error(w, "not ready", http.StatusServiceUnavailable)
		return
	}
	_, err := p.db.Directory(ctx)
	for _, one := range *parts {
		if one.ready != nil && err == nil {
			err = one.ready(ctx)
		}
	}
	if err != nil {
		http.Error(w, "not ready", http.StatusServiceUnavailable)
		return
	}
	fmt.Fprintln(w, "ready")
}

func (p *process) answerMetrics(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; version=0.0.4")
	var mem runtime.MemStats
	runtime.ReadMemStats(&mem)
	fmt.Fprintf(w, "# TYPE go_goroutines gauge\ngo_goroutines %d\n", runtime.NumGoroutine())
	fmt.Fprintf(w, "# TYPE go_memstats_heap_inuse_bytes gauge\ngo_memstats_heap_inuse_bytes %d\n", mem.HeapInuse)
	if parts := p.ready.Load(); parts != nil {
		for _, one := range *parts {
			if one.measure != nil {
				one.measure(w)
			}
		}
	}
}
