package catalog

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/plan"
	"enlace/ent/planitem"
	"enlace/tenants"
	"enlace/tenants/brazil"
	"enlace/tenants/money"
	"enlace/tenants/outbox"
)

// Plan is what is sold. Its items, telecom service (SCM) and value added (SVA), add up to the price.
type Plan struct {
	Name           string
	Price          money.Cents
	Technology     plan.Technology
	DownKbps       int
	UpKbps         int
	EmitsContract  bool
	Template       uuid.UUID // none: chosen at the sale
	LoyaltyMonths  int
	LoyaltyBenefit money.Cents
	Cities         []string // Belém/PA, or IBGE's code; none: sold everywhere
	Items          []PlanItem
	Pool           string // of addresses, by the name the equipment knows; none: the equipment's choice
	SessionHours   int    // after which a connection is begun anew; 0: never
}

// PlanMoved is the kind of outbox row by which the network follows a plan: those connected by it get its speed and addresses.
const PlanMoved = "network.follow_plan"

// PlanItem is one component of the price.
type PlanItem struct {
	Kind  planitem.Kind
	Name  string
	Price money.Cents
}

// MostPlanItems is how many components a plan's form takes.
const MostPlanItems = 6

const (
	mostMega    = 100_000
	mostHours   = 24 * 30
	longestPool = 63 // bytes: the shortest that a vendor takes
	mostLoyalty = 12 // months; RGC: the longest a consumer may be bound
)

// ReadPlan reads the form of a plan. Its speeds are typed in Mega, its components under item_1_tipo, item_1_nome, item_1_valor and so on.
func ReadPlan(t tenants.Typed, wrong *tenants.Fields) Plan {
	p := Plan{
		Name: t.RequiredPrinted(wrong, "nome"), Price: t.Cents(wrong, "preco"),
		Technology: plan.Technology(t.Choice(wrong, "tecnologia", "fibra", "radio", "cabo", "satelite")),
		DownKbps:   1000 * t.Int(wrong, "descida", 0, mostMega), UpKbps: 1000 * t.Int(wrong, "subida", 0, mostMega),
		EmitsContract: t.Yes("contrato"), Template: t.ID("modelo"),
		LoyaltyMonths: t.Int(wrong, "fidelidade", 0, mostLoyalty), LoyaltyBenefit: t.Cents(wrong, "beneficio"),
		Pool: t.Text(wrong, "pool"), SessionHours: t.Int(wrong, "sessao_horas", 0, mostHours),
		Cities: readCities(t.Lines(wrong, "cidades")),
	}
	for n := 1; n <= MostPlanItems; n++ {
		field := fmt.Sprintf("item_%d_", n)
		item := PlanItem{Kind: planitem.Kind(t[field+"tipo"]), Name: t.Printed(wrong, field+"nome"), Price: t.Cents(wrong, field+"valor")}
		if item.Name == "" && item.Price == 0 {
			continue
		}
		if item.Name == "" {
			wrong.Add(field+"nome", "required")
		}
		if planitem.KindValidator(item.Kind) != nil {
			wrong.Add(field+"tipo", "choice")
		}
		p.Items = append(p.Items, item)
	}
	return p
}

// readCities reads cities, one a line or with commas between, by name and state or by IBGE's codes; one that is neither is left as it was typed.
func readCities(typed string) (cities []string) {
	for _, one := range strings.FieldsFunc(typed, func(r rune) bool { return strings.ContainsRune(",;\n", r) }) {
		if name, uf, named := brazil.Place(one); named {
			cities = append(cities, name+"/"+uf)
		} else if codes := strings.Fields(one); !slices.ContainsFunc(codes, notCode) {
			cities = append(cities, codes...)
		} else {
			cities = append(cities, strings.Join(codes, " "))
		}
	}
	return cities
}

func notCode(typed string) bool {
	_, shaped := brazil.CityCode(typed)
	return !shaped
}

// noCity is the first of some cities that is none, or "".
func noCity(cities []string) string {
	for _, one := range cities {
		if _, _, named := brazil.Place(one); !named && notCode(one) {
			return one
		}
	}
	return ""
}

// Check returns Invalid for what no plan can be, naming the fields of its form, beside what is wrong already.
func (p Plan) Check(wrong tenants.Fields) error {
	if strings.TrimSpace(p.Name) == "" {
		wrong.Add("nome", "required")
	}
	if p.Price <= 0 {
		wrong.Add("preco", "positive")
	}
	if plan.TechnologyValidator(p.Technology) != nil {
		wrong.Add("tecnologia", "choice")
	}
	if p.DownKbps <= 0 {
		wrong.Add("descida", "positive")
	}
	if p.UpKbps <= 0 {
		wrong.Add("subida", "positive")
	}
	if !PoolName(p.Pool) {
		wrong.Add("pool", "pool_shape")
	}
	if p.LoyaltyMonths < 0 || p.LoyaltyMonths > mostLoyalty {
		wrong.Add("fidelidade", "loyalty_months")
	}
	if p.LoyaltyMonths == 0 && p.LoyaltyBenefit > 0 {
		wrong.Add("beneficio", "benefit_without_loyalty")
	}
	odd := noCity(p.Cities)
	if odd != "" {
		wrong.Add("cidades", "cities")
	}
	var sum money.Cents
	for _, item := range p.Items {
		if sum += item.Price; item.Price < 0 {
			wrong.Add("composicao", "negative")
		}
	}
	if sum != p.Price {
		wrong.Add("composicao", "composition_sum")
	}
	err := wrong.Err()
	if fault := tenants.FaultOf(err); fault != nil {
		return fault.With("sum", sum.BRL()).With("price", p.Price.BRL()).With("city", odd)
	}
	return err
}

// PoolName says whether a name can be that of a pool of addresses: as the equipment has it, without blanks. None is one.
func PoolName(name string) bool {
	return len(name) <= longestPool && !strings.ContainsFunc(name, func(r rune) bool { return r <= ' ' || r > '~' })
}

// keep writes a plan under an id. What was sold keeps its price: a service has its own. Its speed is everybody's who has it.
func (p Plan) keep(ctx context.Context, c *ent.Client, now time.Time, id uuid.UUID, fresh bool) error {
	if p.Template != uuid.Nil {
		if _, err := c.ContractTemplate.Get(ctx, p.Template); ent.IsNotFound(err) {
			return tenants.NotFound()
		} else if err != nil {
			return err
		}
	}
	if fresh {
		err := c.Plan.Create().SetID(id).SetName(p.Name).SetPrice(p.Price).SetTechnology(p.Technology).SetDownKbps(p.DownKbps).SetUpKbps(p.UpKbps).SetCities([]string{}).Exec(ctx)
		if err != nil {
			return err
		}
	} else if err := p.followed(ctx, c, now, id); err != nil {
		return err
	} else if _, err := c.PlanItem.Delete().Where(planitem.PlanID(id)).Exec(ctx); err != nil {
		return err
	}
	change := c.Plan.UpdateOneID(id).SetName(p.Name).SetPrice(p.Price).SetTechnology(p.Technology).SetDownKbps(p.DownKbps).SetUpKbps(p.UpKbps).
		SetEmitsContract(p.EmitsContract).SetLoyaltyMonths(p.LoyaltyMonths).SetLoyaltyBenefit(p.LoyaltyBenefit).SetCities(append([]string{}, p.Cities...)).
		SetPool(p.Pool).SetSessionHours(p.SessionHours)
	if p.Template != uuid.Nil {
		change.SetTemplateID(p.Template)
	} else {
		change.ClearTemplateID()
	}
	if err := change.Exec(ctx); err != nil {
		return err
	}
	for i, item := range p.Items {
		err := c.PlanItem.Create().SetPlanID(id).SetKind(item.Kind).SetName(item.Name).SetPrice(item.Price).SetPosition(i).Exec(ctx)
		if err != nil {
			return err
		}
	}
	return nil
}

// followed has the network follow a plan whose speed or pool is about to change.
func (p Plan) followed(ctx context.Context, c *ent.Client, now time.Time, id uuid.UUID) error {
	before, err := c.Plan.Get(ctx, id)
	if err != nil || before.DownKbps == p.DownKbps && before.UpKbps == p.UpKbps && before.Pool == p.Pool {
		return err
	}
	return outbox.Add(ctx, c, now, outbox.Job{Kind: PlanMoved, Payload: map[string]string{"plan": id.String()}})
}

var plans = Shelf{Subject: "plan",
	rows: func(ctx context.Context, c *ent.Client) ([]Row, error) {
		all, err := c.Plan.Query().Order(plan.ByName()).All(ctx)
		if err != nil {
			return nil, err
		}
		parts, err := c.PlanItem.Query().Order(planitem.ByPosition()).All(ctx)
		of := map[uuid.UUID][]*ent.PlanItem{}
		for _, item := range parts {
			of[item.PlanID] = append(of[item.PlanID], item)
		}
		return rowsOf(all, func(r *ent.Plan) Row {
			return Row{ID: r.ID, Name: r.Name, Active: r.Active, Typed: planTyped(r, of[r.ID])}
		}), err
	},
	keep: func(ctx context.Context, c *ent.Client, row Row, fresh bool) error {
		var wrong tenants.Fields
		p := ReadPlan(row.Typed, &wrong)
		if err := p.Check(wrong); err != nil {
			return err
		}
		return p.keep(ctx, c, row.by.DB.Now(), row.ID, fresh)
	},
	withdraw: func(ctx context.Context, c *ent.Client, id uuid.UUID, active bool) error {
		return c.Plan.UpdateOneID(id).SetActive(active).Exec(ctx)
	},
}

func planTyped(r *ent.Plan, items []*ent.PlanItem) tenants.Typed {
	t := tenants.Typed{"preco": r.Price.String(), "tecnologia": string(r.Technology), "descida": strconv.Itoa(r.DownKbps / 1000), "subida": strconv.Itoa(r.UpKbps / 1000),
		"contrato": yes(r.EmitsContract), "fidelidade": strconv.Itoa(r.LoyaltyMonths), "beneficio": r.LoyaltyBenefit.String(), "cidades": strings.Join(r.Cities, "\n"),
		"pool": r.Pool, "sessao_horas": strconv.Itoa(r.SessionHours)}
	if r.TemplateID != nil {
		t["modelo"] = r.TemplateID.String()
	}
	for i, item := range items {
		field := fmt.Sprintf("item_%d_", i+1)
		t[field+"tipo"], t[field+"nome"], t[field+"valor"] = string(item.Kind), item.Name, item.Price.String()
	}
	return t
}

// AddPlan adds a plan. It returns Invalid when the items do not add up to the price, and Conflict plan_name_taken.
func (d Desk) AddPlan(ctx context.Context, in Plan) (added *ent.Plan, err error) {
	if err := in.Check(nil); err != nil {
		return nil, err
	}
	return added, d.configure(ctx, func(ctx context.Context, c *ent.Client) error {
		switch taken, err := c.Plan.Query().Where(plan.Name(in.Name)).Exist(ctx); {
		case err != nil:
			return err
		case taken:
			return tenants.Conflict("plan_name_taken")
		}
		id := uuid.Must(uuid.NewV7())
		if err := in.keep(ctx, c, d.DB.Now(), id, true); err != nil {
			return err
		}
		if added, err = c.Plan.Get(ctx, id); err != nil {
			return err
		}
		return d.note(ctx, c, plans.Subject, id, "plan_added", nil, tenants.Typed{"name": in.Name, "price": in.Price.BRL()})
	})
}

// Items reads the components of a plan's price, in order.
func Items(ctx context.Context, c *ent.Client, planID uuid.UUID) ([]*ent.PlanItem, error) {
	return c.PlanItem.Query().Where(planitem.PlanID(planID)).Order(planitem.ByPosition()).All(ctx)
}
