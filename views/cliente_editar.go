package views

// ClienteEditar is a customer's record, to be changed.
type ClienteEditar struct {
	Head           Head
	Action         string
	Form           Form
	Company        bool
	Version        string
	Back           string
	Choices        SaleChoices // of the record: marital states, genders, origins
	Groups         []Option
	Meanwhile      *Table // what somebody else wrote, beside what was typed here
	Active         bool
	Standing       Form   // of the reason for which a record is put out of use, or back into it
	StandingAction string // where that goes
}

// Registration are the fields of a record, as the wizard asks for them and as they are changed.
type Registration struct {
	Form                              Form
	Check                             string // where a document is sent to be looked at once it is left
	Company                           bool
	Marital, Genders, Origins, Groups []Option
}

// Registration are its fields.
func (v ClienteEditar) Registration() Registration {
	return Registration{v.Form, "", v.Company, v.Choices.Marital, v.Choices.Genders, v.Choices.Origins, v.Groups}
}

// Page of the record.
func (v ClienteEditar) Page() Page {
	return Page{Template: "clientes/editar", Title: v.Form.Title("Editar cadastro"), Section: "/clientes"}
}

// Enderecos are the places of a customer.
type Enderecos struct {
	Head   Head
	Tabs   []Link
	Places []Entry
	Empty  Empty
}

// Page of the places.
func (v Enderecos) Page() Page {
	return Page{Template: "clientes/enderecos", Title: "Endereços", Section: "/clientes"}
}

// Endereco is one place, new or to be changed.
type Endereco struct {
	Head    Head
	Action  string
	Form    Form
	Version string
	Search  Search
	Uses    []Option // roles of services that go along to the changed place
}

// Address is the place as the fields of the wizard have it.
func (v Endereco) Address() AddressFields {
	return AddressFields{Form: v.Form, Search: v.Search, At: v.Action}
}

// Page of a place.
func (v Endereco) Page() Page {
	return Page{Template: "clientes/endereco", Title: v.Form.Title("Endereço"), Section: "/clientes"}
}
