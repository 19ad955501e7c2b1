package catalog

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/bankagreement"
	"enlace/ent/billingmethod"
	"enlace/tenants"
	"enlace/tenants/brazil/boleto"
	"enlace/tenants/calendar"
)

// Banks are the banks a convênio may be with, by COMPE code, in the order the form shows them.
var Banks = []string{"001", "033", "077", "104", "237", "341", "748", "756"}

// terms are what each bank asks of a convênio, by the names of boleto.Input; views has the banks' own words for them.
var terms = map[string][]string{
	"001": {"convenio", "agencia", "conta", "carteira"},
	"033": {"codigo_beneficiario", "carteira"},
	"077": {"agencia", "operacao", "carteira"},
	"104": {"codigo_beneficiario"},
	"237": {"agencia", "conta", "carteira"},
	"341": {"agencia", "conta", "carteira", "codigo_cliente"},
	"748": {"agencia", "posto", "beneficiario", "carteira", "tipo_cobranca"},
	"756": {"agencia", "convenio_cliente", "carteira", "modalidade"},
}

// Terms are the fields a bank asks of a convênio, in the order of its form.
func Terms(bank string) []string { return terms[bank] }

// term is one of those fields.
func term(in *boleto.Input, field string) *string {
	return map[string]*string{"agencia": &in.Agencia, "conta": &in.Conta, "carteira": &in.Carteira, "convenio": &in.Convenio, "posto": &in.Posto,
		"codigo_beneficiario": &in.CodigoBeneficiario, "operacao": &in.Operacao, "codigo_cliente": &in.CodigoCliente, "beneficiario": &in.Beneficiario,
		"tipo_cobranca": &in.TipoCobranca, "convenio_cliente": &in.ConvenioCliente, "modalidade": &in.Modalidade}[field]
}

// refusals are what a bank may find wrong with one of its fields.
var refusals = []struct {
	is   error
	code string
}{{boleto.ErrMissing, "required"}, {boleto.ErrNotDigit, "bank_digits"}, {boleto.ErrTooLong, "bank_too_long"}, {boleto.ErrExhausted, "numbers_used_up"}}

// try makes a slip under the terms, as the first one will be made, and notes what the bank refuses beside its own field.
func try(bank string, in boleto.Input, last uint64, today calendar.Date, wrong *tenants.Fields) {
	in.Ano = fmt.Sprintf("%02d", today.Year()%100)
	number, err := boleto.Next(bank, in, last)
	if err == nil {
		if in, err = boleto.Number(bank, in, number); err == nil {
			_, err = boleto.New(bank, in, today.AddDays(30), 100)
		}
	}
	var refused *boleto.Error
	if !errors.As(err, &refused) {
		return
	}
	field, code := refused.Field, "bank_value"
	for _, r := range refusals {
		if errors.Is(err, r.is) {
			code = r.code
		}
	}
	if !slices.Contains(terms[bank], field) {
		field = "ultimo_numero"
	}
	wrong.Add(field, code)
}

// Range is where the numbering of a convênio stands: the last nosso número given, and the last one the bank grants.
type Range struct{ Last, End uint64 }

// Left is how many numbers are left.
func (r Range) Left() uint64 { return r.End - min(r.End, r.Last) }

// RangeOf reads where the numbering stands; a bank that cannot tell has no range.
func RangeOf(row Row) Range {
	var in boleto.Input
	for _, field := range terms[row.Typed["banco"]] {
		*term(&in, field) = row.Typed[field]
	}
	_, end, err := boleto.Limits(row.Typed["banco"], in)
	last, _ := strconv.ParseUint(row.Typed["ultimo_numero"], 10, 64)
	if err != nil {
		return Range{Last: last, End: last}
	}
	return Range{Last: last, End: end}
}

var agreements = Shelf{Subject: "bank_agreement",
	rows: func(ctx context.Context, c *ent.Client) ([]Row, error) {
		all, err := c.BankAgreement.Query().Order(bankagreement.ByName()).All(ctx)
		return rowsOf(all, func(r *ent.BankAgreement) Row {
			t := tenants.Typed{"empresa": r.CompanyID.String(), "banco": r.Bank, "hibrido": yes(r.Hybrid), "ultimo_numero": fmt.Sprint(r.LastNumber)}
			for _, field := range slices.Concat(terms[r.Bank], sent[r.Bank]) {
				t[field] = *cell(r, field)
			}
			return Row{ID: r.ID, Name: r.Name, Active: r.Active, Typed: t}
		}), err
	},
	keep: keepAgreement,
	withdraw: func(ctx context.Context, c *ent.Client, id uuid.UUID, active bool) error {
		used, err := c.BillingMethod.Query().Where(billingmethod.AgreementID(id), billingmethod.Active(true)).Exist(ctx)
		switch {
		case err != nil:
			return err
		case used && !active:
			return tenants.Conflict("agreement_in_use")
		}
		return c.BankAgreement.UpdateOneID(id).SetActive(active).Exec(ctx)
	},
}

// keepAgreement writes a convênio. Once it has numbered a slip its bank, company and terms stay: the slips outside are paid under them. Its
// numbers only grow: a used nosso número would pay another customer's title.
func keepAgreement(ctx context.Context, c *ent.Client, row Row, fresh bool) error {
	var wrong tenants.Fields
	now := &ent.BankAgreement{Name: row.Typed.Required(&wrong, "nome"), Bank: row.Typed.Choice(&wrong, "banco", Banks...),
		CompanyID: row.Typed.RequiredID(&wrong, "empresa"), Hybrid: row.Typed.Yes("hibrido")}
	for _, field := range slices.Concat(terms[now.Bank], sent[now.Bank]) {
		*cell(now, field) = strings.ToUpper(row.Typed.Text(&wrong, field))
	}
	now.LastNumber = int64(row.Typed.Int(&wrong, "ultimo_numero", 0, 1<<53))
	old := &ent.BankAgreement{}
	if !fresh {
		var err error
		if old, err = c.BankAgreement.Get(ctx, row.ID); err != nil {
			return err
		}
		if now.Terms.ContaDAC = old.Terms.ContaDAC; old.LastNumber > 0 && !sameTerms(old, now) {
			wrong.Add("banco", "agreement_numbered")
		}
	}
	if now.LastNumber < old.LastNumber {
		wrong.Add("ultimo_numero", "numbers_only_grow")
	}
	if len(wrong) == 0 {
		try(now.Bank, now.Terms, uint64(now.LastNumber), row.today, &wrong)
	}
	if len(wrong) == 0 {
		if err := trySender(ctx, c, now, row.today, &wrong); err != nil {
			return err
		}
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	if err := companyThere(ctx, c, now.CompanyID); err != nil {
		return err
	}
	if fresh {
		create := c.BankAgreement.Create().SetID(row.ID)
		fillAgreement(create.Mutation(), now)
		return create.Exec(ctx)
	}
	update := c.BankAgreement.Update().Where(bankagreement.ID(row.ID), bankagreement.LastNumber(old.LastNumber))
	fillAgreement(update.Mutation(), now)
	n, err := update.Save(ctx)
	if err == nil && n == 0 { // a slip took a number meanwhile
		err = tenants.Conflict("agreement_numbering")
	}
	return err
}

// sameTerms says whether slips numbered under the one convênio could be paid under the other.
func sameTerms(a, b *ent.BankAgreement) bool {
	same := a.Bank == b.Bank && a.CompanyID == b.CompanyID
	for _, field := range terms[b.Bank] {
		same = same && *cell(a, field) == *cell(b, field)
	}
	return same
}

func fillAgreement(m *ent.BankAgreementMutation, a *ent.BankAgreement) {
	m.SetCompanyID(a.CompanyID)
	m.SetName(a.Name)
	m.SetBank(a.Bank)
	m.SetTerms(a.Terms)
	m.SetBranchDigit(a.BranchDigit)
	m.SetAccountDigit(a.AccountDigit)
	m.SetVariation(a.Variation)
	m.SetSenderCode(a.SenderCode)
	m.SetHybrid(a.Hybrid)
	m.SetLastNumber(a.LastNumber)
}

// companyThere returns NotFound for a company that is not the ISP's.
func companyThere(ctx context.Context, c *ent.Client, id uuid.UUID) error {
	_, err := c.Company.Get(ctx, id)
	if ent.IsNotFound(err) {
		return tenants.NotFound()
	}
	return err
}
