package handlers_test

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"enlace/ent"
	"enlace/handlers/handlerstest"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/tenanttest"
)

// A ticket as an attendant makes it, from search to list, with what it refuses beside its fields and what was typed kept.
func TestATicketGoesFromTheSearchToTheList(t *testing.T) {
	t.Parallel()
	o := demotest.OpenSQLite(t)
	s := handlerstest.Open(t, &tenanttest.Office{DB: o.DB, Here: o.Here, Other: o.Other})
	b := s.As("suporte")
	picked := b.Get("/atendimentos").Click("Adicionar Atendimento").Form("Consultar").Set("Cliente", "maria demo").Submit().Click("Maria Demonstração")
	forms := picked.Doc.Find(`form[action="/atendimentos/novo"] button`)
	if forms.Length() != 1 {
		t.Fatalf("%d services to pick", forms.Length())
	}
	draft := picked.Form(strings.TrimSpace(forms.Text())).Submit()
	if !strings.HasPrefix(draft.Path, "/atendimentos/") || draft.Text("h1") != "Protocolo 202600000001" || draft.Doc.Find("#diagnostico h3").Length() != 7 {
		t.Fatalf("%s shows %q and %d parts of a diagnosis", draft.Path, draft.Text("h1"), draft.Doc.Find("#diagnostico h3").Length())
	}
	refused := draft.Form("Salvar").Set("Descrição de abertura", "lento à noite").Submit().Want(http.StatusUnprocessableEntity)
	if len(refused.Problems()) != 2 || refused.Doc.Find("#abertura").Text() != "lento à noite" {
		t.Errorf("%v", refused.Problems())
	}
	for _, path := range []string{draft.Path, "/atendimentos"} {
		if page := s.AsOther("gerente").Get(path); (page.Status == http.StatusNotFound) != (path == draft.Path) || strings.Contains(page.Body, "202600000001") {
			t.Errorf("another ISP sees %s: %d", path, page.Status)
		}
	}
	if page := s.As("tecnico").Get(draft.Path); page.Status != http.StatusForbidden {
		t.Errorf("a technician sees it: %d", page.Status)
	}
}

// What is attached is served as what its content is, and to nobody else.
func TestAnAttachmentIsServedAsWhatItIs(t *testing.T) {
	t.Parallel()
	o := demotest.OpenSQLite(t)
	s := handlerstest.Open(t, &tenanttest.Office{DB: o.DB, Here: o.Here, Other: o.Other})
	b := s.As("suporte")
	files(o)
	known := map[string]string{}
	for _, id := range idsOf(o) {
		known[id.at] = id.is
	}
	own := "/atendimentos/" + known["/atendimentos/:id"]
	form := b.Get(own + "?abrir=anexos")
	csrf, _ := form.Doc.Find(`#anexos input[name=csrf]`).Attr("value")
	key, _ := form.Doc.Find(`#anexos input[name=key]`).Attr("value")
	var photo, body bytes.Buffer
	if err := png.Encode(&photo, image.NewGray(image.Rect(0, 0, 4, 4))); err != nil {
		t.Fatal(err)
	}
	parts := multipart.NewWriter(&body)
	for name, value := range map[string]string{"csrf": csrf, "key": key} {
		if err := parts.WriteField(name, value); err != nil {
			t.Fatal(err)
		}
	}
	file, err := parts.CreateFormFile("arquivo", "tela.png")
	if err == nil {
		_, err = file.Write(photo.Bytes())
	}
	if err != nil || parts.Close() != nil {
		t.Fatal(err)
	}
	page := b.Send(own+"/anexos", parts.FormDataContentType(), &body).Want(http.StatusOK)
	served := page.Click("tela.png")
	if served.Header.Get("Content-Type") != "image/png" || served.Header.Get("X-Content-Type-Options") != "nosniff" || served.Body != photo.String() {
		t.Errorf("%v", served.Header)
	}
	if other := s.AsOther("gerente").Get(served.Path); other.Status != http.StatusNotFound {
		t.Errorf("another ISP: %d", other.Status)
	}
	visit := "/ordens-de-servico/" + known["/ordens-de-servico/:id"]
	o.Write(func(ctx context.Context, c *ent.Client) error {
		return c.WorkOrder.Update().SetStatus("em_execucao").Exec(ctx)
	})
	with := b.Get(visit + "?abrir=anexos")
	if _, several := with.Doc.Find("#anexos input[type=file]").Attr("multiple"); !several {
		t.Error("one photo at a time")
	}
	body.Reset()
	parts = multipart.NewWriter(&body)
	csrf, _ = with.Doc.Find(`#anexos input[name=csrf]`).Attr("value")
	key, _ = with.Doc.Find(`#anexos input[name=key]`).Attr("value")
	for name, value := range map[string]string{"csrf": csrf, "key": key, "o_que": "photo"} {
		if err := parts.WriteField(name, value); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"antes.png", "mentira.jpg", "depois.png"} {
		file, err := parts.CreateFormFile("arquivo", name)
		if err == nil {
			_, err = file.Write(photo.Bytes())
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := parts.Close(); err != nil {
		t.Fatal(err)
	}
	some := b.Send(visit+"/anexos", parts.FormDataContentType(), &body)
	if some.Status != http.StatusUnprocessableEntity || !some.Has("mentira.jpg: o conteúdo do arquivo não é o que o nome dele diz. Os outros 2 foram incluídos") || !some.Has("antes.png") || !some.Has("depois.png") {
		t.Errorf("%d %v %s", some.Status, some.Problems(), some.Text("aside"))
	}
	if paper := b.Get("/ordens-de-servico/" + known["/ordens-de-servico/:id"] + ".pdf").Want(http.StatusOK); !strings.HasPrefix(paper.Body, "%PDF-") {
		t.Error("the OS is no PDF")
	}
}
