package demo

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/email"
	"enlace/ent/outbox"
	"enlace/ent/sector"
	"enlace/ent/ticket"
	"enlace/ent/user"
	"enlace/ent/workorder"
	"enlace/tenants"
	"enlace/tenants/mail"
	"enlace/tenants/subscriptions"
	"enlace/tenants/support"
)

// complaints are what subscribers of the demonstration call for, and what became of it.
var complaints = []struct {
	kind       string // tipo de atendimento
	said, done string
	visit      bool // somebody goes there
}{
	{"Lentidão", "a internet fica lenta à noite", "o canal do Wi-Fi foi trocado com o cliente ao telefone", false},
	{"Sem conexão", "está sem internet desde ontem, luz vermelha no aparelho", "conector refeito e sinal medido", true},
	{"Dúvida financeira", "não entendeu o valor da primeira fatura", "os dias proporcionais foram explicados", false},
	{"Outros assuntos", "quer mudar a senha do Wi-Fi", "senha trocada com o cliente ao telefone", false},
	{"Sem conexão", "a conexão cai quando chove", "cabo externo substituído", true},
}

// marks are what the tickets that ended are given, in turn; 0 is none.
var marks = []int{5, 4, 0, 5, 3, 5, 4, 0, 2, 5, 1}

const (
	attended    = 6      // one service in so many had a ticket
	ticketsOver = 80     // days
	stillOpen   = 5      // the last ones
	madeUp      = "demo" // what the keys of forms begin with that nobody filled in
)

// attend has some services attended over the last months, in the order of the days: most tickets ended and were given a mark, the last are open.
func (s *stage) attend(ctx context.Context) error {
	var served []*ent.Subscription
	for i := attended - 1; i < len(s.running); i += attended {
		served = append(served, s.running[i])
	}
	if len(served) == 0 {
		return nil
	}
	desk, err := s.supporters(ctx)
	if err != nil {
		return err
	}
	for i, sub := range served {
		left := len(served) - i
		day := s.today.AddDays(-1 - (left-1)*ticketsOver/len(served))
		err := s.on(day, func() error { return desk.attend(ctx, sub, i, left <= stillOpen) })
		if err != nil {
			return fmt.Errorf("the ticket of service %d: %w", sub.Number, err)
		}
	}
	return s.written(ctx)
}

// written has the letters about what was made up be sent when it was, as all of it is made up: nobody is written to by the workers of an installation
// that has just begun.
func (s *stage) written(ctx context.Context) error {
	if _, err := s.c.Outbox.Delete().Where(outbox.Kind(mail.Deliver)).Exec(ctx); err != nil {
		return err
	}
	letters, err := s.c.Email.Query().Where(email.About("ticket")).All(ctx)
	for _, one := range letters {
		if err == nil {
			err = one.Update().SetStatus(email.StatusSent).SetTries(1).SetSentAt(one.CreatedAt).Exec(ctx)
		}
	}
	return err
}

// supporters are those who attend, and what they choose from.
type supporters struct {
	*stage
	desk       support.Desk
	who        tenants.Actor
	technician tenants.Choice
	sector     uuid.UUID
	kinds      map[string]uuid.UUID // of tickets
	visit      uuid.UUID            // type of the visits
}

func (s *stage) supporters(ctx context.Context) (*supporters, error) {
	of := &supporters{stage: s, desk: support.Desk{DB: s.db, Diagnose: subscriptions.Desk{DB: s.db}.Diagnose}, technician: s.choices.Technicians[0], kinds: map[string]uuid.UUID{}}
	person, err := s.c.User.Query().Where(user.RoleEQ(user.RoleSuporte)).Only(ctx)
	if err != nil {
		return nil, err
	}
	of.who = tenants.Actor{Kind: tenants.User, ID: person.ID, Name: person.Name, Role: string(person.Role), Channel: tenants.Web}
	if of.sector, err = s.c.Sector.Query().Where(sector.Name("Suporte")).OnlyID(ctx); err != nil {
		return nil, err
	}
	if err := person.Update().SetSectorID(of.sector).Exec(ctx); err != nil {
		return nil, err
	}
	types, err := s.c.TicketType.Query().All(ctx)
	for _, kind := range types {
		of.kinds[kind.Name] = kind.ID
	}
	for _, kind := range s.choices.WorkOrderTypes {
		if kind.Name == "Manutenção" {
			of.visit = kind.ID
		}
	}
	return of, err
}

// attend has one service attended: the call, who looks at it, the visit where one is needed, the end, and the mark.
func (s *supporters) attend(ctx context.Context, sub *ent.Subscription, turn int, open bool) error {
	what, by := complaints[turn%len(complaints)], tenants.As(ctx, s.who)
	picked, err := s.desk.Pick(by, sub.ID)
	if err != nil {
		return err
	}
	key := func(of string) string { return fmt.Sprintf("%s-%s-%s", madeUp, picked.Protocol, of) }
	in := support.Opening{Ticket: picked.ID, Type: s.kinds[what.kind], Text: "Demonstração: " + what.said + ".", Status: ticket.StatusAguardandoAnalise, To: support.Destination{User: s.who.ID}, Key: key("abrir")}
	if turn%4 == 0 {
		in.To = support.Destination{Sector: s.sector}
	}
	if what.visit {
		at := s.now.Add(3 * time.Hour)
		if open { // it is to come yet
			at = s.today.AddDays(1+turn%3).At(9+turn%8, 0, s.zone)
		}
		in.Status, in.To = ticket.StatusPendente, support.Destination{}
		in.Visit = &support.Visit{Type: s.visit, Technician: s.technician.ID, StartsAt: at, Despite: true, Description: in.Text}
	}
	if err := s.desk.Open(by, in); err != nil || open {
		return err
	}
	s.now = s.now.Add(4 * time.Hour)
	if what.visit {
		err = s.repair(by, picked, what.done, key)
	} else {
		err = s.desk.Close(by, support.Move{Ticket: picked.ID, Text: "Demonstração: " + what.done + ".", Key: key("resolver")})
	}
	if mark := marks[turn%len(marks)]; err == nil && mark > 0 {
		s.now = s.now.Add(time.Hour)
		subscriber := tenants.As(ctx, tenants.Actor{Kind: tenants.Subscriber, ID: sub.CustomerID, Name: "Assinante da demonstração", Channel: tenants.Telegram})
		_, err = s.desk.Rate(subscriber, picked.ID, mark)
	}
	return err
}

// repair has the technician come, do it, and end the ticket with the visit.
func (s *supporters) repair(by context.Context, of *ent.Ticket, done string, key func(string) string) error {
	technician := tenants.As(by, tenants.Actor{Kind: tenants.User, ID: s.technician.ID, Name: s.technician.Name, Role: string(user.RoleTecnico), Channel: tenants.Web})
	visit, err := s.c.WorkOrder.Query().Where(workorder.TicketID(of.ID)).OnlyID(by)
	if err != nil {
		return err
	}
	if err := s.desk.Begin(technician, support.VisitMove{WorkOrder: visit, Key: key("iniciar")}); err != nil {
		return err
	}
	s.now = s.now.Add(40 * time.Minute)
	return s.desk.Finish(technician, support.VisitMove{WorkOrder: visit, Text: "Demonstração: " + done + ".", CloseTicket: true, Key: key("finalizar")})
}
