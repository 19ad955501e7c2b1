package sales

import (
	"slices"

	"enlace/tenants"
)

// fieldsByStep names the fields of each step, so that a fault of any field leads back to its page.
var fieldsByStep = map[Step][]string{
	StepCustomer: {"tipo", "nome", "cpf", "nascimento", "rg", "rg_emissor", "rg_emissao", "mae", "pai", "estado_civil", "genero", "nacionalidade",
		"cnpj", "fantasia", "ie", "im", "responsavel", "telefone", "telefone2", "telefone3", "email", "email2", "grupos", "origem", "observacoes", "alerta"},
	StepAddress:   {"endereco", "cep", "logradouro", "numero", "complemento", "bairro", "cidade", "uf", "ibge", "referencia", "cobranca_igual"},
	StepPlan:      {"plano", "preco", "desconto", "desconto_percentual", "desconto_meses", "vendedor", "data_venda", "imediata", "motivo_excecao"},
	StepContract:  {"modelo"},
	StepBilling:   {"forma_cobranca", "dia_vencimento", "tipo_cobranca", "carne", "carne_aberto", "fatura_separada", "nota_separada", "taxa", "taxa_valor", "taxa_parcelas"},
	StepWorkOrder: {"os", "os_tipo", "os_tecnico", "os_data", "os_hora", "os_minutos", "os_status", "os_mesmo_assim", "os_descricao"},
	StepTaker:     {"titular", "busca_titular"},
	StepTransfer:  {"motivo_debito", "aceites"},
}

// StepOf is the step a field stands on.
func StepOf(field string) Step {
	for _, step := range every {
		if slices.Contains(fieldsByStep[step], field) {
			return step
		}
	}
	return StepAddress // cobranca_…, fiscal_…, instalacao_…
}

// sentOf lists the fields of some steps that are among those typed.
func sentOf(steps []Step, typed tenants.Typed) []string {
	var mine []string
	for field := range typed {
		if slices.Contains(steps, StepOf(field)) {
			mine = append(mine, field)
		}
	}
	return mine
}
