package views

import (
	"cmp"

	"enlace/tenants/intake"
)

// IntakeWords are the words of a kind of file.
type IntakeWords struct{ Label, One, Many, For string }

// Intake is the words of a kind of file.
func Intake(k intake.Kind) IntakeWords { return intakes[k] }

var intakes = map[intake.Kind]IntakeWords{
	intake.Plans:     {"Planos", "plano", "planos", "o que se vende, com preço, velocidade e composição"},
	intake.Customers: {"Clientes", "cliente", "clientes", "pessoas e empresas, com contatos e endereço"},
	intake.Services:  {"Serviços", "serviço", "serviços", "o que cada cliente tem: plano, cobrança, login e situação"},
}

// IntakeColumn is what a column of a file holds.
func IntakeColumn(k intake.Kind, column string) string {
	return cmp.Or(intakeColumns[string(k)+" "+column], intakeColumns[column])
}

// intakeColumns are the columns by their names; where a kind has its own, it stands before.
var intakeColumns = map[string]string{
	"planos nome": "como o plano é vendido; não pode repetir", "planos preco": "por mês",
	"tecnologia": "fibra, rádio, cabo ou satélite", "descida": "download, em Mega", "subida": "upload, em Mega",
	"scm_valor": "parte do preço que é comunicação (SCM)", "scm_nome": "vazio: Acesso à internet (SCM)",
	"sva_valor": "parte do preço que é valor adicionado (SVA); as partes somam o preço", "sva_nome": "vazio: Valor adicionado (SVA)",
	"sva2_valor": "outra parte de valor adicionado", "sva2_nome": "vazio: Valor adicionado (SVA)",
	"contrato": "emite contrato: sim ou não", "modelo": "nome de um modelo de contrato em uso", "fidelidade": "meses, 0 a 12",
	"beneficio": "o que o cliente deixou de pagar para ficar", "cidades": "onde é vendido, como Belém/PA, com vírgula entre elas, ou os códigos do IBGE; vazio: em todas",

	"cpf_cnpj": "de quem ainda não está no cadastro; CNPJ pode ter letras", "servicos cpf_cnpj": "de um cliente que já está no cadastro",
	"nome": "nome, ou razão social", "nascimento": "de pessoa física; vazio para empresa", "telefone": "com DDD; o principal",
	"telefone2": "mais um", "telefone3": "mais um", "email": "o principal", "email2": "mais um",
	"cep": "8 números; com todo o endereço vazio, o cliente entra sem ele", "logradouro": "rua, avenida, travessa", "numero": "vazio: S/N",
	"complemento": "apartamento, bloco, casa", "bairro": "ou distrito", "cidade": "por extenso", "uf": "a sigla do estado",
	"ibge": "código da cidade, 7 números", "referencia": "como chegar",
	"fantasia": "nome fantasia, de empresa", "rg": "número", "rg_emissor": "como SSP/PA", "rg_emissao": "data", "mae": "nome da mãe", "pai": "nome do pai",
	"estado_civil": "solteiro, casado, união estável, separado, divorciado ou viúvo", "genero": "feminino, masculino ou outro", "nacionalidade": "como brasileira",
	"ie": "inscrição estadual, ou ISENTO", "im": "inscrição municipal", "responsavel": "quem responde pela empresa",
	"grupos": "nomes de Configurações, Grupos; vários com | entre eles", "origem": "nome de Configurações, Origens",
	"observacoes": "para a equipe", "alerta": "aparece no alto da página do cliente",

	"plano":    "nome de um plano que já está em Configurações",
	"situacao": "habilitado, suspenso por débito, suspenso parcialmente, suspenso a pedido, cancelado, aguardando instalação ou aguardando assinatura",
	"desde":    "a data em que passou a esta situação", "forma_cobranca": "nome de uma forma de cobrança de Configurações",
	"dia_vencimento": "1 a 28, ou último dia", "tipo_cobranca": "antecipado ou postecipado",
	"login": "com que o serviço conecta (PPPoE); não pode repetir", "senha": "do login; é guardada selada",
	"cobrado_ate": "fim do último período já cobrado no outro sistema; vazio: o Enlace cobra a partir do próximo vencimento depois de hoje",
	"preco":       "por mês; vazio: o do plano", "desconto": "em reais por mês", "desconto_percentual": "em %", "desconto_meses": "por quantos meses ainda; vazio: sempre",
	"carne": "cobrado por carnê: sim ou não", "fatura_separada": "sim ou não", "nota_separada": "sim ou não",
	"data_venda": "vazio: a da habilitação", "habilitado_em": "vazio: a data de desde", "vendedor": "nome de Configurações, Vendedores",
	"motivo":       "da suspensão ou do cancelamento",
	"servicos cep": "endereço de instalação; com todo o endereço vazio, é o do cadastro",
}
