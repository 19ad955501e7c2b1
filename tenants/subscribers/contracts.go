package subscribers

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/contract"
	"enlace/tenants"
	"enlace/tenants/contracts"
	"enlace/tenants/reports"
)

// Contracts lists the contracts in force of the customer who asks, the newest first, without their texts. It returns NotFound for anybody else.
func (d Desk) Contracts(ctx context.Context) (all []*ent.Contract, err error) {
	who, err := me(ctx)
	if err != nil {
		return nil, err
	}
	return all, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		all, err = c.Contract.Query().Where(contract.CustomerID(who.ID), contract.DeactivatedAtIsNil()).Order(ent.Desc(contract.FieldNumber)).
			Select(contract.FieldID, contract.FieldNumber, contract.FieldCustomerID, contract.FieldSubscriptionID, contract.FieldIssuedAt, contract.FieldBodyHash,
				contract.FieldAcceptedAt, contract.FieldAcceptedOn, contract.FieldPrinted).All(ctx)
		return err
	})
}

// ContractPDF is the paper of a contract of the customer who asks, as it was drawn. It returns NotFound for another's.
func (d Desk) ContractPDF(ctx context.Context, id uuid.UUID) (*ent.File, error) {
	who, err := me(ctx)
	if err != nil {
		return nil, err
	}
	err = d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		his, err := c.Contract.Query().Where(contract.ID(id), contract.CustomerID(who.ID)).Exist(ctx)
		if err == nil && !his {
			err = tenants.NotFound()
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return contracts.Desk{DB: d.DB, Vault: d.Vault, Site: d.Site}.Paper(vouched(ctx), id)
}

// AcceptContract is that the customer who asks accepts a contract of theirs, with its proof. It returns the faults of contracts.AcceptAsHolder.
func (d Desk) AcceptContract(ctx context.Context, id uuid.UUID, by contracts.Proof) (*ent.Contract, error) {
	return contracts.Desk{DB: d.DB, Vault: d.Vault, Site: d.Site}.AcceptAsHolder(ctx, id, by)
}

// DataPDF is what is held of the customer who asks, for a person to read (LGPD, art. 19). It returns NotFound for anybody else.
func (d Desk) DataPDF(ctx context.Context) ([]byte, error) {
	who, err := me(ctx)
	if err != nil {
		return nil, err
	}
	return reports.Desk{DB: d.DB}.HeldPDF(ctx, who.ID)
}

// Data is all that is held of the customer who asks, as JSON (LGPD, art. 18). It returns NotFound for anybody else.
func (d Desk) Data(ctx context.Context) ([]byte, error) {
	who, err := me(ctx)
	if err != nil {
		return nil, err
	}
	return reports.Desk{DB: d.DB}.HeldJSON(ctx, who.ID)
}
