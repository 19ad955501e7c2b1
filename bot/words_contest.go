package bot

import (
	"fmt"

	"enlace/ent"
	"enlace/tenants/bots"
	"enlace/tenants/calendar"
)

// said of a charge that is contested

const labelContest = "Não concordo com um valor"

const whichCharge = "Qual valor não está certo?"

var (
	contestWords = saying{"A contestação guarda só palavras, e este arquivo não foi guardado. Escreva em uma mensagem por que o valor não está certo.", bots.Support, " Depois, se quiser, mande o arquivo em um atendimento: /suporte"}
	contestFile  = saying{"Guardei as suas palavras. O arquivo <b>não</b> ficou na contestação.", bots.Support, " Para a equipe vê-lo, mande-o em um atendimento: /suporte"}
)

func chargeLabel(c *ent.Charge) string { return c.Amount.BRL() + ", " + c.Description }

func contestQuestion(c *ent.Charge, by calendar.Date) string {
	return fmt.Sprintf("Contestar <b>%s</b>, %s.\n\nEnquanto a equipe analisa, este valor não é cobrado nem suspende o serviço; não use mais o boleto e o Pix de antes desta fatura. "+
		"A resposta vem até <b>%s</b>.\n\nEscreva em uma mensagem por que o valor não está certo.", c.Amount.BRL(), safe(c.Description), by.BR())
}

func contestedText(made *ent.Contest) string {
	return fmt.Sprintf("Contestação anotada. A resposta vem até <b>%s</b>; até lá este valor não é cobrado. Aviso aqui.", made.AnswerBy.BR())
}
