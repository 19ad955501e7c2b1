package handlers_test

import (
	"context"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/customer"
	"enlace/ent/draft"
	"enlace/ent/plan"
	"enlace/ent/planitem"
	"enlace/ent/subscription"
	"enlace/handlers/handlerstest"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/status"
)

// walk goes through a wizard by its buttons, with some answers whatever its pages offer, up to what refuses it, or to the page of the last button.
func walk(page *handlerstest.Page, answers url.Values, buttons ...string) *handlerstest.Page {
	for _, button := range buttons {
		if page.Status != http.StatusOK {
			return page
		}
		form := page.Form(button)
		for field, said := range answers {
			form.Values[field] = said
		}
		page = form.Submit()
	}
	return page
}

var (
	toMigrate  = []string{"Avançar para Cobrança e contrato", "Avançar para Endereço e OS"}
	toHandOver = []string{"Migrar Serviço"}
)

// What a migration and a transfer refuse, as it is typed, forged or come too late: each with the sentence that says why, and nothing done.
func TestTheLifeOfAServiceRefusesByName(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		maria, joao := o.Service(o.Maria), o.Service(o.Joao)
		var withdrawn uuid.UUID
		var away, foreign *ent.Customer
		o.Write(func(ctx context.Context, c *ent.Client) error {
			row := c.Plan.Query().Where(plan.IDNotIn(maria.PlanID, joao.PlanID), plan.NameNEQ("Fibra 800 Mega")).FirstX(ctx)
			withdrawn = row.Update().SetActive(false).SaveX(ctx).ID
			away = c.Customer.Create().SetNumber(9001).SetKind(customer.KindPf).SetName("Foi Embora").SetDocument("00000000191").SetActive(false).SaveX(ctx)
			return nil
		})
		if err := o.DB.Write(o.Stranger(), func(ctx context.Context, c *ent.Client) error {
			foreign = c.Customer.Query().FirstX(ctx)
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		one := func(field, said string) url.Values { return url.Values{field: {said}} }
		for name, ask := range map[string]struct {
			by      string
			sub     *ent.Subscription
			to      string // migracao, titularidade
			answers url.Values
			status  int
			said    string
		}{
			"the same plan":                  {"comercial", maria, "migracao", one("plano", maria.PlanID.String()), 422, "Este já é o plano do serviço"},
			"a plan that is sold no more":    {"comercial", maria, "migracao", one("plano", withdrawn.String()), 422, "Este plano não é mais vendido"},
			"a plan of nobody":               {"comercial", maria, "migracao", one("plano", demotest.Nobody.String()), 404, ""},
			"a sale of tomorrow":             {"comercial", maria, "migracao", one("data_venda", "24/11/2026"), 422, "A data ainda não chegou"},
			"a debtor":                       {"comercial", joao, "migracao", nil, 409, "só o gerente migra, com o motivo"},
			"a debtor, hardly a reason":      {"gerente", joao, "migracao", one("motivo_excecao", "não"), 422, "pelo menos 5 letras"},
			"a debtor, not by who may":       {"comercial", joao, "migracao", one("motivo_excecao", "acordo com a diretoria"), 403, ""},
			"who holds it":                   {"comercial", maria, "titularidade", one("titular", o.Maria.ID.String()), 422, "já é o titular"},
			"who was deactivated":            {"comercial", maria, "titularidade", one("titular", away.ID.String()), 409, "Foi Embora está desativado"},
			"a customer of another ISP":      {"comercial", maria, "titularidade", one("titular", foreign.ID.String()), 404, ""},
			"nobody":                         {"comercial", maria, "titularidade", one("titular", ""), 422, ""},
			"a debtor's service":             {"comercial", joao, "titularidade", one("titular", o.Maria.ID.String()), 409, "só o gerente troca a titularidade"},
			"a debtor's, hardly a reason":    {"gerente", joao, "titularidade", url.Values{"titular": {o.Maria.ID.String()}, "motivo_debito": {"ok"}}, 422, "pelo menos 5 letras"},
			"a due day that is not the ISPs": {"comercial", maria, "titularidade", url.Values{"titular": {o.Joao.ID.String()}, "dia_vencimento": {"31"}}, 422, ""},
		} {
			buttons := append(toMigrate[:len(toMigrate):len(toMigrate)], "Salvar")
			if ask.to == "titularidade" {
				buttons = append(toHandOver[:len(toHandOver):len(toHandOver)], "Migrar")
			}
			page := walk(s.As(ask.by).Get("/servicos/"+ask.sub.ID.String()+"/"+ask.to), ask.answers, buttons...)
			if page.Status != ask.status || !page.Has(ask.said) {
				t.Errorf("%s: %d, %v: %s", name, page.Status, page.Problems(), page.Text("main"))
			}
		}
		other := s.AsOther("gerente")
		token := one("csrf", other.Get("/").Doc.Find("input[name=csrf]").First().AttrOr("value", ""))
		for _, path := range []string{"migracao", "titularidade", "titularidade/novo", "desfazer", "cancelamento", "pausa", "desbloqueio"} {
			other.Get("/servicos/" + maria.ID.String() + "/" + path).Want(http.StatusNotFound)
			other.Post("/servicos/"+maria.ID.String()+"/"+path, token).Want(http.StatusNotFound)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if n := c.PlanChange.Query().CountX(ctx) + c.Transfer.Query().CountX(ctx); n != 0 {
				t.Errorf("refused, %d were kept", n)
			}
			return nil
		})
	})
}

// What was true when the page was opened, and is so no more when its button is pressed.
func TestAPageOfLongAgoIsRefusedByName(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		maria := o.Service(o.Maria)
		own := "/servicos/" + maria.ID.String()
		state := func(to status.State) {
			o.Write(func(ctx context.Context, c *ent.Client) error {
				return c.Subscription.UpdateOneID(maria.ID).SetStatus(to).Exec(ctx)
			})
		}
		at := url.Values{"imediata": {"true"}}
		b := s.As("comercial")
		opened := func() (migrates, hands *handlerstest.Page) { // as it was then
			state(status.Enabled)
			return walk(b.Get(own+"/migracao"), at, toMigrate...), walk(b.Get(own+"/titularidade"), url.Values{"titular": {o.Joao.ID.String()}}, toHandOver...)
		}
		press := func(name string, on *handlerstest.Page, button string, want int, said string) {
			t.Helper()
			if page := on.Form(button).Submit(); page.Status != want || !page.Has(said) {
				t.Errorf("%s: %d, %v: %s", name, page.Status, page.Problems(), page.Text("main"))
			}
		}
		for to, said := range map[status.State]string{status.Cancelled: "Um serviço Cancelado não", status.SuspendedDebt: "só o gerente", status.Paused: "só o gerente", status.WaitingInstallation: "Um serviço Aguardando Instalação não"} {
			migrates, hands := opened()
			state(to)
			press("migration of one that is "+string(to), migrates, "Salvar", 409, said)
			press("transfer of one that is "+string(to), hands, "Migrar", 409, said)
		}
		migrates, hands := opened()
		o.Write(func(ctx context.Context, c *ent.Client) error { // the price has changed
			of := c.Plan.Query().Where(plan.ID(uuid.MustParse(c.Draft.Query().Where(draft.Kind("migrate_service")).FirstX(ctx).Data["plano"]))).OnlyX(ctx)
			c.PlanItem.Update().Where(planitem.PlanID(of.ID), planitem.KindEQ(planitem.KindScm)).AddPrice(10_00).ExecX(ctx)
			return of.Update().SetPrice(of.Price + 10_00).Exec(ctx)
		})
		press("another price", migrates, "Salvar", 409, "Os valores mudaram desde a prévia")
		o.Pass(30 * 24 * time.Hour) // and a month
		b = s.As("comercial")
		late := b.Get(own + "/titularidade").Want(http.StatusOK)
		old := hands.Form("Migrar").Values
		old.Set("csrf", late.Form("Migrar Serviço").Values.Get("csrf"))
		if page := b.Post(own+"/titularidade", old); page.Status == http.StatusOK {
			t.Errorf("a button of last month: %d %s", page.Status, page.Text("main"))
		}
		if waits := walk(b.Get(own+"/migracao"), nil, append(toMigrate, "Salvar")...); waits.Status != http.StatusOK || waitingOf(o, o.Maria) == "" {
			t.Fatalf("it does not wait: %d, %v: %s", waits.Status, waits.Problems(), waits.Text("main"))
		}
		for _, path := range []string{"/migracao", "/titularidade"} {
			if page := b.Get(own + path); page.Status != http.StatusConflict && !page.Has("migração") {
				t.Errorf("of one that is to be migrated already: %d %s", page.Status, page.Text("main"))
			}
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if now := c.Subscription.GetX(ctx, maria.ID); now.CustomerID != o.Maria.ID || now.Status != status.Enabled {
				t.Errorf("refused, it is %v", now)
			}
			if n := c.Subscription.Query().Where(subscription.CustomerID(o.Maria.ID)).CountX(ctx); n != 2 {
				t.Errorf("she has %d services", n)
			}
			return nil
		})
	})
}

// Days before today or after the cap, and reasons that are blank or hardly any.
func TestTheLifeOfAServiceAsksForADayAndAReason(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		b, maria, joao := s.As("gerente"), "/servicos/"+o.Service(o.Maria).ID.String(), "/servicos/"+o.Service(o.Joao).ID.String()
		refused := func(name string, form *handlerstest.Form, answers url.Values, said string) {
			t.Helper()
			for field, value := range answers {
				form.Values[field] = value
			}
			if page := form.Submit(); page.Status != http.StatusUnprocessableEntity || !page.Has(said) {
				t.Errorf("%s: %d, %v: %s", name, page.Status, page.Problems(), page.Text("main"))
			}
		}
		const short = "pelo menos 5 letras"
		trust, pause := b.Get(joao+"/desbloqueio"), b.Get(maria+"/pausa")
		for name, ask := range map[string][3]string{"trusted since yesterday": {"22/11/2026", "prometeu pagar", ""}, "trusted beyond the cap": {"30/11/2026", "prometeu pagar", "passa do prazo"},
			"trusted on a day that is none": {"31/11/2026", "prometeu pagar", ""}, "trusted for nothing": {"24/11/2026", "", ""}, "trusted for hardly anything": {"24/11/2026", "ok", short}} {
			refused(name, trust.Form("Salvar"), url.Values{"data": {ask[0]}, "motivo": {ask[1]}}, ask[2])
		}
		for name, ask := range map[string][3]string{"back before today": {"20/11/2026", "vai viajar", ""}, "back beyond the cap": {"23/11/2027", "vai viajar", "de 30 a 120 dias"}, "paused for hardly anything": {"07/01/2027", "ok", short}} {
			form := pause.Form("Ver prévia")
			form.Values["retorno"] = []string{"07/01/2027"}
			refused(name, form.Submit().Form("Pausar"), url.Values{"retorno": {ask[0]}, "motivo": {ask[1]}}, ask[2])
		}
		waits := walk(b.Get(maria+"/migracao"), nil, append(toMigrate[:len(toMigrate):len(toMigrate)], "Salvar")...)
		if waits.Status != http.StatusOK {
			t.Fatalf("it does not wait: %d, %v", waits.Status, waits.Problems())
		}
		to := "/servicos/" + waitingOf(o, o.Maria)
		for _, reason := range []string{"", "não"} {
			refused("given up for "+reason, b.Get(to).Form("Desistir"), url.Values{"motivo": {reason}}, short)
		}
	})
}
