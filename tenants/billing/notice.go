package billing

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/email"
	"enlace/ent/invoice"
	"enlace/ent/notice"
	"enlace/ent/predicate"
	"enlace/ent/telegrammessage"
	"enlace/tenants"
	"enlace/tenants/history"
	"enlace/tenants/mail"
	"enlace/tenants/messages"
	"enlace/tenants/outbox"
)

// LinkedChat is where a notice went that the bot said.
const LinkedChat = "conversa vinculada"

// TellOfDebt tells the customer of an overdue invoice of the debt, and stores the proof: the text, where it went, and the letter that carries it
// when it goes by e-mail. The text has the five contents of RGC art. 71: the reason; the rules and terms of suspension and termination; amount
// and month; that a credit bureau may hear of it after termination; and until when service is given back. It returns Conflict not_overdue,
// told_already, and unreachable for the bot where no chat is linked, and NotFound. A letter by e-mail is the better proof; a linked chat hears of it besides.
func (d Desk) TellOfDebt(ctx context.Context, id uuid.UUID, channel notice.Channel, destination string) (told *ent.Notice, err error) {
	return told, d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		today := d.DB.Today(ctx)
		// Who tells of the same invoice at the same moment waits here and then finds that it was told of.
		marked, err := c.Invoice.Update().Where(invoice.ID(id), invoice.NoticedOnIsNil()).SetNoticedOn(today).Save(ctx)
		if err != nil {
			return err
		}
		row, err := c.Invoice.Get(ctx, id)
		switch {
		case ent.IsNotFound(err):
			return tenants.NotFound()
		case err != nil:
			return err
		case marked == 0:
			return tenants.Conflict("told_already")
		}
		standings, err := Standings(ctx, c, today, row)
		if err != nil {
			return err
		}
		s := standings[0]
		if s.Status != InvoiceOverdue {
			return tenants.Conflict("not_overdue")
		}
		own := uuid.Must(uuid.NewV7())
		said := messages.Message{Customer: row.CustomerID, Kind: messages.Overdue, About: "notice", AboutID: own, Text: NoticeText(s), Buttons: ToPay(s), Queue: outbox.Bulk}
		create := c.Notice.Create().SetID(own).SetCustomerID(row.CustomerID).SetInvoiceID(row.ID).SetChannel(channel).SetDestination(destination).
			SetBody(NoticeText(s)).SetDay(today).SetAt(d.DB.Now())
		switch channel {
		case notice.ChannelTelegram:
			how, err := messages.Tell(ctx, c, d.DB.Now(), said)
			if err != nil {
				return err
			}
			if how == messages.Nohow {
				return tenants.Conflict("unreachable")
			}
		case notice.ChannelEmail:
			letter, err := mail.Send(ctx, c, d.DB.Now(), mail.Message{Customer: row.CustomerID, About: "invoice", AboutID: row.ID, To: destination,
				Subject: fmt.Sprintf("Aviso de débito: fatura %d", row.Number), Text: NoticeText(s)})
			if err != nil {
				return err
			}
			create.SetEmailID(letter.ID)
			if _, err := messages.Tell(ctx, c, d.DB.Now(), said); err != nil {
				return err
			}
		}
		if told, err = create.Save(ctx); err != nil {
			return err
		}
		return history.Write(ctx, c, d.DB.Now(), history.Entry{Customer: row.CustomerID, Subject: "invoice", ID: row.ID, Event: "debt_notice",
			After: map[string]any{"number": row.Number, "channel": channel, "destination": destination}})
	})
}

// GivenNotice is the first notice of several invoices that reached its customer, with the day on which it did, or nil; what is to stand beside it comes
// with it. One whose letter came back, or that the bot has not brought, is none, nor is one from before a payment that was taken back since: it told of
// another debt, which was paid.
func GivenNotice(ctx context.Context, c *ent.Client, invoices []uuid.UUID, beside ...predicate.Notice) (*ent.Notice, error) {
	told, err := c.Notice.Query().Where(notice.InvoiceIDIn(invoices...), stands, letter, said).Where(beside...).Order(notice.ByDay(), notice.ByAt()).All(ctx)
	if err != nil {
		return nil, err
	}
	for _, one := range told {
		since := tenants.Said(one, "stands")
		arrived := tenants.Said(one, "letter") != string(email.StatusFailed) && (one.Channel != notice.ChannelTelegram || tenants.Said(one, "said") != "")
		if since != "" && one.Day.String() >= since && arrived {
			return one, heardOn(ctx, c, one)
		}
	}
	return nil, nil
}

// heardOn moves the day of a notice that the bot brought to the day on which it did: it may have waited for the morning.
func heardOn(ctx context.Context, c *ent.Client, told *ent.Notice) error {
	if told.Channel != notice.ChannelTelegram {
		return nil
	}
	first, err := c.TelegramMessage.Query().Where(telegrammessage.AboutID(told.ID), telegrammessage.StatusEQ(telegrammessage.StatusSent)).Order(telegrammessage.BySentAt()).First(ctx)
	if err != nil {
		return err
	}
	isp, _ := tenants.From(ctx)
	if day := isp.Today(*first.SentAt); told.Day.Before(day) {
		told.Day = day
	}
	return nil
}

// What stands beside a notice: since when its invoice counts as told of, and what became of the letter that carried it, or of what the bot said.
var (
	stands = tenants.Beside[predicate.Notice]("stands", notice.FieldInvoiceID, invoice.Table, invoice.FieldID, invoice.FieldNoticedOn)
	letter = tenants.Beside[predicate.Notice]("letter", notice.FieldEmailID, email.Table, email.FieldID, email.FieldStatus)
	said   = tenants.Beside[predicate.Notice]("said", notice.FieldID, telegrammessage.Table, telegrammessage.FieldAboutID, telegrammessage.FieldID,
		telegrammessage.StatusEQ(telegrammessage.StatusSent))
)

// ToPay are the buttons under what the bot says of an invoice unasked.
func ToPay(s *Standing) [][]messages.Button {
	return messages.ToPay(s.Invoice.ID, s.Slip != nil && s.Slip.PixPayload != "", s.Slip != nil)
}

// NoticeText is what the customer of an overdue invoice is told: the five contents of RGC art. 71.
func NoticeText(s *Standing) string {
	return strings.Join([]string{
		fmt.Sprintf("A fatura %d, de %s, venceu em %s e não consta como paga.", s.Invoice.Number, s.Invoice.Due.Time().Format("01/2006"), s.Invoice.Due.BR()),
		fmt.Sprintf("Valor: R$ %s, mais multa de 2 %% e juros de 1 %% ao mês.", s.Debt.Principal),
		"Sem pagamento em 15 dias a contar deste aviso, o serviço pode ser suspenso; 60 dias depois da suspensão, o contrato pode ser encerrado.",
		"Depois do encerramento, a dívida pode ser comunicada aos órgãos de proteção ao crédito.",
		"Com o pagamento antes do encerramento, o serviço volta em até um dia, sem custo.",
	}, "\n")
}
