package main

import (
	"bytes"
	"context"
	"net/http"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"enlace/bot/bottest"
	"enlace/ent"
	"enlace/ent/invoice"
	"enlace/ent/slip"
	"enlace/handlers/handlerstest"
	"enlace/tenants"
)

// TestTheMainJob is an ISP's day on one small installation: a clerk in a real browser sells and issues a carnê, a worker prints it, a phone
// reads it; then João, who is suspended, comes into the bot, sees what he owes, opens a ticket and unblocks on trust, and RADIUS lets him in.
func TestTheMainJob(t *testing.T) {
	t.Parallel()
	telegram := bottest.New(t, "1:main-job")
	m := machine{"ENLACE_DATA_DIR": t.TempDir(), "ENLACE_DEMO_PASSWORD": demoPassword, "ENLACE_RADIUS_AUTH_ADDR": freeAddr(t), "ENLACE_RADIUS_ACCT_ADDR": freeAddr(t),
		"ENLACE_TELEGRAM_ENDPOINT": telegram.Endpoint, "ENLACE_DEMO_TELEGRAM_TOKEN": telegram.Token}
	m.does(t, "demo", "--clientes", "10")
	run := m.starts(t, "run")
	_, port, _ := strings.Cut(run.address, ":")
	c := handlerstest.ChromeAt(t, "http://fibranorte.localhost:"+port)
	c.Open("/").TabTo("E-mail").Type("comercial@fibranorte.example").TabTo("Senha").Type(demoPassword).Enter()

	c.TabTo("Adicionar Cliente").Enter()
	c.TabTo("Nome completo").Type("Ana Beatriz Lima").TabTo("CPF").Type("390.533.447-05").TabTo("Nascimento").Type("14/03/1990").
		TabTo("Telefone").Type("(91) 98888-7777").TabTo("Avançar para Endereço").Enter()
	c.TabTo("CEP").Type("66035-145").TabTo("Logradouro").Type("Avenida Nazaré").TabTo("Número").Type("500").TabTo("Bairro").Type("Nazaré").
		TabTo("Cidade").Type("Belém").TabTo("UF").Type("PA").TabTo("Avançar para Plano").Enter()
	c.TabTo("Avançar para Contrato").Enter()
	c.TabTo("Avançar para Cobrança").Enter()
	c.TabTo("Usa Carnê\nAs parcelas são impressas de uma vez; não renova sozinho").Type(" ").TabTo("Avançar para Ordem de Serviço").Enter()
	c.TabTo(handlerstest.Eval[string](c, `document.querySelector('#venda .en-row .en-go').innerText`)).Enter()
	if c.H1() != "Ana Beatriz Lima" {
		t.Fatalf("after Salvar the browser is at %s, %q", c.Path(), c.H1())
	}
	c.Picture("dia-cliente")
	c.TabTo("Carnê Bancário").Enter()
	c.TabTo(handlerstest.Eval[string](c, `document.querySelector('#gerar .en-go').innerText`)).Enter()
	c.Picture("dia-carne")
	carne := uuid.MustParse(strings.TrimPrefix(c.Path(), "/carnes/"))

	b := handlerstest.Dial(t, "fibranorte", run.address)
	b.SignIn("comercial@fibranorte.example", demoPassword)
	for deadline := time.Now().Add(30 * time.Second); !b.HTMX().Get(c.Path() + "/impressao").Has("O PDF está pronto"); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("nobody printed the carnê\n%s", run.said)
		}
	}
	onPaper := handlerstest.CodesOn(t, b.Get(c.Path()+".pdf").Body)
	toBot := func(code string) bool { return strings.HasPrefix(code, "QR-Code:https://t.me/") } // printed on the first slip, and kept nowhere
	if !slices.ContainsFunc(onPaper, toBot) {
		t.Error("the carnê does not lead to the bot")
	}
	onPaper = slices.DeleteFunc(onPaper, toBot)
	if kept := m.codesOf(t, carne); len(kept) != 24 || !slices.Equal(onPaper, kept) {
		t.Errorf("a phone reads %q\nthe database holds %q", onPaper, kept)
	}

	if said := m.radius("joao@fibranorte", "joao-demo"); !strings.Contains(said, "Access-Reject") {
		t.Errorf("suspended, João is answered %s", said)
	}
	c.Open("/buscar?q=111.444.777-35").TabTo("João Suspenso").Enter()
	c.TabTo("Vincular Telegram").Enter()
	start := regexp.MustCompile(`start=([\w-]+)`).FindStringSubmatch(handlerstest.Eval[string](c, `document.querySelector('main a.en-mono').href`))
	if start == nil {
		t.Fatalf("no link on %s", c.Path())
	}
	joao := telegram.Person("João", 202)
	joao.Play(`
		João: /start ` + start[1] + `
		Bot: Olá, João!…
		João > Serviços Contratados
		Bot edits: Serviços Contratados:
		| Suspenso por Débito
		João: /suporte
		Bot: Atendimento para …
		João: Sem internet desde ontem
		Bot: Atendimento aberto. Seu protocolo é …
		João: /desbloquear
		Bot: Seu serviço …
		| no liberado
		João > Liberar por 1 dia
		Bot edits: Desbloqueio em Confiança pedido em …
		Bot: Pronto, João…iberado…`)
	let := ""
	for deadline := time.Now().Add(10 * time.Second); !strings.Contains(let, "Access-Accept") && time.Now().Before(deadline); time.Sleep(100 * time.Millisecond) {
		let = m.radius("joao@fibranorte", "joao-demo")
	}
	if !strings.Contains(let, "Access-Accept") {
		t.Errorf("on trust, João is answered %s", let)
	}
	c.Open("/buscar?q=joao suspenso").TabTo("João Suspenso").Enter()
	if page := handlerstest.Eval[string](c, `document.querySelector('main').innerText`); !strings.Contains(page, "Em confiança até") {
		t.Errorf("João's page does not tell of the trust: %s", page)
	}
	c.Picture("dia-confianca")
	stranger := handlerstest.Dial(t, "ondasul", run.address)
	stranger.SignIn("gerente@ondasul.example", demoPassword)
	stranger.Get("/carnes/" + carne.String()).Want(http.StatusNotFound)
}

// codesOf is what the slips of a carnê should read as, by the database of an embedded machine.
func (m machine) codesOf(t *testing.T, carne uuid.UUID) (codes []string) {
	t.Helper()
	m.read(t, func(ctx context.Context, c *ent.Client) {
		ids := c.Invoice.Query().Where(invoice.BookletID(carne)).IDsX(ctx)
		for _, row := range c.Slip.Query().Where(slip.InvoiceIDIn(ids...)).AllX(ctx) {
			codes = append(codes, "I2/5:"+row.Barcode, "QR-Code:"+row.PixPayload)
		}
	})
	slices.Sort(codes)
	return codes
}

// read looks into fibranorte's file beside the process that serves it.
func (m machine) read(t *testing.T, look func(context.Context, *ent.Client)) {
	t.Helper()
	db, err := tenants.OpenSQLite(context.Background(), m["ENLACE_DATA_DIR"], nil)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	isp, err := db.Find(context.Background(), "fibranorte")
	if err != nil {
		t.Fatal(err)
	}
	err = db.Read(tenants.With(context.Background(), isp), func(ctx context.Context, c *ent.Client) error {
		look(ctx, c)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// radius is what the machine's RADIUS answers to a login at fibranorte's NAS.
func (m machine) radius(login, password string) string {
	ask := exec.Command("radclient", "-x", "-t", "5", "-r", "1", m["ENLACE_RADIUS_AUTH_ADDR"], "auth", "fibranorte-demo")
	ask.Stdin = strings.NewReader(`User-Name = "` + login + `", User-Password = "` + password + `", Message-Authenticator = 0x00` + "\n")
	out, _ := ask.CombinedOutput() // radclient calls a reject a failure
	return string(bytes.TrimSpace(out))
}
