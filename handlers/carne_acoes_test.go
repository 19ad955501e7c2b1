package handlers_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/booklet"
	"enlace/ent/email"
	rows "enlace/ent/renewal"
	"enlace/ent/user"
	"enlace/handlers/handlerstest"
	"enlace/tenants/billing"
	"enlace/tenants/demo/demotest"
)

// marias is Maria's first carnê.
func marias(o *demotest.Office) (row *ent.Booklet) {
	o.Read(func(ctx context.Context, c *ent.Client) error {
		row = c.Booklet.Query().Where(booklet.CustomerID(o.Maria.ID)).Order(booklet.ByNumber()).FirstX(ctx)
		return nil
	})
	return row
}

// The source's menu: Carnês, Ações, and the eight in its order.
func TestTheActionsOfACarneAreTheSourcesEight(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		own := "/carnes/" + marias(o).ID.String()
		for _, path := range []string{"/clientes/" + o.Maria.ID.String() + "/carnes", own} {
			page := s.As("comercial").Get(path).Want(http.StatusOK)
			if said := page.Text("main .en-more"); said != "AçõesVisualizar Editar Imprimir Enviar por Email Histórico Associar Faturas Desassociar Faturas Cancelar" {
				t.Errorf("%s offers %q", path, said)
			}
		}
		if page := s.As("suporte").Get(own); page.Text("main .en-more") != "AçõesVisualizar Imprimir Histórico" {
			t.Errorf("support is offered %q", page.Text("main .en-more"))
		}
		list := s.As("comercial").Get("/carnes").Want(http.StatusOK)
		if list.Doc.Find("tbody .en-more").Length() != list.Doc.Find("tbody tr").Length() {
			t.Error("a row of the list has no Ações")
		}
		if _, err := (billing.Desk{DB: o.DB}).CancelBooklet(o.As("gerente"), marias(o).ID, "mudou de plano", "1"); err != nil {
			t.Fatal(err)
		}
		if page := s.As("comercial").Get(own); !strings.Contains(page.Text("main .en-more .no"), "Editar: este carnê já foi cancelado.") {
			t.Errorf("of a cancelled one: %q", page.Text("main .en-more"))
		}
	})
}

func TestEditarCarne(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		b := s.As("comercial")
		page := b.Get("/carnes/" + marias(o).ID.String()).Click("Editar").Want(http.StatusOK)
		if page.Doc.Find("tbody tr").Length() != 7 {
			t.Fatalf("to be edited are %s", page.Text("main"))
		}
		form := page.Form("Ver prévia").Set("Valor, 6 de 12", "79,90").Set("Vencimento, 7 de 12", "15/01/2027")
		if bare := form.Submit().Want(http.StatusUnprocessableEntity); bare.Form("Ver prévia").Error("Motivo") == "" || bare.Form("Ver prévia").Value("Valor, 6 de 12") != "79,90" {
			t.Errorf("without a reason: %s", bare.Text("main"))
		}
		broken := page.Form("Ver prévia").Set("Vencimento, 7 de 12", "15/02/2027").Submit().Want(http.StatusUnprocessableEntity)
		if said := broken.Form("Ver prévia").Error("Vencimento, 7 de 12"); !strings.Contains(said, "entre o da parcela de antes") {
			t.Errorf("out of order: %q", said)
		}
		if nothing := page.Form("Ver prévia").Submit().Want(http.StatusOK); !nothing.Has("Nada mudou ainda") {
			t.Errorf("nothing typed: %s", nothing.Text("main"))
		}
		shown := form.Set("Motivo", "combinado por telefone").Submit().Want(http.StatusOK)
		if !shown.Has("prévia: nada foi gravado") || !shown.Has("Desconto: combinado por telefone") || !shown.Has("antes 10/01/2027") {
			t.Fatalf("the preview is %s", shown.Text("main"))
		}
		save := shown.Form("Salvar 2 mudanças: \u2212R$ 10,00")
		stale := shown.Form("Salvar 2 mudanças: \u2212R$ 10,00").Set("Valor, 6 de 12", "69,90").Submit().Want(http.StatusConflict)
		if !stale.Has("mudou desde a prévia") || !stale.Has("\u221220,00") {
			t.Errorf("typed after the preview: %s", stale.Text("main"))
		}
		first, again := save.Submit().Want(http.StatusOK), save.Submit().Want(http.StatusOK) // a double click
		if first.Path != again.Path || !first.Has("15/01/2027") || !first.Has("79,90") || !first.Has("Desconto: combinado por telefone, de R$ 89,90 para R$ 79,90 = \u221210,00") {
			t.Errorf("%s shows %s", first.Path, first.Text("main"))
		}
		told := first.Click("Histórico").Want(http.StatusOK)
		if !told.Has("Fatura 6 editada") || !told.Has("combinado por telefone") || !told.Has("R$ 89,90") || !told.Has("R$ 79,90") || !told.Has("10/01/2027") {
			t.Errorf("the history says %s", told.Text("main"))
		}
		inside := invoicesOf(o, o.Maria)[0].ID.String()
		if page := b.Get("/faturas/" + inside).Click("Editar").Want(http.StatusOK); page.H1() != "Editar, carnê 1" || page.Doc.Find("form[action^='/carnes/']").Length() != 1 {
			t.Errorf("an instalment is edited alone: %s", page.H1())
		}
	})
}

func TestEnviarCarnePorEmail(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		page := s.As("comercial").Get("/carnes/" + marias(o).ID.String()).Click("Enviar por Email").Want(http.StatusOK)
		sent := page.Form("Enviar").Submit().Want(http.StatusOK)
		if !strings.Contains(sent.Toast(), "maria@exemplo.com.br") || !sent.Has("A caminho") {
			t.Errorf("%q; %s", sent.Toast(), sent.Text("main"))
		}
		bad := page.Form("Enviar").Set("Para", "Outro").Set("Outro e-mail", "maria").Submit().Want(http.StatusUnprocessableEntity)
		if bad.Form("Enviar").Error("Outro e-mail") == "" || bad.Form("Enviar").Value("Outro e-mail") != "maria" {
			t.Errorf("refused with %v", bad.Problems())
		}
		page.Form("Enviar").Set("Para", "Outro").Set("Outro e-mail", "outra@exemplo.com.br").Submit().Want(http.StatusConflict) // the same form with other data
		other := s.As("comercial").Get("/carnes/"+marias(o).ID.String()+"/email").Form("Enviar").Set("Para", "Outro").Set("Outro e-mail", "outra@exemplo.com.br").Submit().Want(http.StatusOK)
		if !strings.Contains(other.Toast(), "outra@exemplo.com.br") {
			t.Errorf("%q", other.Toast())
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if n := c.Email.Query().Where(email.About("booklet")).CountX(ctx); n != 2 {
				t.Errorf("%d letters", n)
			}
			return nil
		})
	})
}

func TestAssociarEDesassociarFaturas(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		b, own := s.As("comercial"), "/carnes/"+marias(o).ID.String()
		if page := b.Get(own + "/associar").Want(http.StatusOK); !page.Has("Nenhuma fatura a associar") {
			t.Errorf("there is nothing to associate: %s", page.Text("main"))
		}
		last := invoicesOf(o, o.Maria)[6]
		page := b.Get(own).Click("Desassociar Faturas").Want(http.StatusOK)
		if none := page.Form("Desassociar Faturas").Submit().Want(http.StatusUnprocessableEntity); len(none.Problems()) != 1 {
			t.Errorf("none chosen: %v", none.Problems())
		}
		if label := fmt.Sprintf("Fatura %d, vencimento %s, R$ 89,90", last.Number, last.Due.BR()); !page.Has(strings.Join(strings.Fields(label), " ")) {
			t.Errorf("it offers %s", page.Text("main"))
		}
		chosen := func(form *handlerstest.Form) *handlerstest.Form {
			form.Values.Set("faturas", last.ID.String())
			return form
		}
		out := chosen(page.Form("Desassociar Faturas")).Submit().Want(http.StatusOK)
		if out.Toast() != "1 fatura desassociada." || !out.Has("11 de 11") || out.Has("12 de 12") {
			t.Errorf("%q; %s", out.Toast(), out.Text("main"))
		}
		alone := b.Get("/faturas/" + last.ID.String()).Click("Editar").Want(http.StatusOK)
		saved := alone.Form("Ver prévia").Set(fmt.Sprintf("Vencimento, fatura %d", last.Number), "20/06/2027").Submit().Want(http.StatusOK).Press("Salvar 1 mudança").Want(http.StatusOK)
		if saved.Path != "/faturas/"+last.ID.String() || !saved.Has("20/06/2027") {
			t.Errorf("%s shows %s", saved.Path, saved.Text("main"))
		}
		back := chosen(b.Get(own + "/associar").Form("Associar Faturas")).Submit().Want(http.StatusOK)
		if back.Toast() != "1 fatura associada." || !back.Has("12 de 12") {
			t.Errorf("%q; %s", back.Toast(), back.Text("main"))
		}
	})
}

func TestRenovarCarnesAte(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		b := s.As("comercial")
		if page := b.Get("/carnes").Click("Carnês a renovar").Want(http.StatusOK); !page.Has("Nenhum carnê a renovar") {
			t.Fatalf("nothing ends, and there is %s", page.Text("main"))
		}
		page := b.Get("/carnes/renovar").Form("Ver prévia").Set("Renovar carnês até", "31/12/2027").Set("Parcelas", "2").Submit().Want(http.StatusOK)
		if !page.Has("Maria Demonstração") || !page.Has("prévia: nada foi gravado") {
			t.Fatalf("the preview is %s", page.Text("main"))
		}
		bad := b.Get("/carnes/renovar?ate=31/02/2027&parcelas=99")
		if form := bad.Form("Ver prévia"); form.Error("Renovar carnês até") == "" || form.Error("Parcelas") == "" {
			t.Errorf("bad input: %s", bad.Text("main"))
		}
		button := page.Text("aside .en-go")
		begun := page.Form(button).Submit().Want(http.StatusOK)
		if !strings.HasPrefix(begun.Path, "/carnes/renovacoes/") || !begun.Has("0 de 3") || begun.Doc.Find("#andamento[hx-get]").Length() != 1 {
			t.Fatalf("%s shows %s", begun.Path, begun.Text("main"))
		}
		if part := b.HTMX().Get(begun.Path + "/andamento"); strings.Contains(part.Body, "<html") || !part.Has("0 de 3") {
			t.Errorf("the part is %s", part.Body)
		}
		paused := begun.Press("Pausar").Want(http.StatusOK)
		if !paused.Has("pausada") || paused.Doc.Find("#andamento[hx-get]").Length() != 0 {
			t.Errorf("paused it shows %s", paused.Text("main"))
		}
		paused.Press("Continuar").Want(http.StatusOK)
		id := uuid.MustParse(strings.TrimPrefix(begun.Path, "/carnes/renovacoes/"))
		for _, do := range []func(context.Context, uuid.UUID) error{billing.Desk{DB: o.DB}.WorkOnRenewal, billing.Desk{DB: o.DB}.PrintAllOfRenewal} {
			if err := do(o.Worker(), id); err != nil {
				t.Fatal(err)
			}
		}
		over := b.Get(begun.Path).Want(http.StatusOK)
		if !over.Has("3 carnês renovados") {
			t.Errorf("it ended as %s", over.Text("main"))
		}
		paper := over.Click("Abrir PDF de todos").Want(http.StatusOK)
		if paper.Header.Get("Content-Type") != "application/pdf" || !strings.HasPrefix(paper.Body, "%PDF-") || len(handlerstest.CodesOn(t, paper.Body)) != 12 {
			t.Errorf("the PDF is %v", paper.Header)
		}
		other := s.AsOther("gerente")
		for _, path := range []string{begun.Path, begun.Path + "/andamento", begun.Path + ".pdf", begun.Path + "/nao-renovados.csv"} {
			other.Get(path).Want(http.StatusNotFound)
		}
		s.As("suporte").Get("/carnes/renovar").Want(http.StatusForbidden)
	})
}

func TestForeignActionsOfACarneAreNotFound(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		b, own := s.AsOther("gerente"), "/carnes/"+marias(o).ID.String()
		bill := invoicesOf(o, o.Maria)[0]
		csrf := b.Get("/").Form("Sair").Values.Get("csrf")
		for _, path := range []string{own + "/editar", own + "/email", own + "/historico", own + "/associar", own + "/desassociar", "/faturas/" + bill.ID.String() + "/editar"} {
			b.Get(path).Want(http.StatusNotFound)
			if strings.HasSuffix(path, "/historico") {
				continue
			}
			n := fmt.Sprint(bill.Number)
			values := url.Values{"csrf": {csrf}, "key": {"k"}, "email": {"a@exemplo.com.br"}, "faturas": {bill.ID.String()}, "vencimento_" + n: {"11/12/2026"}, "valor_" + n: {"1,00"}, "motivo": {"não é meu"}, "previa": {"x"}}
			b.Post(path, values).Want(http.StatusNotFound)
		}
	})
}

// renewalOf is the id of a renewal that is there to be looked at.
func renewalOf(o *demotest.Office) (id uuid.UUID) {
	o.Write(func(ctx context.Context, c *ent.Client) error {
		who := c.User.Query().Where(user.RoleEQ(user.RoleGerente)).FirstX(ctx)
		row := c.Renewal.Create().SetState(rows.StateDone).SetUntil(o.DB.Today(ctx)).SetInstalments(12).SetTotal(0).SetUserID(who.ID).SetUserName(who.Name).
			SetUserRole("gerente").SetCreatedAt(o.DB.Now()).SetChangedAt(o.DB.Now()).SaveX(ctx)
		id = row.ID
		return nil
	})
	return id
}
