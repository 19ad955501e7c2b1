package network_test

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"layeh.com/radius"
	"layeh.com/radius/rfc2865"

	"enlace/tenants/tenanttest"
)

// BenchmarkBesideFreeRADIUS asks ours and FreeRADIUS (sql and pap alone, Debian's schema and queries, all of its answers noted as ours are) turn by
// turn, on one database server and by the same clients, for authentications and for reports of 100,000 logins, and gives the medians of three turns
// each. A machine without the packages freeradius and freeradius-postgresql does not run theirs, and says so.
//
//	scripts/with-servers.sh go test -run '^$' -bench BesideFreeRADIUS -benchtime 1x ./tenants/network
func BenchmarkBesideFreeRADIUS(b *testing.B) {
	const turns = 3
	const turn = 3 * time.Second
	o := tenanttest.Postgres(b)
	s := crowded(b, o)
	servers := []rival{{"ours", s.server.Addr().String(), s.server.AcctAddr().String(), func() { o.Analyze(b) }}}
	if theirs, why := freeRADIUS(b); why == "" {
		servers = append(servers, theirs)
	} else {
		b.Log("FreeRADIUS: not run: " + why)
	}
	from := &radius.AVP{Type: rfc2865.NASIPAddress_Type, Attribute: radius.Attribute{127, 0, 0, 1}} // theirs does not keep a report without it
	reports := func(n int) func(i int) []byte {
		return func(i int) []byte {
			const open = 5_000
			kind, round := start, i/open
			if round > 0 {
				kind = interim
			}
			return acct(b, kind, loginOf(i%open), fmt.Sprintf("%d-%d", n, i%open), round*300, uint64(round)*1000, uint64(round)*9000, from)
		}
	}
	for _, one := range servers { // a turn that is not counted: the planner then knows the tables full, as it does but in the first minute of an installation
		rate(b, one.acct, 64, turn, reports(turns))
		one.analyze()
	}
	b.ResetTimer()
	for range b.N {
		rates := map[string][]float64{}
		var heap []float64
		for n := range turns {
			for _, one := range servers {
				rates[one.name+"-auths/s"] = append(rates[one.name+"-auths/s"], rate(b, one.auth, 16, turn, func(i int) []byte { return pap(b, loginOf(i*7), "maria-demo", true) }))
				rates[one.name+"-reports/s"] = append(rates[one.name+"-reports/s"], rate(b, one.acct, 64, turn, reports(n)))
			}
			heap = append(heap, inUse())
		}
		b.ReportMetric(heap[0], "MiB-first-turn")
		b.ReportMetric(heap[turns-1], "MiB-last-turn")
		for what, all := range rates {
			slices.Sort(all)
			b.ReportMetric(all[turns/2], what)
		}
	}
}

// rival is a server that is measured.
type rival struct {
	name, auth, acct string
	analyze          func() // shows the planner the tables as they are
}

// rate has clients ask a server for a while, each when the request before it is answered, and says how many a second were. What is not answered in five
// seconds breaks the benchmark: nothing may be lost.
func rate(b *testing.B, address string, clients int, span time.Duration, wire func(i int) []byte) float64 {
	b.Helper()
	var wg sync.WaitGroup
	var mu sync.Mutex
	next, answered := 0, 0
	began := time.Now()
	for range clients {
		wg.Go(func() {
			conn, err := net.Dial("udp", address)
			if err != nil {
				b.Error(err)
				return
			}
			defer conn.Close()
			reply := make([]byte, 4096)
			for time.Since(began) < span {
				mu.Lock()
				i := next
				next++
				mu.Unlock()
				_ = conn.SetDeadline(time.Now().Add(5 * time.Second))
				if _, err := conn.Write(wire(i)); err != nil {
					b.Error(err)
					return
				}
				if _, err := conn.Read(reply); err != nil || reply[0] != 2 && reply[0] != 5 {
					b.Errorf("%s answers with code %d, %v", address, reply[0], err)
					return
				}
				mu.Lock()
				answered++
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	return float64(answered) / time.Since(began).Seconds()
}

// inUse is the memory that the heap holds, in MiB.
func inUse() float64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc) / (1 << 20)
}

const (
	theirFolder = "/etc/freeradius/3.0/mods-config/sql/main/postgresql"
	theirs      = "freeradius"
)

// freeRADIUS starts one over its own database of the suite's server, with as many logins, and says why where it cannot.
func freeRADIUS(b *testing.B) (r rival, why string) {
	b.Helper()
	binary, err := exec.LookPath(theirs)
	if err != nil {
		return r, "apt-get install freeradius freeradius-postgresql"
	}
	schema, err := os.ReadFile(filepath.Join(theirFolder, "schema.sql"))
	if err != nil {
		return r, err.Error()
	}
	if _, err := os.Stat("/usr/lib/freeradius/rlm_sql_postgresql.so"); err != nil {
		return r, "apt-get install freeradius-postgresql"
	}
	url := tenanttest.EmptyDatabase(b)
	db, err := pgx.Connect(context.Background(), url)
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close(context.Background())
	at := db.Config()
	for _, statement := range []string{string(schema),
		fmt.Sprintf(`INSERT INTO radcheck (username, attribute, op, value) SELECT 'assinante' || n || '@fibranorte', 'Cleartext-Password', ':=', 'maria-demo' FROM generate_series(0, %d) n`, logins-1),
		fmt.Sprintf(`INSERT INTO radreply (username, attribute, op, value) SELECT 'assinante' || n || '@fibranorte', 'Session-Timeout', ':=', '86400' FROM generate_series(0, %d) n`, logins-1),
		"ANALYZE"} {
		if _, err := db.Exec(context.Background(), statement); err != nil {
			b.Fatal(err)
		}
	}
	folder := b.TempDir()
	auth, acct := freePort(b), freePort(b)
	config := fmt.Sprintf(theirConfig, folder, secret, at.Host, at.Port, at.User, at.Database, theirFolder, auth, acct)
	if err := os.WriteFile(filepath.Join(folder, "radiusd.conf"), []byte(config), 0o600); err != nil {
		b.Fatal(err)
	}
	var said bytes.Buffer
	server := exec.Command(binary, "-f", "-l", "stdout", "-d", folder, "-n", "radiusd")
	server.Stdout, server.Stderr = &said, &said
	if err := server.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		_ = server.Process.Kill()
		_ = server.Wait()
	})
	r = rival{theirs, fmt.Sprintf("127.0.0.1:%d", auth), fmt.Sprintf("127.0.0.1:%d", acct), func() { analyze(b, url) }}
	conn, err := net.Dial("udp", r.auth)
	if err != nil {
		b.Fatal(err)
	}
	defer conn.Close()
	for range 100 { // until it answers
		_, _ = conn.Write(pap(b, loginOf(0), "maria-demo", true))
		_ = conn.SetReadDeadline(time.Now().Add(100 * time.Millisecond))
		reply := make([]byte, 4096)
		if _, err := conn.Read(reply); err == nil && reply[0] == 2 {
			return r, ""
		}
		time.Sleep(100 * time.Millisecond)
	}
	_ = server.Process.Kill()
	_ = server.Wait()
	return r, "it did not answer:\n" + strings.TrimSpace(said.String())
}

func analyze(b *testing.B, url string) {
	b.Helper()
	db, err := pgx.Connect(context.Background(), url)
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close(context.Background())
	if _, err := db.Exec(context.Background(), "ANALYZE"); err != nil {
		b.Fatal(err)
	}
}

func freePort(b *testing.B) int {
	b.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	defer conn.Close()
	return conn.LocalAddr().(*net.UDPAddr).Port
}

const theirConfig = `
prefix = /usr
libdir = /usr/lib/freeradius
run_dir = %[1]s
logdir = %[1]s
db_dir = %[1]s
raddbdir = %[1]s
max_request_time = 30
cleanup_delay = 5
max_requests = 65536
hostname_lookups = no
log {
	destination = stdout
	auth = no
}
security {
	reject_delay = 0
	status_server = no
	allow_vulnerable_openssl = yes
}
proxy_requests = no
client bench {
	ipaddr = 127.0.0.1
	secret = %[2]s
}
thread pool {
	start_servers = 16
	max_servers = 32
	min_spare_servers = 8
	max_spare_servers = 32
	max_requests_per_server = 0
}
modules {
	expr {
	}
	pap {
	}
	sql {
		driver = "rlm_sql_postgresql"
		dialect = "postgresql"
		server = "%[3]s"
		port = %[4]d
		login = "%[5]s"
		radius_db = "%[6]s"
		acct_table1 = "radacct"
		acct_table2 = "radacct"
		postauth_table = "radpostauth"
		authcheck_table = "radcheck"
		groupcheck_table = "radgroupcheck"
		authreply_table = "radreply"
		groupreply_table = "radgroupreply"
		usergroup_table = "radusergroup"
		client_table = "nas"
		read_clients = no
		delete_stale_sessions = yes
		group_attribute = "SQL-Group"
		pool {
			start = 16
			min = 8
			max = 32
			spare = 16
			uses = 0
			retry_delay = 1
			lifetime = 0
			idle_timeout = 0
		}
		$INCLUDE %[7]s/queries.conf
	}
}
instantiate {
	expr
}
server bench {
	listen {
		type = auth
		ipaddr = 127.0.0.1
		port = %[8]d
	}
	listen {
		type = acct
		ipaddr = 127.0.0.1
		port = %[9]d
	}
	authorize {
		sql
		pap
	}
	authenticate {
		Auth-Type PAP {
			pap
		}
	}
	post-auth {
		sql
	}
	preacct {
		update request {
			&Acct-Unique-Session-Id := "%%{md5:%%{User-Name},%%{Acct-Session-ID}}"
		}
	}
	accounting {
		sql
	}
}
`
