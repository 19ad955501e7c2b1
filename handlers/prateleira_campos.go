package handlers

import (
	"fmt"

	"github.com/gofiber/fiber/v2"

	"enlace/tenants/catalog"
	"enlace/tenants/network"
	"enlace/tenants/status"
	"enlace/views"
)

// furnishSheet gives a form its choices, and says what saving does not touch.
func (w *Web) furnishSheet(c *fiber.Ctx, name string, v *views.Ajuste, row catalog.Row) (err error) {
	v.Options = map[string][]views.Option{}
	others := func(field, of string, none bool) {
		if err != nil {
			return
		}
		if none {
			v.Options[field] = []views.Option{{Label: "Nenhum"}}
		}
		var rows []catalog.Row
		rows, err = w.catalog().Rows(c.UserContext(), catalog.Shelves[of])
		for _, one := range rows {
			if one.Active || one.ID.String() == v.Form.Typed.Get(field) {
				v.Options[field] = append(v.Options[field], views.Option{Value: one.ID.String(), Label: one.Name})
			}
		}
		if words := views.Room(of); len(v.Options[field]) == 0 {
			v.Note = &views.Verdict{Class: "warn", Said: "Falta o que escolher: " + words.Label, Proof: []views.Link{{Label: words.Add, Href: "/configuracoes/" + of + "/novo"}}}
		}
	}
	switch name {
	case "planos":
		v.Note = &views.Verdict{Said: "Vale para as vendas novas", Proof: []views.Link{{Label: "Cada serviço já vendido fica com o preço da venda dele; a velocidade muda para todos."}}}
		v.Options["tecnologia"] = wordedOptions("plans.technology", "fibra", "radio", "cabo", "satelite")
		templates, err := w.catalog().Templates(c.UserContext())
		if err != nil {
			return err
		}
		v.Options["modelo"] = []views.Option{{Label: "Escolhido na venda"}}
		for _, one := range templates {
			v.Options["modelo"] = append(v.Options["modelo"], views.Option{Value: one.ID.String(), Label: one.Name})
		}
		for n := 1; n <= catalog.MostPlanItems; n++ {
			field := fmt.Sprintf("item_%d_", n)
			v.Items = append(v.Items, views.Item{Kind: v.Form.Select(field+"tipo", fmt.Sprintf("Tipo %d", n), wordedOptions("plan_items.kind", "scm", "sva")),
				Name: v.Form.Text(field+"nome", fmt.Sprintf("Item %d", n)), Price: v.Form.Text(field+"valor", fmt.Sprintf("Valor %d, R$", n))})
		}
	case "formas-de-cobranca":
		v.Note = &views.Verdict{Said: "Faturas já emitidas não mudam", Proof: []views.Link{{Label: "Seus boletos e Pix seguem como foram impressos."}}}
		v.Options["tipo"] = []views.Option{{Value: "boleto", Label: "Boleto", Memo: "Por um convênio com o banco"}, {Value: "pix", Label: "Pix", Memo: "Só o QR da chave do provedor"},
			{Value: "counter", Label: "Loja", Memo: "Paga no balcão; nada é impresso para pagar"}}
		others("empresa", "empresas", false)
		others("convenio", "convenios", true)
		others("pix", "chaves-pix", true)
		others("conta_pix", "contas-pix", true)
	case "chaves-pix":
		others("empresa", "empresas", false)
	case "contas-pix":
		others("pix", "chaves-pix", false)
		if c.Params("id") != "" {
			v.Keeps = "Não são mostradas. Deixe em branco o que continua como está."
		}
		if len(v.Form.Problems) > 0 {
			v.Keeps = "Não são mostradas: o segredo, o certificado e a chave digitados precisam ser informados de novo."
		}
		w.furnishAccount(c, v, row)
	case "convenios":
		others("empresa", "empresas", false)
		bank := v.Form.Typed.Get("banco")
		if catalog.Terms(bank) == nil {
			bank = catalog.Banks[0]
			v.Form.Typed.Set("banco", bank)
		}
		own := func(fields []string) (all []views.Field) {
			for _, field := range fields {
				one := v.Form.Text(field, views.Setting(field))
				one.Hint = views.TermHint(bank, field)
				all = append(all, one)
			}
			return all
		}
		v.Fields, v.Sent = own(catalog.Terms(bank)), own(catalog.Sent(bank))
		v.Head.Facts = views.Word("bank", bank) + ", " + bank
		if c.Params("id") == "" {
			for _, code := range catalog.Banks {
				v.Chips = append(v.Chips, views.Chip{Label: views.Word("bank", code), Href: "/configuracoes/convenios/novo?banco=" + code, Current: code == bank})
			}
			break
		}
		numbers := catalog.RangeOf(row)
		v.Facts = []views.Fact{{Term: "Último nosso número", Text: fmt.Sprint(numbers.Last), Num: true}, {Term: "Último da faixa", Text: fmt.Sprint(numbers.End), Num: true},
			{Term: "Restam", Text: fmt.Sprint(numbers.Left()), Num: true}}
	case equipment:
		v.Note = &views.Verdict{Said: "Vale em alguns segundos", Proof: []views.Link{{Label: "Quem já está conectado recebe o que mudou na próxima conexão."}}}
		dropped, err := w.dropped(c, name)
		if err != nil {
			return err
		}
		if is, so := dropped[row.ID]; so {
			v.Note = views.DroppedVerdict(is, zoneOf(c), w.DB.Today(c.UserContext()))
		}
		v.Options["fabricante"] = wordedOptions("nas.vendor", network.Vendors...)
		v.Options["autenticador"] = wordedOptions("nas.authenticator", "auto", "sim", "nao")
		v.Form.Typed.Del("segredo") // a secret that was typed is not sent back
	case "tipos-de-atendimento":
		others("setor", "setores", true)
	case "tipos-de-os":
		for _, state := range status.States {
			v.Options["estados"] = append(v.Options["estados"], views.Option{Value: string(state), Label: views.Word("subscriptions.status", string(state))})
		}
	}
	return err
}

// wordedOptions are options by their words.
func wordedOptions(kind string, values ...string) (all []views.Option) {
	for _, value := range values {
		all = append(all, views.Option{Value: value, Label: views.Word(kind, value)})
	}
	return all
}
