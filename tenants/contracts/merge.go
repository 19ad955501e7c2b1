package contracts

import (
	"regexp"
	"slices"
	"strings"

	"enlace/tenants"
)

// Fields lists the merge fields a template may use.
var Fields = []string{
	"cliente.nome", "cliente.documento", "provedor.nome", "empresa.nome", "empresa.cnpj", "plano.nome", "plano.velocidade",
	"servico.preco", "servico.numero", "endereco.instalacao", "cobranca.vencimento", "cobranca.tipo", "contrato.fidelidade", "hoje",
}

var field = regexp.MustCompile(`\{\{\s*([^{}]*?)\s*\}\}`)

// CheckTemplate returns Invalid unknown_field, naming the first, when a template uses a merge field that does not exist. Templates are never executed.
func CheckTemplate(body string) error {
	for _, found := range field.FindAllStringSubmatch(body, -1) {
		if !slices.Contains(Fields, found[1]) {
			return tenants.Invalid("corpo", "unknown_field").With("field", found[1])
		}
	}
	return nil
}

// Merge writes the values into the text. It returns the fault of CheckTemplate.
func Merge(body string, values map[string]string) (string, error) {
	if err := CheckTemplate(body); err != nil {
		return "", err
	}
	return field.ReplaceAllStringFunc(body, func(found string) string {
		return values[strings.TrimSpace(found[2:len(found)-2])]
	}), nil
}
