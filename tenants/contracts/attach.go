// Package contracts attaches the ISP's documents to subscriptions. A contract's text is frozen at issue, with its hash; nothing changes it afterwards.
package contracts

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/contract"
	"enlace/ent/contracttemplate"
	"enlace/tenants"
	"enlace/tenants/history"
	"enlace/tenants/numbers"
)

// Attachment says which template becomes the contract of which subscription.
type Attachment struct {
	Subscription *ent.Subscription
	Company      uuid.UUID
	Template     uuid.UUID
	TermMonths   int
	Fields       map[string]string // merge fields by name: cliente.nome, plano.preco …
}

// Attach renders and freezes a contract in the caller's transaction. It returns NotFound for a template or company that is not the ISP's
// and Invalid template_withdrawn for one no longer in use.
func Attach(ctx context.Context, c *ent.Client, now time.Time, in Attachment) (*ent.Contract, error) {
	template, err := c.ContractTemplate.Query().Where(contracttemplate.ID(in.Template)).Only(ctx)
	switch {
	case ent.IsNotFound(err):
		return nil, tenants.NotFound()
	case err != nil:
		return nil, err
	case !template.Active:
		return nil, tenants.Invalid("modelo", "template_withdrawn")
	}
	number, err := numbers.Next(ctx, c, numbers.Contract)
	if err != nil {
		return nil, err
	}
	text, err := Merge(template.Body, in.Fields)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256([]byte(text))
	attached, err := c.Contract.Create().SetNumber(number).SetSubscriptionID(in.Subscription.ID).SetCustomerID(in.Subscription.CustomerID).
		SetCompanyID(in.Company).SetTemplateID(template.ID).SetTemplateVersion(template.Version).SetTermMonths(in.TermMonths).
		SetBody(text).SetBodyHash(hex.EncodeToString(sum[:])).SetIssuedAt(now).Save(ctx)
	if err != nil {
		return nil, err
	}
	return attached, history.Write(ctx, c, now, history.Entry{Customer: attached.CustomerID, Subject: "contract", ID: attached.ID,
		Event: "contract_attached", After: map[string]any{"number": number, "template": template.Name, "version": template.Version}})
}

// Of lists the contracts of a subscription, newest first.
func Of(ctx context.Context, c *ent.Client, subscription uuid.UUID) ([]*ent.Contract, error) {
	return c.Contract.Query().Where(contract.SubscriptionID(subscription)).Order(ent.Desc(contract.FieldNumber)).All(ctx)
}
