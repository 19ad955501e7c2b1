package bot

import (
	"fmt"

	"enlace/ent"
	"enlace/tenants/calendar"
)

// said of a charge that is contested

const labelContest = "Não concordo com um valor"

const whichCharge = "Qual valor não está certo?"

const contestWords = "Primeiro escreva em uma mensagem por que o valor não está certo. Este arquivo ainda <b>não</b> foi guardado: mande-o de novo depois."

func chargeLabel(c *ent.Charge) string { return c.Amount.BRL() + ", " + c.Description }

func fileEnclosed(kind string) string {
	return fmt.Sprintf("Recebi %s e guardei com a sua contestação. Se quiser, mande mais.", sentWords[kind])
}

func contestQuestion(c *ent.Charge, by calendar.Date) string {
	return fmt.Sprintf("Contestar <b>%s</b>, %s.\n\nEnquanto a equipe analisa, este valor não é cobrado nem suspende o serviço; o boleto e o Pix que você já tem desta fatura deixam de valer. "+
		"A resposta vem até <b>%s</b>.\n\nEscreva em uma mensagem por que o valor não está certo.", c.Amount.BRL(), safe(c.Description), by.BR())
}

func contestedText(made *ent.Contest) string {
	return fmt.Sprintf("Contestação anotada. A resposta vem até <b>%s</b>; até lá este valor não é cobrado. Aviso aqui.\n\nTem uma foto ou um PDF que mostre o erro? Mande agora.", made.AnswerBy.BR())
}
