package support_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/sector"
	"enlace/ent/sequence"
	"enlace/ent/ticket"
	"enlace/ent/user"
	"enlace/ent/workorder"
	"enlace/tenants"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/subscriptions"
	"enlace/tenants/support"
)

func desk(o *demotest.Office) support.Desk {
	return support.Desk{DB: o.DB, Diagnose: subscriptions.Desk{DB: o.DB}.Diagnose}
}

var errUndone = errors.New("undone by the test")

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// lists are the ids of what the forms choose from, by name.
type lists struct{ types, sectors, kinds, people map[string]uuid.UUID }

func choicesOf(o *demotest.Office) (l lists) {
	l = lists{map[string]uuid.UUID{}, map[string]uuid.UUID{}, map[string]uuid.UUID{}, map[string]uuid.UUID{}}
	o.Read(func(ctx context.Context, c *ent.Client) error {
		for _, row := range c.TicketType.Query().AllX(ctx) {
			l.types[row.Name] = row.ID
		}
		for _, row := range c.Sector.Query().AllX(ctx) {
			l.sectors[row.Name] = row.ID
		}
		for _, row := range c.WorkOrderType.Query().AllX(ctx) {
			l.kinds[row.Name] = row.ID
		}
		for _, row := range c.User.Query().AllX(ctx) {
			l.people[string(row.Role)] = row.ID
		}
		return nil
	})
	return l
}

func ticketOf(o *demotest.Office, id uuid.UUID) (row *ent.Ticket) {
	o.Read(func(ctx context.Context, c *ent.Client) error { row = c.Ticket.GetX(ctx, id); return nil })
	return row
}

// pick picks Maria's service as suporte.
func pick(t *testing.T, o *demotest.Office) uuid.UUID {
	t.Helper()
	picked, err := desk(o).Pick(o.As("suporte"), o.Service(o.Maria).ID)
	must(t, err)
	return picked.ID
}

// opened is a ticket of Maria's that waits for the sector Financeiro.
func opened(t *testing.T, o *demotest.Office, key string) uuid.UUID {
	t.Helper()
	id, l := pick(t, o), choicesOf(o)
	must(t, desk(o).Open(o.As("suporte"), support.Opening{Ticket: id, Type: l.types["Lentidão"], Text: "lento à noite", Status: ticket.StatusAguardandoAnalise, To: support.Destination{Sector: l.sectors["Financeiro"]}, Key: key}))
	return id
}

// Task 6: picking the service mints the protocol; leaving keeps it; picking again resumes it, from however many windows at once.
func TestPickingAServiceMintsTheProtocolAndResumesOnesOwnRascunho(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		d, by, sub := desk(o), o.As("suporte"), o.Service(o.Maria)
		if _, err := d.Pick(o.As("tecnico"), sub.ID); demotest.Fault(err) != "denied" {
			t.Errorf("a technician: %v", err)
		}
		if _, err := d.Pick(o.Stranger(), sub.ID); demotest.Fault(err) != "not_found" {
			t.Errorf("a stranger: %v", err)
		}
		if _, err := d.Pick(by, demotest.Nobody); demotest.Fault(err) != "not_found" {
			t.Errorf("no service: %v", err)
		}
		o.AllOrNothing(t, 6, func() error { _, err := d.Pick(by, sub.ID); return err })
		first := pick(t, o)
		var wg sync.WaitGroup
		for range 50 {
			wg.Go(func() {
				if again, err := d.Pick(by, sub.ID); err != nil || again.ID != first {
					t.Errorf("picked %v, %v", again, err)
				}
			})
		}
		wg.Wait()
		row := ticketOf(o, first)
		if row.Status != ticket.StatusRascunho || row.Protocol != "202600000001" || len(row.Diagnosis) == 0 {
			t.Errorf("%+v", row)
		}
		other, err := d.Pick(o.As("comercial"), sub.ID)
		if err != nil || other.ID == first {
			t.Errorf("another person's rascunho was resumed: %v", err)
		}
		o.Pass(30 * time.Hour)
		if again := pick(t, o); again != first {
			t.Error("a rascunho of yesterday is gone")
		}
		if kept, err := subscriptions.ReadSnapshot(ticketOf(o, first).Diagnosis); err != nil || !kept.At.Equal(o.DB.Now()) {
			t.Errorf("the diagnosis is of %v, %v", kept, err)
		}
	})
}

// A person who picks the same service in many windows at once has one rascunho, and no protocol is lost.
func TestManyWindowsAtOnceGiveOneRascunho(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		var wg sync.WaitGroup
		var mu sync.Mutex
		got := map[uuid.UUID]bool{}
		for range 20 {
			wg.Go(func() {
				picked, err := desk(o).Pick(o.As("suporte"), o.Service(o.Joao).ID)
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				got[picked.ID] = true
				mu.Unlock()
			})
		}
		wg.Wait()
		if len(got) != 1 {
			t.Errorf("%d rascunhos", len(got))
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if last := c.Sequence.Query().Where(sequence.Name("protocol")).OnlyX(ctx).Last; last != 1 {
				t.Errorf("%d protocols were taken for one rascunho", last)
			}
			return nil
		})
	})
}

// Issue 8: a thousand tickets opened at once have distinct protocols without a gap, in the order in which they were kept.
func TestAThousandTicketsAtOnceHaveProtocolsWithoutGaps(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		const n = 1000
		d, subs := desk(o), []uuid.UUID{o.Service(o.Maria).ID, o.Service(o.Joao).ID}
		var people []context.Context
		o.Write(func(ctx context.Context, c *ent.Client) error {
			for i := range n / len(subs) {
				u := c.User.Create().SetName(fmt.Sprint("Atendente ", i)).SetEmail(fmt.Sprintf("a%d@fibranorte.example", i)).SetPasswordHash("x").SetRole(user.RoleSuporte).SaveX(ctx)
				people = append(people, tenants.As(tenants.With(context.Background(), o.Here), tenants.Actor{Kind: tenants.User, ID: u.ID, Name: u.Name, Role: "suporte", Channel: tenants.Web}))
			}
			return nil
		})
		work := make(chan func() error)
		var wg sync.WaitGroup
		for range 40 {
			wg.Go(func() {
				for do := range work {
					if err := do(); err != nil {
						t.Error(err)
					}
				}
			})
		}
		for i, by := range people {
			for _, sub := range subs {
				work <- func() error { _, err := d.Pick(by, sub); return err }
			}
			if i%50 == 0 { // some come to nothing, and give their protocol back
				work <- func() error {
					err := o.DB.Write(o.Subscriber(o.Maria), func(ctx context.Context, _ *ent.Client) error {
						if _, err := d.OpenFromSubscriber(ctx, subs[0], "caiu"); err != nil {
							return err
						}
						return errUndone
					})
					if !errors.Is(err, errUndone) {
						return err
					}
					return nil
				}
			}
		}
		close(work)
		wg.Wait()
		o.Read(func(ctx context.Context, c *ent.Client) error {
			protocols := c.Ticket.Query().Order(ticket.ByProtocol()).Select(ticket.FieldProtocol).StringsX(ctx)
			for i, p := range protocols {
				if want := fmt.Sprintf("2026%08d", i+1); p != want {
					t.Fatalf("protocol %d is %s, want %s", i, p, want)
				}
			}
			if len(protocols) != n {
				t.Errorf("%d protocols", len(protocols))
			}
			return nil
		})
	})
}

// The three ends of the form, each with what it needs.
func TestATicketEndsInOneOfThreeWays(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		d, by, l := desk(o), o.As("suporte"), choicesOf(o)
		today := o.Here.Today(o.DB.Now())
		for want, typed := range map[string]tenants.Typed{
			"tipo: required":               {"abertura": "x", "situacao": "aguardando_analise", "destino": "setor:" + l.sectors["Campo"].String()},
			"abertura: required":           {"tipo": l.types["Lentidão"].String(), "situacao": "aguardando_analise", "destino": "setor:" + l.sectors["Campo"].String()},
			"destino: destination_missing": {"tipo": l.types["Lentidão"].String(), "abertura": "x", "situacao": "aguardando_analise"},
			"fechamento: required":         {"tipo": l.types["Lentidão"].String(), "abertura": "x", "situacao": "finalizado"},
			"situacao: choice":             {"tipo": l.types["Lentidão"].String(), "abertura": "x", "situacao": "rascunho"},
			"os_descricao: required":       {"tipo": l.types["Lentidão"].String(), "abertura": "x", "situacao": "pendente", "os_tipo": l.kinds["Manutenção"].String()},
		} {
			typed["chave"] = "k"
			var wrong tenants.Fields
			support.ReadOpening(typed, uuid.Nil, today, o.Here.Zone, &wrong)
			if demotest.Fault(wrong.Err()) != want {
				t.Errorf("%v, want %s", wrong, want)
			}
		}

		// waiting for somebody
		id := pick(t, o)
		in := support.Opening{Ticket: id, Type: l.types["Sem conexão"], Text: "sem internet", Status: ticket.StatusAguardandoAnalise, To: support.Destination{User: l.people["financeiro"]}, Key: "1"}
		for want, change := range map[string]func(*support.Opening){
			"not_found":                    func(in *support.Opening) { in.Type = demotest.Nobody },
			"destino: destination_missing": func(in *support.Opening) { in.To = support.Destination{} },
		} {
			bad := in
			change(&bad)
			if err := d.Open(by, bad); demotest.Fault(err) != want {
				t.Errorf("%v, want %s", err, want)
			}
		}
		bad := in
		bad.To.User = demotest.Nobody
		if err := d.Open(by, bad); demotest.Fault(err) != "not_found" {
			t.Errorf("nobody's: %v", err)
		}
		if err := d.Open(o.Stranger(), in); demotest.Fault(err) != "not_found" {
			t.Errorf("a stranger: %v", err)
		}
		if err := d.Open(o.As("tecnico"), in); demotest.Fault(err) != "denied" {
			t.Errorf("a technician: %v", err)
		}
		o.AllOrNothing(t, 10, func() error { return d.Open(by, in) })
		must(t, d.Open(by, in)) // the same form again
		again := in
		again.Key = "2"
		if err := d.Open(by, again); demotest.Fault(err) != "ticket_moved" {
			t.Errorf("another form: %v", err)
		}
		row := ticketOf(o, id)
		if row.Status != ticket.StatusAguardandoAnalise || row.AssigneeID == nil || *row.AssigneeID != l.people["financeiro"] || !row.DueAt.Equal(row.OpenedAt.Add(24*time.Hour)) {
			t.Errorf("%+v", row)
		}

		// pending on a visit, opened with it
		id = pick(t, o)
		in = support.Opening{Ticket: id, Type: l.types["Sem conexão"], Text: "fibra rompida", Status: ticket.StatusPendente, Key: "3",
			Visit: &support.Visit{Type: l.kinds["Instalação"], Description: "refazer a emenda"}}
		if err := d.Open(by, in); demotest.Fault(err) != "os_tipo: type_not_permitted" {
			t.Errorf("an installation of a service that runs: %v", err)
		}
		in.Visit.Type = l.kinds["Manutenção"]
		o.AllOrNothing(t, 15, func() error { return d.Open(by, in) })
		card, err := d.Ticket(by, id)
		if err != nil || card.Status != ticket.StatusPendente || len(card.Visits) != 1 || card.Visits[0].Status != workorder.StatusAguardandoAgendamento || card.Visits[0].Minutes != 60 {
			t.Errorf("%+v, %v", card, err)
		}
		if o, err := d.Offer(by, o.Maria.ID, false); err != nil || len(o.Visits) != 1 {
			t.Errorf("nobody is warned of the visit: %v, %v", o.Visits, err)
		}

		// resolved at once
		id = pick(t, o)
		must(t, d.Open(by, support.Opening{Ticket: id, Type: l.types["Dúvida financeira"], Text: "segunda via", Status: ticket.StatusFinalizado, Closing: "enviada", Key: "4"}))
		if row := ticketOf(o, id); row.Status != ticket.StatusFinalizado || row.Closing != "enviada" || row.ClosedAt == nil {
			t.Errorf("%+v", row)
		}
		if err := d.Keep(by, support.Sketch{Ticket: id, Text: "outra coisa"}); demotest.Fault(err) != "ticket_moved" {
			t.Errorf("a rascunho of what is over: %v", err)
		}
	})
}

// Leaving keeps what stands in the form, whatever is missing.
func TestLeavingKeepsTheRascunho(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		d, by, l, id := desk(o), o.As("suporte"), choicesOf(o), pick(t, o)
		o.AllOrNothing(t, 4, func() error {
			return d.Keep(by, support.Sketch{Ticket: id, Type: l.types["Lentidão"], Text: "caiu a lig", To: support.Destination{Sector: l.sectors["Campo"]}})
		})
		row := ticketOf(o, id)
		if row.Opening != "caiu a lig" || *row.TypeID != l.types["Lentidão"] || *row.SectorID != l.sectors["Campo"] || row.Status != ticket.StatusRascunho {
			t.Errorf("%+v", row)
		}
		must(t, d.Keep(by, support.Sketch{Ticket: id}))
		if row := ticketOf(o, id); row.Opening != "" || row.TypeID != nil || row.SectorID != nil {
			t.Errorf("%+v", row)
		}
		if err := d.Keep(o.Stranger(), support.Sketch{Ticket: id}); demotest.Fault(err) != "not_found" {
			t.Errorf("a stranger: %v", err)
		}
	})
}

// aguardando_analise <-> pendente, both -> finalizado, and back within seven days, with a reason.
func TestATicketMovesAndIsReopenedWithinSevenDays(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		d, by, l := desk(o), o.As("suporte"), choicesOf(o)
		draft := pick(t, o)
		for name, err := range map[string]error{"forward": d.Forward(by, support.Move{Ticket: draft, To: support.Destination{Sector: l.sectors["Campo"]}}), "close": d.Close(by, support.Move{Ticket: draft, Text: "x"}), "say": d.Say(by, support.Move{Ticket: draft, Text: "x"})} {
			if demotest.Fault(err) != "ticket_moved" {
				t.Errorf("%s of a rascunho: %v", name, err)
			}
		}
		id := opened(t, o, "a")
		o.AllOrNothing(t, 8, func() error {
			return d.Forward(by, support.Move{Ticket: id, To: support.Destination{User: l.people["comercial"]}, Text: "veja o plano", Key: "b"})
		})
		visit, err := d.OpenVisit(by, support.NewVisit{Visit: support.Visit{Ticket: id, Type: l.kinds["Manutenção"], Description: "medir sinal"}, Key: "c"})
		must(t, err)
		if row := ticketOf(o, id); row.Status != ticket.StatusPendente {
			t.Errorf("with a visit it is %s", row.Status)
		}
		if err := d.Close(by, support.Move{Ticket: id, Text: "feito", Key: "d"}); demotest.Fault(err) != "mesmo_assim: ticket_has_visits" {
			t.Errorf("closed although OS %s is open: %v", visit, err)
		}
		if err := d.Close(by, support.Move{Ticket: id, Key: "d"}); demotest.Fault(err) != "fechamento: required" {
			t.Errorf("without a closing: %v", err)
		}
		o.AllOrNothing(t, 8, func() error { return d.Close(by, support.Move{Ticket: id, Text: "feito", Despite: true, Key: "e"}) })
		if err := d.Reopen(by, support.Move{Ticket: id, Text: "não", Key: "f"}); demotest.Fault(err) != "motivo: reason_short" {
			t.Errorf("%v", err)
		}
		o.Pass(7 * 24 * time.Hour)
		o.AllOrNothing(t, 8, func() error { return d.Reopen(by, support.Move{Ticket: id, Text: "voltou a cair", Key: "g"}) })
		if row := ticketOf(o, id); row.Status != ticket.StatusAguardandoAnalise || row.ClosedAt != nil || *row.AssigneeID != l.people["comercial"] {
			t.Errorf("%+v", row)
		}
		must(t, d.Close(by, support.Move{Ticket: id, Text: "de vez", Despite: true, Key: "h"}))
		o.Pass(7*24*time.Hour + time.Second)
		if err := d.Reopen(by, support.Move{Ticket: id, Text: "voltou a cair", Key: "i"}); demotest.Fault(err) != "ticket_old" {
			t.Errorf("after seven days: %v", err)
		}
		if err := d.Say(o.Stranger(), support.Move{Ticket: id, Text: "x"}); demotest.Fault(err) != "not_found" {
			t.Errorf("a stranger: %v", err)
		}
		card, err := d.Ticket(by, id)
		must(t, err)
		var told []string
		for _, e := range card.Entries {
			told = append(told, e.Event)
		}
		if want := "ticket_opened ticket_told_email ticket_forwarded work_order_opened ticket_closed ticket_told_email ticket_reopened ticket_closed ticket_told_email"; strings.Join(told, " ") != want {
			t.Errorf("the thread is %v", told)
		}
	})
}

// The list shows each filter's tickets and counts them.
func TestTheListIsNarrowedDown(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		d, by, l := desk(o), o.As("suporte"), choicesOf(o)
		waiting := opened(t, o, "1")
		o.Pass(time.Minute)
		draft, err := d.Pick(by, o.Service(o.Joao).ID)
		must(t, err)
		show := func(query string, ctx context.Context) (ids []uuid.UUID, list support.Tickets) {
			t.Helper()
			typed := tenants.Typed{}
			for _, part := range strings.Split(query, "&") {
				name, value, _ := strings.Cut(part, "=")
				typed[name] = value
			}
			list, err := d.Tickets(ctx, support.ReadTicketFilter(typed, uuid.Nil))
			must(t, err)
			for _, row := range list.Rows {
				ids = append(ids, row.ID)
			}
			return ids, list
		}
		all := []uuid.UUID{draft.ID, waiting}
		for query, want := range map[string][]uuid.UUID{
			"": all, "situacao=rascunho": {draft.ID}, "situacao=aguardando_analise": {waiting}, "situacao=finalizado": nil, "de=mim": {draft.ID}, "atrasados=sim": nil,
			"q=2026": all, "q=2026 0000 0001": {waiting}, "q=2025": nil, "q=abc": nil, "q=" + strings.Repeat("9", 40): nil,
		} {
			if ids, list := show(query, by); !slices.Equal(ids, want) || list.Total != len(want) {
				t.Errorf("%q shows %v, counted %d", query, ids, list.Total)
			}
		}
		if _, list := show("", by); list.Counts[ticket.StatusRascunho] != 1 || list.Counts[ticket.StatusAguardandoAnalise] != 1 || list.LateOnes != 0 || support.With(list.Rows[1]) != "Financeiro" || support.Type(list.Rows[1]) != "Lentidão" {
			t.Errorf("%+v", list)
		}
		o.Pass(48 * time.Hour)
		if ids, list := show("atrasados=sim", by); !slices.Equal(ids, []uuid.UUID{waiting}) || list.LateOnes != 1 {
			t.Errorf("late are %v", ids)
		}
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.User.UpdateOneID(l.people["financeiro"]).SetSectorID(c.Sector.Query().Where(sector.Name("Financeiro")).OnlyIDX(ctx)).Exec(ctx)
		})
		if ids, _ := show("de=setor", o.As("financeiro")); !slices.Equal(ids, []uuid.UUID{waiting}) {
			t.Errorf("the sector has %v", ids)
		}
		if _, err := d.Tickets(by, support.ReadTicketFilter(nil, demotest.Nobody)); demotest.Fault(err) != "not_found" {
			t.Errorf("nobody's tickets: %v", err)
		}
		if list, err := d.Tickets(o.Stranger(), support.ReadTicketFilter(nil, uuid.Nil)); err != nil || list.All != 0 {
			t.Errorf("a stranger sees %d, %v", list.All, err)
		}
	})
}

// A cancelled service is offered when asked for, and its ticket has only the visits its state permits.
func TestACancelledServiceIsShownWhenAskedFor(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		d, by, l, sub := desk(o), o.As("suporte"), choicesOf(o), o.Service(o.Maria)
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.Subscription.UpdateOneID(sub.ID).SetStatus("cancelado").Exec(ctx)
		})
		offer, err := d.Offer(by, o.Maria.ID, false)
		if err != nil || len(offer.Services) != 0 || offer.Cancelled != 1 {
			t.Errorf("%+v, %v", offer, err)
		}
		if offer, err = d.Offer(by, o.Maria.ID, true); err != nil || len(offer.Services) != 1 {
			t.Errorf("%+v, %v", offer, err)
		}
		id := pick(t, o)
		in := support.Opening{Ticket: id, Type: l.types["Outros assuntos"], Text: "devolver a ONU", Status: ticket.StatusPendente, Visit: &support.Visit{Type: l.kinds["Manutenção"], Description: "retirar"}, Key: "1"}
		if err := d.Open(by, in); demotest.Fault(err) != "os_tipo: type_not_permitted" {
			t.Errorf("%v", err)
		}
		in.Visit.Type = l.kinds["Retirada de equipamento"]
		must(t, d.Open(by, in))
	})
}
