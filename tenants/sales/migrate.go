package sales

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/address"
	"enlace/ent/contract"
	"enlace/ent/planchange"
	"enlace/ent/predicate"
	"enlace/ent/subscription"
	"enlace/ent/subscriptionaddress"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/catalog"
	"enlace/tenants/contracts"
	"enlace/tenants/customers"
	"enlace/tenants/history"
	"enlace/tenants/money"
	"enlace/tenants/numbers"
	"enlace/tenants/status"
	"enlace/tenants/subscriptions"
)

// migrate saves a migration (Migrar para Outro Serviço): another service with the billing, contract and addresses of the old one as they were
// edited, which waits as aguardando_migracao until its Habilitar, or takes the old one's place at once. It returns the faults of Sell and of
// subscriptions.MayMigrate, Invalid same_plan, Invalid carne_aberto where an open carnê asks for a choice, and Conflict migration_unseen when
// something else would be posted than was shown.
func (d Desk) migrate(ctx context.Context, c *ent.Client, s Sale, shown string) (*Sold, error) {
	if err := c.Subscription.Update().Where(subscription.ID(s.From)).AddNumber(0).Exec(ctx); err != nil { // who migrates it too waits
		return nil, err
	}
	from, err := c.Subscription.Get(ctx, s.From)
	if err != nil {
		return nil, found(err)
	}
	if err := checkMigration(ctx, c, s); err != nil {
		return nil, err
	}
	chosen, err := choose(ctx, c, d.DB.Now(), s)
	if err != nil {
		return nil, err
	}
	who, err := holder(ctx, c, from.CustomerID)
	if err != nil {
		return nil, err
	}
	if err := d.checkOpenBooklet(ctx, c, s); err != nil {
		return nil, err
	}
	next := s.next(from, chosen.plan)
	preview, err := (billing.Desk{DB: d.DB}).PreviewMigration(ctx, c, billing.Migrating{From: from, To: next, Open: s.Open})
	switch {
	case err != nil:
		return nil, err
	case shown != "" && shown != preview.Seen():
		return nil, tenants.Conflict("migration_unseen")
	}
	at, err := s.settle(ctx, c, who.ID)
	if err != nil {
		return nil, err
	}
	to, err := d.follow(ctx, c, s, from, next, chosen.plan)
	if err != nil {
		return nil, err
	}
	if err := at.take(ctx, c, to.ID); err != nil {
		return nil, err
	}
	if err := d.contractOf(ctx, c, s, chosen, to); err != nil {
		return nil, err
	}
	also := func(to *ent.Subscription) error {
		if err := d.openVisit(ctx, c, s, to); err != nil {
			return err
		}
		return d.chargeFee(ctx, c, s, to)
	}
	if s.Immediate {
		to, err = (subscriptions.Desk{DB: d.DB}).Migrate(ctx, c, to.ID, also)
	} else {
		err = also(to)
	}
	if err != nil {
		return nil, err
	}
	return &Sold{who, to}, customers.Index(ctx, c, who.ID)
}

// next is the service to be, as it will stand in the books.
func (s Sale) next(from *ent.Subscription, chosen *ent.Plan) *ent.Subscription {
	price := s.PriceOf(chosen)
	return &ent.Subscription{CustomerID: from.CustomerID, PlanID: chosen.ID, Price: price.Contracted, DiscountFixed: price.Fixed, DiscountPercent: price.Percent,
		DiscountMonths: price.Months, MethodID: s.Method, DueDay: s.DueDay, Mode: s.Mode, Booklet: s.Booklet, SeparateInvoice: s.SeparateBill}
}

// follow writes the service that follows another, and that it waits for it. Loyalty goes on as it was: only a contract that is accepted begins
// another.
func (d Desk) follow(ctx context.Context, c *ent.Client, s Sale, from, next *ent.Subscription, chosen *ent.Plan) (*ent.Subscription, error) {
	number, err := numbers.Next(ctx, c, numbers.Subscription)
	if err != nil {
		return nil, err
	}
	now, first := d.DB.Now(), from.ID
	if from.ChainID != nil {
		first = *from.ChainID
	}
	create := c.Subscription.Create().SetNumber(number).SetCustomerID(from.CustomerID).SetNillableOriginID(from.OriginID).SetPlanID(next.PlanID).SetChainID(first).
		SetMadeBy(subscription.MadeByMigration).SetStatus(status.WaitingMigration).SetStatusSince(now).SetSoldOn(s.SoldOn).
		SetPrice(next.Price).SetDiscountFixed(next.DiscountFixed).SetDiscountPercent(next.DiscountPercent).SetDiscountMonths(next.DiscountMonths).
		SetMethodID(s.Method).SetDueDay(s.DueDay).SetMode(s.Mode).SetBooklet(s.Booklet).SetSeparateInvoice(s.SeparateBill).SetSeparateNote(s.SeparateNote).
		SetFeeChoice(s.FeeChoice).SetFee(s.Fee).SetFeeParts(s.FeeParts)
	if s.Seller != uuid.Nil {
		create.SetSellerID(s.Seller)
	}
	if !from.LoyaltyTo.IsZero() {
		create.SetLoyaltyFrom(from.LoyaltyFrom).SetLoyaltyTo(from.LoyaltyTo).SetLoyaltyBenefit(from.LoyaltyBenefit)
	}
	to, err := create.Save(ctx)
	if err != nil {
		return nil, err
	}
	change := c.PlanChange.Create().SetFromID(from.ID).SetToID(to.ID).SetImmediate(s.Immediate).SetOverrideReason(s.Override).SetRequestedAt(now).
		SetExpiresOn(d.DB.Today(ctx).AddDays(subscriptions.MigrationDays))
	if s.Open != "" {
		change.SetOpenBooklet(s.Open)
	}
	if err := change.Exec(ctx); err != nil {
		return nil, err
	}
	monthly, _ := billing.MonthlyOf(to)
	var told []history.Entry
	named := map[string]any{"old": from.Number, "number": number, "plan": chosen.Name, "price": monthly}
	told = append(told,
		history.Entry{Customer: from.CustomerID, Subject: "subscription", ID: from.ID, Event: "migration_asked", Reason: s.Override, After: named},
		history.Entry{Customer: from.CustomerID, Subject: "subscription", ID: to.ID, Event: "migration_waits", After: named})
	return to, history.WriteAll(ctx, c, now, told)
}

// contractOf attaches a new contract, where one is chosen or the plan asks for one and there is none to go on with.
func (d Desk) contractOf(ctx context.Context, c *ent.Client, s Sale, chosen choice, to *ent.Subscription) error {
	template := s.Template
	if template == uuid.Nil && chosen.plan.EmitsContract && chosen.plan.TemplateID != nil {
		has, err := inForce(ctx, c, s.From)
		if err != nil {
			return err
		}
		if !has {
			template = *chosen.plan.TemplateID
		}
	}
	if template == uuid.Nil || !chosen.plan.EmitsContract {
		return nil
	}
	_, err := contracts.Attach(ctx, c, d.DB.Now(), contracts.Attachment{Subscription: to.ID, Company: chosen.method.CompanyID, Template: template, TermMonths: chosen.plan.LoyaltyMonths})
	return err
}

func inForce(ctx context.Context, c *ent.Client, sub uuid.UUID) (bool, error) {
	return c.Contract.Query().Where(contract.SubscriptionID(sub), contract.DeactivatedAtIsNil()).Exist(ctx)
}

// checkMigration refuses a migration that cannot be, or to the plan there is. A sale that migrates nothing is none of its business.
func checkMigration(ctx context.Context, c *ent.Client, s Sale) error {
	if s.From == uuid.Nil {
		return nil
	}
	from, err := c.Subscription.Get(ctx, s.From)
	if err != nil {
		return found(err)
	}
	if err := subscriptions.MayMigrate(ctx, c, from, s.Override); err != nil {
		return err
	}
	if from.PlanID == s.Plan {
		return tenants.Invalid("plano", "same_plan")
	}
	return nil
}

// checkOpenBooklet asks what becomes of an open carnê, where there is one.
func (d Desk) checkOpenBooklet(ctx context.Context, c *ent.Client, s Sale) error {
	if s.From == uuid.Nil {
		return nil
	}
	from, err := c.Subscription.Get(ctx, s.From)
	if err != nil {
		return found(err)
	}
	chosen, err := c.Plan.Get(ctx, s.Plan)
	if err != nil {
		return found(err)
	}
	preview, err := (billing.Desk{DB: d.DB}).PreviewMigration(ctx, c, billing.Migrating{From: from, To: s.next(from, chosen), Open: s.Open})
	if err == nil && preview.Booklet && s.Open == "" {
		err = tenants.Invalid("carne_aberto", "required")
	}
	return err
}

// filled answers what nobody has answered yet of a migration with what the old service has.
func filled(ctx context.Context, c *ent.Client, w Wizard, of uuid.UUID, typed tenants.Typed) (tenants.Typed, error) {
	if w.Kind != Migrate.Kind {
		return filledHanded(ctx, c, w, of, typed)
	}
	from, err := c.Subscription.Get(ctx, of)
	if err != nil {
		return nil, found(err)
	}
	known, err := addressesOf(ctx, c, from.CustomerID)
	if err != nil {
		return nil, err
	}
	at, err := addressesByRole(ctx, c, of, known)
	if err != nil {
		return nil, err
	}
	all := maps.Clone(typed)
	clone(all, from, at)
	return all, nil
}

// Clone answers what nobody has answered yet with what the old service has: billing and addresses.
func (top *Desktop) Clone(t tenants.Typed) { clone(t, top.From, top.places) }

func clone(t tenants.Typed, from *ent.Subscription, at map[subscriptionaddress.Role]*ent.Address) {
	if t["forma_cobranca"] == "" {
		t["forma_cobranca"], t["dia_vencimento"], t["tipo_cobranca"], t["taxa"] = from.MethodID.String(), TypedDueDay(from.DueDay), string(from.Mode), string(subscription.FeeChoiceNone)
		for field, on := range map[string]bool{"carne": from.Booklet, "fatura_separada": from.SeparateInvoice, "nota_separada": from.SeparateNote} {
			if on {
				t[field] = "true"
			}
		}
	}
	main := at[subscriptionaddress.RoleCadastral]
	if t["endereco"] != "" || main == nil {
		return
	}
	t["endereco"] = main.ID.String()
	for _, one := range Roles[1:] {
		own := at[one.Role]
		if own == nil || own.ID == main.ID {
			t[one.Prefix+"igual"] = "true"
			continue
		}
		for field, value := range map[string]string{"cep": own.Cep, "logradouro": own.Street, "numero": own.HouseNumber, "complemento": own.Complement,
			"bairro": own.District, "cidade": own.City, "uf": own.Uf, "ibge": own.Ibge} {
			t[one.Prefix+field] = value
		}
	}
}

// addressesByRole says which of the customer's addresses a service uses in which role.
func addressesByRole(ctx context.Context, c *ent.Client, sub uuid.UUID, rows []*ent.Address) (map[subscriptionaddress.Role]*ent.Address, error) {
	uses, err := c.SubscriptionAddress.Query().Where(subscriptionaddress.SubscriptionID(sub)).All(ctx)
	at := map[subscriptionaddress.Role]*ent.Address{}
	for _, use := range uses {
		if i := slices.IndexFunc(rows, func(row *ent.Address) bool { return row.ID == use.AddressID }); i >= 0 {
			at[use.Role] = rows[i]
		}
	}
	return at, err
}

// beside puts beside a service that is migrated the contract in force of it, and the migration that waits for it already.
var beside = []predicate.Subscription{
	tenants.Beside[predicate.Subscription]("contract", subscription.FieldID, contract.Table, contract.FieldSubscriptionID, contract.FieldNumber, contract.DeactivatedAtIsNil(), ent.Desc(contract.FieldNumber)),
	tenants.Beside[predicate.Subscription]("migrates", subscription.FieldID, planchange.Table, planchange.FieldFromID, planchange.FieldToID, planchange.DoneAtIsNil(), planchange.GivenUpAtIsNil()),
}

// meetService reads the service that is migrated, with its holder and the holder's addresses.
func (top *Desktop) meetService(ctx context.Context, c *ent.Client, of uuid.UUID) (err error) {
	if top.From, err = c.Subscription.Query().Where(subscription.ID(of)).Where(beside...).Only(ctx); err != nil {
		return found(err)
	}
	top.Contract = tenants.Said(top.From, "contract")
	if top.Holder, err = holder(ctx, c, top.From.CustomerID); err != nil {
		return err
	}
	rows, err := c.Address.Query().Where(address.CustomerID(top.From.CustomerID), tenants.Each[predicate.Address](address.FieldID, subscriptionaddress.Table, subscriptionaddress.FieldAddressID,
		[]string{subscriptionaddress.FieldRole}, subscriptionaddress.SubscriptionID(of))).Order(address.ByID()).All(ctx)
	if err != nil {
		return err
	}
	top.places = map[subscriptionaddress.Role]*ent.Address{}
	for _, row := range rows { // one comes once for each role it is used in
		if role := tenants.Said(row, subscriptionaddress.FieldRole); role != "" {
			top.places[subscriptionaddress.Role(role)] = row
		}
		if n := len(top.Addresses); n == 0 || top.Addresses[n-1].ID != row.ID {
			top.Addresses = append(top.Addresses, row)
		}
	}
	if at := cmp.Or(top.places[subscriptionaddress.RoleInstalacao], top.places[subscriptionaddress.RoleCadastral]); at != nil {
		top.town = townOf(at)
	}
	if top.FromPlan = planOf(top.Choices, top.From.PlanID); top.FromPlan == nil { // it is sold no more
		top.FromPlan, err = c.Plan.Get(ctx, top.From.PlanID)
	}
	return err
}

func planOf(in catalog.SaleChoices, id uuid.UUID) *ent.Plan {
	if i := slices.IndexFunc(in.Plans, func(row *ent.Plan) bool { return row.ID == id }); i >= 0 {
		return in.Plans[i]
	}
	return nil
}

// Commission is what the seller of a migration earns by a month of the new service.
func (top *Desktop) Commission() money.Cents {
	if top.Seller == nil {
		return 0
	}
	return top.Total * money.Cents(top.Seller.Commission) / 100_00
}

// reckonMigration says what the migration comes to, with the very function that will post it.
func (d Desk) reckonMigration(ctx context.Context, c *ent.Client, top *Desktop, answers tenants.Typed) (err error) {
	open := tenants.Said(top.From, "migrates") != ""
	if top.Refused = subscriptions.MayMigrateFrom(ctx, c, top.From, answers["motivo_excecao"], open); top.Refused != nil && tenants.FaultOf(top.Refused) == nil {
		return top.Refused
	}
	s := top.Sale
	if top.Plan = planOf(top.Choices, s.Plan); top.Plan == nil {
		return nil
	}
	price := s.PriceOf(top.Plan)
	if top.Total = price.Of(0); s.Plan == top.From.PlanID {
		return nil
	}
	top.Lines = []Line{{top.Plan.Name, "mensalidade contratada", price.Contracted}}
	if off := top.Total - price.Contracted; off != 0 {
		top.Lines = append(top.Lines, Line{"Desconto", s.discountMemo(), off})
	}
	if s.Seller != uuid.Nil {
		if top.Seller, err = c.Seller.Get(ctx, s.Seller); err != nil {
			return found(err)
		}
	}
	top.Migration, err = (billing.Desk{DB: d.DB}).PreviewMigration(ctx, c, billing.Migrating{From: top.From, To: s.next(top.From, top.Plan), Open: s.Open, Plan: top.Plan})
	if fault := tenants.FaultOf(err); fault != nil { // the page says so when it is sent
		return nil
	}
	return err
}
