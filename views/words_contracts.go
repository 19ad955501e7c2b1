package views

import "strings"

// MergeFields are the merge fields of a contract, each with what it is, under the thing it is about.
func MergeFields(names []string) (groups []FieldGroup) {
	for _, name := range names {
		about, _, _ := strings.Cut(name, ".")
		if n := len(groups); n == 0 || groups[n-1].Title != mergeGroups[about] {
			groups = append(groups, FieldGroup{Title: mergeGroups[about]})
		}
		last := &groups[len(groups)-1]
		last.Fields = append(last.Fields, MergeField{"{{" + name + "}}", mergeFields[name]})
	}
	return groups
}

// MergeFieldSaid is what a merge field is.
func MergeFieldSaid(name string) string { return mergeFields[name] }

var mergeGroups = map[string]string{"cliente": "Cliente", "provedor": "Provedor", "empresa": "Empresa", "plano": "Plano", "servico": "Serviço", "endereco": "Endereços",
	"cobranca": "Cobrança", "contrato": "Contrato", "hoje": "Data"}

var mergeFields = map[string]string{
	"cliente.nome": "nome ou razão social", "cliente.tipo_documento": "CPF ou CNPJ, a palavra", "cliente.documento": "o número do CPF ou CNPJ", "cliente.numero": "número do cliente",
	"cliente.nascimento": "data de nascimento", "cliente.rg": "RG com o órgão emissor", "cliente.estado_civil": "estado civil", "cliente.nacionalidade": "nacionalidade",
	"cliente.nome_fantasia": "nome fantasia; sem ele, o nome", "cliente.ie": "inscrição estadual", "cliente.responsavel": "quem responde pela empresa; sem ele, o nome",
	"cliente.telefone": "primeiro telefone", "cliente.email": "primeiro e-mail",

	"provedor.nome": "nome do provedor",

	"empresa.nome": "razão social de quem presta", "empresa.nome_fantasia": "nome fantasia de quem presta", "empresa.cnpj": "CNPJ", "empresa.ie": "inscrição estadual",
	"empresa.endereco": "endereço da sede", "empresa.cidade": "cidade da sede", "empresa.uf": "estado da sede", "empresa.telefone": "telefone", "empresa.email": "e-mail",

	"plano.nome": "nome do plano", "plano.descida": "velocidade de descida: 500 Mbps", "plano.subida": "velocidade de subida", "plano.velocidade": "as duas velocidades, por extenso",
	"plano.tecnologia": "fibra óptica, rádio, cabo ou satélite", "plano.composicao": "as partes do preço, SCM e SVA",

	"servico.numero": "número do serviço", "servico.preco": "mensalidade contratada: R$ 89,90", "servico.preco_extenso": "a mensalidade por extenso", "servico.desconto": "o desconto e por quanto tempo",
	"servico.preco_com_desconto": "mensalidade com o desconto", "servico.preco_com_desconto_extenso": "a mensalidade com desconto por extenso",
	"servico.taxa_instalacao": "a taxa e como é paga, ou isento", "servico.taxa_instalacao_extenso": "só o valor da taxa, por extenso", "servico.vendido_em": "data da venda", "servico.vendedor": "quem vendeu",

	"endereco.instalacao": "onde o serviço é instalado", "endereco.cobranca": "endereço de cobrança", "endereco.cadastral": "endereço do cadastro", "endereco.fiscal": "endereço da nota fiscal",
	"endereco.cidade": "cidade da instalação", "endereco.uf": "estado da instalação",

	"cobranca.vencimento": "dia 10, ou último dia do mês", "cobranca.tipo": "antecipado ou postecipado", "cobranca.forma": "forma de cobrança", "cobranca.carne": "por carnê, ou por fatura mensal",

	"contrato.numero": "número do contrato", "contrato.modelo": "nome deste modelo", "contrato.vigencia": "12 meses, ou prazo indeterminado", "contrato.fidelidade": "meses, fim e benefício, ou sem fidelidade",
	"contrato.fidelidade_ate": "último dia da fidelidade", "contrato.beneficio": "benefício dado pela fidelidade", "contrato.beneficio_extenso": "o benefício por extenso",

	"hoje": "a data do contrato: 23/11/2026", "hoje.extenso": "23 de novembro de 2026",
}
