package demo

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/notice"
	"enlace/ent/subscription"
	"enlace/ent/subscriptionaddress"
	"enlace/ent/suspension"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/network"
	"enlace/tenants/numbers"
	"enlace/tenants/sales"
	"enlace/tenants/status"
	"enlace/tenants/subscriptions"
)

// tellStories sells, enables, bills, receives and suspends until the ISP has customers in every state.
func (s *stage) tellStories(ctx context.Context) error {
	if s.isp.slug == isps[0].slug {
		if err := s.maria(ctx); err != nil {
			return fmt.Errorf("the story of Maria: %w", err)
		}
		if err := s.joao(ctx); err != nil {
			return fmt.Errorf("the story of João: %w", err)
		}
	}
	for i := 0; s.people.made < s.Customers; i++ {
		who := s.people.next(s.random, s.isp.office.ddd)
		if err := s.ordinary(ctx, who, i); err != nil {
			return fmt.Errorf("%s: %w", who["nome"], err)
		}
	}
	return nil
}

// maria pays her carnê: four instalments paid, none overdue.
func (s *stage) maria(ctx context.Context) error {
	due := calendar.AddMonths(s.today, -4, 10)
	sub, err := s.runningSince(ctx, due.AddDays(-13), s.sale(tenants.Typed{
		"tipo": "pf", "nome": "Maria Demonstração", "cpf": "529.982.247-25", "nascimento": "14/03/1988", "telefone": "(91) 98888-0001", "email": "maria@exemplo.com.br",
	}, 1, 10, true))
	if err != nil {
		return err
	}
	if err := s.login(ctx, sub, "maria@fibranorte", "maria-demo"); err != nil {
		return err
	}
	booklet, err := s.booklet(ctx, sub, due.AddDays(-13), due)
	if err != nil {
		return err
	}
	return s.payUpTo(ctx, booklet, s.today)
}

// joao stopped paying: one invoice is overdue, he was told of it, and the service is suspended.
func (s *stage) joao(ctx context.Context) error {
	overdue := s.unpaidSince()
	first := calendar.AddMonths(overdue, -2, overdue.Day())
	sub, err := s.runningSince(ctx, first.AddDays(-10), s.sale(tenants.Typed{
		"tipo": "pf", "nome": "João Suspenso", "cpf": "111.444.777-35", "nascimento": "02/09/1979", "telefone": "(91) 98888-0002", "email": "joao@exemplo.com.br",
	}, 0, overdue.Day(), true))
	if err != nil {
		return err
	}
	if err := s.login(ctx, sub, "joao@fibranorte", "joao-demo"); err != nil {
		return err
	}
	booklet, err := s.booklet(ctx, sub, first.AddDays(-10), first)
	if err != nil {
		return err
	}
	if err := s.payUpTo(ctx, booklet, overdue.AddDays(-1)); err != nil {
		return err
	}
	return s.suspend(ctx, sub, overdue)
}

// unpaidSince is the latest due day that leaves time for a notice and a cut by law, weekends and carnival between: a month later the next
// instalment is not overdue yet.
func (s *stage) unpaidSince() calendar.Date {
	day := s.today.AddDays(-23)
	for !slices.ContainsFunc(s.choices.DueDays, func(offered *ent.DueDay) bool { return offered.Day == day.Day() && offered.Day < calendar.LastDay }) {
		day = day.AddDays(-1)
	}
	return day
}

// suspend tells of the debt due on a day and, fifteen days later or on the next day that allows it, cuts.
func (s *stage) suspend(ctx context.Context, sub *ent.Subscription, due calendar.Date) error {
	invoices, err := billing.InvoicesOf(ctx, s.c, s.today, sub.CustomerID, true)
	if err != nil {
		return err
	}
	told := calendar.EffectiveLastDay(due).AddDays(1)
	err = s.on(told, func() error {
		for _, one := range invoices {
			if one.Invoice.Due == due {
				_, err := billing.Desk{DB: s.db}.TellOfDebt(ctx, one.Invoice.ID, notice.ChannelEmail, "cliente@exemplo.com.br")
				return err
			}
		}
		return fmt.Errorf("no open invoice is due on %s", due)
	})
	if err != nil {
		return err
	}
	cut := told.AddDays(15)
	for !calendar.Local(nil).MayCut(cut) {
		cut = cut.AddDays(1)
	}
	if cut.After(s.today) {
		return nil
	}
	return s.on(cut, func() error {
		_, err := subscriptions.Desk{DB: s.db}.SuspendForDebt(ctx, sub.ID, "fatura vencida")
		return err
	})
}

// visited are the hours at which the technician comes.
var visited = []string{"08:30", "10:30", "13:30", "15:30"}

// ordinary is a customer like many; which of the lives it has goes by its turn.
func (s *stage) ordinary(ctx context.Context, who tenants.Typed, turn int) error {
	due := calendar.AddMonths(s.today, -1-s.random.IntN(9), []int{5, 10, 15, 20}[turn%4])
	sale := s.sale(who, turn%3, due.Day(), turn%2 == 0)
	start := due.AddDays(-(5 + turn%20))
	switch turn % 30 {
	case 7, 21: // sold, and waiting for the technician, who goes to four a day from today on
		nth := turn / 30 * 2
		if turn%30 == 21 {
			nth++
		}
		maps.Copy(sale, tenants.Typed{"os": "sim", "os_tipo": s.choices.WorkOrderTypes[0].ID.String(), "os_tecnico": s.choices.Technicians[0].ID.String(),
			"os_data": s.today.AddDays(nth / len(visited)).String(), "os_hora": visited[nth%len(visited)], "os_mesmo_assim": "sim", "os_descricao": "Instalação da demonstração"})
		_, err := s.sell(ctx, s.today.AddDays(-(turn % 5)), sale)
		return err
	case 11: // sold, and waiting for a signature
		if err := s.c.OfficePolicy.Update().SetWaitsSignature(true).Exec(ctx); err != nil {
			return err
		}
		if _, err := s.sell(ctx, s.today.AddDays(-1), sale); err != nil {
			return err
		}
		return s.c.OfficePolicy.Update().SetWaitsSignature(false).Exec(ctx)
	}
	sub, err := s.runningSince(ctx, start, sale)
	if err != nil {
		return err
	}
	if err := s.login(ctx, sub, loginOf(who["nome"], sub.Number, s.isp.slug), "pppoe-"+fmt.Sprint(sub.Number)); err != nil {
		return err
	}
	if sub.Booklet {
		booklet, err := s.booklet(ctx, sub, start, due)
		if err != nil {
			return err
		}
		paidUntil := s.today
		if turn%30 == 4 || turn%30 == 14 { // the last due date was not paid
			paidUntil = s.today.AddDays(-40)
		}
		if err := s.payUpTo(ctx, booklet, paidUntil); err != nil {
			return err
		}
	}
	if !sub.Booklet {
		if err := s.billedElsewhere(ctx, sub); err != nil {
			return err
		}
	}
	return s.turnOfLife(ctx, sub, turn)
}

// billedElsewhere has the monthly run begin with the next due date, as of a service that came from another system.
func (s *stage) billedElsewhere(ctx context.Context, sub *ent.Subscription) error {
	until := calendar.AddMonths(calendar.NextDue(s.today, sub.DueDay), -1, sub.DueDay)
	if sub.Mode == subscription.ModeAntecipado {
		until = calendar.NextDue(s.today, sub.DueDay)
	}
	return s.c.Subscription.UpdateOneID(sub.ID).SetBilledUntil(until).Exec(ctx)
}

// turnOfLife leads some services into the states that few are in.
func (s *stage) turnOfLife(ctx context.Context, sub *ent.Subscription, turn int) error {
	event, kind := status.Event(""), suspension.Kind("")
	switch turn % 30 {
	case 3, 19:
		event = status.Cancel
	case 9:
		event, kind = status.Pause, suspension.KindPedido
	case 13:
		event, kind = status.Slow, suspension.KindParcial
	case 17:
		return s.migrating(ctx, sub)
	default:
		s.running = append(s.running, sub)
		return nil
	}
	day := s.today.AddDays(-3)
	return s.on(day, func() error {
		if _, err := status.Apply(ctx, s.c, s.now, sub.ID, event, "demonstração"); err != nil {
			return err
		}
		if event == status.Cancel {
			return s.c.Subscription.UpdateOneID(sub.ID).SetCancelledOn(day).SetEndedBy(subscription.EndedByCancellation).SetCancelReason("demonstração").Exec(ctx)
		}
		return s.c.Suspension.Create().SetSubscriptionID(sub.ID).SetKind(kind).SetFromDay(day).SetAt(s.now).SetReason("demonstração").Exec(ctx)
	})
}

// migrating is a second service that waits to take the first one's place.
func (s *stage) migrating(ctx context.Context, sub *ent.Subscription) error {
	number, err := numbers.Next(ctx, s.c, numbers.Subscription)
	if err != nil {
		return err
	}
	next, err := s.c.Subscription.Create().SetNumber(number).SetCustomerID(sub.CustomerID).SetMadeBy(subscription.MadeByMigration).SetPlanID(s.choices.Plans[2].ID).
		SetStatus(status.WaitingMigration).SetStatusSince(s.now).SetPrice(s.choices.Plans[2].Price).SetSoldOn(s.today).SetMethodID(sub.MethodID).
		SetDueDay(sub.DueDay).SetMode(sub.Mode).SetBooklet(sub.Booklet).SetFeeChoice(sub.FeeChoice).SetChainID(sub.ID).Save(ctx)
	if err != nil {
		return err
	}
	places, err := s.c.SubscriptionAddress.Query().Where(subscriptionaddress.SubscriptionID(sub.ID)).All(ctx)
	if err != nil {
		return err
	}
	for _, place := range places {
		if err := s.c.SubscriptionAddress.Create().SetSubscriptionID(next.ID).SetRole(place.Role).SetAddressID(place.AddressID).Exec(ctx); err != nil {
			return err
		}
	}
	return s.c.PlanChange.Create().SetFromID(sub.ID).SetToID(next.ID).SetRequestedAt(s.now).SetExpiresOn(s.today.AddDays(subscriptions.MigrationDays)).Exec(ctx)
}

// sale is the wizard filled in: the registration given, an address of the city, a plan, and how it is billed.
func (s *stage) sale(who tenants.Typed, plan, dueDay int, booklet bool) tenants.Typed {
	company := s.isp.office.company
	t := tenants.Typed{
		"cep": company.CEP, "logradouro": s.isp.office.streets[s.random.IntN(len(s.isp.office.streets))], "numero": fmt.Sprint(10 + s.random.IntN(2000)),
		"bairro": company.District, "cidade": company.City, "uf": company.UF, "ibge": company.IBGE, "cobranca_igual": "sim",
		"origem": s.choices.Origins[s.random.IntN(len(s.choices.Origins))].ID.String(),
		"plano":  s.planID(plan).String(), "vendedor": s.choices.Sellers[s.random.IntN(2)].ID.String(), "modelo": s.choices.Templates[0].ID.String(),
		"forma_cobranca": s.methodID("Boleto com Pix").String(), "dia_vencimento": fmt.Sprint(dueDay), "tipo_cobranca": "antecipado", "taxa": "none",
	}
	if booklet {
		t["carne"] = "sim"
	}
	maps.Copy(t, who)
	return t
}

func (s *stage) planID(n int) uuid.UUID {
	for _, p := range s.choices.Plans {
		if p.Name == plans[n].name {
			return p.ID
		}
	}
	return uuid.Nil
}

func (s *stage) methodID(name string) uuid.UUID {
	for _, m := range s.choices.Methods {
		if m.Name == name {
			return m.ID
		}
	}
	return uuid.Nil
}

func (s *stage) sell(ctx context.Context, day calendar.Date, form tenants.Typed) (sub *ent.Subscription, err error) {
	return sub, s.on(day, func() error {
		sale, wrong := sales.Read(form, sales.StepWorkOrder, day, s.zone)
		if err := wrong.Err(); err != nil {
			return err
		}
		sold, err := sales.Desk{DB: s.db}.Sell(ctx, sale)
		if err != nil {
			return err
		}
		sub = sold.Subscription
		return nil
	})
}

// runningSince sells and enables a service on a day.
func (s *stage) runningSince(ctx context.Context, day calendar.Date, form tenants.Typed) (*ent.Subscription, error) {
	sub, err := s.sell(ctx, day.AddDays(-2), form)
	if err != nil {
		return nil, err
	}
	return sub, s.on(day, func() error {
		sub, err = subscriptions.Desk{DB: s.db}.Enable(ctx, sub.ID)
		return err
	})
}

func (s *stage) login(ctx context.Context, sub *ent.Subscription, login, password string) error {
	return network.Desk{DB: s.db, Vault: s.Vault}.SetLogin(ctx, s.c, sub.ID, login, password)
}

// loginOf is first name, last name and number: two customers may share the names.
func loginOf(name string, number int64, slug string) string {
	words := strings.Fields(strings.ToLower(name))
	return fmt.Sprintf("cliente%d.%s@%s", number, strings.Map(func(r rune) rune {
		if r < 'a' || r > 'z' {
			return -1
		}
		return r
	}, words[0]), slug)
}

func (s *stage) booklet(ctx context.Context, sub *ent.Subscription, start, firstDue calendar.Date) (issued *ent.Booklet, err error) {
	return issued, s.on(start, func() error {
		issued, err = billing.Desk{DB: s.db}.IssueBooklet(ctx, billing.NewBooklet{Customer: sub.CustomerID, Subscription: sub.ID,
			Start: start, FirstDue: firstDue, Instalments: 12})
		return err
	})
}

// payUpTo pays at the counter, on its due date, every instalment due up to a day.
func (s *stage) payUpTo(ctx context.Context, booklet *ent.Booklet, day calendar.Date) error {
	invoices, err := billing.InvoicesOf(ctx, s.c, s.today, booklet.CustomerID, true)
	if err != nil {
		return err
	}
	for _, one := range invoices {
		if one.Invoice.Due.After(day) || one.Invoice.Due.After(s.today) {
			continue
		}
		err := s.on(one.Invoice.Due, func() error {
			_, err := billing.Desk{DB: s.db}.ReceiveAtCounter(ctx, billing.Receipt{Invoice: one.Invoice.ID, Amount: one.Total, PaidOn: one.Invoice.Due,
				Key: fmt.Sprintf("demo-%d", one.Invoice.Number)})
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}
