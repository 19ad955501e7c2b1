package handlers_test

import (
	"context"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/billingmethod"
	"enlace/ent/invoice"
	"enlace/ent/pixkey"
	"enlace/ent/predicate"
	"enlace/ent/slip"
	"enlace/ent/subscription"
	"enlace/handlers/handlerstest"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/brazil/boleto"
	"enlace/tenants/calendar"
	"enlace/tenants/catalog"
	"enlace/tenants/contracts"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/tenanttest"
)

// banks are agreements of every bank there is a slip of, four to each of the two ISPs.
var banks = [2]map[string]boleto.Input{{
	"001": {Agencia: "1234", Conta: "123456", Carteira: "17", Convenio: "1234567"},
	"033": {CodigoBeneficiario: "1234567", Carteira: "102", IOS: "0"},
	"077": {Agencia: "0001", Carteira: "110", Operacao: "1234567"},
	"104": {CodigoBeneficiario: "123456", Modalidade: "14"},
}, {
	"237": {Agencia: "2949", Carteira: "06", Conta: "6580"},
	"341": {Agencia: "0810", Conta: "53678", Carteira: "109"},
	"748": {Agencia: "0156", Posto: "05", Beneficiario: "85305", TipoCobranca: "1", Carteira: "1"},
	"756": {Agencia: "4327", ConvenioCliente: "229385", Carteira: "1", Modalidade: "01"},
}}

// instalments of each carnê: eight of them make two hundred slips.
const instalments = 25

// TestTwoHundredSlipsOfTheProductAreReadBack issues carnês at every bank in two ISPs, prints them from their pages, draws the paper as a
// printer would, and reads every barcode and every Pix of it: each is what the database holds, and none is missing.
func TestTwoHundredSlipsOfTheProductAreReadBack(t *testing.T) {
	t.Parallel()
	o := demotest.OpenSQLite(t)
	s := handlerstest.Open(t, &tenanttest.Office{DB: o.DB, Here: o.Here, Other: o.Other})
	printed := 0
	for i, at := range []struct {
		ctx     context.Context
		browser *handlerstest.Browser
	}{{o.As("gerente"), s.As("financeiro")}, {o.Stranger(), s.AsOther("financeiro")}} {
		for bank, terms := range banks[i] {
			made := carneAt(t, o, at.ctx, bank, terms)
			pdf := at.browser.Get("/carnes/" + made.String() + ".pdf").Want(http.StatusOK).Body
			want := codesOf(t, o, at.ctx, made)
			if len(want) != 2*instalments {
				t.Fatalf("%s has %d codes to print", bank, len(want))
			}
			printed += instalments
			t.Run(bank, func(t *testing.T) {
				t.Parallel()
				if read := handlerstest.CodesOn(t, pdf); !slices.Equal(read, want) {
					t.Errorf("read %d codes of %d:\n%v\n%v", len(read), len(want), read, want)
				}
			})
		}
	}
	if printed != 200 {
		t.Errorf("%d slips", printed)
	}
}

// papers are the documents that the product prints, by the name of their golden text.
var papers = []struct {
	name string
	path func(o *demotest.Office) string
}{
	{"carne", func(o *demotest.Office) string { return "/carnes/" + newestBooklet(o).ID.String() + ".pdf" }},
	{"fatura", func(o *demotest.Office) string { return "/faturas/" + invoicesOf(o, o.Joao)[0].ID.String() + ".pdf" }},
	{"contrato", func(o *demotest.Office) string { return "/contratos/" + contractOf(o, o.Maria).ID.String() + ".pdf" }},
	{"contrato-aceito", func(o *demotest.Office) string {
		if err := (contracts.Desk{DB: o.DB}).Accept(o.As("gerente"), contracts.Acceptance{Contract: contractOf(o, o.Maria).ID, On: o.Here.Today(o.DB.Now()), Note: "Assinou na loja.", Key: "1"}); err != nil {
			o.T.Fatal(err)
		}
		return "/contratos/" + contractOf(o, o.Maria).ID.String() + ".pdf"
	}},
}

// unforeseen is what no two prints have alike: hashes, and what hangs on them.
var unforeseen = regexp.MustCompile(`[0-9a-f]{16,}`)

// TestEveryPaperReadsAsItAlwaysDid compares the text of each document, as a reader of the PDF sees it laid out, with the one that is kept.
// ENLACE_TEST_GOLDEN=write keeps the new ones.
func TestEveryPaperReadsAsItAlwaysDid(t *testing.T) {
	t.Parallel()
	o := demotest.OpenSQLite(t)
	s := handlerstest.Open(t, &tenanttest.Office{DB: o.DB, Here: o.Here, Other: o.Other})
	b := s.Browser()
	b.SignIn("gerente@fibranorte.example", demotest.Password)
	for _, paper := range papers {
		read := exec.Command("pdftotext", "-layout", "-", "-")
		read.Stdin = strings.NewReader(b.Get(paper.path(o)).Want(http.StatusOK).Body)
		text, err := read.Output()
		if err != nil {
			t.Fatal(err)
		}
		got, kept := unforeseen.ReplaceAllString(tidy(string(text)), "…"), filepath.Join("testdata", "papel", paper.name+".txt")
		if os.Getenv("ENLACE_TEST_GOLDEN") == "write" {
			if err := os.WriteFile(kept, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(kept)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s reads otherwise than %s:\n%s", paper.name, kept, got)
		}
	}
}

// tidy makes single what the reader puts between columns and lines: how wide that is depends on its version.
func tidy(text string) string {
	var lines []string
	for line := range strings.Lines(text) {
		if words := strings.Fields(line); len(words) > 0 {
			lines = append(lines, strings.Join(words, " "))
		}
	}
	return strings.Join(lines, "\n") + "\n"
}

// carneAt has the next instalments of a service collected by an agreement with a bank, and issues them.
func carneAt(t *testing.T, o *demotest.Office, ctx context.Context, bank string, terms boleto.Input) uuid.UUID {
	t.Helper()
	desk := catalog.Desk{DB: o.DB}
	var company, key uuid.UUID
	do := func(write bool, what func(context.Context, *ent.Client) error) {
		t.Helper()
		run := o.DB.Read
		if write {
			run = o.DB.Write
		}
		if err := run(ctx, what); err != nil {
			t.Fatal(err)
		}
	}
	do(false, func(ctx context.Context, c *ent.Client) error {
		company, key = c.Company.Query().FirstX(ctx).ID, c.PixKey.Query().Order(pixkey.ByID()).FirstX(ctx).ID
		return nil
	})
	agreement, err := desk.AddAgreement(ctx, catalog.Agreement{Company: company, Name: "Cobrança " + bank, Bank: bank, Terms: terms})
	if err != nil {
		t.Fatalf("%s: %v", bank, err)
	}
	method, err := desk.AddMethod(ctx, catalog.Method{Company: company, Name: "Boleto " + bank, Kind: billingmethod.KindBoleto, Agreement: agreement.ID, PixKey: key})
	if err != nil {
		t.Fatal(err)
	}
	var sub *ent.Subscription
	do(true, func(ctx context.Context, c *ent.Client) error {
		sub = c.Subscription.Query().Where(subscription.BilledUntilGT(calendar.On(2000, 1, 1)), subscription.StatusEQ(subscription.StatusHabilitado)).Order(subscription.ByNumber()).FirstX(ctx)
		return c.Subscription.UpdateOneID(sub.ID).SetMethodID(method.ID).Exec(ctx)
	})
	issued, err := (billing.Desk{DB: o.DB}).IssueBooklet(ctx, billing.NewBooklet{Customer: sub.CustomerID, Subscription: sub.ID, Start: sub.BilledUntil, FirstDue: sub.BilledUntil, Instalments: instalments, Key: bank})
	if err != nil {
		t.Fatalf("%s: %v", bank, err)
	}
	return issued.ID
}

// codesOf are the codes of a carnê as the database holds them, in the words of the reader.
func codesOf(t *testing.T, o *demotest.Office, ctx context.Context, made uuid.UUID) (codes []string) {
	t.Helper()
	err := o.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		bills := tenants.IDsIn(invoice.Table, invoice.FieldID, invoice.BookletID(made))
		for _, row := range c.Slip.Query().Where(tenants.Among[predicate.Slip](slip.FieldInvoiceID, bills)).AllX(ctx) {
			codes = append(codes, "I2/5:"+row.Barcode, "QR-Code:"+row.PixPayload)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(codes)
	return codes
}
