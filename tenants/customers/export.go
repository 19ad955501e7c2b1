package customers

import (
	"context"
	"io"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/contact"
	"enlace/ent/customer"
	"enlace/ent/predicate"
	"enlace/tenants"
	"enlace/tenants/brazil"
	"enlace/tenants/history"
	"enlace/tenants/staff"
)

// exportPage is how many customers are in memory at once while they are written.
const exportPage = 500

// Export prepares the customers of a filter as a CSV, all their personal data in full, by number. That somebody took them out is in the
// history before the first one is; write then writes them page by page, in a context of its own.
func (d Desk) Export(ctx context.Context, f Filter) (write func(context.Context, io.Writer) error, err error) {
	f.ByNumber = true
	var where []predicate.Customer
	err = d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.See); err != nil {
			return err
		}
		if where, err = f.where(ctx, d.DB.Today(ctx)); err != nil {
			return err
		}
		n, err := c.Customer.Query().Where(where...).Count(ctx)
		if err != nil {
			return err
		}
		return history.Write(ctx, c, d.DB.Now(), history.Entry{Subject: "user", ID: tenants.Who(ctx).ID, Event: "customers_exported",
			After: map[string]any{"rows": n, "filters": f.Address()}})
	})
	return func(ctx context.Context, to io.Writer) error { return d.export(ctx, where, to) }, err
}

func (d Desk) export(ctx context.Context, where []predicate.Customer, to io.Writer) error {
	sheet, err := tenants.NewSheet(to, "Número", "Tipo", "Nome", "Documento", "Nascimento", "Telefones", "E-mails", "Serviços", "Situações", "Ativo")
	if err != nil {
		return err
	}
	for after, more := int64(0), true; more; {
		err := d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
			rows, err := c.Customer.Query().Where(append([]predicate.Customer{customer.NumberGT(after), phoned}, where...)...).
				Order(customer.ByNumber()).Limit(exportPage).All(ctx)
			if err != nil {
				return err
			}
			if more = len(rows) == exportPage; len(rows) > 0 {
				after = rows[len(rows)-1].Number
			}
			return exportRows(ctx, c, rows, sheet)
		})
		if err != nil {
			return err
		}
	}
	return sheet.Close()
}

func exportRows(ctx context.Context, c *ent.Client, rows []*ent.Customer, sheet *tenants.Sheet) error {
	listed, err := furnish(ctx, c, rows)
	if err != nil {
		return err
	}
	reached, err := contactsOf(ctx, c, rows)
	if err != nil {
		return err
	}
	for _, row := range listed {
		who := row.Customer
		var plans, states []string
		for _, sub := range row.Services {
			plans, states = append(plans, row.Plans[sub.PlanID]), append(states, string(sub.Status))
		}
		document := brazil.FormatCNPJ(who.Document)
		if who.Kind == customer.KindPf {
			document = brazil.FormatCPF(who.Document)
		}
		err := sheet.Row(strconv.FormatInt(who.Number, 10), string(who.Kind), who.Name, document, day(who.Birth), strings.Join(reached[who.ID][contact.KindPhone], ", "),
			strings.Join(reached[who.ID][contact.KindEmail], ", "), strings.Join(plans, ", "), strings.Join(states, ", "), map[bool]string{true: "sim", false: "não"}[who.Active])
		if err != nil {
			return err
		}
	}
	return nil
}

// contactsOf reads the contacts of many customers, as people write them.
func contactsOf(ctx context.Context, c *ent.Client, rows []*ent.Customer) (map[uuid.UUID]map[contact.Kind][]string, error) {
	ids, all := make([]uuid.UUID, len(rows)), map[uuid.UUID]map[contact.Kind][]string{}
	for i, row := range rows {
		ids[i], all[row.ID] = row.ID, map[contact.Kind][]string{}
	}
	contacts, err := c.Contact.Query().Where(contact.CustomerIDIn(ids...)).Order(contact.ByPosition()).All(ctx)
	for _, one := range contacts {
		text := one.Value
		if one.Kind == contact.KindPhone {
			text = brazil.FormatPhone(text)
		}
		all[one.CustomerID][one.Kind] = append(all[one.CustomerID][one.Kind], text)
	}
	return all, err
}
