package sales

import (
	"slices"

	"enlace/tenants"
)

// fieldsByStep names the fields of each step, so that a fault of any field leads back to its page.
var fieldsByStep = map[Step][]string{
	StepCustomer: {"tipo", "nome", "cpf", "nascimento", "rg", "rg_emissor", "rg_emissao", "mae", "pai", "estado_civil", "genero", "nacionalidade",
		"cnpj", "fantasia", "ie", "im", "responsavel", "telefone", "telefone2", "telefone3", "email", "email2", "grupos", "origem", "observacoes", "alerta"},
	StepAddress:   {"cep", "logradouro", "numero", "complemento", "bairro", "cidade", "uf", "ibge", "referencia", "cobranca_igual"},
	StepPlan:      {"plano", "preco", "desconto", "desconto_meses", "vendedor", "data_venda"},
	StepContract:  {"modelo"},
	StepBilling:   {"forma_cobranca", "dia_vencimento", "tipo_cobranca", "carne", "fatura_separada", "nota_separada", "taxa", "taxa_valor", "taxa_parcelas"},
	StepWorkOrder: {"os", "os_tipo", "os_tecnico", "os_data", "os_hora", "os_minutos", "os_descricao"},
}

// StepOf is the step a field stands on.
func StepOf(field string) Step {
	for _, step := range Steps {
		if slices.Contains(fieldsByStep[step], field) {
			return step
		}
	}
	return StepAddress // cobranca_…
}

// sentOf lists the fields of a step that are among those typed.
func sentOf(step Step, typed tenants.Typed) []string {
	var mine []string
	for field := range typed {
		if StepOf(field) == step {
			mine = append(mine, field)
		}
	}
	return mine
}

// FirstWrong is the first step on which something is wrong.
func FirstWrong(fault *tenants.Fault) Step {
	first := StepWorkOrder
	for field := range fault.Fields {
		first = min(first, StepOf(field))
	}
	return first
}
