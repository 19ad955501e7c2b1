package billing

import (
	"context"
	"io"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/customer"
	"enlace/tenants"
	"enlace/tenants/staff"
)

// MonthSheet writes what the next run would make if it ran now, a line an invoice, and whom it could not bill: the dry run. why says a fault in
// words. It returns Denied without Charge before anything is written.
func (d Desk) MonthSheet(ctx context.Context, why func(*tenants.Fault) string) (write func(context.Context, io.Writer) error, err error) {
	if err := d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error { return staff.Require(ctx, c, staff.Charge) }); err != nil {
		return nil, err
	}
	return func(ctx context.Context, to io.Writer) error {
		sheet, err := tenants.NewSheet(to, "Cliente", "Vencimento", "Serviços", "Composição", "Total", "Crédito usado", "A pagar", "Impedimento")
		if err != nil {
			return err
		}
		return d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
			var failed error
			row := func(cells ...string) {
				if failed == nil {
					failed = sheet.Row(cells...)
				}
			}
			names := map[uuid.UUID]string{}
			run, err := d.PreviewMonth(ctx, func(bill *MonthInvoice) {
				services, made := "", ""
				for _, of := range bill.Services {
					services = joined(services, of.Plan.Name)
					for _, line := range of.Lines {
						made = joined(made, line.Amount.String()+" ("+line.Memo+")")
					}
					if of.Fee != nil {
						made = joined(made, of.Fee.Amount.String()+" ("+of.Fee.Memo+")")
					}
					for _, line := range of.Events {
						made = joined(made, line.Amount.String()+" ("+line.Description+")")
					}
				}
				for _, late := range bill.Late {
					made = joined(made, late.Amount.String()+" ("+late.Description+")")
				}
				row(names[bill.Customer], bill.Due.BR(), services, made, bill.Total.String(), bill.Used.String(), bill.Owed.String(), "")
			}, func(ctx context.Context, of []uuid.UUID) error {
				clear(names)
				rows, err := c.Customer.Query().Where(customer.IDIn(of...)).Select(customer.FieldID, customer.FieldName).All(ctx)
				for _, one := range rows {
					names[one.ID] = one.Name
				}
				return err
			})
			if err != nil {
				return err
			}
			for _, one := range run.Refused {
				who, err := c.Customer.Get(ctx, one.Customer)
				if err != nil {
					return err
				}
				row(who.Name, "", "", "", "", "", "", why(one.Fault))
			}
			if failed != nil {
				return failed
			}
			return sheet.Close()
		})
	}, nil
}

func joined(said, more string) string {
	if said == "" {
		return more
	}
	return said + " + " + more
}
