package contracts

import (
	"slices"
	"strings"

	"enlace/tenants"
	"enlace/tenants/brazil/print"
)

// Fields lists the merge fields a template may use, in the order the editor shows them; views has what each of them is.
var Fields = []string{
	"cliente.nome", "cliente.tipo_documento", "cliente.documento", "cliente.numero", "cliente.nascimento", "cliente.rg", "cliente.estado_civil",
	"cliente.nacionalidade", "cliente.nome_fantasia", "cliente.ie", "cliente.responsavel", "cliente.telefone", "cliente.email",
	"provedor.nome",
	"empresa.nome", "empresa.nome_fantasia", "empresa.cnpj", "empresa.ie", "empresa.endereco", "empresa.cidade", "empresa.uf", "empresa.telefone", "empresa.email",
	"plano.nome", "plano.descida", "plano.subida", "plano.velocidade", "plano.tecnologia", "plano.composicao",
	"servico.numero", "servico.preco", "servico.preco_extenso", "servico.desconto", "servico.preco_com_desconto", "servico.preco_com_desconto_extenso",
	"servico.taxa_instalacao", "servico.taxa_instalacao_extenso", "servico.vendido_em", "servico.vendedor",
	"endereco.instalacao", "endereco.cobranca", "endereco.cadastral", "endereco.fiscal", "endereco.cidade", "endereco.uf",
	"cobranca.vencimento", "cobranca.tipo", "cobranca.forma", "cobranca.carne",
	"contrato.numero", "contrato.modelo", "contrato.vigencia", "contrato.fidelidade", "contrato.fidelidade_ate", "contrato.beneficio", "contrato.beneficio_extenso",
	"hoje", "hoje.extenso",
}

// check returns Invalid for a document that cannot be merged or printed: unknown_field and open_field name what is between the braces, and
// unprintable the sign that paper does not have.
func check(blocks []print.Block) error {
	var wrong error
	for _, run := range runs(blocks) {
		if sign, found := print.Unprintable(run.Letters); found && wrong == nil {
			wrong = tenants.Invalid("corpo", "unprintable_sign").With("sign", string(sign))
		}
		rest := run.Letters
		for wrong == nil {
			before, name, after, state := cut(rest)
			switch {
			case strings.Contains(before, "}}"):
				wrong = tenants.Invalid("corpo", "open_field").With("field", excerpt(rest[strings.Index(before, "}}"):]))
			case state == open:
				wrong = tenants.Invalid("corpo", "open_field").With("field", excerpt(rest[len(before):]))
			case state == none:
			case !slices.Contains(Fields, name):
				wrong = tenants.Invalid("corpo", "unknown_field").With("field", excerpt(name))
			}
			if state == none {
				break
			}
			rest = after
		}
	}
	return wrong
}

// merge writes the values into a document that was checked. Values are text and stay text, whatever is in them.
func merge(blocks []print.Block, values map[string]string) {
	for _, run := range runs(blocks) {
		rest := run.Letters
		run.Letters = ""
		for {
			before, name, after, state := cut(rest)
			if run.Letters += before; state != closed {
				run.Letters += rest[len(before):]
				break
			}
			run.Letters += values[name]
			rest = after
		}
	}
}

// cut finds the first merge field of a text.
func cut(text string) (before, name, after string, state fieldState) {
	before, rest, there := strings.Cut(text, "{{")
	if !there {
		return text, "", "", none
	}
	name, after, ended := strings.Cut(rest, "}}")
	if !ended || strings.Contains(name, "{{") {
		return before, "", "", open
	}
	return before, strings.TrimSpace(name), after, closed
}

type fieldState int

const (
	none fieldState = iota
	open            // two braces that nothing closes
	closed
)

// excerpt is what a sentence names of a text.
func excerpt(text string) string {
	const most = 40
	if letters := []rune(text); len(letters) > most {
		return string(letters[:most]) + "…"
	}
	return text
}

// runs are all letters of a document, to be looked at and written over.
func runs(blocks []print.Block) (all []*print.Run) {
	take := func(t print.Text) {
		for i := range t {
			all = append(all, &t[i])
		}
	}
	for _, b := range blocks {
		take(b.Text)
		for _, item := range b.Items {
			take(item)
		}
		for _, row := range b.Rows {
			for _, cell := range row {
				take(cell)
			}
		}
	}
	return all
}
