package contracts_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/contract"
	"enlace/ent/history"
	"enlace/ent/subscription"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/contracts"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/status"
)

func desk(o *demotest.Office) contracts.Desk {
	return contracts.Desk{DB: o.DB, Site: func(slug string) string { return "https://" + slug + ".example/" }}
}

// marias is the contract of Maria's sale.
func marias(o *demotest.Office) (row *ent.Contract) {
	o.Read(func(ctx context.Context, c *ent.Client) error {
		row = c.Contract.Query().Where(contract.CustomerID(o.Maria.ID)).Order(contract.ByNumber()).FirstX(ctx)
		return nil
	})
	return row
}

func attachment(o *demotest.Office, key string) contracts.Attachment {
	row := marias(o)
	return contracts.Attachment{Subscription: row.SubscriptionID, Company: row.CompanyID, Template: row.TemplateID, TermMonths: 24, Key: key}
}

// events counts an event in the history of a contract.
func events(o *demotest.Office, id uuid.UUID, event string) (n int) {
	o.Read(func(ctx context.Context, c *ent.Client) error {
		n = c.History.Query().Where(history.SubjectID(id), history.Event(event)).CountX(ctx)
		return nil
	})
	return n
}

func TestAContractIsFrozenWhenItIsAttached(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		ctx := o.As("comercial")
		made, err := desk(o).Attach(ctx, attachment(o, "k"))
		if err != nil {
			t.Fatal(err)
		}
		if again, err := desk(o).Attach(ctx, attachment(o, "k")); err != nil || again != made {
			t.Errorf("pressed twice it made %s, %v", again, err)
		}
		var row *ent.Contract
		o.Read(func(ctx context.Context, c *ent.Client) error { row = c.Contract.GetX(ctx, made); return nil })
		sum := sha256.Sum256([]byte(row.Body))
		for _, said := range []string{"<tr><td>Assinante</td><td>Maria Demonstração, CPF 529.982.247-25</td></tr>", "R$\u00a089,90 (oitenta e nove reais e noventa centavos)", "1. Objeto",
			"<td>Vigência</td><td>24 meses</td>", "Belém, 23 de novembro de 2026."} {
			if !strings.Contains(row.Body, said) {
				t.Errorf("the text does not say %q: %s", said, row.Body)
			}
		}
		if row.BodyHash != hex.EncodeToString(sum[:]) || strings.Contains(row.Body, "{{") || row.Printed["holder"] != "Maria Demonstração" {
			t.Errorf("it is %v", row)
		}
		// Whatever is edited afterwards, the paper is drawn from what was frozen.
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.Customer.UpdateOneID(o.Maria.ID).SetName("Outra Pessoa").Exec(ctx)
		})
		file, err := desk(o).Open(ctx, made)
		if err != nil {
			t.Fatal(err)
		}
		text := paper(t, file.Content)
		for _, said := range []string{"Maria Demonstração", "https://fibranorte.example/verificar/", "versão 2", row.BodyHash} {
			if !strings.Contains(text, said) {
				t.Errorf("the paper does not say %q", said)
			}
		}
		if strings.Contains(text, "Outra Pessoa") || file.Name != fmt.Sprintf("Contrato %d.pdf", row.Number) {
			t.Errorf("%s says %s", file.Name, text)
		}
		if again, err := desk(o).Paper(ctx, made); err != nil || again.ID != file.ID {
			t.Errorf("asked again it is %v, %v", again, err)
		}
		if events(o, made, "contract_seen") != 1 || events(o, made, "contract_attached") != 1 {
			t.Error("the history does not tell who attached it and who looked at it")
		}
		for name, try := range map[string]error{
			"attach": second(desk(o).Attach(o.Stranger(), attachment(o, ""))), "open": second(desk(o).Open(o.Stranger(), made)), "read": second(desk(o).Contract(o.Stranger(), made)),
			"list": second(desk(o).OfService(o.Stranger(), row.SubscriptionID)), "list of a customer": second(desk(o).OfCustomer(o.Stranger(), o.Maria.ID)),
			"accept":     desk(o).Accept(o.Stranger(), contracts.Acceptance{Contract: made, On: calendar.On(2026, 11, 23), Note: "x"}),
			"deactivate": desk(o).Deactivate(o.Stranger(), made, "motivo bom", ""), "e-mail": desk(o).Email(o.Stranger(), made, "a@b.example", ""),
			"edit": second(desk(o).SaveTemplate(o.Stranger(), row.TemplateID, tenants.Typed{"nome": "x", "corpo": "y"})), "see a template": second(desk(o).Template(o.Stranger(), row.TemplateID, 0)),
			"withdraw": desk(o).SetTemplateActive(o.Stranger(), row.TemplateID, false), "verify": second(desk(o).Verify(o.Stranger(), 987654)),
		} {
			if demotest.Fault(try) != "not_found" {
				t.Errorf("a stranger who wants to %s is answered %v", name, try)
			}
		}
		for _, denied := range []error{second(desk(o).Attach(o.As("suporte"), attachment(o, ""))), desk(o).Deactivate(o.As("financeiro"), made, "motivo bom", ""),
			desk(o).Email(o.As("suporte"), made, "a@b.example", ""), second(desk(o).Templates(ctx)), second(desk(o).Open(o.As("tecnico"), made))} {
			if demotest.Fault(denied) != "denied" {
				t.Errorf("it is not denied: %v", denied)
			}
		}
	})
}

func second[T any](_ T, err error) error { return err }

// paper is the text of a PDF.
func paper(t *testing.T, pdf []byte) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "contrato.pdf")
	if err := os.WriteFile(name, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("pdftotext", name, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(strings.Fields(string(out)), " ")
}

func TestAcceptingAddsAnAnnexAndLetsTheInstallationBegin(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		ctx := o.As("comercial")
		made, err := desk(o).Attach(ctx, attachment(o, ""))
		if err != nil {
			t.Fatal(err)
		}
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.Subscription.Update().Where(subscription.CustomerID(o.Maria.ID)).SetStatus(status.WaitingSignature).Exec(ctx)
		})
		plain, err := desk(o).Paper(ctx, made)
		if err != nil {
			t.Fatal(err)
		}
		for note, want := range map[string]string{"aceito 👍": "observacao: unprintable", "\u200b": "observacao: required", "na loja,\ncom testemunha": ""} {
			var wrong tenants.Fields
			contracts.ReadAcceptance(tenants.Typed{"data": "23/11/2026", "observacao": note}, made, &wrong)
			if demotest.Fault(wrong.Err()) != want {
				t.Errorf("%q: %v", note, wrong)
			}
		}
		in := contracts.Acceptance{Contract: made, On: calendar.On(2026, 11, 24), Note: "assinou na loja", Key: "k"}
		if err := desk(o).Accept(ctx, in); demotest.Fault(err) != "data: future" {
			t.Errorf("accepted tomorrow: %v", err)
		}
		if in.On = calendar.On(2026, 11, 22); demotest.Fault(desk(o).Accept(ctx, in)) != "data: before_contract" {
			t.Error("accepted before it was there")
		}
		in.On = calendar.On(2026, 11, 23)
		for range 2 {
			if err := desk(o).Accept(ctx, in); err != nil {
				t.Fatal(err)
			}
		}
		if sub := o.Service(o.Maria); sub.Status != status.WaitingInstallation {
			t.Errorf("the service is %s", sub.Status)
		}
		if in.Key = "another"; demotest.Fault(desk(o).Accept(ctx, in)) != "contract_accepted" {
			t.Error("it was accepted once more")
		}
		accepted, err := desk(o).Paper(ctx, made)
		if err != nil {
			t.Fatal(err)
		}
		var row *ent.Contract
		o.Read(func(ctx context.Context, c *ent.Client) error { row = c.Contract.GetX(ctx, made); return nil })
		if text := paper(t, accepted.Content); !strings.Contains(text, "Anexo: aceite do contrato") || !strings.Contains(text, "assinou na loja") || !strings.Contains(text, "Comercial Exemplo") {
			t.Error(text)
		}
		sum := sha256.Sum256([]byte(row.Body))
		if *row.FileID != plain.ID || *row.AcceptedFileID != accepted.ID || row.BodyHash != hex.EncodeToString(sum[:]) || events(o, made, "contract_accepted") != 1 {
			t.Error("the frozen text or its paper was touched")
		}
		if err := desk(o).Deactivate(ctx, made, "não", ""); demotest.Fault(err) != "motivo: reason_short" {
			t.Error(err)
		}
		if err := desk(o).Deactivate(ctx, made, "plano trocado", "k"); err != nil {
			t.Fatal(err)
		}
		if err := desk(o).Deactivate(ctx, made, "plano trocado", "k2"); demotest.Fault(err) != "contract_inactive" {
			t.Errorf("deactivated once more: %v", err)
		}
		if in.Key = ""; demotest.Fault(desk(o).Accept(ctx, in)) != "contract_inactive" {
			t.Error("what is inactive was accepted")
		}
		if still, err := desk(o).Paper(ctx, made); err != nil || still.ID != accepted.ID {
			t.Errorf("its paper is %v, %v", still, err)
		}
	})
}

func TestAContractIsWhollyAttachedAcceptedAndDeactivatedOrNot(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		ctx, in := o.As("comercial"), attachment(o, "k")
		var made uuid.UUID
		o.AllOrNothing(t, 15, func() (err error) {
			made, err = desk(o).Attach(ctx, in)
			return err
		})
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.Subscription.Update().Where(subscription.CustomerID(o.Maria.ID)).SetStatus(status.WaitingSignature).Exec(ctx)
		})
		o.AllOrNothing(t, 8, func() error {
			return desk(o).Accept(ctx, contracts.Acceptance{Contract: made, On: calendar.On(2026, 11, 23), Note: "assinou", Key: "k"})
		})
		if _, err := desk(o).Paper(ctx, made); err != nil {
			t.Fatal(err)
		}
		o.AllOrNothing(t, 5, func() error { return desk(o).Email(ctx, made, "maria@exemplo.com.br", "k") })
		o.AllOrNothing(t, 4, func() error { return desk(o).Deactivate(ctx, made, "plano trocado", "k") })
	})
}

func TestWhatWasIssuedKeepsItsVersion(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		manager, before := o.As("gerente"), marias(o)
		template, err := desk(o).Template(manager, before.TemplateID, 0)
		if err != nil {
			t.Fatal(err)
		}
		save := func(typed tenants.Typed) error {
			return second(desk(o).SaveTemplate(manager, before.TemplateID, typed))
		}
		if err := save(tenants.Typed{"nome": template.Name, "corpo": template.Body}); err != nil {
			t.Fatal(err)
		}
		if again, err := desk(o).Template(manager, before.TemplateID, 0); err != nil || again.Version != template.Version {
			t.Errorf("saved as it was it is version %d, %v", again.Version, err)
		}
		for typed, want := range map[string]string{"{{cliente.apelido}}": "corpo: unknown_field", "{{cliente.nome": "corpo: open_field", "": "corpo: required", "<script>alert(1)</script>": "corpo: required",
			"bom dia 😀": "corpo: unprintable_sign", strings.Repeat("a", contracts.LongestTemplate+1): "corpo: letters 0 200000"} {
			if err := save(tenants.Typed{"nome": template.Name, "corpo": typed}); demotest.Fault(err) != want {
				t.Errorf("%.40q: %v, want %s", typed, err, want)
			}
		}
		if err := save(tenants.Typed{"nome": "Adesão 😀", "corpo": template.Body}); demotest.Fault(err) != "nome: unprintable" { // it stands on the paper
			t.Errorf("a name that is not printed: %v", err)
		}
		if err := save(tenants.Typed{"nome": template.Name, "corpo": template.Body + "\n\n## Foto\nCláusula **nova**, {{provedor.nome}}."}); err != nil {
			t.Fatal(err)
		}
		later, err := desk(o).Attach(o.As("comercial"), attachment(o, ""))
		if err != nil {
			t.Fatal(err)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			old, fresh := c.Contract.GetX(ctx, before.ID), c.Contract.GetX(ctx, later)
			if old.Body != before.Body || old.TemplateVersion != template.Version || fresh.TemplateVersion != template.Version+1 || !strings.Contains(fresh.Body, "<strong>nova</strong>, Fibra Norte.") {
				t.Errorf("%d, %d: %s", old.TemplateVersion, fresh.TemplateVersion, fresh.Body)
			}
			return nil
		})
		if old, err := desk(o).Template(manager, before.TemplateID, template.Version); err != nil || old.Body != template.Body || len(old.Versions) != template.Version+1 {
			t.Errorf("the version before is %v, %v", old, err)
		}
		if err := desk(o).SetTemplateActive(manager, before.TemplateID, false); err != nil {
			t.Fatal(err)
		}
		if _, err := desk(o).Attach(o.As("comercial"), attachment(o, "")); demotest.Fault(err) != "modelo: template_withdrawn" {
			t.Errorf("a withdrawn template was used: %v", err)
		}
		if err := second(desk(o).SaveTemplate(manager, uuid.Nil, tenants.Typed{"nome": strings.ToUpper(template.Name), "corpo": "x"})); demotest.Fault(err) != "nome: name_taken" {
			t.Error(err)
		}
	})
}

// A template as long as one may be is kept, previewed and printed.
func TestTheLongestTemplateIsPrinted(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		row := marias(o)
		body := "# Longo\n\n" + strings.Repeat("## Regra\nPalavra **de** contrato de {{cliente.nome}} com acentos: ção.\n\n", 2600)
		body += strings.Repeat("x", contracts.LongestTemplate-len([]rune(body)))
		id, err := desk(o).SaveTemplate(o.As("gerente"), uuid.Nil, tenants.Typed{"nome": "Longo", "corpo": body})
		if err != nil {
			t.Fatal(err)
		}
		made, err := desk(o).Attach(o.As("comercial"), contracts.Attachment{Subscription: row.SubscriptionID, Template: id})
		if err != nil {
			t.Fatal(err)
		}
		file, err := desk(o).Paper(o.As("comercial"), made)
		if err != nil {
			t.Fatal(err)
		}
		if text := paper(t, file.Content); strings.Count(text, "Maria Demonstração com acentos: ção.") != 2600 || !strings.Contains(text, "2600. Regra") {
			t.Errorf("%d clauses are on paper", strings.Count(text, "Maria Demonstração com acentos: ção."))
		}
	})
}

func TestAPreviewHasARealCustomersDataAndKeepsNothing(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		manager := o.As("gerente")
		shown, err := desk(o).Preview(manager, tenants.Typed{"nome": "Teste", "corpo": "Olá, {{cliente.nome}}: {{servico.preco_extenso}}", "cliente": "joao suspenso"})
		if err != nil || shown.Customer.ID != o.Joao.ID || shown.Body[0].Text.Plain() != "Teste" || shown.Body[2].Text.Plain() != "Olá, João Suspenso: setenta e nove reais e noventa centavos" {
			t.Errorf("%v, %v", shown, err)
		}
		if shown, err := desk(o).Preview(manager, tenants.Typed{"corpo": "{{hoje.extenso}}"}); err != nil || shown.Customer == nil {
			t.Errorf("without a name: %v, %v", shown, err)
		}
		if _, err := desk(o).Preview(manager, tenants.Typed{"corpo": "x", "cliente": "ninguém assim"}); demotest.Fault(err) != "cliente: no_such_customer" {
			t.Error(err)
		}
		if _, err := desk(o).Preview(manager, tenants.Typed{"corpo": "{{x}}"}); demotest.Fault(err) != "corpo: unknown_field" {
			t.Error(err)
		}
		if shown, err := desk(o).Preview(o.Stranger(), tenants.Typed{"corpo": "x", "cliente": "maria demonstração"}); demotest.Fault(err) != "cliente: no_such_customer" {
			t.Errorf("a stranger sees %v", shown)
		}
	})
}

func TestEveryFieldHasAValueForEveryService(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		var body []string
		for _, name := range contracts.Fields {
			body = append(body, name+"={{"+name+"}}")
		}
		shown, err := desk(o).Preview(o.As("gerente"), tenants.Typed{"nome": "Todos", "corpo": strings.Join(body, "\n\n"), "cliente": "maria demonstração"})
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range shown.Body[2:] {
			name, value, _ := strings.Cut(b.Text.Plain(), "=")
			if value == "" || strings.Contains(value, "{{") {
				t.Errorf("%s is %q", name, value)
			}
		}
	})
}

func TestAnybodyMayVerifyANumberAndLearnsNothingPersonal(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		row := marias(o)
		seen, err := desk(o).Verify(tenants.With(context.Background(), o.Here), row.Number)
		if err != nil || seen.Hash != row.BodyHash || seen.Number != row.Number || seen.IssuedOn.IsZero() {
			t.Errorf("%v, %v", seen, err)
		}
	})
}
