package handlers

import (
	"fmt"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"enlace/tenants"
	"enlace/tenants/contracts"
	"enlace/views"
)

// templateBody is the largest form of a template in bytes: every letter of the longest one may be sent as nine.
const templateBody = 9*contracts.LongestTemplate + formBody

// modelos lists the templates of contracts; what was withdrawn stands there too, and can be taken back.
func (w *Web) modelos(c *fiber.Ctx) error {
	rows, err := w.contracts().Templates(c.UserContext())
	if err != nil {
		return err
	}
	words, own := views.Room("modelos"), "/configuracoes/modelos"
	v := views.Lista{Head: settingsHead(words.Label, words.For), Section: "/configuracoes",
		Table: views.Table{Caption: words.Label, Columns: []views.Column{{Label: "Nome"}, {Label: "Versão", Named: true}, {Label: "Situação"}, {}}},
		Empty: views.Empty{Title: "Nenhum modelo", Why: "Aqui fica " + words.For + ".", Next: views.Link{Label: words.New, Href: own + "/novo"}}}
	v.Head.Do = []views.Link{{Label: words.New, Href: own + "/novo", Go: true}}
	for _, row := range rows {
		state, button := views.StatusOf("setting", fmt.Sprint(row.Active)), w.small(c)
		do := &views.Link{Label: "Retirar", Href: own + "/" + row.ID.String() + "/retirar", Post: &button}
		if !row.Active {
			do.Label, do.Href = "Voltar a usar", own+"/"+row.ID.String()+"/voltar"
		}
		v.Table.Rows = append(v.Table.Rows, []views.Cell{{Text: row.Name, Href: own + "/" + row.ID.String(), Who: true}, {Text: fmt.Sprint(row.Version), Num: true}, {Status: &state}, {Do: do}})
	}
	v.Pager = pager(c, 1, max(1, len(rows)), len(rows))
	return w.show(c, v)
}

// modelo is the editor of a template, or of a new one.
func (w *Web) modelo(c *fiber.Ctx) error { return w.showTemplate(c, nil, nil) }

// salvarModelo saves a template, or shows what it would be (Ver prévia).
func (w *Web) salvarModelo(c *fiber.Ctx) error {
	one, err := templateID(c)
	if err != nil {
		return err
	}
	t, f := w.typed(c)
	f.Order = []string{"nome", "corpo", "cliente"}
	if t["ver"] != "" {
		preview, err := w.contracts().Preview(c.UserContext(), t)
		if err != nil && !w.wrong(c, &f, err) {
			return err
		}
		return w.showTemplate(c, &f, preview)
	}
	if _, err := w.contracts().SaveTemplate(c.UserContext(), one, t); err != nil {
		if w.wrong(c, &f, err) {
			return w.showTemplate(c, &f, nil)
		}
		return err
	}
	w.say(c, views.Toast{Said: "Salvo: " + t["nome"] + "."})
	return w.redirect(c, "/configuracoes/modelos")
}

func templateID(c *fiber.Ctx) (uuid.UUID, error) {
	if c.Params("id") == "" {
		return uuid.Nil, nil
	}
	return id(c, "id")
}

// showTemplate shows the editor: as it was typed, else as the template is, in the version that is asked for.
func (w *Web) showTemplate(c *fiber.Ctx, f *views.Form, preview *contracts.Preview) error {
	one, err := templateID(c)
	if err != nil {
		return err
	}
	if err := w.contracts().MayConfigure(c.UserContext()); err != nil {
		return err
	}
	words, own := views.Room("modelos"), "/configuracoes/modelos"
	v := views.Modelo{Head: settingsHead(words.New, "", views.Link{Label: words.Label, Href: own}), Own: own + "/novo", Button: words.Add, Fields: views.MergeFields(contracts.Fields), Lines: 22}
	typed := tenants.Typed{"corpo": "# Contrato de prestação de serviço\n\n## Objeto\n\n"}
	if one != uuid.Nil {
		row, err := w.contracts().Template(c.UserContext(), one, c.QueryInt("versao", 0))
		if err != nil {
			return err
		}
		v.Own, v.Button = own+"/"+one.String(), "Salvar"
		v.Head.Title, v.Head.Here, v.Head.Facts = row.Name, row.Name, fmt.Sprintf("versão %d · %s", row.Version, plural(row.Used, "contrato emitido", "contratos emitidos"))
		v.Note = &views.Verdict{Said: "Um texto novo é uma versão nova", Proof: []views.Link{{Label: "Contratos já emitidos ficam com o texto e o PDF que têm."}}}
		for _, version := range row.Versions {
			e := views.Entry{Text: fmt.Sprintf("Versão %d", version.Version), Memo: views.Moment(version.MadeAt.In(zoneOf(c))) + " · " + version.MadeBy}
			if version.Version != row.Version {
				e.Href = fmt.Sprintf("%s?versao=%d", v.Own, version.Version)
			}
			v.Versions = append(v.Versions, e)
		}
		v.Told, typed = changed(c, row.Told), tenants.Typed{"nome": row.Name, "corpo": row.Body}
	}
	if f == nil {
		made := w.form(c)
		made.Typed, f = valuesOf(typed), &made
		if preview, err = w.contracts().Preview(c.UserContext(), typed); err != nil && tenants.FaultOf(err) == nil {
			return err
		}
	}
	v.Form, v.Preview = *f, previewOf(preview, *f)
	return w.show(c, v)
}

func previewOf(p *contracts.Preview, f views.Form) views.Documento {
	switch {
	case p == nil && len(f.Problems) > 0:
		return views.Documento{Fault: f.Problems[0].Sentence + "."}
	case p == nil:
		return views.Documento{Fault: "Escreva o texto e peça a prévia."}
	case p.Customer == nil:
		return views.Documento{Blocks: p.Body, Said: "Nada foi vendido ainda: os campos aparecem pelo nome."}
	}
	return views.Documento{Blocks: p.Body, Said: "Com os dados de " + p.Customer.Name + ", " + p.Plan.Name + "."}
}

func (w *Web) retirarModelo(c *fiber.Ctx) error {
	return w.templateActive(c, false, "Retirado de uso.")
}
func (w *Web) voltarModelo(c *fiber.Ctx) error { return w.templateActive(c, true, "De volta ao uso.") }

func (w *Web) templateActive(c *fiber.Ctx, active bool, said string) error {
	one, err := id(c, "id")
	if err != nil {
		return err
	}
	if err := w.contracts().SetTemplateActive(c.UserContext(), one, active); err != nil {
		return err
	}
	w.say(c, views.Toast{Said: said})
	return w.redirect(c, "/configuracoes/modelos")
}
