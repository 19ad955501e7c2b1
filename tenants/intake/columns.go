package intake

import (
	"io"
	"slices"
	"strings"

	"enlace/tenants"
	"enlace/tenants/brazil"
)

// Column is a column of a file. Its name is that of the wizard's field where there is one; views/words_intake.go says what it holds.
type Column struct {
	Name    string
	Also    []string // other systems' names for it
	Needed  bool     // it must be in the head; its cells are another matter
	Example string
}

// Columns are those of each kind, in the order of the model. In a file they may stand in any order.
var Columns = map[Kind][]Column{
	Plans: {
		{Name: "nome", Also: []string{"plano", "descricao"}, Needed: true, Example: "Fibra 500 Mega"},
		{Name: "preco", Also: []string{"valor", "mensalidade"}, Needed: true, Example: "89,90"},
		{Name: "tecnologia", Needed: true, Example: "fibra"},
		{Name: "descida", Also: []string{"download"}, Needed: true, Example: "500"},
		{Name: "subida", Also: []string{"upload"}, Needed: true, Example: "250"},
		{Name: "scm_valor", Also: []string{"scm"}, Needed: true, Example: "62,93"},
		{Name: "scm_nome", Example: "Acesso à internet (SCM)"},
		{Name: "sva_valor", Also: []string{"sva"}, Example: "26,97"},
		{Name: "sva_nome", Example: "Antivírus e suporte (SVA)"},
		{Name: "sva2_valor"},
		{Name: "sva2_nome"},
		{Name: "contrato", Example: "sim"},
		{Name: "modelo"},
		{Name: "fidelidade", Example: "12"},
		{Name: "beneficio", Example: "300,00"},
		{Name: "cidades"},
	},
	Customers: slices.Concat([]Column{
		{Name: "cpf_cnpj", Also: []string{"cpf", "cnpj", "documento"}, Needed: true, Example: "529.982.247-25"},
		{Name: "nome", Also: []string{"razao_social", "nome_razaosocial", "cliente"}, Needed: true, Example: "Maria Modelo"},
		{Name: "nascimento", Also: []string{"data_nascimento"}, Needed: true, Example: "14/03/1985"},
		{Name: "telefone", Also: []string{"celular", "telefone_celular", "telefone1"}, Needed: true, Example: "(91) 98888-7777"},
		{Name: "telefone2"}, {Name: "telefone3"},
		{Name: "email", Also: []string{"email1"}, Example: "maria@exemplo.com.br"}, {Name: "email2"},
	}, place("66035-145", true), []Column{
		{Name: "fantasia", Also: []string{"nome_fantasia"}},
		{Name: "rg"}, {Name: "rg_emissor"}, {Name: "rg_emissao"}, {Name: "mae", Also: []string{"nome_mae"}}, {Name: "pai", Also: []string{"nome_pai"}},
		{Name: "estado_civil"}, {Name: "genero", Also: []string{"sexo"}}, {Name: "nacionalidade"},
		{Name: "ie", Also: []string{"inscricao_estadual"}}, {Name: "im", Also: []string{"inscricao_municipal"}}, {Name: "responsavel"},
		{Name: "grupos", Also: []string{"grupo"}, Example: "Residencial"}, {Name: "origem", Example: "Indicação"},
		{Name: "observacoes", Also: []string{"observacao"}}, {Name: "alerta"},
	}),
	Services: slices.Concat([]Column{
		{Name: "cpf_cnpj", Also: []string{"cpf", "cnpj", "documento"}, Needed: true, Example: "529.982.247-25"},
		{Name: "plano", Also: []string{"servico"}, Needed: true, Example: "Fibra 500 Mega"},
		{Name: "situacao", Also: []string{"status"}, Needed: true, Example: "habilitado"},
		{Name: "desde", Needed: true, Example: "14/03/2024"},
		{Name: "forma_cobranca", Also: []string{"forma_de_cobranca"}, Needed: true, Example: "Boleto com Pix"},
		{Name: "dia_vencimento", Also: []string{"vencimento", "dia_de_vencimento"}, Needed: true, Example: "10"},
		{Name: "tipo_cobranca", Also: []string{"tipo_de_cobranca"}, Needed: true, Example: "antecipado"},
		{Name: "login", Also: []string{"usuario", "pppoe"}, Example: "maria"},
		{Name: "senha", Example: "segredo-da-maria"},
		{Name: "cobrado_ate", Example: ""},
		{Name: "preco", Also: []string{"valor"}, Example: "89,90"},
		{Name: "desconto"}, {Name: "desconto_percentual"}, {Name: "desconto_meses"},
		{Name: "carne", Example: "não"}, {Name: "fatura_separada", Example: "não"}, {Name: "nota_separada", Example: "não"},
		{Name: "data_venda", Example: "10/03/2024"}, {Name: "habilitado_em", Also: []string{"data_habilitacao"}, Example: "14/03/2024"},
		{Name: "vendedor"}, {Name: "motivo"},
	}, place("", false)),
}

// place is the columns of an address.
func place(cep string, example bool) []Column {
	all := []Column{{Name: "cep", Example: "66035-145"}, {Name: "logradouro", Also: []string{"endereco", "rua"}, Example: "Avenida Nazaré"},
		{Name: "numero", Example: "500"}, {Name: "complemento", Example: "Apto 12"}, {Name: "bairro", Example: "Nazaré"}, {Name: "cidade", Example: "Belém"},
		{Name: "uf", Also: []string{"estado"}, Example: "PA"}, {Name: "ibge"}, {Name: "referencia"}}
	for i := range all {
		if !example {
			all[i].Example = ""
		}
	}
	return all
}

// Model writes a file of a kind to begin from: its head and a line of an example.
func Model(to io.Writer, k Kind) error {
	var heads, examples []string
	for _, column := range Columns[k] {
		heads, examples = append(heads, column.Name), append(examples, column.Example)
	}
	sheet, err := tenants.NewSheet(to, heads...)
	if err != nil {
		return err
	}
	if err := sheet.Row(examples...); err != nil {
		return err
	}
	return sheet.Close()
}

// fold makes names that people take for one be one: without accents, capitals and blanks that do not tell.
func fold(name string) string {
	plain, _ := brazil.ASCII(name)
	return strings.ToLower(strings.Join(strings.Fields(plain), " "))
}

// squeezed is fold without anything but letters and figures: E-mail, e_mail and email are one column.
func squeezed(name string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, fold(name))
}

// head says which column stands in which place of a file, -1 being none, and what is wrong with its head.
func head(k Kind, names []string) (at []int, wrong []Problem) {
	columns := Columns[k]
	known := map[string]int{}
	for i, column := range columns {
		known[squeezed(column.Name)] = i
		for _, other := range column.Also {
			known[squeezed(other)] = i
		}
	}
	taken := map[int]bool{}
	for _, name := range names {
		i, is := known[squeezed(name)]
		switch {
		case strings.TrimSpace(name) == "":
			i = -1
		case !is:
			i = -1
			wrong = append(wrong, Problem{Line: 1, Column: short(name), Code: "column_unknown"})
		case taken[i]:
			wrong = append(wrong, Problem{Line: 1, Column: columns[i].Name, Typed: short(name), Code: "column_twice"})
		}
		at, taken[i] = append(at, i), true
	}
	for i, column := range columns {
		if column.Needed && !taken[i] {
			wrong = append(wrong, Problem{Line: 1, Column: column.Name, Code: "column_missing"})
		}
	}
	return at, wrong
}
