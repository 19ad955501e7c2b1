package outages

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/address"
	"enlace/ent/connection"
	"enlace/ent/customer"
	"enlace/ent/nas"
	"enlace/ent/networklogin"
	"enlace/ent/outage"
	"enlace/ent/outageservice"
	"enlace/ent/predicate"
	"enlace/ent/subscription"
	"enlace/ent/subscriptionaddress"
	"enlace/ent/trustgrant"
	"enlace/tenants"
	"enlace/tenants/brazil"
	"enlace/tenants/customers"
	"enlace/tenants/status"
	"enlace/tenants/support"
)

// connected are the services that have access: those that an outage takes something from.
func connected(now time.Time) predicate.Subscription {
	trusted := tenants.IDsIn(trustgrant.Table, trustgrant.FieldSubscriptionID, trustgrant.EndedAtIsNil(), trustgrant.UntilGT(now))
	return subscription.Or(subscription.StatusIn(status.Enabled, status.Slowed),
		subscription.And(subscription.StatusEQ(status.SuspendedDebt), tenants.Among[predicate.Subscription](subscription.FieldID, trusted)))
}

// under are the services that an outage that runs has already.
func under() predicate.Subscription {
	running := tenants.Among[predicate.OutageService](outageservice.FieldOutageID, tenants.IDsIn(outage.Table, outage.FieldID, outage.StateIn(support.Running...)))
	return tenants.Among[predicate.Subscription](subscription.FieldID, tenants.IDsIn(outageservice.Table, outageservice.FieldSubscriptionID, running))
}

// find lists the services whose lines are down: by customer, those of another outage that runs left out. It returns Invalid for a place where
// nobody has access, a NAS that nobody was on and a line of a list that is nobody.
func (d Desk) find(ctx context.Context, c *ent.Client, in NewOutage) ([]*ent.Subscription, error) {
	var where predicate.Subscription
	var field string
	var err error
	switch in.Kind {
	case outage.KindPlace:
		where, err = installedIn(ctx, c, in.City, in.District)
		field = "cidade"
	case outage.KindNas:
		where, err = onNAS(ctx, c, in.NAS, in.Began)
		field = "concentrador"
	default:
		where, err = listed(ctx, c, in.List)
		field = "lista"
	}
	if err != nil {
		return nil, err
	}
	subs, err := c.Subscription.Query().Where(where, connected(d.DB.Now()), subscription.Not(under())).Order(subscription.ByCustomerID(), subscription.ByNumber()).All(ctx)
	if err == nil && len(subs) == 0 {
		err = tenants.Invalid(field, "outage_nobody")
	}
	return subs, err
}

// installedIn are the services installed in a city, or in one of its districts, whatever capitals and accents that is written with.
func installedIn(ctx context.Context, c *ent.Client, city, district string) (predicate.Subscription, error) {
	there := []predicate.Address{address.Town(customers.Town(city))}
	if district != "" {
		var names []string
		if err := c.Address.Query().Where(there...).Unique(true).Select(address.FieldDistrict).Scan(ctx, &names); err != nil {
			return nil, err
		}
		names = slices.DeleteFunc(names, func(name string) bool { return customers.Town(name) != customers.Town(district) })
		if len(names) == 0 {
			return nil, tenants.Invalid("bairro", "outage_nobody")
		}
		there = append(there, address.DistrictIn(names...))
	}
	at := tenants.Among[predicate.SubscriptionAddress](subscriptionaddress.FieldAddressID, tenants.IDsIn(address.Table, address.FieldID, there...))
	return tenants.Among[predicate.Subscription](subscription.FieldID,
		tenants.IDsIn(subscriptionaddress.Table, subscriptionaddress.FieldSubscriptionID, subscriptionaddress.RoleEQ(subscriptionaddress.RoleInstalacao), at)), nil
}

// lately is how long before an outage somebody was last on a NAS who is taken to have lost the line by it.
const lately = 24 * time.Hour

// onNAS are the services that were on a NAS when it broke down, or in the day before, and are on no other now.
func onNAS(ctx context.Context, c *ent.Client, id uuid.UUID, began time.Time) (predicate.Subscription, error) {
	if there, err := c.Nas.Query().Where(nas.ID(id)).Exist(ctx); err != nil || !there {
		if err == nil {
			err = tenants.NotFound()
		}
		return nil, err
	}
	was := tenants.IDsIn(connection.Table, connection.FieldSubscriptionID, connection.SubscriptionIDNotNil(), connection.NasID(id), connection.StartedAtLTE(began),
		connection.Or(connection.EndedAtIsNil(), connection.EndedAtGTE(began.Add(-lately))))
	elsewhere := tenants.IDsIn(connection.Table, connection.FieldSubscriptionID, connection.SubscriptionIDNotNil(), connection.NasIDNEQ(id), connection.EndedAtIsNil())
	return subscription.And(tenants.Among[predicate.Subscription](subscription.FieldID, was), subscription.Not(tenants.Among[predicate.Subscription](subscription.FieldID, elsewhere))), nil
}

// mostListed is how many lines a list of customers has.
const mostListed = 5_000

// listed are the services of customers named line by line: by their number, CPF or CNPJ, or one service by its login.
func listed(ctx context.Context, c *ent.Client, list string) (predicate.Subscription, error) {
	var numbers []int64
	var documents, logins []string
	lines := strings.FieldsFunc(list, func(r rune) bool { return r == '\n' || r == ',' || r == ';' })
	if len(lines) > mostListed {
		return nil, tenants.Invalid("lista", "outage_list_long")
	}
	asked := map[string]string{} // what is looked for, to the line that asks for it
	for _, line := range lines {
		line = strings.TrimSpace(line)
		number, err := strconv.ParseInt(line, 10, 64)
		cpf, isCPF := brazil.CPF(line)
		cnpj, isCNPJ := brazil.CNPJ(line)
		switch {
		case line == "":
		case isCPF:
			documents, asked[cpf] = append(documents, cpf), line
		case isCNPJ:
			documents, asked[cnpj] = append(documents, cnpj), line
		case err == nil && number > 0:
			numbers, asked[strconv.FormatInt(number, 10)] = append(numbers, number), line
		default:
			logins, asked[line] = append(logins, line), line
		}
	}
	people, err := c.Customer.Query().Where(customer.Or(customer.NumberIn(numbers...), customer.DocumentIn(documents...))).All(ctx)
	if err != nil {
		return nil, err
	}
	users, err := c.NetworkLogin.Query().Where(networklogin.LoginIn(logins...)).All(ctx)
	if err != nil {
		return nil, err
	}
	var whose, which []uuid.UUID
	for _, one := range people {
		whose = append(whose, one.ID)
		delete(asked, strconv.FormatInt(one.Number, 10))
		delete(asked, one.Document)
	}
	for _, one := range users {
		which = append(which, one.SubscriptionID)
		delete(asked, one.Login)
	}
	if unknown := slices.Sorted(maps.Values(asked)); len(unknown) > 0 {
		return nil, tenants.Invalid("lista", "outage_unknown").With("value", unknown[0])
	}
	return subscription.Or(subscription.CustomerIDIn(whose...), subscription.IDIn(which...)), nil
}
