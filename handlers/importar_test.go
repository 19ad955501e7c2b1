package handlers_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"enlace/handlers/handlerstest"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/intake"
)

const importedCustomers = "cpf_cnpj;nome;nascimento;telefone\r\n390.533.447-05;Conceição Importada;14/03/1985;(91) 98888-7777\r\n12.ABC.345/01DE-35;Padaria Nova;;9132221111\r\n"

// upload sends the form of a page with a file.
func upload(t *testing.T, b *handlerstest.Browser, page *handlerstest.Page, name, content string) *handlerstest.Page {
	t.Helper()
	return uploadAs(t, b, page, "Enviar e conferir", page.Path, name, content)
}

// uploadAs sends the form of a button to its path with a file.
func uploadAs(t *testing.T, b *handlerstest.Browser, page *handlerstest.Page, button, path, name, content string) *handlerstest.Page {
	t.Helper()
	var body bytes.Buffer
	parts := multipart.NewWriter(&body)
	for field, values := range page.Form(button).Values {
		if field != "arquivo" {
			if err := parts.WriteField(field, values[0]); err != nil {
				t.Fatal(err)
			}
		}
	}
	if name != "" {
		file, err := parts.CreateFormFile("arquivo", name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := file.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := parts.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Send(path, parts.FormDataContentType(), &body)
}

// work does what a worker would with the file a page shows.
func work(t *testing.T, o *demotest.Office, page *handlerstest.Page) {
	t.Helper()
	id, err := uuid.Parse(page.Path[strings.LastIndexByte(page.Path, '/')+1:])
	if err != nil {
		t.Fatal(page.Path)
	}
	d := intake.Desk{DB: o.DB, Vault: o.Vault}
	for _, do := range []func() error{func() error { return d.Read(o.Worker(), id) }, func() error { return d.Write(o.Worker(), id) }} {
		if err := do(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAFileIsSentReadReportedAndImportedOnItsPages(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		b := s.As("gerente")
		if index := b.Get("/configuracoes").Want(http.StatusOK).Click("Importar").Want(http.StatusOK); index.Doc.Find("main a[href='/configuracoes/importar/clientes']").Length() != 1 {
			t.Errorf("%s", index.Text("main"))
		}
		form := b.Get("/configuracoes/importar/clientes").Want(http.StatusOK)
		if columns := form.Doc.Find("main tbody tr"); columns.Length() != len(intake.Columns[intake.Customers]) || !strings.Contains(columns.First().Text(), "529.982.247-25") {
			t.Errorf("%s", form.Text("main"))
		}
		sent := upload(t, b, form, "clientes.csv", importedCustomers).Want(http.StatusOK)
		if !sent.Has("Conferindo o arquivo") || !sent.Has("0 de 2") {
			t.Fatalf("%s: %s", sent.Path, sent.Text("main"))
		}
		if part := b.HTMX().Get(sent.Path + "/andamento").Want(http.StatusOK); !strings.Contains(part.Body, "hx-get") || strings.Contains(part.Body, "<html") {
			t.Errorf("%s", part.Body)
		}
		if again := b.Get(sent.Path + "/andamento"); again.Path != sent.Path {
			t.Errorf("without script it leads to %s", again.Path)
		}
		work(t, o, sent)
		if part := b.HTMX().Get(sent.Path + "/andamento"); part.Header.Get("HX-Redirect") != sent.Path {
			t.Errorf("%v", part.Header)
		}
		report := b.Get(sent.Path).Want(http.StatusOK)
		if !report.Has("Nada a corrigir; há avisos") || !report.Has("O cliente entra sem endereço") || b.Get("/buscar?q=importada").Has("Conceição Importada") {
			t.Fatalf("%s", report.Text("main"))
		}
		writing := report.Press("Importar 2 clientes").Want(http.StatusOK)
		if !writing.Has("Importando") || writing.Path != sent.Path {
			t.Fatalf("%s", writing.Text("main"))
		}
		work(t, o, sent)
		if done := b.Get(sent.Path); !done.Has("2 clientes importados") || done.Doc.Find("button").Length() > 0 && done.Has("Descartar") {
			t.Errorf("%s", done.Text("main"))
		}
		if !b.Get("/buscar?q=importada").Has("Conceição Importada") || !b.Get("/configuracoes/importar").Has("Importado") {
			t.Error("nobody finds who was imported")
		}

		refused := upload(t, b, form, "clientes.csv", importedCustomers) // the very form again: the same import, no second one
		if refused.Path != sent.Path {
			t.Errorf("the same form leads to %s", refused.Path)
		}
		again := upload(t, b, b.Get("/configuracoes/importar/clientes"), "=de novo.csv", importedCustomers+"1;=SOMA(A1);;\r\n").Want(http.StatusOK)
		work(t, o, again)
		report = b.Get(again.Path)
		if !report.Has("3 linhas a corrigir") || !report.Has("retire a linha") || report.Has("Importar 0") {
			t.Errorf("%s", report.Text("main"))
		}
		sheet := report.Click("Baixar a lista")
		if lines := strings.Split(sheet.Body, "\r\n"); len(lines) < 5 || !strings.HasPrefix(sheet.Header.Get("Content-Type"), "text/csv") || strings.Contains(sheet.Body, ";=") || !strings.HasPrefix(lines[0], "\ufeffLinha;Coluna") {
			t.Errorf("%q", sheet.Body)
		}
		if gone := report.Press("Descartar").Want(http.StatusOK); gone.Path != "/configuracoes/importar" || gone.Toast() != "Arquivo descartado; nada foi gravado." {
			t.Errorf("%s: %s", gone.Path, gone.Toast())
		}
		b.Get(again.Path).Want(http.StatusNotFound)
	})
}

func TestWhatIsNoCSVIsRefusedBesideItsField(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, _ *demotest.Office) {
		b := s.As("gerente")
		form := b.Get("/configuracoes/importar/planos")
		for _, c := range [][3]string{{"", "", "Escolha o arquivo"}, {"a.csv", "", "O arquivo está vazio"}, {"a.csv", "PK\x03\x04", "Isto é uma planilha: abra-a e salve como CSV"},
			{"a.csv", "a;b\n\x00", "Isto não é um arquivo CSV"}} {
			page := upload(t, b, form, c[0], c[1]).Want(http.StatusUnprocessableEntity)
			listed := c[2]
			if strings.HasPrefix(listed, "Isto é uma planilha") { // a sentence that does not name its field is told with it
				listed = "Arquivo: isto é uma planilha: abra-a e salve como CSV"
			}
			if got := page.Problems(); !slices.Equal(got, []string{listed}) || page.Form("Enviar e conferir").Error("Arquivo") != c[2] {
				t.Errorf("%q: %q", c[1], got)
			}
		}
		upload(t, b, form, "a.csv", strings.Repeat("x", intake.MostBytes+1<<20)).Want(http.StatusRequestEntityTooLarge)
		b.Post(form.Path, form.Form("Enviar e conferir").Values).Want(http.StatusBadRequest) // a form without a file's encoding
		b.Get("/configuracoes/importar/faturas").Want(http.StatusNotFound)
		b.Get("/configuracoes/importar/faturas.csv").Want(http.StatusNotFound)
	})
}

func TestOnlyWhoConfiguresImportsAndOnlyTheirOwn(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, _ *demotest.Office) {
		b := s.As("gerente")
		sent := upload(t, b, b.Get("/configuracoes/importar/clientes"), "clientes.csv", importedCustomers).Want(http.StatusOK)
		for who, want := range map[*handlerstest.Browser]int{s.AsOther("gerente"): http.StatusNotFound, s.As("financeiro"): http.StatusForbidden} {
			for _, path := range []string{"", "/andamento", "/problemas.csv"} {
				who.Get(sent.Path + path).Want(want)
			}
			own := who.Get("/acessos").Form("Sair").Values
			for _, step := range []string{"/gravar", "/descartar"} {
				who.Post(sent.Path+step, url.Values{"csrf": own["csrf"]}).Want(want)
			}
		}
		for _, path := range []string{"", "/clientes", "/planos", "/servicos"} {
			s.As("financeiro").Get("/configuracoes/importar" + path).Want(http.StatusForbidden)
		}
		for _, kind := range intake.Kinds {
			if model := b.Get("/configuracoes/importar/" + string(kind) + ".csv").Want(http.StatusOK); !strings.Contains(model.Header.Get("Content-Disposition"), "modelo-"+string(kind)+".csv") || strings.Count(model.Body, "\r\n") != 2 {
				t.Errorf("%v %q", model.Header, model.Body)
			}
		}
		forged := s.As("gerente")
		body, kind := strings.NewReader("--x\r\nContent-Disposition: form-data; name=\"arquivo\"; filename=\"a.csv\"\r\n\r\na;b\r\n--x--\r\n"), "multipart/form-data; boundary=x"
		forged.Send("/configuracoes/importar/clientes", kind, body).Want(http.StatusForbidden)
		s.Browser().Staying().Send("/configuracoes/importar/clientes", kind, strings.NewReader("--x--\r\n")).Want(http.StatusSeeOther)
	})
}

func TestImportingIsAStepOfTheFirstDayThatMayBeLeftOut(t *testing.T) {
	handlerstest.OnEachStore(t, func(t *testing.T, s *handlerstest.Site) {
		page := s.As("gerente").Get("/").Want(http.StatusOK)
		if !page.Has("para quem vem de outro sistema") || !page.Has("Opcional") {
			t.Errorf("%s", page.Text("main"))
		}
		page.Click("Importar").Want(http.StatusOK)
	})
}
