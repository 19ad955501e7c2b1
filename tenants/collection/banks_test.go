package collection_test

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"enlace/ent"
	"enlace/ent/payment"
	"enlace/ent/slip"
	"enlace/ent/subscription"
	"enlace/tenants/billing"
	"enlace/tenants/brazil/boleto"
	"enlace/tenants/brazil/cnab"
	"enlace/tenants/calendar"
	"enlace/tenants/catalog"
	"enlace/tenants/collection"
	"enlace/tenants/collection/banktest"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/money"
)

// convenio is an agreement with a bank and how its retorno names it, in the header or else in its titles; and others of the bank that are named
// nearly so.
type convenio struct {
	bank, branchDigit, accountDigit, variation, code string
	terms                                            boleto.Input
	header, title                                    banktest.Fields
	others                                           []banktest.Fields
}

var convenios = []convenio{
	{bank: "001", terms: boleto.Input{Agencia: "3325", Conta: "28935", Convenio: "1234567", Carteira: "17"}, branchDigit: "X", accountDigit: "3", variation: "019",
		header: banktest.Fields{33: "001234567", 42: "001417019", 53: "03325X000000028935"}, others: []banktest.Fields{{33: "000123456"}, {33: "012345678"}}},
	{bank: "033", terms: boleto.Input{Agencia: "0660", Conta: "130012340", CodigoBeneficiario: "9452079", Carteira: "101"}, branchDigit: "1", accountDigit: "8", code: "066000009452079",
		header: banktest.Fields{33: "06601130012340", 53: "009452079"}, others: []banktest.Fields{{53: "094520790"}, {53: "000945207"}}},
	{bank: "077", terms: boleto.Input{Conta: "1234567", Operacao: "1234567", Carteira: "110"}, accountDigit: "9",
		title: banktest.Fields{21: "1100001", 28: "001234567", 37: "9"}, others: []banktest.Fields{{28: "012345678"}, {28: "000123456"}}},
	{bank: "104", terms: boleto.Input{Agencia: "0420", CodigoBeneficiario: "123456"}, branchDigit: "4",
		header: banktest.Fields{33: "00000000000000000000", 53: "00420", 58: "4", 59: "1234560000000"}, others: []banktest.Fields{{59: "1234567000000"}, {59: "0123456000000"}, {53: "00421"}}},
	{bank: "237", terms: boleto.Input{Agencia: "1172", Conta: "0403005", Carteira: "09"}, accountDigit: "2", code: "4540691",
		header: banktest.Fields{27: "00000000000004540691"}, others: []banktest.Fields{{27: "00000000000045406910"}, {27: "00000000000000454069"}}},
	{bank: "341", terms: boleto.Input{Agencia: "0730", Conta: "03511", Carteira: "109"}, accountDigit: "0",
		header: banktest.Fields{27: "0730", 33: "03511"}, others: []banktest.Fields{{33: "03512"}, {27: "0731"}}},
	{bank: "748", terms: boleto.Input{Agencia: "0156", Posto: "05", Beneficiario: "00123", Conta: "85305", TipoCobranca: "1", Carteira: "1"}, accountDigit: "7",
		header: banktest.Fields{33: "00123", 53: "00156", 59: "0000000853057"}, others: []banktest.Fields{{33: "12345"}, {33: "01234"}, {53: "00157"}}},
	{bank: "756", terms: boleto.Input{Agencia: "3039", ConvenioCliente: "229385", Conta: "48981", Carteira: "1", Modalidade: "01"}, branchDigit: "0", accountDigit: "6",
		header: banktest.Fields{53: "03039", 58: "0", 59: "0000000489816"}, others: []banktest.Fields{{59: "0000004898106"}, {53: "03040"}}},
}

// keep gives the office an agreement.
func (a *convenio) keep(o *demotest.Office, name string) (row *ent.BankAgreement) {
	o.Write(func(ctx context.Context, c *ent.Client) error {
		row = c.BankAgreement.Create().SetCompanyID(c.Company.Query().FirstIDX(ctx)).SetName(name).SetBank(a.bank).SetTerms(a.terms).SetBranchDigit(a.branchDigit).
			SetAccountDigit(a.accountDigit).SetVariation(a.variation).SetSenderCode(a.code).SaveX(ctx)
		return nil
	})
	return row
}

// moves numbers a slip under an agreement, as its first one.
func moves(t *testing.T, o *demotest.Office, row *ent.Slip, to *ent.BankAgreement) {
	t.Helper()
	to.Terms.Ano = "26"
	number, err := boleto.Next(to.Bank, to.Terms, 0)
	if err != nil {
		t.Fatal(err)
	}
	in, err := boleto.Number(to.Bank, to.Terms, number)
	if err != nil {
		t.Fatal(err)
	}
	printed, err := boleto.New(to.Bank, in, row.Due, row.Amount)
	if err != nil {
		t.Fatal(err)
	}
	o.Write(func(ctx context.Context, c *ent.Client) error {
		return c.Slip.UpdateOneID(row.ID).SetAgreementID(to.ID).SetOurNumber(printed.NossoNumero).Exec(ctx)
	})
}

// over has columns name another.
func over(named, other banktest.Fields) banktest.Fields {
	if named == nil {
		return nil
	}
	named = maps.Clone(named)
	maps.Copy(named, other)
	return named
}

// asked writes the remessa of an agreement.
func asked(t *testing.T, o *demotest.Office, under *ent.BankAgreement) []byte {
	t.Helper()
	id, err := desk(o).WriteRemessa(o.As("financeiro"), under.ID, "")
	if err != nil {
		t.Fatal(err)
	}
	file, err := desk(o).RemessaFile(o.As("financeiro"), id)
	if err != nil {
		t.Fatal(err)
	}
	return file.Content
}

// A boleto goes to each bank that is offered and comes back paid; a file of another agreement with the bank is refused, however near its figures.
func TestEveryBankOfferedBringsItsRetorno(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		owed := append(open(t, o, o.Maria), open(t, o, o.Joao)...)
		var offered []string
		for i, a := range convenios {
			offered = append(offered, a.bank)
			under := a.keep(o, "Convênio "+a.bank)
			moves(t, o, owed[i].Slip, under)
			remessa := asked(t, o, under)
			refused := func(who context.Context, content []byte, what any) {
				t.Helper()
				_, err := desk(o).Bring(who, collection.File{Name: "r.ret", From: bytes.NewReader(content)})
				if demotest.Fault(err) != "arquivo: return_of_no_agreement" {
					t.Errorf("bank %s, %v: %v", a.bank, what, err)
				}
			}
			for _, other := range a.others {
				refused(o.As("financeiro"), banktest.Answer(t, remessa, today(o), over(a.header, other), over(a.title, other)), other)
			}
			file := banktest.Answer(t, remessa, today(o), a.header, a.title)
			refused(o.Stranger(), file, "a stranger")
			r := brings(t, o, file)
			if got := fmt.Sprint(outcomes(r)); got != "[paid]" || r.AgreementID != under.ID || r.Received != owed[i].Slip.Amount {
				t.Errorf("bank %s: %s of %s under %s", a.bank, got, r.Received, r.Agreement.Name)
			}
			if s := standing(t, o, owed[i].Invoice.ID); s.Status != billing.InvoicePaid {
				t.Errorf("bank %s: it is %s", a.bank, s.Status)
			}
		}
		if !slices.Equal(offered, catalog.Banks) {
			t.Errorf("tried are %v", offered)
		}
	})
}

// A bank may name no more than the account: each title is looked for under all the agreements on it, and the money of a file lies under the oldest.
func TestTwoAgreementsOnOneAccount(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		itau := convenios[slices.IndexFunc(convenios, func(a convenio) bool { return a.bank == "341" })]
		old := itau.keep(o, "Z, o mais velho")
		itau.terms.Carteira = "112"
		young := itau.keep(o, "A, o mais novo")
		owed := open(t, o, o.Maria)
		for i, under := range []*ent.BankAgreement{old, young} { // both have the same first number
			moves(t, o, owed[i].Slip, under)
			r := brings(t, o, banktest.Answer(t, asked(t, o, under), today(o), itau.header, nil))
			if got := fmt.Sprint(outcomes(r)); got != "[paid]" || *r.Lines[0].SlipID != owed[i].Slip.ID || r.AgreementID != old.ID {
				t.Errorf("%s: %s", under.Name, got)
			}
		}
	})
}

// The public samples settle as shared/vectors/cnab.json says, each under an agreement of its bank. Itaú's tells what was credited, R$ 2.548,32: of
// that R$ 2,10 is of a write-off, and of each payment the bank took R$ 2,10.
func TestThePublicSamplesAreBroughtAndSettle(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		const many = 80 // more than the samples have titles
		like, due := o.Service(o.Maria), calendar.On(2026, 12, 10)
		o.Write(func(ctx context.Context, c *ent.Client) error {
			there := c.Subscription.Query().IDsX(ctx)
			if err := demotest.Clone(ctx, c, like, due, many); err != nil {
				return err
			}
			return c.Subscription.Update().Where(subscription.IDNotIn(there...)).SetBooklet(false).SetMode(subscription.ModeAntecipado).SetDueDay(10).SetFeeChoice(subscription.FeeChoiceNone).Exec(ctx)
		})
		known := open(t, o, o.Maria)
		o.Pass(7 * 24 * time.Hour)
		if _, err := (billing.Desk{DB: o.DB}).BillMonth(o.Worker()); err != nil {
			t.Fatal(err)
		}
		var slips []*ent.Slip
		o.Read(func(ctx context.Context, c *ent.Client) error {
			slips = c.Slip.Query().Where(slip.Due(due), slip.InvoiceIDNotIn(known[0].Invoice.ID)).AllX(ctx)
			return nil
		})
		for _, sample := range []struct {
			name     string
			of       convenio
			want     string
			received money.Cents
		}{
			{"caixa.ret", convenio{bank: "104", terms: boleto.Input{CodigoBeneficiario: "043210"}}, "map[paid:9]", 1010_00},
			{"CNAB240SICREDI.CRT", convenio{bank: "748", terms: boleto.Input{Agencia: "0390", Posto: "06", Beneficiario: "04346", TipoCobranca: "1", Carteira: "1"}}, "map[fee:1 registered:1]", 0},
			{"CNAB240SICOOB.RET", convenio{bank: "756", terms: boleto.Input{Agencia: "3039", Conta: "48981", ConvenioCliente: "6", Carteira: "1", Modalidade: "01"}}, "map[damaged:1 paid:3]", 6_00},
			{"CNAB400ITAU.RET", convenio{bank: "341", terms: boleto.Input{Agencia: "0730", Conta: "03511", Carteira: "109"}}, "map[paid:51 withdrawn:1]", 2548_32 - 2_10 + 51*2_10},
			{"CNAB400BRADESCO.RET", convenio{bank: "237", code: "4540691", terms: boleto.Input{Agencia: "1467", Conta: "19669", Carteira: "09"}}, "map[registered:4 unknown:1 withdrawn:1]", 0},
		} {
			content, err := os.ReadFile(filepath.Join("..", "brazil", "cnab", "testdata", sample.name))
			if err != nil {
				t.Fatal(err)
			}
			said, err := cnab.ReadReturn(bytes.NewReader(content))
			if err != nil {
				t.Fatal(err)
			}
			under := sample.of.keep(o, sample.name)
			o.Write(func(ctx context.Context, c *ent.Client) error {
				numbered := map[string]bool{}
				for _, title := range said.Titles {
					number, err := said.Printed(title, under.Terms)
					if err == nil && !numbered[number] { // one of Bradesco's has a check digit that is none
						c.Slip.UpdateOneID(slips[0].ID).SetAgreementID(under.ID).SetOurNumber(number).ExecX(ctx)
						numbered[number], slips = true, slips[1:]
					}
				}
				return nil
			})
			r := brings(t, o, content)
			if got := fmt.Sprint(r.Counts); got != sample.want || r.Received != sample.received || r.AgreementID != under.ID {
				t.Errorf("%s: %s, received %s", sample.name, got, r.Received)
			}
		}
		var sum money.Cents
		o.Read(func(ctx context.Context, c *ent.Client) error {
			for _, p := range c.Payment.Query().Where(payment.SourceEQ(payment.SourceBoleto)).AllX(ctx) {
				sum += p.Amount
			}
			return nil
		})
		if sum != 1010_00+6_00+2653_32 {
			t.Errorf("%s came in", sum)
		}
	})
}
