package bot

import (
	"fmt"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/bots"
	"enlace/tenants/support"
)

// said of files that subscribers send

const fileGone = "Não consegui buscar esse arquivo no Telegram. Mande de novo, por favor."

var fileStray = saying{"Para eu guardar isso, diga primeiro em qual atendimento: toque nele, depois em Responder, e mande de novo.", bots.Support, " Ou abra outro em Suporte."}

// fileNowhere is said while no ticket is open.
var fileNowhere = saying{"Não há atendimento aberto em que eu possa guardar isso.", bots.Support, " Abra um em Suporte e mande de novo: /suporte"}

// openedBy is the opening of a ticket by a file alone.
var openedBy = map[string]string{sentPhoto: "Foto enviada pelo Telegram.", sentVoice: "Áudio enviado pelo Telegram.", sentDocument: "Arquivo enviado pelo Telegram."}

var fileLarge = fmt.Sprintf("Esse arquivo passa de %d MB e não consigo recebê-lo. Mande uma foto menor ou um áudio mais curto.", support.MostSent>>20)

var sentWords = map[string]string{sentPhoto: "a foto", sentVoice: "o áudio", sentDocument: "o arquivo"}

func fileKept(kind string, t *ent.Ticket) string {
	return fmt.Sprintf("Recebi %s; está no protocolo <code>%s</code>. Se quiser, mande mais.", sentWords[kind], t.Protocol)
}

func fileRefused(fault *tenants.Fault, face bots.Face) string {
	switch {
	case refusals[fault.Code].text != "":
		return refusals[fault.Code].to(face)
	case fault.Fields["arquivo"] == "file_large":
		return fileLarge
	case fault.Fields["arquivo"] == "file_kind":
		return "Esse tipo de arquivo eu não consigo guardar. Mande foto, áudio ou PDF."
	}
	return "Não consegui guardar esse arquivo. Mande de novo, por favor."
}
