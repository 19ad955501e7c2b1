package contracts

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/subscription"
	"enlace/ent/templateversion"
	"enlace/tenants"
	"enlace/tenants/history"
	"enlace/tenants/invites"
	"enlace/tenants/numbers"
	"enlace/tenants/outbox"
	"enlace/tenants/staff"
	"enlace/tenants/status"
)

// Attachment says which template becomes the contract of which service.
type Attachment struct {
	Subscription uuid.UUID
	Company      uuid.UUID // none: the one its way of billing belongs to
	Template     uuid.UUID
	TermMonths   int    // 0: without end
	Key          string `json:"-"` // of the form
}

// mostTerm is the longest term a contract may have, in months.
const mostTerm = 120

// ReadAttachment reads what was typed.
func ReadAttachment(t tenants.Typed, of uuid.UUID, wrong *tenants.Fields) Attachment {
	return Attachment{Subscription: of, Company: t.RequiredID(wrong, "empresa"), Template: t.RequiredID(wrong, "modelo"),
		TermMonths: t.Int(wrong, "vigencia", 0, mostTerm), Key: t["chave"]}
}

// Attach gives a service a contract ("+"), and answers the same form sent twice with the contract it made. It returns the faults of the
// function of that name, Conflict contract_of_cancelled, and Denied without Sell.
func (d Desk) Attach(ctx context.Context, in Attachment) (uuid.UUID, error) {
	key := in.Key
	if key != "" { // nobody else's press is answered with it
		key = tenants.Who(ctx).ID.String() + "/" + key
	}
	made, err := d.DB.Once(ctx, "attach_contract", key, in, func(ctx context.Context, c *ent.Client) (string, error) {
		if err := staff.Require(ctx, c, staff.Sell); err != nil {
			return "", err
		}
		attached, err := Attach(ctx, c, d.DB.Now(), in)
		if err != nil {
			return "", err
		}
		return attached.ID.String(), nil
	})
	if err != nil {
		return uuid.Nil, err
	}
	return uuid.Parse(made)
}

// Attach renders and freezes a contract in the caller's transaction, and has its paper made once that is kept. Service, addresses and the
// rest have been written before: it reads them all. It returns NotFound for a service, template or company that is not the ISP's, and
// Invalid template_withdrawn or company_withdrawn for one no longer in use.
func Attach(ctx context.Context, c *ent.Client, now time.Time, in Attachment) (*ent.Contract, error) {
	isp, _ := tenants.From(ctx)
	f, err := gather(ctx, c, isp.Today(now), c.Subscription.Query().Where(subscription.ID(in.Subscription)), in.Company)
	if err != nil {
		return nil, err
	}
	template, version, err := newest(ctx, c, in.Template)
	switch {
	case err != nil:
		return nil, err
	case !template.Active:
		return nil, tenants.Invalid("modelo", "template_withdrawn")
	case !f.company.Active:
		return nil, tenants.Invalid("empresa", "company_withdrawn")
	case f.sub.Status == status.Cancelled:
		return nil, tenants.Conflict("contract_of_cancelled")
	}
	if f.number, err = numbers.Next(ctx, c, numbers.Contract); err != nil {
		return nil, err
	}
	f.template, f.term = template.Name, in.TermMonths
	blocks, err := compose(template.Name, version.Body, f)
	if err != nil {
		return nil, err
	}
	text := HTML(blocks)
	sum := sha256.Sum256([]byte(text))
	printed := map[string]string{"provider": f.company.Name, "holder": f.customer.Name, "template": fmt.Sprintf("%s, versão %d", template.Name, version.Version)}
	if f.customer.Birth.IsZero() || !strings.Contains(text, f.customer.Birth.BR()) { // the day of birth proves who opens the link: it is not on the same paper
		if printed["telegram"], err = invites.Door(ctx, c, f.customer); err != nil {
			return nil, err
		}
	}
	attached, err := c.Contract.Create().SetNumber(f.number).SetSubscriptionID(f.sub.ID).SetCustomerID(f.customer.ID).SetCompanyID(f.company.ID).
		SetTemplateID(template.ID).SetTemplateVersion(version.Version).SetTermMonths(in.TermMonths).SetBody(text).SetBodyHash(hex.EncodeToString(sum[:])).
		SetPrinted(printed).
		SetIssuedAt(now).Save(ctx)
	if err != nil {
		return nil, err
	}
	err = history.Write(ctx, c, now, history.Entry{Customer: attached.CustomerID, Subject: "contract", ID: attached.ID, Event: "contract_attached",
		After: map[string]any{"number": f.number, "template": template.Name, "version": version.Version}})
	if err != nil {
		return nil, err
	}
	return attached, printLater(ctx, c, now, attached.ID)
}

// newest reads a template with its text as it now is.
func newest(ctx context.Context, c *ent.Client, id uuid.UUID) (*ent.ContractTemplate, *ent.TemplateVersion, error) {
	template, err := c.ContractTemplate.Get(ctx, id)
	if err != nil {
		return nil, nil, found(err)
	}
	version, err := c.TemplateVersion.Query().Where(templateversion.TemplateID(id), templateversion.Version(template.Version)).Only(ctx)
	return template, version, err
}

// Print is the kind of outbox row by which a worker makes the paper of a contract.
const Print = "contracts.print"

func printLater(ctx context.Context, c *ent.Client, now time.Time, id uuid.UUID) error {
	return outbox.Add(ctx, c, now, outbox.Job{Kind: Print, Queue: outbox.Default, Payload: map[string]string{"contract": id.String()}})
}
