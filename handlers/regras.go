package handlers

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"enlace/tenants"
	"enlace/tenants/brazil"
	"enlace/tenants/calendar"
	"enlace/tenants/catalog"
	"enlace/views"
)

// regras is how the ISP bills, suspends and trusts.
func (w *Web) regras(c *fiber.Ctx) error { return w.showRules(c, nil) }

func (w *Web) showRules(c *fiber.Ctx, f *views.Form) error {
	rules, err := w.catalog().Rules(c.UserContext())
	if err != nil {
		return err
	}
	if f == nil {
		made := w.form(c)
		made.Typed = valuesOf(rules.Typed)
		f = &made
	}
	isp, _ := tenants.From(c.UserContext())
	feature := map[bool]string{true: "ligado pelo operador", false: "desligado pelo operador"}[isp.TrustSelfService]
	return w.show(c, views.Ajuste{Sheet: "regras", Head: settingsHead("Regras", "nunca mais duras com o assinante do que a lei"), Form: *f, Own: "/configuracoes/regras",
		Back: views.Link{Label: "Voltar sem salvar", Href: "/configuracoes"}, Button: "Salvar regras",
		Options: map[string][]views.Option{"proporcional": {{Value: "30", Label: "Mês de 30 dias", Memo: "Cada dia custa 1/30 do preço"},
			{Value: "real", Label: "Dias reais do mês", Memo: "Cada dia custa o preço dividido pelos dias do ciclo"}}},
		Note:  &views.Verdict{Said: "Vale daqui para a frente", Proof: []views.Link{{Label: "Nunca se corta na sexta, no fim de semana, em feriado ou na véspera."}}},
		Facts: []views.Fact{{Term: views.Word("isp.feature", "trust_self_service"), Text: feature, Memo: "Só o operador da plataforma muda"}}, Told: changed(c, rules.Told)})
}

func (w *Web) salvarRegras(c *fiber.Ctx) error {
	t, f := w.typed(c)
	if err := w.catalog().SetRules(c.UserContext(), t); err != nil {
		if w.wrong(c, &f, err) {
			return w.showRules(c, &f)
		}
		return err
	}
	w.say(c, views.Toast{Said: "Regras salvas."})
	return w.redirect(c, "/configuracoes")
}

// vencimentos are the due days the ISP offers.
func (w *Web) vencimentos(c *fiber.Ctx) error {
	days, err := w.catalog().DueDays(c.UserContext())
	if err != nil {
		return err
	}
	f := w.form(c)
	return w.showDueDays(c, f, days)
}

func (w *Web) showDueDays(c *fiber.Ctx, f views.Form, offered []int) error {
	all := views.BoxGroup{Title: "Dias oferecidos na venda", Memo: "de 1 a 28, ou o último dia do mês"}
	for _, p := range f.Problems {
		all.Error = p.Sentence
	}
	for day := 1; day <= calendar.LastDay; day++ {
		if day <= 28 || day == calendar.LastDay {
			all.Boxes = append(all.Boxes, views.Box{Name: "dias", Value: strconv.Itoa(day), Label: dueDay(day), On: slices.Contains(offered, day)})
		}
	}
	return w.show(c, views.Quadro{Head: settingsHead("Dias de vencimento", ""), Form: f, Own: "/configuracoes/vencimentos", Groups: []views.BoxGroup{all},
		Note: &views.Verdict{Said: "Vale para as vendas novas", Proof: []views.Link{{Label: "Um serviço vendido com outro dia fica com o dele."}}}})
}

func (w *Web) salvarVencimentos(c *fiber.Ctx) error {
	t, f := w.typed(c)
	var days []int
	for _, typed := range strings.FieldsFunc(t["dias"], func(r rune) bool { return r == ',' }) {
		day, err := strconv.Atoi(typed)
		if err != nil {
			day = 0
		}
		days = append(days, day)
	}
	if err := w.catalog().SetDueDays(c.UserContext(), days); err != nil {
		if w.wrong(c, &f, err) {
			f.Problems[0].Field = "dias-1"
			return w.showDueDays(c, f, days)
		}
		return err
	}
	w.say(c, views.Toast{Said: "Dias de vencimento salvos."})
	return w.redirect(c, "/configuracoes")
}

// feriados are the local holidays to come.
func (w *Web) feriados(c *fiber.Ctx) error {
	f := w.form(c)
	return w.showHolidays(c, f)
}

func (w *Web) showHolidays(c *fiber.Ctx, f views.Form) error {
	rows, err := w.catalog().Holidays(c.UserContext(), w.DB.Today(c.UserContext()))
	if err != nil {
		return err
	}
	v := views.Feriados{Head: settingsHead("Feriados locais", "neles não se corta nem se visita; nunca mudam um vencimento"), Form: f, UFs: []views.Option{{Label: "Toda parte"}},
		Empty: views.Empty{Title: "Nenhum feriado por vir", Why: "Os nacionais já contam. Inclua os do estado e das cidades."}}
	for _, state := range brazil.States {
		v.UFs = append(v.UFs, views.Option{Value: state.UF, Label: state.UF})
	}
	for _, row := range rows {
		button, where := w.small(c), "em toda parte"
		if row.Uf != "" {
			where = row.Uf
		}
		if row.Ibge != "" {
			where += ", cidade " + row.Ibge
		}
		v.List = append(v.List, views.Entry{When: row.Day.BR(), Text: row.Name, Memo: where, Do: &views.Link{Label: "Retirar", Href: "/configuracoes/feriados/" + row.ID.String() + "/retirar", Post: &button}})
	}
	return w.show(c, v)
}

func (w *Web) incluirFeriado(c *fiber.Ctx) error {
	t, f := w.typed(c)
	var wrong tenants.Fields
	holiday := catalog.ReadHoliday(t, &wrong)
	err := wrong.Err()
	if err == nil {
		_, err = w.catalog().AddHoliday(c.UserContext(), holiday)
	}
	if err != nil {
		if w.wrong(c, &f, err) {
			return w.showHolidays(c, f)
		}
		return err
	}
	w.say(c, views.Toast{Said: "Feriado incluído: " + holiday.Name + "."})
	return w.redirect(c, "/configuracoes/feriados")
}

func (w *Web) retirarFeriado(c *fiber.Ctx) error {
	one, err := id(c, "id")
	if err != nil {
		return err
	}
	if err := w.catalog().RemoveHoliday(c.UserContext(), one); err != nil {
		return err
	}
	w.say(c, views.Toast{Said: "Feriado retirado."})
	return w.redirect(c, "/configuracoes/feriados")
}
