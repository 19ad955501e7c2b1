package sales

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/calendar"
)

// Wizard is a way through the steps of a sale: which of them stand on which page. A draft keeps the number of the page it has come to.
type Wizard struct {
	Kind  string // of its drafts
	Pages [][]Step
	Owner string // field of a draft that says whose, or of which service, it is; only the desk writes it
}

// The wizards (product.md §2.1, §2.2, §2.8, §2.9). They read, check and reckon a step with the same functions.
var (
	AddCustomer = Wizard{"add_customer", [][]Step{{StepCustomer}, {StepAddress}, {StepPlan}, {StepContract}, {StepBilling}, {StepWorkOrder}}, holderField}
	AddService  = Wizard{"add_service", [][]Step{{StepAddress, StepPlan}, {StepBilling}, {StepContract}, {StepWorkOrder}}, holderField}
	Migrate     = Wizard{"migrate_service", [][]Step{{StepPlan}, {StepBilling, StepContract}, {StepAddress, StepWorkOrder}}, serviceField}
	Transfer    = Wizard{"transfer_service", [][]Step{{StepTaker, StepBilling, StepContract}, {StepTransfer}}, handedField}
	TransferNew = Wizard{"transfer_to_new", [][]Step{{StepCustomer, StepAddress}, {StepBilling, StepContract, StepTransfer}}, handedField}
)

// wizards are all of them, by the kind of their drafts.
var wizards = map[string]Wizard{AddCustomer.Kind: AddCustomer, AddService.Kind: AddService, Migrate.Kind: Migrate,
	Transfer.Kind: Transfer, TransferNew.Kind: TransferNew}

// kinds are those of all drafts.
var kinds = []string{AddCustomer.Kind, AddService.Kind, Migrate.Kind, Transfer.Kind, TransferNew.Kind}

// HandsOver says whether a wizard has a service change hands, to a customer who is there or to a new one.
func (w Wizard) HandsOver() bool { return w.Owner == handedField }

// WizardOf finds the wizard of a draft.
func WizardOf(kind string) (Wizard, bool) {
	w, known := wizards[kind]
	return w, known
}

// Last is the number of the last page, which has the review at its foot.
func (w Wizard) Last() int { return len(w.Pages) }

// Page is the steps of a page, from 1.
func (w Wizard) Page(n int) []Step { return w.Pages[min(max(1, n), w.Last())-1] }

// PageOf is the page a step stands on; one that this wizard does not have leads to the first.
func (w Wizard) PageOf(step Step) int {
	return max(0, slices.IndexFunc(w.Pages, func(page []Step) bool { return slices.Contains(page, step) })) + 1
}

// FirstWrong is the first page on which something is wrong.
func (w Wizard) FirstWrong(fault *tenants.Fault) int {
	first := w.Last()
	for field := range fault.Fields {
		first = min(first, w.PageOf(StepOf(field)))
	}
	return first
}

// steps are those of all pages.
func (w Wizard) steps() []Step { return slices.Concat(w.Pages...) }

// holderField says in a draft whose the service will be, serviceField which service is migrated, handedField which one changes hands.
const holderField, serviceField, handedField = "cliente", "servico", "servico_passado"

// read reads some steps of what was typed; what is wrong with a field is noted under its name.
func read(t tenants.Typed, steps []Step, today calendar.Date, zone *time.Location) (Sale, tenants.Fields) {
	s := Sale{Holder: t.ID(holderField), From: t.ID(serviceField), Handed: t.ID(handedField), Returns: t.ID(backField)}
	var wrong tenants.Fields
	for _, step := range steps {
		s.read(step, t, today, zone, &wrong)
	}
	return s, wrong
}

// holder reads the customer a service is sold to. It returns NotFound for one that is not the ISP's, and Conflict customer_inactive, naming
// them, for one who was deactivated.
func holder(ctx context.Context, c *ent.Client, id uuid.UUID) (*ent.Customer, error) {
	who, err := c.Customer.Get(ctx, id)
	switch {
	case err != nil:
		return nil, found(err)
	case !who.Active:
		return nil, tenants.Conflict("customer_inactive").With("name", who.Name)
	}
	return who, nil
}
