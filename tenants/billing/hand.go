package billing

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/correspondent"
	"enlace/ent/ledgerentry"
	"enlace/ent/payment"
	"enlace/ent/receipt"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/money"
	"enlace/tenants/numbers"
)

// Hand is how money is handed over: in which form, and through whom when not at the ISP's own counter.
type Hand struct {
	Form          payment.Form // forma de pagamento; "": dinheiro
	Correspondent uuid.UUID    // none: at the counter
	Number        string       // the correspondente's own of the payment, where it gives one: the same one is the same money
}

// Forms are the formas de pagamento in the order of the screens.
var Forms = []payment.Form{payment.FormCash, payment.FormDebitCard, payment.FormCreditCard, payment.FormPix, payment.FormTransfer, payment.FormCheque}

// ReadHand reads how money was handed over, in the form of a baixa.
func ReadHand(t tenants.Typed, wrong *tenants.Fields) Hand {
	in := Hand{Form: payment.FormCash, Correspondent: t.ID("correspondente"), Number: t.Text(wrong, "autenticacao")}
	if t["forma"] != "" {
		in.Form = payment.Form(t.Choice(wrong, "forma", formNames()...))
	}
	if in.Number != "" && in.Correspondent == uuid.Nil {
		wrong.Add("autenticacao", "number_of_nobody")
	}
	return in
}

func formNames() (names []string) {
	for _, form := range Forms {
		names = append(names, string(form))
	}
	return names
}

// handing is one handing over of money in the books: its recibo, and the caixa or the correspondente that has it now.
type handing struct {
	post
	Hand
	receipt *ent.Receipt
	till    *ent.Till // nil: not at the counter, or not by a person
	opened  bool      // the caixa, by this very money
	key     string
	made    int
}

// handed writes the recibo of an amount and says where the money lies from now on. Money at the counter goes into the caixa of who receives
// it; who has none open opens one with it. It returns NotFound for a correspondente that is not the ISP's, and Conflict for one withdrawn or
// a number of it that is here already.
func (p post) handed(ctx context.Context, in Hand, key string, customer uuid.UUID, amount money.Cents, on calendar.Date) (h *handing, err error) {
	if in.Form == "" {
		in.Form = payment.FormCash
	}
	if !slices.Contains(Forms, in.Form) {
		return nil, tenants.Invalid("forma", "choice")
	}
	h = &handing{post: p, Hand: in, key: key}
	if in.Correspondent == uuid.Nil {
		h.till, h.opened, err = p.till(ctx)
	} else {
		err = h.hold(ctx)
	}
	if err != nil {
		return nil, err
	}
	number, err := numbers.Next(ctx, p.c, numbers.Receipt)
	if err != nil {
		return nil, err
	}
	create := p.c.Receipt.Create().SetNumber(number).SetCustomerID(customer).SetAmount(amount).SetForm(receipt.Form(in.Form)).SetPaidOn(on).SetAt(p.now)
	if who := tenants.Who(ctx); who.Kind == tenants.User {
		create.SetUserID(who.ID)
	}
	h.receipt, err = create.Save(ctx)
	return h, err
}

// hold keeps the correspondente's other payments waiting, and sees that this one is not here yet.
func (h *handing) hold(ctx context.Context) error {
	held, err := h.c.Correspondent.Update().Where(correspondent.ID(h.Correspondent)).AddVersion(1).Save(ctx)
	if err != nil {
		return err
	}
	if held == 0 {
		return tenants.NotFound()
	}
	row, err := h.c.Correspondent.Get(ctx, h.Correspondent)
	if err != nil {
		return err
	}
	if !row.Active {
		return tenants.Conflict("correspondent_withdrawn").With("name", row.Name)
	}
	if h.Number == "" {
		return nil
	}
	h.key = row.ID.String() + "/" + h.Number
	there, err := h.c.Payment.Query().Where(payment.SourceEQ(payment.SourceCorrespondent), payment.ExternalID(h.key)).Exist(ctx)
	if err == nil && there {
		err = tenants.Conflict("correspondent_number").With("name", row.Name).With("number", h.Number)
	}
	return err
}

// payment is the next payment of what was handed over.
func (h *handing) payment(ctx context.Context, amount money.Cents, invoice *uuid.UUID) (*ent.Payment, error) {
	h.made++
	external := h.key
	switch {
	case external == "": // from a job, which has no form
		external = fmt.Sprintf("%s/%d", h.receipt.ID, h.made)
	case h.made > 1:
		external = fmt.Sprintf("%s/%d", h.key, h.made)
	}
	create := h.c.Payment.Create().SetSource(payment.SourceCounter).SetExternalID(external).SetAmount(amount).SetPaidOn(h.receipt.PaidOn).SetReceivedAt(h.now).
		SetCustomerID(h.receipt.CustomerID).SetNillableInvoiceID(invoice).SetNillableUserID(h.receipt.UserID).SetForm(h.Form).SetReceiptID(h.receipt.ID)
	if h.till != nil {
		create.SetTillID(h.till.ID)
	}
	if h.Correspondent != uuid.Nil {
		create.SetSource(payment.SourceCorrespondent).SetCorrespondentID(h.Correspondent)
	}
	return create.Save(ctx)
}

// accountOf is where the money of a payment lies.
func accountOf(p *ent.Payment) ledgerentry.Account {
	switch p.Source {
	case payment.SourceCorrespondent:
		return ledgerentry.AccountCorrespondents
	case payment.SourceBoleto:
		return ledgerentry.AccountBank
	case payment.SourcePix:
		return ledgerentry.AccountPix
	case payment.SourceCredit:
		return ledgerentry.AccountCredits
	}
	if p.Form == nil {
		return ledgerentry.AccountCash
	}
	return accountOfForm(*p.Form)
}

func accountOfForm(form payment.Form) ledgerentry.Account {
	switch form {
	case payment.FormDebitCard, payment.FormCreditCard:
		return ledgerentry.AccountCards
	case payment.FormPix:
		return ledgerentry.AccountPix
	case payment.FormTransfer:
		return ledgerentry.AccountBank
	}
	return ledgerentry.AccountCash
}
