package contracts

import (
	"context"

	"enlace/ent"
	"enlace/ent/contract"
	"enlace/tenants"
	"enlace/tenants/calendar"
)

// Verified is what anybody may know of a contract: nothing personal.
type Verified struct {
	Number   int64
	IssuedOn calendar.Date
	Hash     string // SHA-256 of the frozen text
}

// Verify finds a contract by its number, for anybody who asks. It returns NotFound for a number that the ISP has not given.
func (d Desk) Verify(ctx context.Context, number int64) (v Verified, err error) {
	return v, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		row, err := c.Contract.Query().Where(contract.Number(number)).Select(contract.FieldNumber, contract.FieldIssuedAt, contract.FieldBodyHash).Only(ctx)
		if err != nil {
			return found(err)
		}
		isp, _ := tenants.From(ctx)
		v = Verified{row.Number, calendar.Of(row.IssuedAt.In(isp.Zone)), row.BodyHash}
		return nil
	})
}
