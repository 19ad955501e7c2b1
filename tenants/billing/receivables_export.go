package billing

import (
	"context"
	"errors"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/history"
	"enlace/tenants/money"
)

// exportPage is how many papers are in memory at once while they are written.
const exportPage = 500

// ExportReceivables prepares what a filter means as a CSV, in the order of the list; say is the word of a status. That somebody took it out is
// in the history before the first row is; write then writes it piece by piece, in a context of its own. It returns Denied.
func (d Desk) ExportReceivables(ctx context.Context, f ReceivableFilter, say func(InvoiceStatus) string) (write func(context.Context, io.Writer) error, err error) {
	var found []tenants.Found[uuid.UUID]
	err = d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := mayCollect(ctx, c); err != nil {
			return err
		}
		today := d.DB.Today(ctx)
		if f, err = f.lookUp(ctx, today); err != nil {
			return err
		}
		if found, err = f.page(ctx, c, today, 0, math.MaxInt32); err != nil {
			return err
		}
		return history.Write(ctx, c, d.DB.Now(), history.Entry{Subject: "user", ID: tenants.Who(ctx).ID, Event: "receivables_exported",
			After: map[string]any{"rows": len(found), "filters": f.Address()}})
	})
	return func(ctx context.Context, to io.Writer) error { return d.exportReceivables(ctx, found, say, to) }, err
}

func (d Desk) exportReceivables(ctx context.Context, found []tenants.Found[uuid.UUID], say func(InvoiceStatus) string, to io.Writer) error {
	sheet, err := tenants.NewSheet(to, "Documento", "Número", "Cliente", "Nome", "Descrição", "Vencimento", "Situação", "Dias em atraso", "Valor", "Pago", "Encargos", "Hoje")
	if err != nil {
		return err
	}
	for piece := range slices.Chunk(found, exportPage) {
		err := d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
			today := d.DB.Today(ctx)
			rows, err := receivables(ctx, c, today, piece)
			for _, one := range rows {
				err = errors.Join(err, sheet.Row(one.cells(today, say)...))
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	return sheet.Close()
}

// cells are its row of a sheet; amounts without the sign of the currency.
func (r Receivable) cells(today calendar.Date, say func(InvoiceStatus) string) []string {
	var number int64
	var total, paid, late money.Cents
	kind, said := "Fatura", ""
	if r.Loose != nil {
		kind, said, number, total, paid = "Cobrança", r.Loose.Description, r.Loose.Number, r.Loose.Amount, r.Loose.Settled
	} else {
		number, total, paid, late = r.Invoice.Number, r.Total, r.Debt.Paid, r.Debt.Charges()
		var all []string
		for _, row := range r.Charges {
			all = append(all, row.Description)
		}
		said = strings.Join(all, ", ")
	}
	return []string{kind, strconv.FormatInt(number, 10), strconv.FormatInt(r.Customer.Number, 10), r.Customer.Name, said, r.Due().BR(), say(r.StatusOn(today)),
		strconv.Itoa(r.DaysLate(today)), total.String(), paid.String(), late.String(), r.Owed().String()}
}
