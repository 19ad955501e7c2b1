package customers

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/brazil"
)

// Address is a place of a customer. Editing one for a service makes a new row, so that no other service moves.
type Address struct {
	CEP, Street, Number, Complement, District, City, UF, IBGE, Landmark string
}

// ReadAddress reads the fields of an address, whose names all begin with prefix. A CEP geral fills only city and state, so street and
// district are always asked for; a house without number has "S/N".
func ReadAddress(t tenants.Typed, prefix string, wrong *tenants.Fields) Address {
	cep, ok := brazil.CEP(t.Required(wrong, prefix+"cep"))
	if !ok {
		wrong.Add(prefix+"cep", "cep")
	}
	a := Address{
		CEP:        cep,
		Street:     place(t, wrong, prefix+"logradouro", "place"),
		Number:     place(t, wrong, prefix+"numero", "house_number"),
		Complement: t.Printed(wrong, prefix+"complemento"),
		District:   place(t, wrong, prefix+"bairro", "place"),
		City:       place(t, wrong, prefix+"cidade", "place"),
		UF:         strings.ToUpper(t.Required(wrong, prefix+"uf")),
		IBGE:       t.Text(wrong, prefix+"ibge"),
		Landmark:   t.Printed(wrong, prefix+"referencia"),
	}
	state, ok := brazil.StateOf(a.UF)
	if a.UF != "" && !ok {
		wrong.Add(prefix+"uf", "uf")
	}
	if found := foundBefore(t, prefix); a.IBGE == found.CityCode && !strings.EqualFold(a.City, found.City) {
		a.IBGE = "" // the search wrote it for another city than the one typed since
	}
	if _, shaped := brazil.CityCode(a.IBGE); a.IBGE != "" && (!shaped || ok && a.IBGE[:2] != state.Code) {
		wrong.Add(prefix+"ibge", "ibge")
	}
	return a
}

// AddAddress gives a customer one more address, in the caller's transaction.
func AddAddress(ctx context.Context, c *ent.Client, customer uuid.UUID, a Address) (*ent.Address, error) {
	return a.create(c, customer).Save(ctx)
}

// AddAddresses gives customers one more address each, in one statement.
func AddAddresses(ctx context.Context, c *ent.Client, customers []uuid.UUID, places []Address) ([]*ent.Address, error) {
	rows := make([]*ent.AddressCreate, len(places))
	for i, a := range places {
		rows[i] = a.create(c, customers[i])
	}
	return c.Address.CreateBulk(rows...).Save(ctx)
}

func (a Address) create(c *ent.Client, customer uuid.UUID) *ent.AddressCreate {
	return c.Address.Create().SetCustomerID(customer).SetCep(a.CEP).SetStreet(a.Street).SetHouseNumber(a.Number).SetComplement(a.Complement).
		SetDistrict(a.District).SetCity(a.City).SetTown(Town(a.City)).SetUf(a.UF).SetIbge(a.IBGE).SetLandmark(a.Landmark)
}

// Town is a city, or a district, as it is looked for, whichever capitals and accents it is typed with.
func Town(name string) string { return strings.Join(words(name), " ") }

// Serves says whether a plan is sold in a city, which an address names or has the IBGE's code of; a plan that names no cities is sold everywhere.
func Serves(p *ent.Plan, ibge, city, uf string) bool {
	return len(p.Cities) == 0 || slices.ContainsFunc(p.Cities, func(one string) bool {
		if name, in, named := brazil.Place(one); named {
			return in == uf && Town(name) == Town(city)
		}
		return one == ibge
	})
}

// OneLine writes an address that is still to be added as it will stand on paper.
func (a Address) OneLine() string {
	return OneLine(&ent.Address{Cep: a.CEP, Street: a.Street, HouseNumber: a.Number, Complement: a.Complement, District: a.District, City: a.City, Uf: a.UF})
}

// OneLine writes an address as it stands on paper.
func OneLine(a *ent.Address) string {
	street := a.Street + ", " + a.HouseNumber
	if a.Complement != "" {
		street += ", " + a.Complement
	}
	return street + ", " + a.District + ", " + brazil.FormatCEP(a.Cep) + " " + a.City + ", " + a.Uf
}
