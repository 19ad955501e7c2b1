package sales

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/plan"
	"enlace/ent/subscription"
	"enlace/tenants"
	"enlace/tenants/catalog"
	"enlace/tenants/money"
)

// Line is one amount of a sale and why it is that.
type Line struct {
	What, Memo string
	Amount     money.Cents
}

// Desktop is what a step of the wizard is shown with: the choices, the draft, and what the sale comes to so far.
type Desktop struct {
	Draft   *ent.Draft
	Choices catalog.SaleChoices
	Lines   []Line
	Total   money.Cents // a month, after the discount
}

// Desktop reads what a step is shown with. It returns NotFound for a draft that is not the clerk's.
func (d Desk) Desktop(ctx context.Context, id uuid.UUID) (top *Desktop, err error) {
	return top, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		top = &Desktop{}
		if top.Draft, err = d.draft(ctx, c, id); err != nil {
			return err
		}
		if top.Choices, err = catalog.ForSale(ctx, c); err != nil {
			return err
		}
		isp, _ := tenants.From(ctx)
		s, _ := Read(top.Draft.Data, StepWorkOrder, d.DB.Today(ctx), isp.Zone)
		return top.reckon(ctx, c, s)
	})
}

// reckon says what the sale comes to, with the very functions that will bill it.
func (top *Desktop) reckon(ctx context.Context, c *ent.Client, s Sale) error {
	chosen, err := c.Plan.Query().Where(plan.ID(s.Plan)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil
	} else if err != nil {
		return err
	}
	price := money.Price{Contracted: chosen.Price, Fixed: s.DiscountFixed, Months: s.DiscountMonths}
	if s.Price != 0 {
		price.Contracted = s.Price
	}
	top.Lines = append(top.Lines, Line{chosen.Name, "mensalidade contratada", price.Contracted})
	if s.DiscountFixed > 0 {
		memo := "em todas as mensalidades"
		if s.DiscountMonths > 0 {
			memo = fmt.Sprintf("nas primeiras %d mensalidades inteiras", s.DiscountMonths)
		}
		top.Lines = append(top.Lines, Line{"Desconto", memo, price.Of(0) - price.Contracted})
	}
	top.Total = price.Of(0)
	switch s.FeeChoice {
	case subscription.FeeChoiceUpfront:
		top.Lines = append(top.Lines, Line{"Taxa de Instalação", "à vista, cobrança avulsa na data da OS", s.Fee})
	case subscription.FeeChoiceFirstInvoices:
		parts, err := money.Parts(s.Fee, max(1, s.FeeParts))
		if err != nil {
			return nil // the step says what is wrong with it
		}
		top.Lines = append(top.Lines, Line{"Taxa de Instalação", fmt.Sprintf("em %d × R$ %s, uma em cada mensalidade", len(parts), parts[0]), s.Fee})
	}
	return nil
}
