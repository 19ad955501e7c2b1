package handlers_test

import (
	"context"
	"crypto/sha256"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/address"
	"enlace/ent/booklet"
	"enlace/ent/charge"
	"enlace/ent/invoice"
	"enlace/ent/payment"
	"enlace/ent/slip"
	"enlace/ent/user"
	"enlace/handlers/handlerstest"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/demo"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/tenanttest"
)

// mostQueries is what a page may ask the database, who is signed in among it; the begin and the end of a transaction are no questions.
const mostQueries = 12

// hundred is the demonstration with 100 customers in each ISP.
var hundred = tenanttest.Seed{Sow: func(db *tenants.DB) error {
	vault, err := tenants.NewVault(make([]byte, tenants.VaultKeyBytes))
	if err != nil {
		return err
	}
	_, err = demo.Load(context.Background(), demo.Options{DB: db, Vault: vault, Password: demotest.Password, Customers: 100})
	return err
}}

// TestAPageAsksLittleHoweverMuchItShows opens every page of the table, and some with something asked of them, where there are two customers
// and where there are a hundred.
func TestAPageAsksLittleHoweverMuchItShows(t *testing.T) {
	for name, open := range map[string]func(*tenanttest.Seed, testing.TB, *tenanttest.Probe) *tenants.DB{
		"sqlite": (*tenanttest.Seed).SQLiteProbed, "postgres": (*tenanttest.Seed).PostgresProbed,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			few := asking(t, demotest.Open(t, open))
			probe := &tenanttest.Probe{}
			many := asking(t, demotest.Over(t, open(&hundred, t, probe), probe))
			for path, n := range many {
				if n > mostQueries {
					t.Errorf("%s asks %d times", path, n)
				}
				if n > few[path] && !strings.HasSuffix(path, ":atrasado") { // the one who is late is another one
					t.Errorf("%s asks %d times of two customers, %d times of a hundred", path, few[path], n)
				}
			}
			t.Logf("%d pages", len(many))
		})
	}
}

// notPages are answered with bytes, once somebody asks for them, are told on and on, or are of a file that nobody has sent here.
var notPages = regexp.MustCompile(`\.(pdf|css|png|csv|json|rem)$|/ao-vivo$|^/entrar$|/andamento$|/importar/arquivos/`)

// asking is how often each page asks, by its line of the table.
func asking(t *testing.T, o *demotest.Office) map[string]int {
	t.Helper()
	files(o)
	s := handlerstest.Open(t, &tenanttest.Office{DB: o.DB, Here: o.Here, Other: o.Other})
	b := s.Browser()
	b.SignIn("gerente@fibranorte.example", demotest.Password)
	counts, known := map[string]int{}, slices.Concat(lived(t, o), arranged(t, o), idsOf(o))
	lines := []string{"/clientes/:devedor", "/clientes/:atrasado", "/servicos/:atrasado", "/servicos/:espera", "/clientes/:devedor/em?dia=2026-11-01", "/servicos/:migrado", "/servicos/:migrado/desfazer", "/servicos/:cancelado", "/servicos/:rascunhado/migracao?rascunho=:rascunho", "/servicos/:rascunhado/migracao?rascunho=:rascunho&pagina=1", "/clientes?q=a", "/clientes?q=maria+demo", "/clientes?q=1", "/clientes?situacao=habilitado&atraso=sim&cidade=Belem", "/buscar?q=maria", "/buscar?q=maria+d",
		"/buscar?q=1", "/atendimentos?situacao=rascunho&de=mim&atrasados=sim&q=2026", "/atendimentos/novo?cliente=:devedor&cancelados=sim", "/atendimentos/novo?q=maria", "/ordens-de-servico?situacao=agendada", "/carnes?situacao=vencido", "/carnes?q=1", "/carnes/renovar?ate=2028-01-01", "/financeiro?situacao=abertas", "/financeiro?situacao=pagas", "/financeiro?q=maria&grupo=x&cidade=Belem", "/relatorios/recebimentos?por=usuario", "/relatorios/recebimentos?por=forma", "/relatorios/recebimentos?por=meio", "/relatorios/vendas?por=grupo", "/relatorios/vendas?por=vendedor", "/relatorios/cancelamentos?por=plano", "/relatorios/cancelamentos?por=vendedor", "/relatorios/cancelamentos?por=meses", "/relatorios/avaliacoes?por=atendente", "/relatorios/avaliacoes?por=mes"}
	for _, r := range s.Web.Routes() {
		if r.Method == http.MethodGet && !notPages.MatchString(r.Path) {
			lines = append(lines, r.Path)
		}
	}
	for _, line := range lines {
		path := addressed(known, line)
		ask := func() int {
			return len(slices.DeleteFunc(o.Asked(func() { b.Get(path).Want(http.StatusOK) }), func(one demotest.Statement) bool {
				return strings.HasPrefix(one.Text, `UPDATE "sessions"`) // that it is in use is noted once a minute, on whatever page
			}))
		}
		counts[line] = min(ask(), ask(), ask()) // the brand is read again now and then, and so is the directory, by whatever page comes
	}
	return counts
}

// files puts a remessa and a retorno there, of two orders and two lines in a small office and of a page full in a large one.
func files(o *demotest.Office) {
	o.Write(func(ctx context.Context, c *ent.Client) error {
		agreement := c.BankAgreement.Query().OnlyX(ctx)
		file := c.File.Create().SetName("a.rem").SetContentType("text/plain").SetSize(0).SetSha256("").SetContent([]byte("x")).SetCreatedAt(o.DB.Now()).SaveX(ctx)
		remessa := c.Remessa.Create().SetAgreementID(agreement.ID).SetNumber(1).SetFileID(file.ID).SetOrders(2).SetRegistered(2).SetWrittenAt(o.DB.Now()).SetWrittenBy("Ana").SaveX(ctx)
		back := c.BankReturn.Create().SetAgreementID(agreement.ID).SetName("a.ret").SetSha256("").SetSequence("1").SetLines(2).SetBroughtBy("Ana").SetBroughtAt(o.DB.Now()).
			SetFinishedAt(o.DB.Now()).SaveX(ctx)
		for i, row := range c.Slip.Query().Where(slip.AgreementIDNotNil()).Limit(50).AllX(ctx) {
			c.RemessaOrder.Create().SetRemessaID(remessa.ID).SetSlipID(row.ID).SetPosition(i).SetCommand("register").SetAmount(1).SetRebate(0).SetDue(row.Due).ExecX(ctx)
			c.BankReturnLine.Create().SetReturnID(back.ID).SetPosition(2 * i).SetLine(2 * i).SetOutcome("noted").SetSlipID(row.ID).ExecX(ctx)
			c.BankReturnLine.Create().SetReturnID(back.ID).SetPosition(2*i + 1).SetLine(2*i + 1).SetOutcome("unknown").SetOurNumber(fmt.Sprint(i)).SetReceived(1).ExecX(ctx)
		}
		return nil
	})
}

// known says what stands for an id in the lines that begin so.
type known struct{ at, mark, is string }

// addressed is a line of the table with ids in it that there are.
func addressed(known []known, path string) string {
	for _, id := range known {
		if strings.HasPrefix(path, id.at) {
			path = strings.Replace(path, id.mark, id.is, 1)
		}
	}
	return path
}

// invitedTo is the secret of the link by which João accepts that a service becomes his.
func invitedTo(ctx context.Context, c *ent.Client, o *demotest.Office, sub *ent.Subscription) string {
	const secret = "segredo-de-teste"
	hash := sha256.Sum256([]byte(secret))
	c.Transfer.Create().SetSubscriptionID(sub.ID).SetFromID(o.Maria.ID).SetToID(o.Joao.ID).SetMethodID(sub.MethodID).SetDueDay(sub.DueDay).SetMode("antecipado").SetRequestedAt(o.DB.Now()).
		SetExpiresOn(o.DB.Today(ctx).AddDays(7)).SetToToken(hash[:]).ExecX(ctx)
	return secret
}

// arranged makes an agreement over João's debt, an event and a contested charge of Maria's: the demonstration has none.
func arranged(t *testing.T, o *demotest.Office) []known {
	t.Helper()
	d, by := billing.Desk{DB: o.DB}, o.As("gerente")
	today := o.Here.Today(o.DB.Now())
	owed := invoicesOf(o, o.Joao)[0]
	agreement, err := d.Agree(by, billing.NewAgreement{Customer: o.Joao.ID, Debts: []uuid.UUID{owed.ID}, Instalments: 3, FirstDue: today.AddDays(30)})
	if err != nil {
		t.Fatal(err)
	}
	event, err := d.AddEvent(by, billing.NewEvent{Customer: o.Maria.ID, Subscription: o.Service(o.Maria).ID, Description: "Roteador extra", Value: 30_00, Parts: 3, From: today})
	if err != nil {
		t.Fatal(err)
	}
	var contested uuid.UUID
	o.Read(func(ctx context.Context, c *ent.Client) error {
		contested = c.Charge.Query().Where(charge.CustomerID(o.Maria.ID), charge.ClosedAtIsNil()).FirstIDX(ctx)
		return nil
	})
	if _, err := d.Contest(by, billing.NewContest{Charge: contested, Channel: billing.ContestChannels[0], Reason: "não reconhece"}); err != nil {
		t.Fatal(err)
	}
	return []known{{"/acordos/", ":id", agreement.String()}, {"/eventos/", ":id", event.String()}, {"/cobrancas/", ":id", contested.String()}}
}

// letterOf is the secret of the link by which a ticket's subscriber opens it.
func letterOf(ctx context.Context, o *demotest.Office, of *ent.Ticket) string {
	secret, err := o.Vault.Seal(tenants.With(ctx, o.Here), "ticket letter", string(of.ID[:])+string(of.CustomerID[:]))
	if err != nil {
		panic(err)
	}
	return secret
}

func idsOf(o *demotest.Office) (all []known) {
	renewal := renewalOf(o)
	o.Write(func(ctx context.Context, c *ent.Client) error {
		of := func(id interface{ String() string }) string { return id.String() }
		late := c.Charge.Query().Where(charge.ClosedAtIsNil(), charge.CancelledAtIsNil(), charge.Suspends(true), charge.CustomerIDNEQ(o.Joao.ID)).Order(charge.ByDue()).FirstX(ctx)
		sub := o.Service(o.Maria)
		attended := c.Ticket.Create().SetProtocol("202699999999").SetCustomerID(o.Maria.ID).SetSubscriptionID(sub.ID).SetStatus("aguardando_analise").SetChannel("staff").SetOpenedAt(o.DB.Now()).SetTouchedAt(o.DB.Now()).SaveX(ctx)
		visit := c.WorkOrder.Create().SetNumber(99_999).SetCustomerID(o.Maria.ID).SetSubscriptionID(sub.ID).SetTicketID(attended.ID).SetTypeID(c.WorkOrderType.Query().FirstIDX(ctx)).SetStatus("agendada").
			SetTechnicianID(c.User.Query().Where(user.RoleEQ(user.RoleTecnico)).FirstIDX(ctx)).SetStartsAt(o.DB.Now()).SetDescription("medir sinal").SetOpenedAt(o.DB.Now()).SaveX(ctx)
		paper := c.File.Create().SetName("a.pdf").SetContentType("application/pdf").SetSize(1).SetSha256("").SetContent([]byte("x")).SetCreatedAt(o.DB.Now()).SaveX(ctx)
		attached := c.Attachment.Create().SetTicketID(attended.ID).SetFileID(paper.ID).SetKind("document").SetAt(o.DB.Now()).SaveX(ctx)
		all = []known{
			{"/clientes/:id/quitacao/", ":ano", fmt.Sprint(c.Declaration.Create().SetCustomerID(o.Maria.ID).SetYear(2025).SetDay(o.DB.Today(ctx)).SetBody("nada deve").SetAmount(1).SetAt(o.DB.Now()).SaveX(ctx).Year)},
			{"/atendimentos/novo", ":devedor", of(o.Joao.ID)},
			{"/atendimentos/:id", ":id", of(attended.ID)},
			{"/ordens-de-servico/:id", ":id", of(visit.ID)},
			{"/anexos/", ":id", of(attached.ID)},
			{"/falhas/", ":id", of(outageIn(ctx, c, o))},
			{"/servicos/:id/poupar", ":id", of(o.Service(o.Joao).ID)},
			{"/faturas/:id/aviso", ":id", of(c.Invoice.Query().Where(invoice.CustomerID(o.Joao.ID), invoice.NoticedOnNotNil()).FirstX(ctx).ID)},
			{"/clientes/", ":devedor", of(o.Joao.ID)},
			{"/clientes/", ":atrasado", of(late.CustomerID)},
			{"/servicos/", ":atrasado", of(*late.SubscriptionID)},
			{"/clientes/", ":id", of(o.Maria.ID)},
			{"/clientes/", ":endereco", of(c.Address.Query().Where(address.CustomerID(o.Maria.ID)).FirstX(ctx).ID)},
			{"/servicos/", ":id", of(o.Service(o.Joao).ID)},
			{"/carnes/renovacoes/", ":id", of(renewal)},
			{"/carnes/", ":id", of(c.Booklet.Query().Where(booklet.CustomerID(o.Maria.ID)).FirstX(ctx).ID)},
			{"/verificar/", ":numero", "1"},
			{"/aceite/", ":segredo", invitedTo(ctx, c, o, sub)},
			{"/protocolo/", ":segredo", letterOf(ctx, o, attended)},
			{"/configuracoes/modelos/", ":id", of(c.ContractTemplate.Query().FirstX(ctx).ID)},
			{"/configuracoes/importar/", ":tipo", "planos"},
			{"/configuracoes/rotinas/", ":rotina", "faturamento-mensal"},
			{"/contratos/", ":id", of(c.Contract.Query().FirstX(ctx).ID)},
			{"/faturas/", ":id", of(c.Invoice.Query().Where(invoice.CustomerID(o.Maria.ID), invoice.PaidAtIsNil()).FirstX(ctx).ID)},
			{"/cobrancas/", ":id", of(c.Charge.Query().Where(charge.CustomerID(o.Maria.ID)).FirstX(ctx).ID)},
			{"/pagamentos/", ":id", of(c.Payment.Query().Where(payment.CustomerID(o.Maria.ID)).FirstX(ctx).ID)},
			{"/caixas/", ":id", of(till(ctx, c))},
			{"/correspondentes/", ":id", of(shop(ctx, c))},
			{"/configuracoes/equipe/", ":id", of(c.User.Query().Where(user.RoleEQ(user.RoleTecnico)).FirstX(ctx).ID)},
			{"/financeiro/bancos/", ":id", of(c.BankAgreement.Query().OnlyX(ctx).ID)},
			{"/financeiro/pix/", ":id", of(strangePix(ctx, c, o).ID)},
			{"/financeiro/remessas/", ":id", of(c.Remessa.Query().OnlyX(ctx).ID)},
			{"/financeiro/retornos/linhas/", ":id", of(strangeLine(ctx, c, o).ID)},
			{"/financeiro/retornos/", ":id", of(c.BankReturn.Query().OnlyX(ctx).ID)},
			{"/configuracoes/", ":sala", "planos"},
			{"/configuracoes/", ":id", of(c.Plan.Query().FirstX(ctx).ID)},
		}
		return nil
	})
	return all
}

// till is an open caixa of the gerente's, and shop a correspondente: the demonstration has none.
func till(ctx context.Context, c *ent.Client) uuid.UUID {
	return c.Till.Create().SetNumber(1).SetUserID(c.User.Query().Where(user.RoleEQ(user.RoleGerente)).OnlyX(ctx).ID).SetDay(calendar.On(2026, 11, 23)).SetOpening(0).SetOpenedAt(tenanttest.Now).SaveX(ctx).ID
}

func shop(ctx context.Context, c *ent.Client) uuid.UUID {
	return c.Correspondent.Create().SetName("Mercado do Zé").SaveX(ctx).ID
}

// strangePix is a Pix that came in and is of no invoice.
func strangePix(ctx context.Context, c *ent.Client, o *demotest.Office) *ent.PixReceipt {
	account := c.PspAccount.Create().SetName("Banco").SetPixKeyID(c.PixKey.Query().FirstIDX(ctx)).SetBaseURL("https://pix.example.com").SetTokenURL("https://pix.example.com/token").
		SetClientID("a").SetClientSecret("x").SetCertificate("x").SetPrivateKey("x").SetWebhookHash("x").SetWebhookSecret("x").SetCertificateUntil(o.DB.Now()).SaveX(ctx)
	return c.PixReceipt.Create().SetAccountID(account.ID).SetEndToEnd("E" + strings.Repeat("1", 31)).SetStatus("stranger").SetAmount(89_90).SetPaidAt(o.DB.Now()).SetToldAt(o.DB.Now()).SaveX(ctx)
}

// strangeLine is a line of a retorno by which money came that is of no slip.
func strangeLine(ctx context.Context, c *ent.Client, o *demotest.Office) *ent.BankReturnLine {
	of := c.BankReturn.Query().OnlyX(ctx)
	return c.BankReturnLine.Create().SetReturnID(of.ID).SetPosition(999).SetLine(7).SetOutcome("unknown").SetMovement("06").SetOurNumber("99999901011").SetDocument("A-7").
		SetReceived(89_90).SetOccurredOn(o.DB.Today(o.Worker())).SaveX(ctx)
}

// outageIn is an outage with everybody's services.
func outageIn(ctx context.Context, c *ent.Client, o *demotest.Office) uuid.UUID {
	subs := c.Subscription.Query().AllX(ctx)
	row := c.Outage.Create().SetNumber(1).SetTitle("Fibra rompida").SetKind("place").SetCity("Belém").SetState("open").SetBeganAt(o.DB.Now()).SetTotal(len(subs)).
		SetUserID(c.User.Query().Where(user.RoleEQ(user.RoleGerente)).OnlyX(ctx).ID).SetUserName("Ana").SetUserRole("gerente").SetCreatedAt(o.DB.Now()).SetChangedAt(o.DB.Now()).SaveX(ctx)
	for _, sub := range subs {
		c.OutageService.Create().SetOutageID(row.ID).SetCustomerID(sub.CustomerID).SetSubscriptionID(sub.ID).SetState("down").ExecX(ctx)
	}
	return row.ID
}
