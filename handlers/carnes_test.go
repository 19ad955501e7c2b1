package handlers_test

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"enlace/ent"
	"enlace/ent/booklet"
	"enlace/ent/invoice"
	"enlace/ent/slip"
	"enlace/handlers/handlerstest"
	"enlace/tenants/demo/demotest"
)

// Task 4: from the customer's page the carnê is two clicks away, on two pages.
func TestGerarCarne(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		b := s.As("comercial")
		page := b.Get("/clientes/" + o.Maria.ID.String()).Click("Carnê Bancário").Want(http.StatusOK)
		if !page.Has("prévia: nada foi gravado") || page.Doc.Find(".en-via tbody tr").Length() != 12 || !page.Has("10/07/2027") || !page.Has("período inteiro, R$ 89,90, de 10/07 a 10/08") {
			t.Fatalf("the preview is %s", page.Text("main"))
		}
		before := newestBooklet(o)
		page = page.Form("Gerar carnê de R$ 1.078,80").Submit().Want(http.StatusOK)
		made := newestBooklet(o)
		if made.ID == before.ID || page.Path != "/carnes/"+made.ID.String() || !strings.Contains(page.Toast(), "de Maria Demonstração gerado: 12 parcelas, R$ 1.078,80") {
			t.Fatalf("%s says %q", page.Path, page.Toast())
		}
		if page.Doc.Find("tbody tr").Length() != 12 || !page.Has("12 de 12") || !page.Has("de 10/06 a 10/07") || !page.Has("sendo preparado") {
			t.Errorf("the carnê shows %s", page.Text("main"))
		}
		if part := b.HTMX().Get("/carnes/" + made.ID.String() + "/impressao"); strings.Contains(part.Body, "<html") || part.Doc.Find("#papel[hx-get]").Length() != 1 {
			t.Errorf("the part being made is %s", part.Body)
		}
		paper := page.Click("Imprimir").Want(http.StatusOK)
		if paper.Header.Get("Content-Type") != "application/pdf" || !strings.HasPrefix(paper.Header.Get("Content-Disposition"), "inline; filename*=UTF-8''Carn") ||
			paper.Header.Get("X-Content-Type-Options") != "nosniff" || !strings.HasPrefix(paper.Body, "%PDF-") {
			t.Fatalf("the PDF is %v", paper.Header)
		}
		checkPaper(t, o, made, paper.Body)
		if part := b.HTMX().Get("/carnes/" + made.ID.String() + "/impressao"); part.Doc.Find("#papel[hx-get]").Length() != 0 || !part.Has("O PDF está pronto") {
			t.Errorf("the part that is made is %s", part.Body)
		}
	})
}

func newestBooklet(o *demotest.Office) (newest *ent.Booklet) {
	o.Read(func(ctx context.Context, c *ent.Client) error {
		newest = c.Booklet.Query().Order(ent.Desc(booklet.FieldNumber)).FirstX(ctx)
		return nil
	})
	return newest
}

// checkPaper looks at the printed pages as a phone does: what is read from the bars and from the QR codes is what the database holds.
func checkPaper(t *testing.T, o *demotest.Office, of *ent.Booklet, pdf string) {
	t.Helper()
	read := handlerstest.CodesOn(t, pdf)
	var want []string
	o.Read(func(ctx context.Context, c *ent.Client) error {
		ids := c.Invoice.Query().Where(invoice.BookletID(of.ID)).IDsX(ctx)
		for _, row := range c.Slip.Query().Where(slip.InvoiceIDIn(ids...)).AllX(ctx) {
			want = append(want, "I2/5:"+row.Barcode, "QR-Code:"+row.PixPayload)
		}
		return nil
	})
	slices.Sort(want)
	if len(want) != 24 || !slices.Equal(read, want) {
		t.Errorf("on paper stand %q, in the database %q", read, want)
	}
}

func TestThePreviewIsAskedForWithoutSavingAnything(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		b, before := s.As("financeiro"), newestBooklet(o).ID
		page := b.Get("/clientes/" + o.Maria.ID.String() + "/carnes/novo")
		asked := page.Form("Ver prévia").Set("1º vencimento", "25/07/2027").Set("Parcelas", "2").Submit().Want(http.StatusOK)
		if !strings.Contains(asked.Path, "parcelas=2") || strings.Contains(asked.Path, "csrf") || asked.Doc.Find(".en-via tbody tr").Length() != 2 ||
			!asked.Has("15 de 30 dias × R$ 89,90, de 10/07 a 25/07 = 44,95") || !asked.Has("O vencimento não é o do serviço") || !asked.Has("Gerar carnê de R$ 224,75") {
			t.Errorf("%s shows %s", asked.Path, asked.Text("main"))
		}
		bad := page.Form("Ver prévia").Set("1º vencimento", "31/02/2027").Set("Parcelas", "99").Submit().Want(http.StatusUnprocessableEntity)
		form := bad.Form("Ver prévia")
		if form.Error("1º vencimento") == "" || form.Error("Parcelas") == "" || form.Value("1º vencimento") != "31/02/2027" || bad.Has("Gerar carnê") {
			t.Errorf("bad input shows %s", bad.Text("main"))
		}
		early := page.Form("Ver prévia").Set("Começou a usar em", "01/07/2027").Submit().Want(http.StatusUnprocessableEntity)
		if said := early.Form("Ver prévia").Error("Começou a usar em"); said != "Já há cobrança até 10/07/2027: comece nesse dia ou depois" {
			t.Errorf("days billed already: %q", said)
		}
		// What is typed after the preview is not what the button says, so it is shown first.
		form = page.Form("Gerar carnê de R$ 1.078,80").Set("Parcelas", "6")
		if stale := form.Submit().Want(http.StatusConflict); !stale.Has("agora soma R$ 539,40") || !stale.Has("Gerar carnê de R$ 539,40") {
			t.Errorf("a stale preview shows %s", stale.Text("main"))
		}
		wrong := page.Form("Gerar carnê de R$ 1.078,80").Set("Parcelas", "doze").Submit().Want(http.StatusUnprocessableEntity)
		if wrong.Form("Ver prévia").Value("Parcelas") != "doze" || !strings.HasPrefix(wrong.Text("title"), "Erro: ") {
			t.Errorf("what was typed is gone: %s", wrong.Text("main"))
		}
		if newestBooklet(o).ID != before {
			t.Error("a preview or a refusal left a carnê")
		}
	})
}

func TestADoubleClickMakesOneCarne(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		before := newestBooklet(o).Number
		form := s.As("comercial").Get("/clientes/" + o.Maria.ID.String() + "/carnes/novo").Form("Gerar carnê de R$ 1.078,80")
		first, second := form.Submit().Want(http.StatusOK), form.Submit().Want(http.StatusOK)
		if first.Path != second.Path || newestBooklet(o).Number != before+1 {
			t.Errorf("%s and %s; the newest is %d, after %d", first.Path, second.Path, newestBooklet(o).Number, before)
		}
	})
}

func TestWhoMayNotSeesAndChargesNothing(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		support, of := s.As("suporte"), newestBooklet(o).ID.String()
		own := "/clientes/" + o.Maria.ID.String() + "/carnes"
		if page := support.Get(own).Want(http.StatusOK); page.Has("+ Carnê Bancário") || page.Has("Cancelar") {
			t.Error("support is offered what it may not do")
		}
		support.Get("/carnes/" + of).Want(http.StatusOK)
		support.Get("/carnes/" + of + ".pdf").Want(http.StatusOK)
		if page := support.Get(own + "/novo").Want(http.StatusForbidden); !page.Has("gerar carnês e cobranças") {
			t.Errorf("refused with %s", page.Text("main"))
		}
		support.Get("/financeiro").Want(http.StatusForbidden)
		csrf := support.Get("/").Form("Sair").Values.Get("csrf")
		support.Post(own+"/novo", url.Values{"csrf": {csrf}, "servico": {o.Service(o.Maria).ID.String()}, "inicio": {"10/07/2027"}, "primeiro_vencimento": {"10/07/2027"}, "parcelas": {"12"}}).Want(http.StatusForbidden)
		support.Post("/carnes/"+of+"/cancelar", url.Values{"csrf": {csrf}, "motivo": {"não quero"}}).Want(http.StatusForbidden)
		s.As("tecnico").Get("/carnes").Want(http.StatusForbidden)
	})
}

func TestForeignCarnesAreNotFound(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		b, of, who := s.AsOther("gerente"), newestBooklet(o).ID.String(), o.Maria.ID.String()
		bill := invoicesOf(o, o.Joao)[0].ID.String()
		for _, path := range []string{"/clientes/" + who + "/carnes", "/clientes/" + who + "/carnes/novo", "/carnes/" + of, "/carnes/" + of + ".pdf", "/carnes/" + of + "/impressao",
			"/faturas/" + bill, "/faturas/" + bill + ".pdf", "/carnes/1", "/carnes/1.pdf", "/faturas/x.pdf"} {
			if page := b.Get(path); page.Status != http.StatusNotFound {
				t.Errorf("%s: %d", path, page.Status)
			}
		}
		csrf := b.Get("/").Form("Sair").Values.Get("csrf")
		for path, values := range map[string]url.Values{
			"/clientes/" + who + "/carnes/novo": {"servico": {o.Service(o.Maria).ID.String()}, "inicio": {"10/07/2027"}, "primeiro_vencimento": {"10/07/2027"}, "parcelas": {"12"}},
			"/carnes/" + of + "/cancelar":       {"motivo": {"não é meu"}},
			"/faturas/" + bill + "/baixa":       {"valor": {"1,00"}, "pago_em": {"23/11/2026"}, "key": {"k"}},
		} {
			values.Set("csrf", csrf)
			if page := b.Post(path, values); page.Status != http.StatusNotFound {
				t.Errorf("POST %s: %d", path, page.Status)
			}
		}
		clerk := s.As("comercial")
		clerk.Get("/clientes/" + who + "/carnes/novo?servico=" + o.Service(o.Joao).ID.String()).Want(http.StatusNotFound)
	})
}

func TestTheListOfCarnesIsATableWithItsFiltersInTheAddress(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		b := s.As("gerente")
		o.Write(func(ctx context.Context, c *ent.Client) error { // a third one, that was cancelled, and a fourth, with nothing to pay
			like := c.Booklet.Query().FirstX(ctx)
			for n := range 2 {
				row := c.Booklet.Create().SetNumber(100 + int64(n)).SetCustomerID(like.CustomerID).SetSubscriptionID(like.SubscriptionID).SetStartOn(like.StartOn).
					SetFirstDue(like.FirstDue).SetInstalments(1).SetMode(like.Mode).SetIssuedAt(like.IssuedAt)
				if n == 0 {
					row.SetCancelledAt(like.IssuedAt)
				}
				row.ExecX(ctx)
			}
			return nil
		})
		page := b.Get("/carnes").Want(http.StatusOK)
		all := page.Doc.Find("tbody tr").Length()
		if all != 5 || page.Doc.Find(".en-slip").Length() != 0 || page.Doc.Find(".en-pager .btn").Length() != 0 {
			t.Fatalf("%d carnês: %s", all, page.Text("main"))
		}
		late := page.Click("Com parcela vencida").Want(http.StatusOK)
		if late.Doc.Find("tbody tr").Length() != 1 || !late.Has("João Suspenso") {
			t.Errorf("overdue are %s", late.Text("table"))
		}
		sum := late.Doc.Find("tbody tr").Length()
		for _, chip := range []string{"Aberto", "Quitado", "Cancelado"} {
			of := page.Click(chip).Want(http.StatusOK)
			of.Doc.Find("tbody .en-st").Each(func(_ int, state *goquery.Selection) {
				if sum++; state.Text() != chip {
					t.Errorf("under %s stands one that is %s", chip, state.Text())
				}
			})
		}
		if sum != all {
			t.Errorf("of %d carnês %d stand under a chip", all, sum)
		}
		found := page.Form("Procurar").Set("Número do carnê", "2").Submit().Want(http.StatusOK)
		if found.Path != "/carnes?q=2" || found.Doc.Find("tbody tr").Length() != 1 || found.Text("tbody td:nth-child(2)") != "2" {
			t.Errorf("%s finds %s", found.Path, found.Text("table"))
		}
		for _, q := range []string{"999999", "abc"} {
			if none := b.Get("/carnes?q=" + q); !none.Has("Nenhum carnê com este filtro") {
				t.Errorf("%s finds %s", q, none.Text("main"))
			}
		}
	})
}

func TestCancelarCarne(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		b := s.As("comercial")
		page := b.Get("/clientes/" + o.Maria.ID.String() + "/carnes").Click("Cancelar").Want(http.StatusOK)
		button := page.Text("#cancelar button")
		short := page.Form(button).Set("Motivo", "não").Submit().Want(http.StatusUnprocessableEntity)
		if short.Form(button).Value("Motivo") != "não" || short.Form(button).Error("Motivo") == "" || short.Doc.Find("details[open]").Length() == 0 {
			t.Errorf("a short reason shows %s", short.Text("#cancelar"))
		}
		page = short.Form(button).Set("Motivo", "mudou de cidade").Submit().Want(http.StatusOK)
		if !strings.HasPrefix(page.Toast(), "Carnê cancelado: ") || !page.Has("Cancelado") || !page.Has("mudou de cidade") || page.Doc.Find("#cancelar").Length() != 0 {
			t.Errorf("%q, %s", page.Toast(), page.Text("main"))
		}
		if !page.Has("Paga") {
			t.Error("what was paid does not stand")
		}
	})
}
