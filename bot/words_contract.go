package bot

import (
	"fmt"
	"strings"
	"time"

	"enlace/ent"
)

// said of contracts

const (
	labelSign        = "Aceitar"
	labelConfirmSign = "Li e aceito"
)

const noContract = "Você não tem contrato em vigor."

func contractsText(all []*ent.Contract, zone *time.Location) string {
	if len(all) == 0 {
		return noContract
	}
	lines := []string{"Seus contratos:"}
	for _, one := range all {
		state := "<b>aguarda o seu aceite</b>"
		if one.AcceptedAt != nil {
			state = "aceito em " + one.AcceptedOn.BR()
		}
		lines = append(lines, fmt.Sprintf("Contrato %d, de %s: %s", one.Number, one.IssuedAt.In(zone).Format("02/01/2006"), state))
	}
	return strings.Join(lines, "\n")
}

func contractLabel(one *ent.Contract) string { return fmt.Sprintf("Contrato %d em PDF", one.Number) }

func contractCaption(one *ent.Contract) string { return fmt.Sprintf("Contrato %d.", one.Number) }

func signQuestion(one *ent.Contract) string {
	return fmt.Sprintf("Leia o contrato %d acima. Se concorda, toque em Li e aceito.\n\nFicam registrados este chat, o dia, a hora e o código do texto:\n<code>%s</code>", one.Number, one.BodyHash)
}

func signedText(one *ent.Contract, zone *time.Location) string {
	return fmt.Sprintf("Contrato %d aceito em %s. Abaixo, a cópia com o seu aceite.", one.Number, one.AcceptedAt.In(zone).Format("02/01/2006, às 15:04"))
}
