package customers

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/address"
)

// CopyAddress gives a customer an address that another has, in the caller's transaction; one that is the same to the letter is there already.
func CopyAddress(ctx context.Context, c *ent.Client, of *ent.Address, to uuid.UUID) (*ent.Address, error) {
	own, err := c.Address.Query().Where(address.CustomerID(to), address.Cep(of.Cep), address.HouseNumber(of.HouseNumber)).Order(address.ByID()).All(ctx)
	if err != nil {
		return nil, err
	}
	for _, row := range own {
		if read(row) == read(of) {
			return row, nil
		}
	}
	return read(of).create(c, to).Save(ctx)
}
