package handlers

import (
	"fmt"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"enlace/ent"
	"enlace/tenants/platform"
	"enlace/views"
)

// provedores lists the ISPs of the installation; the state is in the address.
func (w *Web) provedores(c *fiber.Ctx) error {
	all, err := w.Platform.ISPs(c.UserContext())
	if err != nil {
		return err
	}
	wanted, counts := platform.State(c.Query("situacao")), map[platform.State]int{}
	v := views.Lista{
		Head: views.Head{Title: "Provedores", Facts: fmt.Sprintf("%d nesta instalação", len(all)), Do: []views.Link{{Label: "Novo provedor", Href: "/provedores/novo", Go: true}}},
		Table: views.Table{Caption: "Provedores", Columns: []views.Column{{Label: "Provedor"}, {Label: "Endereço", Named: true},
			{Label: "Criado em", Named: true, Wide: true}, {Label: "Recursos", Named: true, Wide: true}, {Label: "Situação"}}},
		Empty:   views.Empty{Title: "Nenhum provedor aqui", Why: "Um provedor tem endereço, equipe e clientes só dele.", Next: views.Link{Label: "Novo provedor", Href: "/provedores/novo"}},
		Section: "/",
	}
	for _, isp := range all {
		state := platform.StateOf(isp)
		counts[state]++
		if wanted == "" || wanted == state {
			v.Table.Rows = append(v.Table.Rows, ispRow(c, isp))
		}
	}
	v.Chips = []views.Chip{{Label: "Todos", Href: "/", Count: fmt.Sprint(len(all)), Current: wanted == ""}}
	for _, state := range platform.States {
		if n := counts[state]; n > 0 {
			v.Chips = append(v.Chips, views.Chip{Label: views.Word("isp", string(state)), Href: "/?situacao=" + string(state), Count: fmt.Sprint(n), Current: wanted == state})
		}
	}
	v.Pager = pager(c, 1, max(1, len(v.Table.Rows)), len(v.Table.Rows))
	return w.show(c, v)
}

func ispRow(c *fiber.Ctx, isp *ent.Tenant) []views.Cell {
	state, features := views.StatusOf("isp", string(platform.StateOf(isp))), views.Cell{}
	for _, f := range platform.Features {
		if platform.Has(isp, f) {
			features.Lines = append(features.Lines, views.Word("isp.feature", string(f)))
		}
	}
	if features.Lines == nil {
		features = views.Cell{Text: "nenhum", Muted: true}
	}
	return []views.Cell{
		{Text: isp.Name, Href: "/provedores/" + isp.ID.String(), Who: true}, {Text: isp.Slug + hostOfISPs(c)},
		{Text: isp.CreatedAt.In(platform.Zone).Format("02/01/2006"), Num: true}, features, {Status: &state},
	}
}

// hostOfISPs is what follows an ISP's part of its address: the operator's own without his.
func hostOfISPs(c *fiber.Ctx) string {
	_, rest, _ := strings.Cut(strings.ToLower(string(c.Request().Host())), ".")
	return "." + rest
}

// homeOf is where an ISP is reached.
func (w *Web) homeOf(c *fiber.Ctx, slug string) string {
	if w.Secure {
		return "https://" + slug + hostOfISPs(c) + "/"
	}
	return "http://" + slug + hostOfISPs(c) + "/"
}

// mostActions is how many actions the operators' history shows.
const mostActions = 200

// operadorHistorico is what the operators did.
func (w *Web) operadorHistorico(c *fiber.Ctx) error {
	actions, err := w.Platform.Actions(c.UserContext(), mostActions)
	if err != nil {
		return err
	}
	all, err := w.Platform.ISPs(c.UserContext())
	if err != nil {
		return err
	}
	names := map[uuid.UUID]string{}
	for _, isp := range all {
		names[isp.ID] = isp.Name
	}
	return w.show(c, views.OperadorHistorico{Head: views.Head{Title: "Histórico", Facts: "o que os operadores fizeram, do mais novo ao mais antigo"}, History: acted(actions, names)})
}

// acted is what operators did, as sentences; each begins with the name of its ISP where names are given.
func acted(actions []*ent.OperatorAction, names map[uuid.UUID]string) (all []views.Happening) {
	for _, a := range actions {
		h := views.Happening{Sentence: views.Acted(a), Reason: a.Reason, When: views.Moment(a.At.In(platform.Zone)),
			Who: a.OperatorName + ", " + views.Word("operator_actions.channel", string(a.Channel))}
		if a.IspID != nil && names != nil {
			h.Sentence = names[*a.IspID] + " · " + h.Sentence
		}
		all = append(all, h)
	}
	return all
}
