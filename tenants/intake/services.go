package intake

import (
	"context"
	"strconv"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/address"
	"enlace/ent/networklogin"
	"enlace/ent/subscription"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/customers"
	"enlace/tenants/network"
	"enlace/tenants/sales"
	"enlace/tenants/status"
	"enlace/tenants/subscriptions"
)

// serviceBatch is services on their way in. What they are sold for and how they are collected is read as the wizard's steps Plano and Cobrança
// are. What a sale may no longer choose, a withdrawn plan or a day that is not offered, a service that is there may have: it is told, no more.
type serviceBatch struct {
	desk    Desk
	from    string
	seen    map[string]int // line of each login
	plans   map[string]*ent.Plan
	methods map[string]*ent.BillingMethod
	sellers map[string]*ent.Seller
	days    map[int]bool
	kept    []subscriptions.Arrival
	logins  []network.Login // of kept, in order; an empty one is none
}

func (b *serviceBatch) begin(ctx context.Context, c *ent.Client) error {
	b.plans, b.methods, b.sellers, b.days = map[string]*ent.Plan{}, map[string]*ent.BillingMethod{}, map[string]*ent.Seller{}, map[int]bool{}
	plans, err := c.Plan.Query().All(ctx)
	if err != nil {
		return err
	}
	for _, one := range plans {
		b.plans[fold(one.Name)] = one
	}
	methods, err := c.BillingMethod.Query().All(ctx)
	if err != nil {
		return err
	}
	for _, one := range methods {
		b.methods[fold(one.Name)] = one
	}
	sellers, err := c.Seller.Query().All(ctx)
	if err != nil {
		return err
	}
	for _, one := range sellers {
		b.sellers[fold(one.Name)] = one
	}
	days, err := c.DueDay.Query().All(ctx)
	for _, one := range days {
		b.days[one.Day] = true
	}
	return err
}

func (b *serviceBatch) check(ctx context.Context, c *ent.Client, lines []*Line) error {
	if b.plans == nil {
		if err := b.begin(ctx, c); err != nil {
			return err
		}
	}
	b.kept, b.logins = b.kept[:0], b.logins[:0]
	lines = readable(lines)
	around, err := b.around(ctx, c, lines)
	if err != nil {
		return err
	}
	isp, _ := tenants.From(ctx)
	for _, line := range lines {
		one := b.read(line, b.desk.DB.Today(ctx), isp.Zone)
		b.whose(line, &one, around)
		login := b.login(line, around)
		if one.Login = login.Login; !line.Bad {
			b.kept, b.logins = append(b.kept, one), append(b.logins, login)
		}
	}
	return nil
}

// around is what stands in the ISP around some lines.
type around struct {
	holders map[string]*ent.Customer  // by document
	homes   map[uuid.UUID]uuid.UUID   // the first address of each
	has     map[uuid.UUID][]uuid.UUID // plans of the services each has
	logins  map[string]*ent.NetworkLogin
}

func (b *serviceBatch) around(ctx context.Context, c *ent.Client, lines []*Line) (a around, err error) {
	var documents, logins []string
	for _, line := range lines {
		_, document := documentOf(&Line{Typed: line.Typed})
		documents = append(documents, bare(document))
		if login := line.Typed["login"]; login != "" {
			logins = append(logins, login)
		}
	}
	a = around{homes: map[uuid.UUID]uuid.UUID{}, has: map[uuid.UUID][]uuid.UUID{}, logins: map[string]*ent.NetworkLogin{}}
	if a.holders, err = holders(ctx, c, documents); err != nil {
		return a, err
	}
	var ids []uuid.UUID
	for _, one := range a.holders {
		ids = append(ids, one.ID)
	}
	homes, err := c.Address.Query().Where(address.CustomerIDIn(ids...)).Order(address.ByID()).Select(address.FieldID, address.FieldCustomerID).All(ctx)
	if err != nil {
		return a, err
	}
	for _, one := range homes {
		if _, there := a.homes[one.CustomerID]; !there {
			a.homes[one.CustomerID] = one.ID
		}
	}
	services, err := c.Subscription.Query().Where(subscription.CustomerIDIn(ids...), subscription.StatusNEQ(status.Cancelled)).
		Select(subscription.FieldID, subscription.FieldCustomerID, subscription.FieldPlanID).All(ctx)
	if err != nil {
		return a, err
	}
	for _, one := range services {
		a.has[one.CustomerID] = append(a.has[one.CustomerID], one.PlanID)
	}
	taken, err := c.NetworkLogin.Query().Where(networklogin.LoginIn(logins...)).All(ctx)
	for _, one := range taken {
		a.logins[one.Login] = one
	}
	return a, err
}

// states are the words by which other systems name a state, beside the office's own.
var states = map[string]status.State{
	"habilitado": status.Enabled, "ativo": status.Enabled, "liberado": status.Enabled,
	"suspenso por debito": status.SuspendedDebt, "suspenso_debito": status.SuspendedDebt, "suspenso": status.SuspendedDebt, "bloqueado": status.SuspendedDebt,
	"suspenso parcialmente": status.Slowed, "suspenso_parcial": status.Slowed, "reduzido": status.Slowed,
	"suspenso a pedido": status.Paused, "suspenso_pedido": status.Paused,
	"cancelado":             status.Cancelled,
	"aguardando instalacao": status.WaitingInstallation, "aguardando_instalacao": status.WaitingInstallation,
	"aguardando assinatura": status.WaitingSignature, "aguardando_assinatura": status.WaitingSignature,
}

// read reads what a line says by itself.
func (b *serviceBatch) read(line *Line, today calendar.Date, zone *time.Location) subscriptions.Arrival {
	t := tenants.Typed{"taxa": string(subscription.FeeChoiceNone)} // it was paid, or is owed, elsewhere
	for _, column := range []string{"preco", "desconto", "desconto_percentual", "desconto_meses"} {
		t[column] = line.Typed[column]
	}
	for _, column := range []string{"carne", "fatura_separada", "nota_separada"} {
		t[column] = line.yes(column)
	}
	t["tipo_cobranca"] = fold(line.Typed["tipo_cobranca"])
	t["dia_vencimento"] = b.dueDay(line)
	one := b.chosen(line, t)
	b.dates(line, &one, today)
	if t["data_venda"] = dated(line.Typed["data_venda"]); t["data_venda"] == "" && !one.SoldOn.After(today) {
		t["data_venda"] = one.SoldOn.BR()
	}
	s, wrong := sales.ReadTerms(t, today, zone)
	line.fields(wrong, nil)
	one.SoldOn, one.Method, one.Seller, one.DueDay, one.Mode = s.SoldOn, s.Method, s.Seller, s.DueDay, s.Mode
	one.Booklet, one.SeparateBill, one.SeparateNote = s.Booklet, s.SeparateBill, s.SeparateNote
	if one.Plan != nil {
		if one.Price = s.PriceOf(one.Plan); one.Price.Fixed > one.Price.Contracted {
			line.wrong("desconto", "discount_over_price")
		}
	}
	if !line.Bad && !b.days[one.DueDay] {
		line.warn("dia_vencimento", "due_day_not_offered")
	}
	if one.EnabledOn.IsZero() { // it has never run, so nothing was billed
		one.BilledUntil = calendar.Date{}
	} else if one.BilledUntil.IsZero() && one.Status != status.Cancelled && one.DueDay > 0 {
		one.BilledUntil = billedUntil(today, one.DueDay, one.Mode)
	}
	var texts tenants.Fields
	one.Reason = line.Typed.Text(&texts, "motivo")
	if !line.empty(placeColumns...) {
		here := tenants.Typed{}
		for _, column := range placeColumns {
			here[column] = line.Typed[column]
		}
		there := placeOf(line, here, &texts)
		one.Place = &there
	}
	line.fields(texts, nil)
	return one
}

// billedUntil is up to when another system has billed if nobody says: so that what comes due next after today is the first that Enlace bills.
func billedUntil(today calendar.Date, day int, mode subscription.Mode) calendar.Date {
	next := calendar.NextDue(today, day)
	if mode == subscription.ModePostecipado {
		return calendar.AddMonths(next, -1, day)
	}
	return next
}

// dueDay is the wizard's word for a due day, which knows the last one by one name alone.
func (b *serviceBatch) dueDay(line *Line) string {
	typed := fold(line.Typed["dia_vencimento"])
	if typed == "ultimo dia" || typed == "ultimo dia do mes" {
		return sales.LastDue
	}
	return typed
}

// chosen finds what a line names of the ISP's lists.
func (b *serviceBatch) chosen(line *Line, t tenants.Typed) (one subscriptions.Arrival) {
	if !line.empty("plano") {
		if one.Plan = b.plans[fold(line.Typed["plano"])]; one.Plan == nil {
			line.wrong("plano", "name_unknown", "list", "Planos")
		} else if t["plano"] = one.Plan.ID.String(); !one.Plan.Active {
			line.warn("plano", "plan_withdrawn")
		}
	}
	if !line.empty("forma_cobranca") {
		if method := b.methods[fold(line.Typed["forma_cobranca"])]; method == nil {
			line.wrong("forma_cobranca", "name_unknown", "list", "Formas de cobrança")
		} else if t["forma_cobranca"] = method.ID.String(); !method.Active {
			line.warn("forma_cobranca", "method_withdrawn")
		}
	}
	if !line.empty("vendedor") {
		if seller := b.sellers[fold(line.Typed["vendedor"])]; seller == nil {
			line.wrong("vendedor", "name_unknown", "list", "Vendedores")
		} else {
			t["vendedor"] = seller.ID.String()
		}
	}
	switch state, is := states[fold(line.Typed["situacao"])]; {
	case line.empty("situacao"):
		line.wrong("situacao", "required")
	case !is:
		line.wrong("situacao", "state_unknown")
	default:
		one.Status = state
	}
	return one
}

// furthest is how far ahead another system may have billed, in days: a carnê of five years.
const furthest = 5 * 366

// dates reads since when a service is what it is. It was sold when it was enabled, and enabled when its state began, unless a column says
// otherwise.
func (b *serviceBatch) dates(line *Line, one *subscriptions.Arrival, today calendar.Date) {
	t := tenants.Typed{}
	for _, column := range []string{"desde", "habilitado_em", "data_venda", "cobrado_ate"} {
		t[column] = dated(line.Typed[column])
	}
	var wrong tenants.Fields
	one.Since, one.EnabledOn = t.RequiredDate(&wrong, "desde"), t.Date(&wrong, "habilitado_em")
	one.SoldOn, one.BilledUntil = t.Date(&wrong, "data_venda"), t.Date(&wrong, "cobrado_ate")
	for column, day := range map[string]calendar.Date{"desde": one.Since, "habilitado_em": one.EnabledOn} {
		if day.After(today) {
			wrong.Add(column, "future")
		}
	}
	if one.BilledUntil.After(today.AddDays(furthest)) {
		wrong.Add("cobrado_ate", "range")
	}
	line.fields(wrong, nil)
	switch {
	case one.Status == status.WaitingInstallation || one.Status == status.WaitingSignature:
		one.EnabledOn = calendar.Date{}
	case one.EnabledOn.IsZero() && one.Status == status.Enabled:
		one.EnabledOn = one.Since
	case one.EnabledOn.IsZero() && !one.SoldOn.IsZero():
		one.EnabledOn = one.SoldOn
	case one.EnabledOn.IsZero():
		one.EnabledOn = one.Since
	}
	switch {
	case !one.SoldOn.IsZero():
	case !one.EnabledOn.IsZero():
		one.SoldOn = one.EnabledOn
	default:
		one.SoldOn = one.Since
	}
}

// whose finds the customer of a line and where the service is.
func (b *serviceBatch) whose(line *Line, one *subscriptions.Arrival, a around) {
	kind, typed := documentOf(line)
	var wrong tenants.Fields
	document := customers.ReadDocument(kind, tenants.Typed{customers.DocumentField(kind): typed}, &wrong)
	line.fields(wrong, customerColumns)
	one.Holder = a.holders[document]
	switch {
	case document == "":
		return
	case one.Holder == nil:
		line.wrong("cpf_cnpj", "customer_missing")
		return
	case !one.Holder.Active:
		line.wrong("cpf_cnpj", "customer_inactive", "name", one.Holder.Name)
	}
	if one.Home = a.homes[one.Holder.ID]; one.Home == uuid.Nil && one.Place == nil {
		line.wrong("cep", "address_missing", "name", one.Holder.Name)
	}
	if one.Plan != nil && line.empty("login") {
		for _, plan := range a.has[one.Holder.ID] {
			if plan == one.Plan.ID {
				line.warn("plano", "service_there", "name", one.Holder.Name)
				break
			}
		}
	}
}

// login reads what a service connects with.
func (b *serviceBatch) login(line *Line, a around) network.Login {
	login := network.Login{Login: line.Typed["login"], Password: line.Typed["senha"]}
	if login.Login == "" && login.Password == "" {
		line.warn("login", "login_missing")
		return login
	}
	if fault := tenants.FaultOf(network.CheckLogin(login.Login, login.Password)); fault != nil {
		line.fields(fault.Fields, map[string]string{"password": "senha"})
	}
	if before, twice := b.seen[login.Login]; twice && login.Login != "" {
		line.wrong("login", "twice_in_file", "line", strconv.Itoa(before))
	} else if a.logins[login.Login] != nil {
		line.wrong("login", "login_taken")
	}
	b.seen[login.Login] = line.Number
	return login
}

func (b *serviceBatch) keep(ctx context.Context, c *ent.Client) error {
	ids, err := subscriptions.Desk{DB: b.desk.DB}.Arrive(ctx, c, b.from, b.kept)
	if err != nil {
		return err
	}
	var logins []network.Login
	found := map[uuid.UUID][]string{}
	for i, one := range b.kept {
		if b.logins[i].Subscription = ids[i]; b.logins[i].Login != "" {
			logins = append(logins, b.logins[i])
		}
		found[one.Holder.ID] = append(found[one.Holder.ID], one.Login)
		if one.Place != nil {
			found[one.Holder.ID] = append(found[one.Holder.ID], one.Place.FoundBy()...)
		}
	}
	if err := (network.Desk{DB: b.desk.DB, Vault: b.desk.Vault}).GiveLogins(ctx, c, logins); err != nil {
		return err
	}
	return customers.FoundAlso(ctx, c, found)
}
