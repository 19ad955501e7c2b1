package handlers_test

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"enlace/ent"
	entries "enlace/ent/history"
	"enlace/handlers/handlerstest"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/history"
	"enlace/views"
)

func TestARecordIsChangedAndTheSecondEditorSeesBoth(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		b, own := s.As("comercial"), "/clientes/"+o.Maria.ID.String()
		page := b.Get(own).Click("Editar")
		other := s.As("gerente").Get(own + "/editar")
		refused := page.Form("Salvar").Set("CPF", "123").Set("Nome completo", "Maria Quixadá").Submit().Want(http.StatusUnprocessableEntity)
		if form := refused.Form("Salvar"); form.Error("CPF") == "" || form.Value("Nome completo") != "Maria Quixadá" {
			t.Errorf("%v", refused.Problems())
		}
		if taken := refused.Form("Salvar").Set("CPF", o.Joao.Document).Submit().Want(http.StatusUnprocessableEntity); !strings.Contains(taken.Text(".en-errsum"), o.Joao.Name) {
			t.Errorf("a taken document leads to %q", taken.Text(".en-verdict"))
		}
		if saved := refused.Form("Salvar").Set("CPF", "529.982.247-25").Submit(); saved.H1() != "Maria Quixadá" || saved.Path != own {
			t.Fatalf("%d %s", saved.Status, saved.H1())
		}
		clash := other.Form("Salvar").Set("Nome completo", "Maria Sobral").Submit().Want(http.StatusConflict)
		if row := clash.Text("tbody"); !strings.Contains(row, "Maria Quixadá") || !strings.Contains(row, "Maria Sobral") {
			t.Errorf("the second editor sees %q", row)
		}
		if saved := clash.Form("Salvar").Submit(); saved.H1() != "Maria Sobral" {
			t.Errorf("after seeing both: %d %s", saved.Status, saved.H1())
		}
		if refused := b.Get(own+"/editar").Form("Desativar").Set("Motivo", "mudou de cidade").Submit().Want(http.StatusConflict); !refused.Has("ainda tem um serviço") {
			t.Errorf("%v", refused.Problems())
		}
		s.As("suporte").Get(own + "/editar").Want(http.StatusForbidden)
		s.AsOther("gerente").Get(own + "/editar").Want(http.StatusNotFound)
	})
}

func TestAPlaceIsChangedForOneUse(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		own := "/clientes/" + o.Maria.ID.String() + "/enderecos"
		form := s.As("comercial").Get(own).Click("Editar").Form("Salvar")
		first := form.Values["usos"][0]
		form.Values["usos"] = []string{first}
		page := form.Set("Logradouro", "Rua Xerém").Submit().Want(http.StatusOK)
		if page.Path != own || !page.Has("Rua Xerém") || strings.Count(page.Text(".en-list"), "serviço") != 4 {
			t.Errorf("%s shows %s", page.Path, page.Text("main"))
		}
		added := page.Click("+ Endereço").Form("Salvar").Submit().Want(http.StatusUnprocessableEntity)
		if len(added.Problems()) < 5 {
			t.Errorf("an empty place: %v", added.Problems())
		}
		s.AsOther("gerente").Get(own).Want(http.StatusNotFound)
	})
}

func TestAListIsExportedAndKeptUnderAName(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		b := s.As("comercial")
		page := b.Get("/clientes?atraso=sim&ordem=numero").Want(http.StatusOK)
		if !page.Has(o.Joao.Name) || page.Has(o.Maria.Name) {
			t.Errorf("overdue are %s", page.Text("table"))
		}
		saved := page.Form("Salvar visão").Set("Nome desta visão", "Devedores").Submit()
		if !strings.Contains(saved.Text("#visoes"), "Devedores") || saved.Click("Devedores").Has(o.Maria.Name) {
			t.Errorf("%d, saved are %s", saved.Status, saved.Text("#visoes"))
		}
		saved.Form("Salvar visão").Set("Nome desta visão", "Devedores").Submit().Want(http.StatusUnprocessableEntity)
		if forgotten := saved.Press("Esquecer"); strings.Contains(forgotten.Text("#visoes"), "Devedores") {
			t.Error("it was not forgotten")
		}
		file := page.Click("Exportar CSV").Want(http.StatusOK)
		if !strings.HasPrefix(file.Body, "\ufeffNúmero;") || !strings.Contains(file.Body, o.Joao.Name) || strings.Contains(file.Body, o.Maria.Name) {
			t.Errorf("the file is %q", file.Body)
		}
	})
}

func TestTheHistorySetsBeforeBesideAfterAndIsFiltered(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		b, own := s.As("comercial"), "/clientes/"+o.Maria.ID.String()
		b.Get(own+"/editar").Form("Salvar").Set("Nome completo", "Maria Quixadá").Set("CPF", "390.533.447-05").Submit().Want(http.StatusOK)
		page := b.Get(own + "/historico").Want(http.StatusOK)
		row := page.Text("tbody")
		if !strings.Contains(row, "Maria Demonstração Maria Quixadá") || strings.Contains(page.Body, "39053344705") || !strings.Contains(row, "390.***.***-05") {
			t.Errorf("before and after are %q", row)
		}
		edited := page.Form("Filtrar").Set("Assunto", "Cadastro").Set("Quem", "Ana Prado").Set("Canal", "web").Submit().Want(http.StatusOK)
		if !edited.Has("Cadastro alterado") || strings.Contains(edited.Text(".en-hist"), "Serviço") {
			t.Errorf("filtered: %s", edited.Text(".en-hist"))
		}
		if none := page.Form("Filtrar").Set("Até", "01/01/2020").Submit(); !none.Has("Nada com este filtro") {
			t.Errorf("before everything: %s", none.Text(".en-hist"))
		}
		odd := page.Form("Filtrar").Set("De", "31/02/2026").Set("Até", "hoje").Submit().Want(http.StatusUnprocessableEntity)
		if form := odd.Form("Filtrar"); !strings.Contains(form.Error("De"), "não é uma data") || form.Error("Até") != "" || form.Value("De") != "31/02/2026" || len(odd.Problems()) != 1 {
			t.Errorf("from a day that is none: %v", odd.Problems())
		}
		b.Get(own + "/historico?assunto=%00&quem=%00%ff&canal=%00").Want(http.StatusOK)
		arranged(t, o) // an agreement, an event, a contest
		var subjects []string
		o.Read(func(ctx context.Context, c *ent.Client) (err error) {
			subjects, err = c.History.Query().Where(entries.CustomerIDNotNil()).GroupBy(entries.FieldSubject).Strings(ctx)
			return err
		})
		for _, subject := range subjects {
			if !slices.Contains(history.Subjects, subject) || views.Word("history.subject", subject) == "" {
				t.Errorf("nobody can ask for what happened to a %s", subject)
			}
		}
		if len(subjects) < 7 {
			t.Errorf("only %v were tried", subjects)
		}
		s.AsOther("gerente").Get(own + "/historico").Want(http.StatusNotFound)
	})
}

func TestARecordIsChangedWithTheFieldsItWasAddedWith(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		b := s.As("comercial")
		names := func(page *handlerstest.Page) (all []string) {
			page.Doc.Find("main form .en-sheet").First().Find("input:not([type=hidden]), select, textarea").Each(func(_ int, field *goquery.Selection) {
				all = append(all, goquery.NodeName(field)+" "+field.AttrOr("name", ""))
			})
			return all
		}
		own := "/clientes/" + o.Maria.ID.String()
		edit := b.Get(own + "/editar")
		if added, changed := names(b.Get("/clientes/novo")), names(edit); !slices.Equal(added, changed) || len(added) < 15 {
			t.Errorf("added with %v, changed with %v", added, changed)
		}
		if back := edit.Click("Voltar sem salvar"); back.Path != own {
			t.Errorf("it leads back to %s", back.Path)
		}
	})
}
