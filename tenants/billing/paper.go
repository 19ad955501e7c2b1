package billing

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/booklet"
	"enlace/ent/invoice"
	"enlace/ent/subscriptionaddress"
	"enlace/tenants"
	"enlace/tenants/brazil"
	"enlace/tenants/brazil/boleto"
	"enlace/tenants/brazil/print"
	"enlace/tenants/calendar"
	"enlace/tenants/catalog"
	"enlace/tenants/customers"
	"enlace/tenants/files"
	"enlace/tenants/invites"
	"enlace/tenants/staff"
)

// BookletPDF returns the PDF of a carnê, made now if no worker has made it yet: it never is not there. It has the instalments that are not
// cancelled. It returns Conflict when all are, and NotFound.
func (d Desk) BookletPDF(ctx context.Context, id uuid.UUID) (*ent.File, error) {
	for {
		done, paper, version, err := d.bookletDrawing(ctx, id)
		if err != nil || done != nil {
			return done, err
		}
		// Drawing is done outside the transactions: it takes milliseconds that nobody should wait for.
		content, err := paper.draw()
		if err != nil {
			return nil, err
		}
		err = d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
			if done, err = files.Put(ctx, c, d.DB.Now(), paper.name, files.PDF, content); err != nil {
				return err
			}
			kept, err := c.Booklet.Update().Where(booklet.ID(id), booklet.Version(version), booklet.FileIDIsNil()).SetFileID(done.ID).Save(ctx)
			if err == nil && kept == 0 {
				err = errDrawnBefore
			}
			return err
		})
		if !errors.Is(err, errDrawnBefore) {
			return done, err
		}
	}
}

// errDrawnBefore means that a carnê was changed, or drawn by somebody else, while it was drawn.
var errDrawnBefore = errors.New("billing: another PDF of the carnê is the one that counts")

// bookletDrawing is the PDF that there is, or else what it is drawn from and which version of the carnê that is.
func (d Desk) bookletDrawing(ctx context.Context, id uuid.UUID) (done *ent.File, drawn *paper, version int, err error) {
	return done, drawn, version, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.See); err != nil {
			return err
		}
		row, err := c.Booklet.Get(ctx, id)
		if ent.IsNotFound(err) {
			return tenants.NotFound()
		} else if err != nil {
			return err
		}
		if version = row.Version; row.FileID != nil {
			done, err = files.Get(ctx, c, *row.FileID)
			return err
		}
		drawn, err = d.bookletPaper(ctx, c, row)
		return err
	})
}

// InvoicePDF draws the slip of one invoice as it stands now. It returns Conflict when there is nothing to pay it by, and NotFound.
func (d Desk) InvoicePDF(ctx context.Context, id uuid.UUID) (name string, content []byte, err error) {
	var paper *paper
	err = d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) (err error) {
		if err := staff.Require(ctx, c, staff.See); err != nil {
			return err
		}
		row, err := c.Invoice.Get(ctx, id)
		if ent.IsNotFound(err) {
			return tenants.NotFound()
		} else if err != nil {
			return err
		}
		of := 1
		if row.BookletID != nil { // parcela k of as many as its carnê has
			whole, err := c.Booklet.Get(ctx, *row.BookletID)
			if err != nil {
				return err
			}
			of = whole.Instalments
		}
		paper, err = d.paperOf(ctx, c, fmt.Sprintf("Fatura %d", row.Number), []*ent.Invoice{row}, of)
		return err
	})
	if err != nil {
		return "", nil, err
	}
	content, err = paper.draw()
	return paper.name, content, err
}

// paper is what a PDF is drawn from, so that drawing needs no database.
type paper struct {
	name    string
	imprint print.Imprint
	brand   print.Brand
	logo    []byte // of the company
	slips   []print.Slip
}

func (p *paper) draw() ([]byte, error) {
	if logo, err := print.OpenLogo(p.logo); err == nil { // it was looked at when it was chosen, and it keeps no slip from being printed
		p.brand.Logo = logo
	}
	var b bytes.Buffer
	err := print.Booklet(&b, p.imprint, p.brand, p.slips)
	return b.Bytes(), err
}

func (d Desk) bookletPaper(ctx context.Context, c *ent.Client, row *ent.Booklet) (*paper, error) {
	rows, err := c.Invoice.Query().Where(invoice.BookletID(row.ID), invoice.CancelledAtIsNil()).Order(invoice.ByInstalment()).All(ctx)
	if err != nil {
		return nil, err
	}
	p, err := d.paperOf(ctx, c, fmt.Sprintf("Carnê %d", row.Number), rows, row.Instalments)
	if err != nil {
		return nil, err
	}
	p.slips[0].Telegram, err = d.telegram(ctx, c, row.CustomerID)
	return p, err
}

// telegram is the customer's link into the bot, which stands on the first slip of a carnê.
func (d Desk) telegram(ctx context.Context, c *ent.Client, of uuid.UUID) (string, error) {
	if d.Vault == nil {
		return "", nil
	}
	who, err := c.Customer.Get(ctx, of)
	if err != nil {
		return "", err
	}
	door, err := invites.Door(ctx, c, who)
	if err != nil || door == "" {
		return "", err
	}
	return invites.Mark(ctx, d.Vault, door)
}

func (d Desk) paperOf(ctx context.Context, c *ent.Client, title string, rows []*ent.Invoice, of int) (*paper, error) {
	isp, _ := tenants.From(ctx)
	standings, err := Standings(ctx, c, d.DB.Today(ctx), rows...)
	if err != nil {
		return nil, err
	}
	p := &paper{name: title + ".pdf", brand: print.Brand{Name: isp.Name}}
	for _, s := range standings {
		if s.Slip == nil || s.Invoice.CancelledAt != nil {
			continue
		}
		if p.imprint.Title == "" { // all of them are of one customer, collected one way
			payer, name, err := payerOf(ctx, c, s.Invoice)
			if err != nil {
				return nil, err
			}
			p.imprint = print.Imprint{Title: title + ", " + name, Author: isp.Name, MadeAt: s.Invoice.IssuedAt.In(isp.Zone)}
			if err := p.fill(ctx, c, standings, payer, of, isp.Zone); err != nil {
				return nil, err
			}
		}
	}
	if len(p.slips) == 0 {
		return nil, tenants.Conflict("nothing_to_print")
	}
	return p, nil
}

// payerOf is who pays an invoice, at the billing address of its subscription.
func payerOf(ctx context.Context, c *ent.Client, row *ent.Invoice) (print.Party, string, error) {
	who, err := c.Customer.Get(ctx, row.CustomerID)
	if err != nil {
		return print.Party{}, "", err
	}
	party := print.Party{Name: who.Name, Document: "CPF " + brazil.FormatCPF(who.Document)}
	if len(who.Document) == 14 {
		party.Document = "CNPJ " + brazil.FormatCNPJ(who.Document)
	}
	if row.SubscriptionID == nil {
		return party, who.Name, nil
	}
	at, err := customers.AddressOf(ctx, c, *row.SubscriptionID, subscriptionaddress.RoleCobranca)
	if at != nil {
		party.Address = customers.OneLine(at)
	}
	return party, who.Name, err
}

// fill makes the slips, and takes the logo of the company that is paid.
func (p *paper) fill(ctx context.Context, c *ent.Client, standings []*Standing, payer print.Party, of int, zone *time.Location) error {
	how, err := collectionOf(ctx, c, standings[0].Invoice.MethodID)
	if err != nil {
		return err
	}
	company, err := c.Company.Get(ctx, how.method.CompanyID)
	if err != nil {
		return err
	}
	if p.logo, err = catalog.LogoOf(ctx, c, company); err != nil {
		return err
	}
	beneficiary := print.Party{Name: company.Name, Document: "CNPJ " + brazil.FormatCNPJ(company.Cnpj),
		Address: fmt.Sprintf("%s, %s, %s, %s %s, %s", company.Street, company.HouseNumber, company.District, brazil.FormatCEP(company.Cep), company.City, company.Uf)}
	for _, s := range standings {
		if s.Slip == nil {
			continue
		}
		one := print.Slip{Beneficiary: beneficiary, Payer: payer, Pix: s.Slip.PixPayload, Due: s.Slip.Due, PayableUntil: s.PayableUntil,
			IssuedOn: calendar.Of(s.Slip.IssuedAt.In(zone)), Amount: s.Slip.Amount, Document: fmt.Sprint(s.Invoice.Number),
			Instalment: max(1, s.Invoice.Instalment), Of: max(1, of), Heading: s.Charges[len(s.Charges)-1].Description}
		for _, row := range s.Charges {
			one.Instructions = append(one.Instructions, instruction(row))
		}
		one.Instructions = append(one.Instructions, "Após o vencimento: multa de 2 % e juros de 1 % ao mês.")
		if how.agreement != nil {
			if one.Bank, err = bankOf(how.agreement, s.Slip); err != nil {
				return err
			}
		}
		p.slips = append(p.slips, one)
	}
	return nil
}

var bankNames = map[string]string{
	"001": "BANCO DO BRASIL", "033": "SANTANDER", "077": "INTER", "104": "CAIXA", "237": "BRADESCO", "341": "ITAÚ", "748": "SICREDI", "756": "SICOOB",
}

func bankOf(agreement *ent.BankAgreement, row *ent.Slip) (*print.Bank, error) {
	code, err := boleto.Label(agreement.Bank)
	if err != nil {
		return nil, err
	}
	terms := agreement.Terms
	holder := cmp.Or(terms.CodigoBeneficiario, terms.Beneficiario, terms.ConvenioCliente, terms.Convenio, terms.Operacao, terms.Conta)
	return &print.Bank{Name: bankNames[agreement.Bank], Code: code, Agency: cmp.Or(terms.Agencia, "0001") + " / " + holder, Wallet: terms.Carteira,
		NossoNumero: row.OurNumber, Line: boleto.FormatLinha(row.Linha), Barcode: row.Barcode}, nil
}

// instruction is how an amount came about, as it stands on the slip. The memo of a whole period says the amount already.
func instruction(row *ent.Charge) string {
	said := row.Description + ": " + row.Memo
	if !row.Whole {
		said += " = R$ " + row.Amount.String()
	}
	return strings.ReplaceAll(said, "R$ ", "R$\u00a0") // an amount is never broken in two lines
}
