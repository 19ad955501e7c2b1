package intake

import (
	"context"
	"strconv"
	"strings"

	"enlace/ent"
	"enlace/ent/contracttemplate"
	"enlace/ent/plan"
	"enlace/tenants"
	"enlace/tenants/catalog"
)

// planBatch is plans on their way in. They are read and checked as the form of Configurações, Planos is.
type planBatch struct {
	desk      Desk
	from      string
	seen      map[string]int // line of each name
	there     map[string]bool
	templates map[string]*ent.ContractTemplate
	kept      []catalog.Plan
}

// planColumns are the columns of the form's fields that are called otherwise.
var planColumns = map[string]string{"composicao": "scm_valor",
	"item_1_nome": "scm_nome", "item_1_valor": "scm_valor", "item_2_nome": "sva_nome", "item_2_valor": "sva_valor", "item_3_nome": "sva2_nome", "item_3_valor": "sva2_valor"}

// What a component is called when a file does not say.
const scmName, svaName = "Acesso à internet (SCM)", "Valor adicionado (SVA)"

func (b *planBatch) begin(ctx context.Context, c *ent.Client) error {
	b.there, b.templates = map[string]bool{}, map[string]*ent.ContractTemplate{}
	names, err := c.Plan.Query().Select(plan.FieldName).Strings(ctx)
	if err != nil {
		return err
	}
	for _, name := range names {
		b.there[fold(name)] = true
	}
	templates, err := c.ContractTemplate.Query().Where(contracttemplate.Active(true)).All(ctx)
	for _, one := range templates {
		b.templates[fold(one.Name)] = one
	}
	return err
}

func (b *planBatch) check(ctx context.Context, c *ent.Client, lines []*Line) error {
	if b.there == nil {
		if err := b.begin(ctx, c); err != nil {
			return err
		}
	}
	b.kept = b.kept[:0]
	for _, line := range readable(lines) {
		p := b.read(line)
		if line.isExample(Plans) {
			line.warn("nome", "example_kept")
		}
		name := fold(p.Name)
		if before, twice := b.seen[name]; twice && name != "" {
			line.wrong("nome", "twice_in_file", "line", strconv.Itoa(before))
		} else if b.there[name] {
			line.wrong("nome", "name_taken")
		}
		if b.seen[name] = line.Number; !line.Bad {
			b.kept = append(b.kept, p)
		}
	}
	return nil
}

// read reads a line as the form of a plan.
func (b *planBatch) read(line *Line) catalog.Plan {
	cells := line.Typed
	t := tenants.Typed{"nome": cells["nome"], "preco": cells["preco"], "tecnologia": fold(cells["tecnologia"]), "descida": mega(cells["descida"]), "subida": mega(cells["subida"]),
		"contrato": line.yes("contrato"), "fidelidade": cells["fidelidade"], "beneficio": cells["beneficio"], "cidades": cells["cidades"]}
	for n, item := range []struct{ kind, name, price, called string }{
		{"scm", "scm_nome", "scm_valor", scmName}, {"sva", "sva_nome", "sva_valor", svaName}, {"sva", "sva2_nome", "sva2_valor", svaName}} {
		if line.empty(item.price) {
			continue
		}
		field := "item_" + strconv.Itoa(n+1) + "_"
		t[field+"tipo"], t[field+"valor"], t[field+"nome"] = item.kind, cells[item.price], item.called
		if name := cells[item.name]; name != "" {
			t[field+"nome"] = name
		}
	}
	if !line.empty("modelo") {
		if template := b.templates[fold(cells["modelo"])]; template != nil {
			t["modelo"] = template.ID.String()
		} else {
			line.wrong("modelo", "name_unknown", "list", "Modelos de contrato")
		}
	}
	var wrong tenants.Fields
	p := catalog.ReadPlan(t, &wrong)
	if fault := tenants.FaultOf(p.Check(wrong)); fault != nil {
		line.fields(fault.Fields, planColumns, "sum", fault.Args["sum"], "price", fault.Args["price"], "city", fault.Args["city"])
	}
	return p
}

// mega takes the unit from a speed: 500 Mega, 500M.
func mega(typed string) string {
	return strings.TrimRight(fold(typed), " megabitsp/")
}

func (b *planBatch) keep(ctx context.Context, c *ent.Client) error {
	return catalog.Arrive(ctx, c, b.desk.DB.Now(), b.from, b.kept)
}
