package intake

import (
	"context"
	"strconv"
	"strings"

	"enlace/ent"
	"enlace/ent/customer"
	"enlace/tenants"
	"enlace/tenants/brazil"
	"enlace/tenants/calendar"
	"enlace/tenants/customers"
)

// customerBatch is customers on their way in. They are read as the step Cadastro of the wizard is, and their address as the step Endereço.
type customerBatch struct {
	desk            Desk
	from            string
	seen            map[string]int // line of each document
	groups, origins map[string]string
	kept            []customers.Arrival
}

// customerColumns are the columns of the wizard's fields that are called otherwise.
var customerColumns = map[string]string{"cpf": "cpf_cnpj", "cnpj": "cpf_cnpj", "tipo": "cpf_cnpj"}

func (b *customerBatch) begin(ctx context.Context, c *ent.Client) error {
	b.groups, b.origins = map[string]string{}, map[string]string{}
	groups, err := c.Group.Query().All(ctx)
	if err != nil {
		return err
	}
	for _, one := range groups {
		b.groups[fold(one.Name)] = one.ID.String()
	}
	origins, err := c.Origin.Query().All(ctx)
	for _, one := range origins {
		b.origins[fold(one.Name)] = one.ID.String()
	}
	return err
}

func (b *customerBatch) check(ctx context.Context, c *ent.Client, lines []*Line) error {
	if b.groups == nil {
		if err := b.begin(ctx, c); err != nil {
			return err
		}
	}
	b.kept = b.kept[:0]
	lines, today := readable(lines), b.desk.DB.Today(ctx)
	read := make([]customers.Arrival, len(lines))
	var documents []string
	for i, line := range lines {
		read[i] = b.read(line, today)
		if line.isExample(Customers) {
			line.wrong("nome", "example_line")
		}
		if document := read[i].Document; document != "" {
			if before, twice := b.seen[document]; twice {
				line.wrong("cpf_cnpj", "twice_in_file", "line", strconv.Itoa(before))
			}
			documents, b.seen[document] = append(documents, document), line.Number
		}
	}
	taken, err := holders(ctx, c, documents)
	if err != nil {
		return err
	}
	for i, line := range lines {
		if by := taken[read[i].Document]; by != nil {
			line.wrong("cpf_cnpj", "customer_there", "name", by.Name, "number", strconv.FormatInt(by.Number, 10))
		}
		if !line.Bad {
			b.kept = append(b.kept, read[i])
		}
	}
	return nil
}

// holders are the customers of the ISP with some documents.
func holders(ctx context.Context, c *ent.Client, documents []string) (map[string]*ent.Customer, error) {
	found, err := c.Customer.Query().Where(customer.DocumentIn(documents...)).All(ctx)
	by := map[string]*ent.Customer{}
	for _, one := range found {
		by[one.Document] = one
	}
	return by, err
}

// read reads a line as the wizard's steps.
func (b *customerBatch) read(line *Line, today calendar.Date) customers.Arrival {
	t := tenants.Typed{}
	for column, typed := range line.Typed {
		t[column] = typed
	}
	kind, document := documentOf(line)
	t["tipo"], t[customers.DocumentField(kind)] = string(kind), document
	t["nascimento"], t["rg_emissao"] = dated(t["nascimento"]), dated(t["rg_emissao"])
	t["estado_civil"], t["genero"] = answer(maritals, t["estado_civil"]), answer(genders, t["genero"])
	t["origem"] = b.listed(line, "origem", "Origens", b.origins, t["origem"])
	var groups []string
	for name := range strings.FieldsFuncSeq(line.Typed["grupos"], func(r rune) bool { return r == '|' || r == ',' || r == ';' }) {
		groups = append(groups, b.listed(line, "grupos", "Grupos", b.groups, name))
	}
	t["grupos"] = strings.Join(groups, ",")
	var wrong tenants.Fields
	one := customers.Arrival{Registration: customers.ReadRegistration(t, today, &wrong)}
	if !line.empty(placeColumns...) {
		one.Home = placeOf(line, t, &wrong)
	} else {
		line.warn("cep", "no_address")
	}
	line.fields(wrong, customerColumns)
	return one
}

// listed is the id of what a name means in one of the ISP's lists.
func (b *customerBatch) listed(line *Line, column, list string, ids map[string]string, name string) string {
	if strings.TrimSpace(name) == "" {
		return ""
	}
	id, is := ids[fold(name)]
	if !is {
		line.wrong(column, "name_unknown", "list", list)
	}
	return id
}

// documentOf reads the column cpf_cnpj: up to eleven figures are a CPF, the rest a CNPJ. Zeros that a spreadsheet took are given back, and told.
func documentOf(line *Line) (customer.Kind, string) {
	typed := bare(line.Typed["cpf_cnpj"])
	kind, want, least := customer.KindPf, 11, 8
	if len(typed) > 11 {
		kind, want, least = customer.KindPj, 14, 12
	}
	whole, added := zeros(typed, least, want)
	if _, is := brazil.CPF(whole); added && kind == customer.KindPf && !is { // so short a CNPJ has lost more zeros than a CPF could
		return kind, line.Typed["cpf_cnpj"]
	}
	if added {
		line.warn("cpf_cnpj", "zeros_added", "whole", whole)
		return kind, whole
	}
	return kind, line.Typed["cpf_cnpj"]
}

// bare is a document without what it is written with.
func bare(typed string) string {
	return strings.ToUpper(strings.NewReplacer(".", "", "-", "", "/", "", " ", "", "\u00a0", "").Replace(typed))
}

// placeColumns are the columns of an address.
var placeColumns = []string{"cep", "logradouro", "numero", "complemento", "bairro", "cidade", "uf", "ibge", "referencia"}

// placeOf reads the columns of an address.
func placeOf(line *Line, t tenants.Typed, wrong *tenants.Fields) customers.Address {
	if cep, added := zeros(t["cep"], 7, 8); added {
		t["cep"] = cep
		line.warn("cep", "zeros_added", "whole", brazil.FormatCEP(cep))
	}
	if t["numero"] == "" {
		t["numero"] = "S/N"
	}
	return customers.ReadAddress(t, "", wrong)
}

// maritals and genders are how other systems begin to write the wizard's answers.
var (
	maritals = map[string]string{"solteir": "solteiro", "casad": "casado", "uni": "uniao_estavel", "separad": "separado", "desquitad": "separado", "divorciad": "divorciado", "viuv": "viuvo"}
	genders  = map[string]string{"f": "feminino", "mulher": "feminino", "m": "masculino", "homem": "masculino", "o": "outro"}
)

// answer is the wizard's answer that somebody's beginning means; what begins like none comes back as it is.
func answer(beginnings map[string]string, typed string) string {
	best := ""
	for beginning := range beginnings {
		if strings.HasPrefix(fold(typed), beginning) && len(beginning) > len(best) {
			best = beginning
		}
	}
	if best == "" {
		return typed
	}
	return beginnings[best]
}

func (b *customerBatch) keep(ctx context.Context, c *ent.Client) error {
	return customers.Arrive(ctx, c, b.desk.DB.Now(), b.from, b.kept)
}
