package support

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/attachment"
	"enlace/ent/company"
	"enlace/tenants"
	"enlace/tenants/brazil"
	"enlace/tenants/brazil/print"
	"enlace/tenants/customers"
	"enlace/tenants/files"
)

// VisitPDF draws a visit for whoever goes there: with lines to write on while it is not over, with what was done afterwards. status says what the
// paper calls its state. It returns the faults of WorkOrder.
func (d Desk) VisitPDF(ctx context.Context, id uuid.UUID, status func(*ent.WorkOrder) string) (name string, content []byte, err error) {
	card, err := d.WorkOrder(ctx, id)
	if err != nil {
		return "", nil, err
	}
	isp, _ := tenants.From(ctx)
	paper := &print.Visit{Number: card.Number, Kind: card.Kind.Name, Status: status(card.WorkOrder), Provider: print.Party{Name: isp.Name}, Customer: print.Party{Name: card.Customer.Name},
		Service: fmt.Sprintf("%s, serviço %d", card.Plan, card.Service.Number), Who: strings.Join(noEmpty(card.Technician, card.Helper), ", "), Protocol: card.Protocol, Login: card.Login,
		Said: card.Description, Done: card.Done, SignedBy: card.SignedBy, PrintedAt: d.DB.Now().In(isp.Zone)}
	var phones []string
	for _, phone := range card.Phones {
		phones = append(phones, brazil.FormatPhone(phone))
	}
	paper.Phones = strings.Join(phones, ", ")
	if card.Place != nil {
		paper.Customer.Address = customers.OneLine(card.Place)
	}
	if card.StartsAt != nil {
		paper.At = card.StartsAt.In(isp.Zone).Format("02/01/2006 às 15:04") + fmt.Sprintf(", %d minutos", card.Minutes)
	}
	for _, m := range card.Materials {
		paper.Used = append(paper.Used, fmt.Sprintf("%d %s  %s", m.Quantity, m.Unit, m.Name))
	}
	err = d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		own, err := c.Company.Query().Where(company.Active(true)).Order(ent.Asc(company.FieldID)).First(ctx)
		if ent.IsNotFound(err) {
			return nil
		} else if err == nil {
			paper.Provider = print.Party{Name: own.Name, Document: "CNPJ " + brazil.FormatCNPJ(own.Cnpj)}
		}
		return err
	})
	if err == nil {
		paper.Signature, err = d.signature(ctx, card)
	}
	if err != nil {
		return "", nil, err
	}
	// Drawing is done outside the transaction: it takes milliseconds that nobody should wait for.
	var b bytes.Buffer
	err = paper.Draw(&b)
	return fmt.Sprintf("OS %d.pdf", paper.Number), b.Bytes(), err
}

// signature is the last drawing of the customer's, ready for paper; nil where there is none, or one that is too large for it: then the name stands alone.
func (d Desk) signature(ctx context.Context, card *VisitCard) (drawn *print.Logo, err error) {
	for _, one := range slices.Backward(card.Files) {
		if one.Kind != attachment.KindSignature {
			continue
		}
		err = d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
			file, err := files.Get(ctx, c, one.FileID)
			if err != nil {
				return err
			}
			drawn, _ = print.OpenLogo(file.Content)
			return nil
		})
		return drawn, err
	}
	return nil, nil
}

func noEmpty(names ...string) (there []string) {
	for _, name := range names {
		if name != "" {
			there = append(there, name)
		}
	}
	return there
}
