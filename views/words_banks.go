package views

import (
	"cmp"

	"enlace/tenants/brazil/cnab"
)

// BankField is a field of a remessa as a person calls it.
func BankField(code string) string { return cmp.Or(bankFields[code], code) }

var bankFields = map[string]string{
	"bank": "o banco", "name": "a razão social da empresa", "cnpj": "o CNPJ da empresa", "branch_digit": "o dígito da agência", "account_digit": "o dígito da conta",
	"variation": "a variação da carteira", "code": "o código de transmissão", "terms.agencia": "a agência", "terms.conta": "a conta", "terms.carteira": "a carteira",
	"terms.convenio": "o convênio", "terms.codigo_beneficiario": "o código do beneficiário", "terms.modalidade": "a modalidade",
	"nosso_numero": "o nosso número", "document": "o número do documento", "control": "o uso da empresa", "issued_on": "a emissão", "due": "o vencimento", "amount": "o valor",
	"fine": "a multa", "interest": "os juros", "rebate": "o abatimento", "discount": "o desconto", "discount_until": "o prazo do desconto",
	"payer.name": "o nome do pagador", "payer.document": "o CPF ou CNPJ do pagador", "payer.street": "o logradouro do pagador", "payer.district": "o bairro do pagador",
	"payer.cep": "o CEP do pagador", "payer.city": "a cidade do pagador", "payer.uf": "o estado do pagador",
}

// BankRefusal says why a title is left out of a remessa.
func BankRefusal(r cnab.Refusal) string {
	return "Corrija " + BankField(r.Field) + ": " + cmp.Or(bankCodes[r.Code], string(r.Code))
}

// BankProblem says what is wrong with a line of a retorno.
func BankProblem(code string) string { return cmp.Or(bankCodes[cnab.Code(code)], code) }

// bankCodes are what may be wrong with a file of a bank, or with what goes into one.
var bankCodes = map[cnab.Code]string{
	cnab.LineTooLong: "linha comprida demais", cnab.UnknownRecord: "registro desconhecido", cnab.AnotherBank: "linha de outro banco", cnab.NotANumber: "número ilegível",
	cnab.NotADate: "data ilegível", cnab.NotText: "letras ilegíveis", cnab.Missing: "está vazio", cnab.Implausible: "valor grande demais para ser verdade",
	cnab.MissingSegment: "falta metade do título", cnab.WrongSequence: "linha fora da ordem", cnab.MissingTrailer: "o arquivo acaba antes do fim",
	cnab.TooLong: "comprido demais para o banco", cnab.TooLarge: "grande demais", cnab.Negative: "negativo", cnab.DueBeforeIssue: "antes da emissão", cnab.OutOfOrder: "fora da ordem das datas",
	cnab.NotADocument: "não é um CPF nem um CNPJ", cnab.NotACEP: "não é um CEP", cnab.NotAState: "não é um estado", cnab.UnknownCommand: "o banco não conhece este pedido",
	cnab.NotForThisBank: "não serve para este banco", cnab.FileFull: "o arquivo está cheio", cnab.Unexpected: "não é o que o banco espera",
	"implausible_payment": "pagamento sem data, com data futura ou sem valor",
}
