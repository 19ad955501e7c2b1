package bot

import (
	"fmt"
	"slices"
	"strings"

	"enlace/ent/contact"
	"enlace/tenants/brazil"
	"enlace/tenants/subscribers"
)

// said of the record

const (
	labelCorrectPhone = "Corrigir telefone"
	labelCorrectEmail = "Corrigir e-mail"
	labelData         = "Baixar meus dados"

	phoneQuestion   = "Escreva o seu telefone novo, com o DDD. Por exemplo: 91 98765-4321\n\nEle vai ser o seu telefone principal, no lugar do de hoje."
	emailQuestion   = "Escreva o seu e-mail novo. Por exemplo: maria@exemplo.com.br\n\nEle vai ser o seu e-mail principal, no lugar do de hoje."
	dataCaption     = "O que guardamos sobre você, para ler (Lei Geral de Proteção de Dados). Guarde em lugar seguro."
	dataFileCaption = "E tudo, sem resumo, em um arquivo para computador."
	nameData        = "dados-pessoais.pdf"
	nameDataFile    = "dados-pessoais.json"
)

// recordText is the record; named where whose it is stands above it.
func recordText(r subscribers.Record, named bool) string {
	document := "CPF " + maskEnds(brazil.FormatCPF(r.Customer.Document), 3, 2)
	if len(r.Customer.Document) == 14 {
		document = "CNPJ " + brazil.FormatCNPJ(r.Customer.Document)
	}
	lines := []string{safe(document), fmt.Sprintf("Cliente nº %d", r.Customer.Number)}
	if !named {
		lines = slices.Insert(lines, 0, "<b>"+safe(r.Customer.Name)+"</b>")
	}
	for _, c := range r.Contacts {
		switch c.Kind {
		case contact.KindPhone:
			lines = append(lines, "Telefone com final "+safe(c.Value[max(0, len(c.Value)-4):]))
		case contact.KindEmail:
			name, host, _ := strings.Cut(c.Value, "@")
			lines = append(lines, "E-mail "+safe(maskEnds(name, 2, 0)+"@"+host))
		}
	}
	return strings.Join(lines, "\n") + "\n\nAlgo mudou? Toque em Corrigir."
}

func correctedText(kind contact.Kind, kept string) string {
	if kind == contact.KindEmail {
		return "Pronto! Seu e-mail agora é " + safe(kept) + "."
	}
	return "Pronto! Seu telefone agora é " + safe(brazil.FormatPhone(kept)) + "."
}
