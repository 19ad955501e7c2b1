package billing

import (
	"context"
	"fmt"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/history"
	"enlace/tenants/messages"
	"enlace/tenants/money"
)

// told tells a customer what the office has decided of their debt, by the bot or by a letter, beside what about says happened to which thing, and
// keeps in the history that they were told; a letter stands there by itself.
func (p post) told(ctx context.Context, about history.Entry, subject, text string) error {
	how, err := messages.Tell(ctx, p.c, p.now, messages.Message{Customer: about.Customer, Kind: messages.Decided, About: about.Subject, AboutID: about.ID, Subject: subject, Text: text, Buttons: messages.Under(messages.Invoices)})
	if err != nil || how == messages.Email {
		return err
	}
	event := "told_by_bot"
	if how == messages.Nohow {
		event = "told_nobody"
	}
	return history.Write(ctx, p.c, p.now, history.Entry{Customer: about.Customer, Subject: about.Subject, ID: about.ID, Event: event, After: map[string]any{"name": subject}})
}

// agreementText is what the customer of an agreement is told: what is to be paid, and when.
func agreementText(isp tenants.Tenant, made *ent.DebtAgreement, r *AgreementPreview) string {
	text := fmt.Sprintf("A %s registrou o acordo %d, no lugar das suas dívidas vencidas: %s.\n", isp.Name, made.Number, r.Total.BRL())
	for k, one := range r.Instalments {
		text += fmt.Sprintf("\nParcela %d de %d, até %s: %s", k+1, len(r.Instalments), one.Due.BR(), one.Amount.BRL())
	}
	text += "\n\nCada parcela é uma fatura, com boleto e Pix. As faturas de antes não valem mais para pagar."
	if r.Left == 0 {
		text += "\n\nO serviço suspenso por essas dívidas volta com o pagamento da primeira parcela."
	}
	return text
}

// agreementEndText is what the customer of a cancelled agreement is told.
func agreementEndText(isp tenants.Tenant, made *ent.DebtAgreement, received money.Cents, reason string) string {
	text := fmt.Sprintf("A %s cancelou o acordo %d: %s.\n\nAs dívidas de antes voltam a valer", isp.Name, made.Number, reason)
	if received > 0 {
		text += ", menos " + received.BRL() + " que já foram pagos dele"
	}
	return text + ". As parcelas abertas do acordo não valem mais para pagar."
}

// answerText is what the customer is told of how a contest ended. due is the new due date, zero where nothing runs again.
func answerText(isp tenants.Tenant, row *ent.Charge, in Answer, refund money.Cents, due calendar.Date) string {
	text := fmt.Sprintf("A %s respondeu à sua contestação da cobrança %d, %s, de %s: ", isp.Name, row.Number, row.Description, row.Amount.BRL())
	switch {
	case in.Upheld && refund > 0:
		text += "procedente. Ela foi cancelada, e você tem um crédito de " + refund.BRL() + "."
	case in.Upheld:
		text += "procedente. Ela foi cancelada."
	case due.IsZero():
		text += "improcedente."
	default:
		text += "improcedente. O novo vencimento é " + due.BR() + ", e o tempo da contestação não tem multa nem juros."
	}
	return text + "\n\n" + in.Reason
}
