// Package demo fills an installation with two invented ISPs, so that every screen has something to show. Everybody in it is generated,
// the same people, numbers and amounts at every load, with dates relative to the day of loading. It sells, bills and receives through the
// same use cases as the office does, under a clock set back.
package demo

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"enlace/ent"
	"enlace/ent/outbox"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/catalog"
	"enlace/tenants/contracts"
	"enlace/tenants/network"
	"enlace/tenants/platform"
	"enlace/tenants/staff"
)

// WithBot is the ISP whose bot the demonstration may have.
const WithBot = "fibranorte"

// Customers is how many customers each ISP gets.
const Customers = 300

// Options says how to load.
type Options struct {
	DB        *tenants.DB
	Vault     *tenants.Vault
	Password  string // of every person of the staff, and of the operator
	Customers int    // 0: Customers
}

// ISP is one of the demonstration's ISPs, and the answer of Load.
type isp struct {
	slug, name, zone string
	seed             uint64
	trust            bool // the operator's switch
	nas, nasSecret   string
	office           office
}

// longest is how long one ISP may take to load.
const longest = 10 * time.Minute

// Load puts the demonstration in, unless the installation holds an ISP already; loaded says which. Each ISP comes whole or not at all, and
// a load that was interrupted goes on when it is called again.
func Load(ctx context.Context, o Options) (loaded bool, err error) {
	desk := &platform.Desk{DB: o.DB, Staff: &staff.Desk{DB: o.DB}}
	there, err := desk.ISPs(ctx) // open or not
	if err != nil {
		return false, err
	}
	there = slices.DeleteFunc(there, func(t *ent.Tenant) bool { return t.FoundedAt == nil })
	missing := slices.DeleteFunc(slices.Clone(isps), func(one isp) bool {
		return slices.ContainsFunc(there, func(t *ent.Tenant) bool { return t.Slug == one.slug })
	})
	if len(missing) == 0 || len(there) != len(isps)-len(missing) { // it is there, or somebody's own ISP is: the demonstration stays out
		return false, nil
	}
	if o.Customers == 0 {
		o.Customers = Customers
	}
	if err := hireOperator(ctx, desk, o.Password); err != nil {
		return false, err
	}
	var wg sync.WaitGroup
	errs := make([]error, len(missing))
	for i, one := range missing {
		wg.Go(func() { errs[i] = load(ctx, o, desk, one) })
	}
	wg.Wait()
	return true, errors.Join(errs...)
}

// Operator is the e-mail of the demonstration's operator.
const Operator = "operador@enlace.example"

func hireOperator(ctx context.Context, desk *platform.Desk, password string) error {
	err := desk.Hire(ctx, platform.Hire{Name: "Operador Exemplo", Email: Operator, Password: password})
	if fault := tenants.FaultOf(err); fault != nil && fault.Fields["email"] == "email_taken" { // a load that was interrupted
		return nil
	}
	return err
}

func load(ctx context.Context, o Options, desk *platform.Desk, one isp) error {
	ctx, cancel := context.WithTimeout(ctx, longest)
	defer cancel()
	zone, err := time.LoadLocation(one.zone)
	if err != nil {
		return err
	}
	made, err := o.DB.Found(ctx, one.slug, one.name, zone, func(ctx context.Context, c *ent.Client) error {
		s := &stage{Options: o, c: c, isp: one, zone: zone, random: rand.New(rand.NewPCG(one.seed, one.seed)), now: o.DB.Now()}
		s.today = calendar.Of(s.now.In(zone))
		s.db = o.DB.At(func() time.Time { return s.now })
		return s.load(ctx)
	})
	if err != nil {
		return fmt.Errorf("demo %s: %w", one.slug, err)
	}
	if !one.trust {
		return nil
	}
	return desk.SetFeatures(ctx, made.ID, map[platform.Feature]bool{platform.TrustSelfService: true})
}

// stage is the loading of one ISP: its clock and what the stories are told with.
type stage struct {
	Options
	c       *ent.Client
	isp     isp
	zone    *time.Location
	random  *rand.Rand
	db      *tenants.DB // under the stage's clock
	now     time.Time
	today   calendar.Date
	choices catalog.SaleChoices
	people  people
	running []*ent.Subscription // the ordinary services that run, as they were sold
}

func (s *stage) load(ctx context.Context) error {
	if err := catalog.Defaults(ctx, s.c, s.now); err != nil {
		return err
	}
	if err := s.hire(ctx); err != nil {
		return err
	}
	if err := s.furnish(ctx); err != nil {
		return err
	}
	if err := s.tellStories(ctx); err != nil {
		return err
	}
	if err := s.attend(ctx); err != nil {
		return err
	}
	// Hundreds of contracts are drawn when somebody opens them, not by the workers of an installation that has just begun.
	_, err := s.c.Outbox.Delete().Where(outbox.Kind(contracts.Print)).Exec(ctx)
	return err
}

// on sets the clock to mid-morning of a day and tells what happens then.
func (s *stage) on(day calendar.Date, do func() error) error {
	before := s.now
	defer func() { s.now = before }()
	s.now = day.At(10, 30, s.zone)
	return do()
}

func (s *stage) hire(ctx context.Context) error {
	desk := &staff.Desk{DB: s.db}
	for _, person := range []struct{ role, local, name string }{
		{"gerente", "gerente", "Gerente Exemplo"}, {"comercial", "comercial", "Comercial Exemplo"}, {"financeiro", "financeiro", "Financeiro Exemplo"},
		{"suporte", "suporte", "Suporte Exemplo"}, {"tecnico", "tecnico", "Técnico Exemplo"},
	} {
		_, err := desk.Hire(ctx, staff.Hire{Name: person.name, Email: person.local + "@" + s.isp.slug + ".example", Password: s.Password, Role: person.role})
		if err != nil {
			return err
		}
	}
	_, err := network.Desk{DB: s.db, Vault: s.Vault}.AddNAS(ctx, s.c, network.NAS{Name: "Concentrador", Address: s.isp.nas, Secret: s.isp.nasSecret})
	return err
}
