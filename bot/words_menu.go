package bot

import (
	"fmt"
	"slices"
	"strings"

	"enlace/bot/wire"
	"enlace/ent"
	"enlace/tenants/bots"
	"enlace/tenants/subscribers"
)

// said of the menu, and of what is typed instead of it

const (
	labelInvoices = "Faturas"
	labelServices = "Serviços Contratados"
	labelBooklet  = "Carnê em PDF"
	labelUnblock  = "Desbloqueio em Confiança"
	labelSupport  = "Suporte"
	labelRecord   = "Meus dados"
	labelHelp     = "Ajuda"
	labelContract = "Contrato"
)

// labelOf names what a command leads to, where somebody seems to want it.
var labelOf = map[string]string{"menu": labelMenu, "servicos": labelServices, "faturas": labelInvoices, "carne": labelBooklet, "desbloquear": labelUnblock, "suporte": labelSupport,
	"contrato": labelContract, "meusdados": labelRecord, "sair": labelLeave, "ajuda": labelHelp, toAttendant: labelAttendant, toHandBack: labelHandBack, toNotices: labelNotices}

// menuOfCommands is what Telegram shows beside the field where one writes.
var menuOfCommands = []wire.Command{
	{Command: "faturas", Description: "Faturas abertas, com Pix e boleto"},
	{Command: "carne", Description: "Carnê em PDF"},
	{Command: "desbloquear", Description: "Desbloqueio em Confiança"},
	{Command: "suporte", Description: "Abrir ou acompanhar um atendimento"},
	{Command: "meusdados", Description: "Seu cadastro"},
	{Command: "sair", Description: "Desvincular este chat"},
	{Command: "ajuda", Description: "O que posso fazer por você"},
}

// understoodToo is what else may be typed.
var understoodToo = []wire.Command{
	{Command: "servicos", Description: "Seus serviços, plano e vencimento"},
	{Command: "contrato", Description: "Cópia e aceite do contrato"},
	{Command: "atendente", Description: "Falar com uma pessoa da equipe"},
	{Command: "avisos", Description: "O que você quer que eu avise"},
	{Command: "vincular", Description: "Ver outro cadastro também neste chat"},
}

// greeting calls somebody by name, unless the chat is of several.
func greeting(customers []*ent.Customer, isp, own string) string {
	hello := "Olá!"
	if len(customers) == 1 {
		hello = fmt.Sprintf("Olá, %s!", safe(subscribers.FirstName(customers[0])))
	}
	if own != "" {
		return hello + " " + safe(own)
	}
	return fmt.Sprintf("%s Aqui é a %s. Como posso ajudar?", hello, safe(isp))
}

func helpText(face bots.Face) string {
	var b strings.Builder
	b.WriteString("Posso fazer isto por você:\n")
	for _, c := range offered(slices.Concat(menuOfCommands, understoodToo), face) {
		fmt.Fprintf(&b, "\n/%s: %s", c.Command, c.Description)
	}
	b.WriteString("\n\nNão peço senha nem número de cartão. Se alguém pedir em nosso nome, não responda.")
	if face.Contact != "" {
		b.WriteString("\n\n" + safe(face.Contact))
	}
	return b.String()
}

// perhaps asks whether somebody wants what a command leads to; some are not opened, but done.
func perhaps(command string) string {
	if deed := deeds[command]; deed != "" {
		return fmt.Sprintf("Você quer <b>%s</b>?", deed)
	}
	return fmt.Sprintf("Você quer abrir <b>%s</b>?", labelOf[command])
}

var deeds = map[string]string{toAttendant: "falar com um atendente", toHandBack: "encerrar a conversa com o atendente", "sair": "desvincular este chat"}
