package billing

import (
	"bytes"
	"context"
	"fmt"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/ent/company"
	"enlace/ent/history"
	"enlace/ent/invoice"
	"enlace/ent/payment"
	"enlace/ent/receipt"
	"enlace/ent/reversal"
	"enlace/ent/settlement"
	"enlace/tenants"
	"enlace/tenants/brazil"
	"enlace/tenants/brazil/print"
	"enlace/tenants/calendar"
	happened "enlace/tenants/history"
	"enlace/tenants/staff"
)

// ReciboPDF draws the recibo of money that was handed over: who paid, how much, in words too, for what, and who received it. The first one is
// the recibo; each later one is marked as 2ª via, and that it was printed is in the customer's history. A payment taken back since is marked
// on it. It returns NotFound for one that is not the ISP's, and Denied without See.
func (d Desk) ReciboPDF(ctx context.Context, id uuid.UUID) (name string, content []byte, err error) {
	var paper *print.Recibo
	err = d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.See); err != nil {
			return err
		}
		row, err := c.Receipt.Get(ctx, id)
		if ent.IsNotFound(err) {
			return tenants.NotFound()
		} else if err != nil {
			return err
		}
		if paper, err = d.recibo(ctx, c, row); err != nil {
			return err
		}
		return happened.Write(ctx, c, d.DB.Now(), happened.Entry{Customer: row.CustomerID, Subject: "receipt", ID: row.ID, Event: "receipt_printed",
			After: map[string]any{"number": row.Number}})
	})
	if err != nil {
		return "", nil, err
	}
	// Drawing is done outside the transaction: it takes milliseconds that nobody should wait for.
	var b bytes.Buffer
	name = fmt.Sprintf("Recibo %d.pdf", paper.Number)
	err = paper.Draw(&b)
	return name, b.Bytes(), err
}

// recibo is what the paper says.
func (d Desk) recibo(ctx context.Context, c *ent.Client, row *ent.Receipt) (*print.Recibo, error) {
	isp, _ := tenants.From(ctx)
	who, err := c.Customer.Get(ctx, row.CustomerID)
	if err != nil {
		return nil, err
	}
	printed, err := c.History.Query().Where(history.Subject("receipt"), history.SubjectID(row.ID), history.Event("receipt_printed")).Exist(ctx)
	if err != nil {
		return nil, err
	}
	paper := &print.Recibo{Number: row.Number, Provider: print.Party{Name: isp.Name}, Payer: print.Party{Name: who.Name, Document: documentOf(who)},
		Amount: row.Amount, Form: string(row.Form), On: row.PaidOn, At: row.At.In(isp.Zone), Again: printed}
	if row.UserID != nil {
		by, err := c.User.Get(ctx, *row.UserID)
		if err != nil {
			return nil, err
		}
		paper.By = by.Name
	}
	payments, err := c.Payment.Query().Where(payment.ReceiptID(row.ID)).Order(payment.ByReceivedAt(), ent.Asc(payment.FieldID)).All(ctx)
	if err != nil {
		return nil, err
	}
	if err := companyOf(ctx, c, payments, paper); err != nil {
		return nil, err
	}
	return paper, lines(ctx, c, payments, paper)
}

func documentOf(who *ent.Customer) string {
	if len(who.Document) == 14 {
		return "CNPJ " + brazil.FormatCNPJ(who.Document)
	}
	return "CPF " + brazil.FormatCPF(who.Document)
}

// companyOf says which company received: that of the way the first invoice is collected, else the ISP's first, and which correspondente for it.
func companyOf(ctx context.Context, c *ent.Client, payments []*ent.Payment, paper *print.Recibo) error {
	var row *ent.Company
	for _, p := range payments {
		if p.InvoiceID == nil || row != nil {
			continue
		}
		bill, err := c.Invoice.Get(ctx, *p.InvoiceID)
		if err != nil {
			return err
		}
		method, err := c.BillingMethod.Get(ctx, bill.MethodID)
		if err != nil {
			return err
		}
		if row, err = c.Company.Get(ctx, method.CompanyID); err != nil {
			return err
		}
	}
	if row == nil {
		first, err := c.Company.Query().Where(company.Active(true)).Order(ent.Asc(company.FieldID)).First(ctx)
		if err != nil && !ent.IsNotFound(err) {
			return err
		}
		row = first
	}
	if row != nil {
		paper.Provider = print.Party{Name: row.Name, Document: "CNPJ " + brazil.FormatCNPJ(row.Cnpj),
			Address: fmt.Sprintf("%s, %s, %s, %s, %s", row.Street, row.HouseNumber, row.District, row.City, row.Uf)}
		paper.City = row.City
	}
	if len(payments) == 0 || payments[0].CorrespondentID == nil {
		return nil
	}
	through, err := c.Correspondent.Get(ctx, *payments[0].CorrespondentID)
	if err == nil {
		paper.Through = through.Name
	}
	return err
}

// lines are what each payment of a recibo settled, with the memo of what it was owed for, and what was taken back since.
func lines(ctx context.Context, c *ent.Client, payments []*ent.Payment, paper *print.Recibo) error {
	ids := make([]uuid.UUID, len(payments))
	for i, p := range payments {
		ids[i] = p.ID
	}
	parts, err := c.Settlement.Query().Where(settlement.PaymentIDIn(ids...)).Order(ent.Asc(settlement.FieldID)).All(ctx)
	if err != nil {
		return err
	}
	var of, bills []uuid.UUID
	for _, part := range parts {
		if part.ChargeID != nil {
			of = append(of, *part.ChargeID)
		}
		if part.InvoiceID != nil {
			bills = append(bills, *part.InvoiceID)
		}
	}
	charges, err := c.Charge.Query().Where(charge.IDIn(of...)).All(ctx)
	if err != nil {
		return err
	}
	invoices, err := c.Invoice.Query().Where(invoice.IDIn(bills...)).All(ctx)
	if err != nil {
		return err
	}
	reversals, err := c.Reversal.Query().Where(reversal.ReversesIDIn(ids...)).All(ctx)
	if err != nil {
		return err
	}
	byID, numbers := map[uuid.UUID]*ent.Charge{}, map[uuid.UUID]int64{}
	for _, row := range charges {
		byID[row.ID] = row
	}
	for _, row := range invoices {
		numbers[row.ID] = row.Number
	}
	for _, p := range payments {
		if p.Amount < 0 { // it is told by the one it takes back
			continue
		}
		left := p.Amount
		for _, part := range parts {
			if part.PaymentID != p.ID {
				continue
			}
			paper.Lines = append(paper.Lines, lineOf(part, byID, numbers))
			left -= part.Amount
		}
		if left > 0 {
			paper.Lines = append(paper.Lines, print.ReciboLine{What: "Crédito", Memo: "pago a mais, abate as próximas faturas", Amount: left})
		}
		for _, back := range reversals {
			if isp, _ := tenants.From(ctx); back.ReversesID == p.ID {
				paper.Undone = append(paper.Undone, fmt.Sprintf("Estornado em %s: %s. %s", calendar.Of(back.At.In(isp.Zone)).BR(), p.Amount.BRL(), back.Reason))
			}
		}
	}
	return nil
}

func lineOf(part *ent.Settlement, charges map[uuid.UUID]*ent.Charge, invoices map[uuid.UUID]int64) (line print.ReciboLine) {
	line.Amount = part.Amount
	bill := ""
	if part.InvoiceID != nil {
		bill = fmt.Sprintf("fatura %d", invoices[*part.InvoiceID])
	}
	switch part.Kind {
	case settlement.KindFine:
		line.What, line.Memo = "Multa por atraso", bill
	case settlement.KindInterest:
		line.What, line.Memo = "Juros de atraso", bill
	default:
		row := charges[*part.ChargeID]
		line.What, line.Memo = row.Description, row.Memo
		if bill == "" {
			bill = fmt.Sprintf("cobrança %d", row.Number)
		}
		line.What += ", " + bill + ", vencimento " + row.Due.BR()
	}
	return line
}

// receiptNumbers are the numbers of recibos by their ids.
func receiptNumbers(ctx context.Context, c *ent.Client, ids []uuid.UUID) (map[uuid.UUID]int64, error) {
	rows, err := c.Receipt.Query().Where(receipt.IDIn(ids...)).All(ctx)
	byID := map[uuid.UUID]int64{}
	for _, row := range rows {
		byID[row.ID] = row.Number
	}
	return byID, err
}
