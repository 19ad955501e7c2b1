package main

import (
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// BenchmarkStart starts everything in one process over the two demonstration providers, embedded, and measures how long it takes until
// /readyz says so. The last one rests for a while, and the memory it then holds is the idle one.
func BenchmarkStart(b *testing.B) {
	m := machine{"ENLACE_DATA_DIR": filepath.Join(b.TempDir(), "data"), "ENLACE_DEMO_PASSWORD": demoPassword, "ENLACE_RADIUS_AUTH_ADDR": freeAddr(b), "ENLACE_RADIUS_ACCT_ADDR": freeAddr(b)}
	m.does(b, "demo")
	for b.Loop() {
		r := m.starts(b, "run")
		b.StopTimer()
		r.stops(os.Interrupt)
		b.StartTimer()
	}
	b.StopTimer()
	r := m.starts(b, "run")
	if status, page := fetch(b, r.address, "fibranorte.localhost", "/entrar"); status != http.StatusOK {
		b.Fatal(status, page)
	}
	time.Sleep(20 * time.Second)
	b.ReportMetric(float64(r.resident())/1024, "MiB-idle")
	r.stops(os.Interrupt)
}

// resident is the memory a process holds, in KiB.
func (r *running) resident() int {
	r.t.Helper()
	status, err := os.ReadFile("/proc/" + strconv.Itoa(r.command.Process.Pid) + "/status")
	if err != nil {
		r.t.Fatal(err)
	}
	_, line, _ := strings.Cut(string(status), "VmRSS:")
	kib, err := strconv.Atoi(strings.Fields(line)[0])
	if err != nil {
		r.t.Fatal(err)
	}
	return kib
}
