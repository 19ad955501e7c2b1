package jobs

import (
	"context"
	"maps"
	"slices"

	"enlace/ent"
	"enlace/ent/address"
	"enlace/tenants"
	"enlace/tenants/sales"
)

// settled says that somebody's service runs, and that they live where it is: who took it over may live elsewhere.
func settled(one *tale) bool { return running(one) && one.begun.IsZero() }

// sellAnother sells a second service to somebody who has one, by terms of its own; what falls due on one day is one invoice, if not asked for apart.
func (y *year) sellAnother(one *tale) error {
	of := y.plans[y.random.IntN(len(y.plans))]
	all := tenants.Typed{"plano": of.ID.String(), "forma_cobranca": y.terms["forma_cobranca"], "modelo": y.terms["modelo"], "taxa": "none", "dia_vencimento": y.dueDay(),
		"tipo_cobranca": []string{"antecipado", "postecipado"}[y.random.IntN(2)], "cobranca_igual": "sim", "fiscal_igual": "sim", "instalacao_igual": "sim"}
	if y.random.IntN(3) == 0 {
		all["carne"] = "true"
	}
	if y.random.IntN(3) == 0 {
		all["fatura_separada"] = "true"
	}
	y.Read(func(ctx context.Context, c *ent.Client) error {
		all["endereco"] = c.Address.Query().Where(address.CustomerID(one.customer.ID)).FirstX(ctx).ID.String()
		return nil
	})
	return y.finish(sales.Progress{Wizard: sales.AddService, Holder: one.customer.ID}, all, of, one.temper)
}

// reactivate has a cancelled service come back (reativação): as a new one, with what the old one had.
func (y *year) reactivate(one *tale) error {
	draft, err := sales.Desk{DB: y.DB}.Reactivate(y.boss, one.sub)
	if err != nil {
		return err
	}
	all := tenants.Typed{"modelo": y.terms["modelo"], "taxa": "none"}
	maps.Copy(all, draft.Data)
	i := slices.IndexFunc(y.plans, func(of *ent.Plan) bool { return of.ID.String() == all["plano"] })
	return y.finish(sales.Progress{Wizard: sales.AddService, Holder: one.customer.ID, Draft: draft.ID, Version: draft.Version}, all, y.plans[i], one.temper)
}

// finish walks a sale to somebody who is there already to its end.
func (y *year) finish(walk sales.Progress, all tenants.Typed, of *ent.Plan, temper int) error {
	if err := y.walk(&walk, all); err != nil {
		return err
	}
	sold, err := sales.Desk{DB: y.DB}.Finish(y.boss, walk)
	if err == nil {
		y.begin(sold, of, temper)
	}
	return err
}
