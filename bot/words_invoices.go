package bot

import (
	"fmt"
	"strings"
	"time"

	"enlace/ent"
	"enlace/tenants/billing"
	"enlace/tenants/subscribers"
)

// said of invoices, paid and not, and of carnês

const (
	labelPix          = "Copiar Pix"
	labelSlip         = "Boleto em PDF"
	labelLinha        = "Linha digitável"
	labelAccount      = "Entender o valor"
	labelPaid         = "Faturas pagas"
	labelWholeBooklet = "Carnê inteiro"
	labelPay          = "Pagar com Pix"
	labelQR           = "QR Code"
	labelAll          = "Ver todas as faturas"

	noInvoices       = "Você não tem fatura aberta. Tudo em dia!"
	noInvoicesHere   = "Este serviço não tem fatura aberta."
	noPaid           = "Nenhuma fatura paga ainda."
	noPix            = "Esta fatura não tem Pix. Pague pelo boleto ou na nossa loja."
	noLinha          = "Esta fatura não tem boleto. Pague com Pix ou na nossa loja."
	nothingToPrint   = "Esta fatura não tem boleto. O pagamento é na nossa loja."
	nothingToPay     = "Não há mais o que pagar nesta fatura."
	noPaper          = "Não consigo mandar este documento agora. Tente de novo em alguns instantes."
	alreadyPaid      = "Esta fatura já está paga. Obrigado!"
	alreadyCancelled = "Esta fatura foi cancelada; não há o que pagar."
	contested        = "Esta fatura está em contestação e não é cobrada até a resposta."
	noBooklet        = "Você não tem carnê com parcelas em aberto."
	whichBooklet     = "Qual carnê?"
)

// notPrinted is why a paper is not handed over, although it was when it was asked for.
func notPrinted(kind string) string {
	switch kind {
	case invoicePaper:
		return nothingToPrint
	case pixPaper:
		return nothingToPay
	case bookletPaper:
		return noBooklet
	}
	return noPaper
}

func labelMore(n int) string { return plural(n, "Mostrar mais 1 fatura", "Mostrar mais %d faturas") }

// invoicesHead says how many are open, and of several how many of them are late.
func invoicesHead(open []*billing.Standing) string {
	late := 0
	for _, s := range open {
		if s.Status == billing.InvoiceOverdue || s.Debt.Charges() > 0 {
			late++
		}
	}
	head := plural(len(open), "Você tem 1 fatura aberta.", "Você tem %d faturas abertas.")
	switch {
	case len(open) == 1:
	case late == 0:
		head += " Nenhuma está vencida."
	default:
		head += plural(late, " Uma está vencida.", " %d estão vencidas.")
	}
	return head + "\n\n"
}

// contestsText is what waits for an answer and is not among what is to be paid; "" for nothing.
func contestsText(all []subscribers.Contest) string {
	var lines []string
	for _, one := range all {
		lines = append(lines, fmt.Sprintf("\n\nEm contestação: %s, %s. A resposta vem até %s; até lá não é cobrado.", one.Charge.Amount.BRL(), safe(one.Charge.Description), one.AnswerBy.BR()))
	}
	return strings.Join(lines, "")
}

func invoiceText(s *billing.Standing, of int) string {
	head := fmt.Sprintf("<b>%s, vence em %s</b>", s.Owed().BRL(), s.Invoice.Due.BR())
	if s.Status == billing.InvoiceOverdue {
		head = fmt.Sprintf("<b>%s hoje, venceu em %s</b>", s.Owed().BRL(), s.Invoice.Due.BR())
	}
	lines := []string{head}
	if late := s.Debt.Charges(); late > 0 {
		lines = append(lines, fmt.Sprintf("%s, mais %s de multa e juros.", s.Debt.Principal.BRL(), late.BRL()))
	}
	if s.Status == billing.InvoicePartly {
		lines = append(lines, fmt.Sprintf("Já pagos: %s.", s.Debt.Paid.BRL()))
	}
	lines = append(lines, description(s))
	if of > 0 {
		lines = append(lines, fmt.Sprintf("Carnê, parcela %d de %d.", s.Invoice.Instalment, of))
	}
	return strings.Join(lines, "\n")
}

func description(s *billing.Standing) string {
	var parts []string
	for _, c := range s.Charges {
		parts = append(parts, safe(c.Description))
	}
	return strings.Join(parts, "; ") + "."
}

// whoseInvoice names an invoice where a chat sees those of several.
func whoseInvoice(customer *ent.Customer, invoice *ent.Invoice) string {
	return fmt.Sprintf("%s, fatura %d", subscribers.FirstName(customer), invoice.Number)
}

func pixText(s *billing.Standing) (string, error) {
	code, asked, err := s.PixToPay()
	if asked != s.Slip.Amount {
		return fmt.Sprintf("Parte desta fatura já foi paga. Código Pix do que falta hoje, %s. Toque para copiar e cole no aplicativo do seu banco:\n\n<code>%s</code>", asked.BRL(), safe(code)), err
	}
	text := fmt.Sprintf("Código Pix de %s. Toque para copiar e cole no aplicativo do seu banco:\n\n<code>%s</code>", asked.BRL(), safe(code))
	if late := s.Debt.Charges(); late > 0 {
		text += fmt.Sprintf("\n\nA multa e os juros, %s até hoje, vêm em outra cobrança.", late.BRL())
	}
	return text, err
}

const namePix = "Pix.png"

func qrCaption(s *billing.Standing) (string, error) {
	_, asked, err := s.PixToPay()
	return fmt.Sprintf("QR Code do Pix de %s. Aponte a câmera do aplicativo do seu banco.", asked.BRL()), err
}

func linhaText(s *billing.Standing) string {
	return fmt.Sprintf("Linha digitável do boleto de %s, vencimento %s. Toque para copiar e cole no aplicativo do seu banco:\n\n<code>%s</code>",
		s.Slip.Amount.BRL(), s.Slip.Due.BR(), safe(s.Slip.Linha)) + partlyPaid(s)
}

func slipCaption(s *billing.Standing) string {
	return fmt.Sprintf("Fatura %d: %s, vencimento %s.", s.Invoice.Number, s.Slip.Amount.BRL(), s.Slip.Due.BR()) + partlyPaid(s)
}

// partlyPaid warns of a boleto whose amount is no longer what is owed.
func partlyPaid(s *billing.Standing) string {
	if len(s.Payments) == 0 {
		return ""
	}
	return fmt.Sprintf("\n\nAtenção: este boleto é do valor original. Parte já foi paga e hoje faltam %s; pague pelo Pix ou na nossa loja.", s.Owed().BRL())
}

// accountText is an invoice line by line: what, how much, and the reckoning behind it.
func accountText(s *billing.Standing) string {
	lines := []string{fmt.Sprintf("<b>Fatura %d, vencimento %s</b>", s.Invoice.Number, s.Invoice.Due.BR()), ""}
	for _, c := range s.Charges {
		lines = append(lines, fmt.Sprintf("%s: <b>%s</b>", safe(c.Description), c.Amount.BRL()), safe(c.Memo), "")
	}
	lines = append(lines, fmt.Sprintf("Total: <b>%s</b>", s.Total.BRL()))
	if late := s.Debt.Charges(); late > 0 {
		lines = append(lines, fmt.Sprintf("Atraso, até hoje: <b>%s</b> (%s)", late.BRL(), s.Debt.ChargesMemo()))
	}
	if s.Debt.Paid > 0 {
		lines = append(lines, fmt.Sprintf("Já pagos: <b>%s</b>", s.Debt.Paid.BRL()))
	}
	if why, payable := settled(s); !payable {
		return strings.Join(append(lines, why), "\n")
	}
	return strings.Join(append(lines, fmt.Sprintf("A pagar hoje: <b>%s</b>", s.Owed().BRL())), "\n")
}

func paidText(last []*billing.Standing, zone *time.Location) string {
	if len(last) == 0 {
		return noPaid
	}
	lines := []string{"Suas últimas faturas pagas:"}
	for _, s := range last {
		lines = append(lines, fmt.Sprintf("<b>%s, paga em %s</b>\nFatura %d, de %s: %s", s.Debt.Paid.BRL(), s.Invoice.PaidAt.In(zone).Format("02/01/2006"),
			s.Invoice.Number, s.Invoice.Due.BR(), description(s)))
	}
	return strings.Join(lines, "\n\n")
}

func bookletLabel(b *ent.Booklet) string {
	return fmt.Sprintf("Carnê %d, de %d parcelas", b.Number, b.Instalments)
}

func bookletCaption(b *ent.Booklet) string {
	return fmt.Sprintf("Carnê %d, de %d parcelas, a primeira em %s.", b.Number, b.Instalments, b.FirstDue.BR())
}
