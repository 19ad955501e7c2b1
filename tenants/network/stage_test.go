package network_test

import (
	"bytes"
	"context"
	"log/slog"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/authattempt"
	"enlace/ent/nas"
	"enlace/ent/subscription"
	"enlace/ent/trustgrant"
	"enlace/tenants"
	"enlace/tenants/network"
	"enlace/tenants/tenanttest"
)

// stage is an office with a desk, a customer in each ISP, and a server that writes its log where a test can read it.
type stage struct {
	*tenanttest.Office
	desk    network.Desk
	server  *network.Server
	written *transcript
	ids     map[uuid.UUID]map[string]uuid.UUID // ISP, table
	sold    int
}

// transcript is a log that many may write.
type transcript struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (w *transcript) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.text.Write(p)
}

func (w *transcript) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.text.String()
}

func set(t testing.TB, o *tenanttest.Office) *stage {
	t.Helper()
	vault, err := tenants.NewVault(bytes.Repeat([]byte{1}, tenants.VaultKeyBytes))
	if err != nil {
		t.Fatal(err)
	}
	s := &stage{Office: o, desk: network.Desk{DB: o.DB, Vault: vault}, written: &transcript{}, ids: map[uuid.UUID]map[string]uuid.UUID{}}
	for _, isp := range []tenants.Tenant{o.Here, o.Other} {
		ids := map[string]uuid.UUID{}
		s.ids[isp.ID] = ids
		s.change(t, tenants.With(context.Background(), isp), func(ctx context.Context, c *ent.Client) error {
			for _, table := range tenants.OwnedTables() {
				if table.Name == "subscriptions" {
					break
				}
				if table.Name == "nas" {
					continue
				}
				ids[table.Name] = uuid.Must(uuid.NewV7())
				if err := tenanttest.Insert(ctx, c, table, ids[table.Name], ids); err != nil {
					return err
				}
			}
			return c.Plan.Update().SetDownKbps(500_000).SetUpKbps(1_000).SetPool("").SetSessionHours(0).Exec(ctx)
		})
	}
	return s
}

func (s *stage) change(t testing.TB, ctx context.Context, do func(context.Context, *ent.Client) error) {
	t.Helper()
	if err := s.DB.Write(ctx, do); err != nil {
		t.Fatal(err)
	}
}

// opens starts the server when the NAS are in their place.
func (s *stage) opens(t testing.TB) *stage {
	t.Helper()
	log := slog.New(slog.NewTextHandler(s.written, &slog.HandlerOptions{Level: slog.LevelDebug}))
	server, err := network.Listen(context.Background(), s.desk, network.Addresses{Auth: "127.0.0.1:0", Acct: "127.0.0.1:0"}, log)
	if err != nil {
		t.Fatal(err)
	}
	s.server = server
	t.Cleanup(func() { s.closes(t) })
	return s
}

func (s *stage) closes(t testing.TB) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := s.server.Stop(ctx); err != nil {
		t.Error(err)
	}
}

func (s *stage) addNAS(t testing.TB, ctx context.Context, address, secret string, authenticator nas.Authenticator) {
	t.Helper()
	s.change(t, ctx, func(ctx context.Context, c *ent.Client) error {
		_, err := s.desk.AddNAS(ctx, c, network.NAS{Name: address, Address: address, Secret: secret, Authenticator: authenticator})
		return err
	})
}

// sell gives the ISP's customer a subscription, with a login unless it is empty.
func (s *stage) sell(t testing.TB, ctx context.Context, status subscription.Status, login, password string) (id uuid.UUID) {
	t.Helper()
	isp, _ := tenants.From(ctx)
	s.sold++
	id = uuid.Must(uuid.NewV7())
	s.change(t, ctx, func(ctx context.Context, c *ent.Client) error {
		for _, table := range tenants.OwnedTables() {
			if table.Name == "subscriptions" {
				if err := tenanttest.Insert(ctx, c, table, id, s.ids[isp.ID]); err != nil {
					return err
				}
			}
		}
		if err := c.Subscription.UpdateOneID(id).SetNumber(int64(1000 + s.sold)).SetStatus(status).Exec(ctx); err != nil || login == "" {
			return err
		}
		return s.desk.SetLogin(ctx, c, id, login, password)
	})
	return id
}

func (s *stage) trust(t testing.TB, ctx context.Context, id uuid.UUID, until time.Time) {
	t.Helper()
	isp, _ := tenants.From(ctx)
	s.change(t, ctx, func(ctx context.Context, c *ent.Client) error {
		return c.TrustGrant.Create().SetSubscriptionID(id).SetCustomerID(s.ids[isp.ID]["customers"]).SetChannel(trustgrant.ChannelStaff).
			SetReason("prometeu pagar").SetGrantedAt(s.DB.Now()).SetUntil(until).Exec(ctx)
	})
}

// attempts are the answers that were kept; that packets were dropped is none.
func (s *stage) attempts(t testing.TB, ctx context.Context) (rows []*ent.AuthAttempt) {
	t.Helper()
	err := s.DB.Read(ctx, func(ctx context.Context, c *ent.Client) (err error) {
		rows, err = c.AuthAttempt.Query().Where(authattempt.Or(authattempt.ReasonIsNil(), authattempt.ReasonNotIn(string(network.Unsigned), string(network.WrongSecret)))).Order(ent.Asc("at", "id")).All(ctx)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// told is what the ISP's gerente is told of dropped packets, by the address of the NAS, once the server has written it.
func (s *stage) told(t testing.TB, many int) map[string]network.Dropped {
	t.Helper()
	all := map[string]network.Dropped{}
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		of, err := s.desk.Dropped(s.Ctx())
		if err != nil {
			t.Fatal(err)
		}
		if len(of) >= many || time.Now().After(deadline) {
			s.change(t, s.Ctx(), func(ctx context.Context, c *ent.Client) error {
				for id, one := range of {
					all[c.Nas.GetX(ctx, id).Address] = one
				}
				return nil
			})
			return all
		}
	}
}

const (
	accept  = "Access-Accept"
	reject  = "Access-Reject"
	silence = "No reply from server"
)

// asks sends a request as a NAS does, by Debian's radclient, and returns what radclient says of the answer. A request is its attributes:
// Packet-Src-IP-Address is where it comes from, Message-Authenticator = 0x00 has it signed. Patience is in seconds.
func (s *stage) asks(t testing.TB, patience, secret string, attributes []string) string {
	t.Helper()
	client := exec.Command("radclient", "-x", "-t", patience, "-r", "1", s.server.Addr().String(), "auth", secret)
	client.Stdin = strings.NewReader(strings.Join(attributes, ", ") + "\n")
	out, err := client.CombinedOutput()
	if err != nil && !bytes.Contains(out, []byte(reject)) && !bytes.Contains(out, []byte(silence)) {
		t.Fatalf("radclient (freeradius-utils): %v\n%s", err, out)
	}
	return string(out)
}

// gets asks and expects each of the texts in the answer, or silence: the server has dropped the request, and nothing came.
func (s *stage) gets(t testing.TB, secret string, attributes []string, want ...string) {
	t.Helper()
	patience := "5"
	if want[0] == silence {
		patience = brief
		defer s.drops(t)()
	}
	out := s.asks(t, patience, secret, attributes)
	for _, text := range want {
		if !strings.Contains(out, text) {
			t.Errorf("%v was answered\n%swant %q\nlog: %s", attributes, out, text, s.written)
		}
	}
}

// brief is how long radclient waits for what is not to come, in seconds: that nothing comes later either is told by what the server has dropped.
const brief = "0.2"

// drops is called before something is sent that is not to be answered; what it returns waits until the server has dropped it.
func (s *stage) drops(t testing.TB) func() {
	t.Helper()
	dropped := func() (n int64) {
		for end, count := range s.server.Counts() {
			switch end {
			case network.Accepted, network.Rejected, network.Recorded, network.Repeated:
			default:
				n += count
			}
		}
		return n
	}
	before := dropped()
	return func() {
		t.Helper()
		for deadline := time.Now().Add(10 * time.Second); dropped() == before; time.Sleep(time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatalf("the server has not dropped it: %v", s.server.Counts())
			}
		}
	}
}

// as is a request that proves the password by PAP, with further attributes.
func as(login, password string, more ...string) []string {
	return append([]string{`User-Name = "` + login + `"`, `User-Password = "` + password + `"`}, more...)
}

const signed = "Message-Authenticator = 0x00"
