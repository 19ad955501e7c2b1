package handlers

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/intake"
	"enlace/views"
)

func (w *Web) intake() intake.Desk { return intake.Desk{DB: w.DB, Vault: w.Vault} }

const importing = "/configuracoes/importar"

func importHead(title, facts string, crumbs ...views.Link) views.Head {
	return settingsHead(title, facts, crumbs...)
}

var importCrumb = views.Link{Label: "Importar", Href: importing}

// importar is the index: the three files in their order, and those that were sent.
func (w *Web) importar(c *fiber.Ctx) error {
	all, err := w.intake().List(c.UserContext())
	if err != nil {
		return err
	}
	isp, _ := tenants.From(c.UserContext())
	v := views.Importar{Head: importHead("Importar", "planos, clientes e serviços que estavam em outro sistema"),
		Note:  views.Verdict{Said: "Nada é gravado antes de você conferir", Proof: []views.Link{{Label: "Cada arquivo é lido linha a linha e o que falta corrigir é mostrado. Depois, tudo entra de uma vez, ou nada."}}},
		Sent:  views.Table{Caption: "Arquivos enviados", Columns: []views.Column{{Label: "Arquivo"}, {Label: "Linhas", Named: true, Right: true}, {Label: "Enviado", Named: true}, {Label: "Situação"}}},
		Empty: views.Empty{Title: "Nenhum arquivo enviado", Why: fmt.Sprintf("O que for enviado e não importado fica aqui por %d dias e some sozinho.", int(intake.Kept.Hours()/24))}}
	for i, kind := range intake.Kinds {
		words := views.Intake(kind)
		v.Kinds = append(v.Kinds, views.Entry{When: strconv.Itoa(i + 1), Text: words.Label, Href: importing + "/" + string(kind), Memo: words.For})
	}
	for _, one := range all {
		state := importStatus(one)
		v.Sent.Rows = append(v.Sent.Rows, []views.Cell{
			{Text: one.Name, Href: importFile(one.ID), Who: true, Memo: views.Intake(one.Kind).Label}, {Text: views.Number(one.Lines), Num: true},
			{Text: views.Moment(one.CreatedAt.In(isp.Zone)) + ", " + one.UserName}, {Status: &state}})
	}
	return w.show(c, v)
}

// importStatus is the state of a file; of one that was read, whether there is something to correct.
func importStatus(in *ent.Intake) views.Status {
	if in.State == intake.Read && in.Errors > 0 {
		return views.StatusOf("intake", "a_corrigir")
	}
	return views.StatusOf("intakes.state", string(in.State))
}

func importFile(id uuid.UUID) string { return importing + "/arquivos/" + id.String() }

// importKind is the kind a path names; another is not found.
func importKind(c *fiber.Ctx) (intake.Kind, error) {
	kind := intake.Kind(c.Params("tipo"))
	if !slices.Contains(intake.Kinds, kind) {
		return "", tenants.NotFound()
	}
	return kind, nil
}

// importarTipo says how a file of a kind is filled in, and takes it.
func (w *Web) importarTipo(c *fiber.Ctx) error { return w.showImportKind(c, nil) }

func (w *Web) showImportKind(c *fiber.Ctx, f *views.Form) error {
	kind, err := importKind(c)
	if err != nil {
		return err
	}
	if err := w.intake().May(c.UserContext()); err != nil {
		return err
	}
	if f == nil {
		made := w.form(c)
		f = &made
	}
	words := views.Intake(kind)
	v := views.ImportarTipo{Head: importHead("Importar "+words.Many, words.For, importCrumb), Form: *f, Own: importing + "/" + string(kind),
		Columns: views.Table{Caption: "Colunas do arquivo", Columns: []views.Column{{Label: "Coluna"}, {Label: "O que escrever", Named: true}, {Label: "Exemplo", Named: true}}}}
	v.Head.Do = []views.Link{{Label: "Baixar modelo", Href: v.Own + ".csv"}}
	for _, column := range intake.Columns[kind] {
		cells := []views.Cell{{Text: column.Name, Strong: true}, {Text: views.IntakeColumn(kind, column.Name)}, {Text: cmp.Or(column.Example, "–")}}
		if column.Needed {
			cells[0].Memo = "obrigatória"
		}
		v.Columns.Rows = append(v.Columns.Rows, cells)
	}
	return w.show(c, v)
}

// importarModelo is a file to begin from.
func (w *Web) importarModelo(c *fiber.Ctx) error {
	kind, err := importKind(c)
	if err != nil {
		return err
	}
	var sheet bytes.Buffer
	if err := intake.Model(&sheet, kind); err != nil {
		return err
	}
	asCSV(c, "modelo-"+string(kind)+".csv")
	return c.Send(sheet.Bytes())
}

// importarEnviar takes a file and leads to where it is read.
func (w *Web) importarEnviar(c *fiber.Ctx) error {
	kind, err := importKind(c)
	if err != nil {
		return err
	}
	_, f := w.typed(c)
	f.Order = []string{"arquivo"}
	file, err := sentFile(c, "arquivo")
	brought := uuid.Nil
	if err == nil {
		defer file.Close()
		ctx, done := w.after(c)
		defer done()
		brought, err = w.intake().Bring(ctx, intake.File{Kind: kind, Name: file.name, Size: file.size, From: file, Key: f.Key})
	}
	if err != nil {
		if w.wrong(c, &f, err) {
			return w.showImportKind(c, &f)
		}
		return err
	}
	return w.redirect(c, importFile(brought))
}

// importarArquivo shows how a file stands: read or written just now, its report, or that it is done.
func (w *Web) importarArquivo(c *fiber.Ctx) error { return w.showImport(c, nil) }

func (w *Web) showImport(c *fiber.Ctx, refused *views.Form) error {
	s, err := w.importStanding(c)
	if err != nil {
		return err
	}
	isp, _ := tenants.From(c.UserContext())
	words, own := views.Intake(s.Kind), importFile(s.ID)
	v := views.ImportarArquivo{Head: importHead(s.Name, words.Label+" · enviado em "+views.Moment(s.CreatedAt.In(isp.Zone))+" por "+s.UserName, importCrumb), Form: w.small(c)}
	if refused != nil {
		v.Form = *refused
	}
	tag := importStatus(s.Intake)
	v.Head.Tag = &tag
	if s.Busy() {
		batch := importBatch(s)
		v.Batch = &batch
		return w.show(c, v)
	}
	v.Verdict = importVerdict(s, words)
	v.Figures = []views.Figure{
		{Label: "Linhas lidas", Value: views.Number(s.Lines)}, {Label: "Sem erro", Value: views.Number(s.Good)},
		{Label: "Erros", Value: views.Number(s.Errors), Memo: "impedem a importação"}, {Label: "Avisos", Value: views.Number(s.Warnings), Memo: "não impedem"}}
	switch s.State {
	case intake.Written:
		v.Next = append(v.Next, views.Link{Label: "Ver clientes", Href: "/clientes"}, views.Link{Label: "Importar outro arquivo", Href: importing})
	default:
		if s.State == intake.Read && s.Errors == 0 {
			v.Do = append(v.Do, views.Link{Label: fmt.Sprintf("Importar %s", importCount(words, s.Good)), Href: own + "/gravar", Go: true, Post: &v.Form})
		}
		v.Do = append(v.Do, views.Link{Label: "Descartar", Href: own + "/descartar", Post: &v.Form})
		v.Next = append(v.Next, views.Link{Label: "Enviar de novo", Href: importing + "/" + string(s.Kind)})
	}
	return w.showImportProblems(c, s, v)
}

// showImportProblems adds a page of the errors or of the warnings.
func (w *Web) showImportProblems(c *fiber.Ctx, s intake.Standing, v views.ImportarArquivo) error {
	own, page := importFile(s.ID), max(1, c.QueryInt("pagina", 1))
	warnings := c.Query("ver") == "avisos" || s.Errors == 0
	count := s.Errors
	if warnings {
		count = s.Warnings
	}
	if s.Errors > 0 {
		v.Chips = append(v.Chips, views.Chip{Label: "Erros", Href: own, Count: views.Number(s.Errors), Current: !warnings})
	}
	if s.Warnings > 0 {
		v.Chips = append(v.Chips, views.Chip{Label: "Avisos", Href: own + "?ver=avisos", Count: views.Number(s.Warnings), Current: warnings})
	}
	problems, err := w.intake().Problems(c.UserContext(), s.ID, warnings, page)
	if err != nil {
		return err
	}
	caption, what := "Erros, na ordem do arquivo", "O que é preciso"
	if warnings {
		caption, what = "Avisos, na ordem do arquivo", "O que saber"
	}
	v.Problems = views.Table{Caption: caption, Columns: []views.Column{{Label: "Linha"}, {Label: "Coluna", Named: true}, {Label: "O que estava escrito", Named: true}, {Label: what, Named: true}}}
	for _, p := range problems {
		v.Problems.Rows = append(v.Problems.Rows, []views.Cell{{Text: views.Number(p.Line), Num: true, Strong: true}, {Text: p.Column}, {Text: cmp.Or(p.Typed, "–")}, {Text: said(p)}})
	}
	if len(problems) > 0 {
		v.Sheet = views.Link{Label: "Baixar a lista", Href: own + "/problemas.csv"}
	}
	named := intake.Named(count)
	v.Pager = pager(c, page, intake.PageSize, named)
	if count > named {
		v.More = fmt.Sprintf("A lista mostra %s de %s: corrija estes e envie de novo.", views.Number(named), views.Number(count))
	}
	return w.show(c, v)
}

// said is what a problem says to a person.
func said(p intake.Problem) string {
	named := map[string]string{"value": cmp.Or(p.Typed, "vazio"), "column": p.Column}
	for name, value := range p.Args {
		named[name] = value
	}
	return views.Sentence(p.Code, named)
}

func importCount(words views.IntakeWords, n int) string {
	if n == 1 {
		return "1 " + words.One
	}
	return views.Number(n) + " " + words.Many
}

func importLines(n int) string {
	if n == 1 {
		return "1 linha"
	}
	return views.Number(n) + " linhas"
}

func importVerdict(s intake.Standing, words views.IntakeWords) views.Verdict {
	switch {
	case s.State == intake.Written:
		return views.Verdict{Class: "ok", Said: importCount(words, s.Good) + map[bool]string{true: " importado", false: " importados"}[s.Good == 1]}
	case s.State == intake.Refused:
		return views.Verdict{Class: "bad", Said: "O arquivo não pôde ser lido", Proof: []views.Link{{Label: "Nada foi gravado. Corrija o que está abaixo e envie de novo."}}}
	case s.Errors > 0:
		return views.Verdict{Class: "bad", Said: importLines(s.Lines-s.Good) + " a corrigir", Proof: []views.Link{{Label: "Nada foi gravado. Corrija no arquivo o que está abaixo e envie de novo: entra tudo, ou nada."}}}
	case s.Warnings > 0:
		return views.Verdict{Class: "warn", Said: "Nada a corrigir; há avisos", Proof: []views.Link{{Label: "Nada foi gravado ainda. Leia os avisos: eles não impedem a importação."}}}
	}
	return views.Verdict{Class: "ok", Said: "Nada a corrigir", Proof: []views.Link{{Label: "Nada foi gravado ainda."}}}
}

// importBatch is how far the worker is.
func importBatch(s intake.Standing) views.Batch {
	b := views.Batch{Title: "Conferindo o arquivo", State: "nada é gravado", Done: s.Done, Total: s.Lines, Self: importFile(s.ID) + "/andamento", Note: "Pode sair desta página: o trabalho continua."}
	if s.State == intake.Writing {
		b.Title, b.State = "Importando", "entra tudo, ou nada"
	}
	if s.Done > 0 {
		b.Left = aboutLeft(s.For * time.Duration(s.Lines-s.Done) / time.Duration(s.Done))
	}
	return b
}

func aboutLeft(d time.Duration) string {
	if d < time.Minute {
		return "menos de 1 min"
	}
	return fmt.Sprintf("cerca de %d min", int(d.Minutes()+0.5))
}

// importStanding is how the file of a path stands.
func (w *Web) importStanding(c *fiber.Ctx) (s intake.Standing, err error) {
	file, err := id(c, "id")
	if err != nil {
		return s, err
	}
	return w.intake().Standing(c.UserContext(), file)
}

// importarAndamento answers htmx, which asks each second; when the work is over it leads to the report.
func (w *Web) importarAndamento(c *fiber.Ctx) error {
	s, err := w.importStanding(c)
	if err != nil {
		return err
	}
	if !partial(c) || !s.Busy() {
		return w.redirect(c, importFile(s.ID))
	}
	return w.part(c, "shared/_batch", importBatch(s))
}

// importarProblemas is the report as a sheet, errors before warnings.
func (w *Web) importarProblemas(c *fiber.Ctx) error {
	s, err := w.importStanding(c)
	if err != nil {
		return err
	}
	return sendSheet(c, "a-corrigir.csv", []string{"Linha", "Coluna", "O que estava escrito", "O que é preciso", "Tipo"}, func(row func(...string) error) error {
		for _, kind := range []struct {
			warnings bool
			word     string
		}{{false, "erro"}, {true, "aviso"}} {
			problems, err := w.intake().Problems(c.UserContext(), s.ID, kind.warnings, 0)
			if err != nil {
				return err
			}
			for _, p := range problems {
				if err := row(strconv.Itoa(p.Line), p.Column, p.Typed, said(p), kind.word); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// importarGravar has what was read without errors written.
func (w *Web) importarGravar(c *fiber.Ctx) error { return w.importStep(c, w.intake().Confirm, "") }

// importarDescartar throws a file away that was not written.
func (w *Web) importarDescartar(c *fiber.Ctx) error {
	return w.importStep(c, w.intake().Discard, "Arquivo descartado; nada foi gravado.")
}

// importStep does something with a file and shows how it stands then; without a word, where it can be seen.
func (w *Web) importStep(c *fiber.Ctx, do func(context.Context, uuid.UUID) error, word string) error {
	file, err := id(c, "id")
	if err != nil {
		return err
	}
	f := w.small(c)
	if err := do(c.UserContext(), file); err != nil {
		if w.wrong(c, &f, err) {
			return w.showImport(c, &f)
		}
		return err
	}
	if word == "" {
		return w.redirect(c, importFile(file))
	}
	w.say(c, views.Toast{Said: word})
	return w.redirect(c, importing)
}
