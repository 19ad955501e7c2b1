package handlers_test

import (
	"net/http"
	"strings"
	"testing"

	"enlace/handlers/handlerstest"
	"enlace/tenants/demo/demotest"
)

func TestWhatIsOwedIsFoundFilteredSavedAndTakenOut(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		b := s.As("financeiro")
		page := b.Get("/financeiro").Want(http.StatusOK)
		owed := page.Text("#lista tbody td.main")
		aged := page.Click("16 a 30 dias").Want(http.StatusOK)
		if !aged.Has("João Suspenso") || aged.Text("#lista h2") != "Vencidas, 16 a 30 dias" {
			t.Errorf("of that age are %s", aged.Text("#lista"))
		}
		if younger := page.Click("1 a 15 dias").Want(http.StatusOK); younger.Doc.Find("#lista tbody").Length() != 0 || !younger.Has("Nada aqui") {
			t.Errorf("younger are %s", younger.Text("#lista"))
		}
		due := page.Click("A vencer").Want(http.StatusOK)
		if due.Has("João Suspenso") && !due.Has("Maria Demonstração") {
			t.Errorf("due are %s", due.Text("#lista"))
		}
		found := due.Form("Filtrar").Set("Número ou cliente", "maria demo").Submit().Want(http.StatusOK)
		if found.Doc.Find("#lista tbody tr").Length() == 0 || found.Has("João Suspenso") || found.Doc.Find(".en-figs").Length() != 0 || found.Form("Filtrar").Value("Número ou cliente") != "maria demo" {
			t.Errorf("found %s", found.Text("main"))
		}
		if first, last := found.Text("#lista tbody tr:first-child td:nth-child(3)"), found.Click("Vencimento ↑").Text("#lista tbody tr:first-child td:nth-child(3)"); first == last {
			t.Errorf("both ways begin with %s", first)
		}
		if refused := found.Form("Salvar visão").Submit().Want(http.StatusUnprocessableEntity); len(refused.Problems()) != 1 || !refused.Has("Maria Demonstração") {
			t.Errorf("without a name: %v", refused.Problems())
		}
		saved := found.Form("Salvar visão").Set("Nome desta visão", "De Maria").Submit().Want(http.StatusOK)
		if again := b.Get("/financeiro").Click("De Maria"); again.Path != saved.Path || b.Get("/clientes").Has("De Maria") {
			t.Errorf("the view leads to %s, was %s", again.Path, saved.Path)
		}
		if gone := saved.Press("Esquecer").Want(http.StatusOK); gone.Has("De Maria") {
			t.Error("the view is still there")
		}
		file := page.Click("Exportar CSV").Want(http.StatusOK)
		if !strings.HasPrefix(file.Body, "\ufeffDocumento;Número;") || !strings.Contains(file.Body, ";João Suspenso;") || !strings.Contains(file.Body, ";"+owed+"\r\n") {
			t.Errorf("the file is %q", file.Body)
		}
		other := s.AsOther("financeiro")
		if page := other.Get("/financeiro?situacao=todas&q=suspenso"); page.Has("João Suspenso") {
			t.Error("another ISP sees João")
		}
		if file := other.Get("/financeiro.csv?situacao=todas"); strings.Contains(file.Body, "João Suspenso") {
			t.Error("another ISP takes João out")
		}
		support := s.As("suporte")
		for _, path := range []string{"/financeiro", "/financeiro.csv", "/relatorios/recebimentos", "/relatorios/recebimentos.csv", "/relatorios/financeiro"} {
			support.Get(path).Want(http.StatusForbidden)
		}
		s.As("comercial").Get("/financeiro").Want(http.StatusOK)
		s.As("comercial").Get("/relatorios/recebimentos").Want(http.StatusForbidden)
	})
}

func TestWhatCameInIsTheSameInEveryReport(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		b := s.As("financeiro")
		bill := b.Get("/financeiro").Click(b.Get("/financeiro").Text("#lista tbody td:nth-child(2) a"))
		bill.Press(bill.Text("#baixa button")).Want(http.StatusOK)
		page := b.Get("/financeiro")
		month := page.Text(".en-figs > div:nth-child(2) .en-price")
		receipts := page.Click("Recebimentos").Want(http.StatusOK)
		if got := "R$" + receipts.Text("tfoot td:last-child"); got != month || receipts.Text(".en-figs > div:first-child .en-price") != month || month == "R$0,00" {
			t.Errorf("%s came in, the report has %s", month, got)
		}
		for _, by := range []string{"Meio", "Usuário", "Forma de cobrança", "Dia"} {
			receipts = receipts.Click(by).Want(http.StatusOK)
			if got := "R$" + receipts.Text("tfoot td:last-child"); got != month {
				t.Errorf("by %s %s, want %s", by, got, month)
			}
			if file := receipts.Click("Exportar CSV").Want(http.StatusOK); !strings.HasPrefix(file.Body, "\ufeff"+by+";Lançamentos;") {
				t.Errorf("the file is %q", file.Body)
			}
		}
		year := receipts.Click("Doze meses").Want(http.StatusOK)
		if got := "R$" + year.Text("tbody tr:last-child td:last-child"); got != month {
			t.Errorf("the year has %s, want %s", got, month)
		}
		if charts := year.Doc.Find("svg[role=img]"); charts.Length() != 3 || !strings.Contains(charts.Eq(1).AttrOr("aria-label", ""), strings.TrimPrefix(month, "R$")) {
			t.Errorf("%d charts say %s", charts.Length(), charts.Eq(1).AttrOr("aria-label", ""))
		}
		if one := year.Click("novembro de 2026").Want(http.StatusOK); "R$"+one.Text("tfoot td:last-child") != month {
			t.Errorf("the month leads to %s", one.Text("tfoot"))
		}
	})
}

func TestACustomersStatementIsReadPrintedAndTakenOut(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		own := "/clientes/" + o.Joao.ID.String()
		b := s.As("financeiro")
		bill := b.Get("/faturas/" + invoicesOf(o, o.Joao)[0].ID.String() + "?valor=200,00")
		bill.Press("Receber R$ 200,00 de João").Want(http.StatusOK)
		page := b.Get(own + "/financeiro").Click("Extrato").Want(http.StatusOK)
		if page.H1() != "Extrato de João Suspenso" || !page.Has("200,00") || !page.Has("o débito é de multa e juros") || !strings.HasPrefix(page.Text("tbody tr:last-child td:last-child"), "\u2212") {
			t.Errorf("the statement is %s", page.Text("main"))
		}
		if file := page.Click("Exportar CSV").Want(http.StatusOK); !strings.Contains(file.Body, ";Saldo anterior;") || !strings.Contains(file.Body, ";200,00;") {
			t.Errorf("the file is %q", file.Body)
		}
		for _, path := range []string{"/extrato", "/extrato.csv", "/financeiro"} {
			s.AsOther("gerente").Get(own + path).Want(http.StatusNotFound)
		}
	})
}

func TestAnInvoiceIsSentFromItsPage(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		own := "/faturas/" + invoicesOf(o, o.Joao)[0].ID.String()
		page := s.As("financeiro").Get(own).Click("Enviar por Email").Want(http.StatusOK)
		if refused := page.Form("Enviar").Set("E-mail", "sem arroba").Submit().Want(http.StatusUnprocessableEntity); refused.Form("Enviar").Value("E-mail") != "sem arroba" || len(refused.Problems()) != 1 {
			t.Errorf("refused with %v", refused.Problems())
		}
		sent := page.Form("Enviar").Set("E-mail", "joao@exemplo.com.br").Submit().Want(http.StatusOK)
		if sent.Path != own || !strings.Contains(sent.Toast(), "joao@exemplo.com.br") || !sent.Click("Enviar por Email").Has("joao@exemplo.com.br") {
			t.Errorf("%s says %q", sent.Path, sent.Toast())
		}
		s.As("suporte").Get(own + "/email").Want(http.StatusForbidden)
		s.AsOther("financeiro").Get(own + "/email").Want(http.StatusNotFound)
	})
}
