// Package routines is what the night does by itself, for the gerente to see: each job with its last runs, how much it did, and whom it could not
// serve and why, until it can.
package routines

import (
	"context"
	"slices"
	"time"

	"enlace/ent"
	"enlace/ent/customer"
	"enlace/ent/predicate"
	"enlace/ent/tickproblem"
	"enlace/ent/tickrun"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/collection"
	"enlace/tenants/dunning"
	"enlace/tenants/intake"
	"enlace/tenants/network"
	"enlace/tenants/staff"
	"enlace/tenants/subscriptions"
)

// Routine is a job that every ISP has every day.
type Routine struct {
	Slug string // in the address, and of its words
	Kind string // as in tick_runs
	At   time.Duration
}

// All lists the routines by the hour.
var All = []Routine{
	{"faturamento-mensal", billing.BillMonth, billing.BilledAt},
	{"limpeza-de-arquivos", intake.Sweep, intake.SweptAt},
	{"limpeza-de-conexoes", network.Forget, network.ForgottenAt},
	{"conciliacao-pix", collection.ReconcilePix, collection.ReconciledAt},
	{"migracoes-esquecidas", subscriptions.ExpireMigrations, subscriptions.MigrationsExpireAt},
	{"trocas-sem-aceite", subscriptions.ExpireTransfers, subscriptions.TransfersExpireAt},
	{"quitacoes-anuais", billing.DeclareSettled, billing.DeclaredAt},
	{"lembretes", dunning.Remind, dunning.RemindedAt},
	{"avisos-de-debito", dunning.Tell, dunning.ToldAt},
	{"suspensoes", dunning.Cut, dunning.CutAt},
}

// Of finds a routine by its slug.
func Of(slug string) (Routine, bool) {
	i := slices.IndexFunc(All, func(r Routine) bool { return r.Slug == slug })
	if i < 0 {
		return Routine{}, false
	}
	return All[i], true
}

// Desk is where the night is looked at.
type Desk struct {
	DB *tenants.DB
}

// Night is a routine with its last run; nil: it never ran.
type Night struct {
	Routine
	Last     *ent.TickRun
	Problems int // not solved yet
}

// Nights lists all, with how each went last. It returns Denied without Configure.
func (d Desk) Nights(ctx context.Context) (nights []Night, err error) {
	return nights, d.look(ctx, func(ctx context.Context, c *ent.Client) error {
		runs, err := c.TickRun.Query().Where(tickrun.DayGTE(d.DB.Today(ctx).AddDays(-shown))).Order(tickrun.ByDay(), tickrun.ByStartedAt()).All(ctx)
		if err != nil {
			return err
		}
		var open []struct {
			Kind  string `json:"kind"`
			Count int    `json:"count"`
		}
		if err := c.TickProblem.Query().Where(tickproblem.SolvedAtIsNil()).GroupBy(tickproblem.FieldKind).Aggregate(ent.Count()).Scan(ctx, &open); err != nil {
			return err
		}
		for _, one := range All {
			night := Night{Routine: one}
			for _, run := range runs { // the newest is last
				if run.Kind == one.Kind {
					night.Last = run
				}
			}
			for _, n := range open {
				if n.Kind == one.Kind {
					night.Problems = n.Count
				}
			}
			nights = append(nights, night)
		}
		return nil
	})
}

// shown is how many days of runs are shown.
const shown = 30

// PageSize is how many problems a page shows.
const PageSize = 50

// Card is a routine with its runs, the newest first, and a page of what it could not do.
type Card struct {
	Routine
	Runs     []*ent.TickRun
	Problems []*ent.TickProblem // the customer's name stands beside each
	Total    int
}

// Card reads a routine with a page of its problems, from 1. It returns NotFound for one that there is not, and Denied without Configure.
func (d Desk) Card(ctx context.Context, slug string, page int) (card *Card, err error) {
	of, there := Of(slug)
	if !there {
		return nil, tenants.NotFound()
	}
	card = &Card{Routine: of}
	return card, d.look(ctx, func(ctx context.Context, c *ent.Client) error {
		card.Runs, err = c.TickRun.Query().Where(tickrun.Kind(of.Kind), tickrun.DayGTE(d.DB.Today(ctx).AddDays(-shown))).Order(ent.Desc(tickrun.FieldDay)).All(ctx)
		if err != nil {
			return err
		}
		open := c.TickProblem.Query().Where(tickproblem.Kind(of.Kind), tickproblem.SolvedAtIsNil())
		if card.Total, err = open.Clone().Count(ctx); err != nil {
			return err
		}
		card.Problems, err = open.Where(named).Order(tickproblem.BySince(), tickproblem.ByID()).Offset((page - 1) * PageSize).Limit(PageSize).All(ctx)
		return err
	})
}

// named puts beside a problem what its customer is called.
var named = tenants.Beside[predicate.TickProblem]("customer", tickproblem.FieldCustomerID, customer.Table, customer.FieldID, customer.FieldName)

// Whom is the name of the customer whom a problem is about.
func Whom(p *ent.TickProblem) string { return tenants.Said(p, "customer") }

func (d Desk) look(ctx context.Context, do func(context.Context, *ent.Client) error) error {
	return d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Configure); err != nil {
			return err
		}
		return do(ctx, c)
	})
}
