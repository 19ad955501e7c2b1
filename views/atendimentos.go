package views

import "cmp"

// AtendimentoNovo looks for whom a ticket, or a visit, is for, and then for which of their services.
type AtendimentoNovo struct {
	Head     Head
	Section  string
	Form     Form // of the search
	Own      string
	Found    []Entry
	Searched bool
	Empty    Empty
	Warning  *Verdict // of visits that are open
	Down     *Verdict // of an outage under way
	Services []Escolha
	Switch   *Link // Exibir Cancelados, or the way back
	NoneHere Empty
}

// Escolha is a service that may be picked: a button where picking it changes something, else a link.
type Escolha struct {
	Label, Memo string
	Status      Status
	Href        string
	Post        *Form
	Value       string // of the button, under servico
	Draft       string // of the rascunho that is resumed
}

// Page of a new ticket.
func (v AtendimentoNovo) Page() Page {
	return Page{Template: "atendimentos/novo", Title: cmp.Or(v.Head.Title, "Abrir Atendimento"), Section: cmp.Or(v.Section, "/atendimentos")}
}

// Atendimento is one ticket: the form of a rascunho, or the thread of one that was opened, and the diagnosis kept with it.
type Atendimento struct {
	Head      Head
	Warning   *Verdict // of visits that are open
	Down      *Verdict // of an outage under way
	Refused   Form     // of what came too late
	Draft     *Rascunho
	Facts     []Fact
	Talk      Conversa
	Visits    []Entry
	Acts      AcoesAtendimento
	Diagnosis *Diagnosis
	NoLook    Empty // in place of a diagnosis
}

// Conversa is the part of a ticket that changes while its page stands open.
type Conversa struct {
	Own     string   // path of the ticket
	Self    string   // where it is asked for anew; "": it no longer asks by itself
	Waits   *Verdict // that the subscriber waits, or talks in it
	Release *Link    // gives the chat back to the bot; nil while nobody talks
	Thread  []Happening
	Files   []Entry
	News    string // what is new, for a screen reader; "" for nothing
}

// Rascunho is the form of a ticket, with that of its visit.
type Rascunho struct {
	Form    Form
	Action  string
	Types   []Option
	Ends    []Option
	Targets []Option
	Visit   Visita
}

// Visita is what the form of a visit chooses from.
type Visita struct {
	Form                 Form
	Kinds, States        []Option
	Technicians, Helpers []Option
	Busy                 string // why the switch Marcar mesmo assim is there; "" for no switch
	Agenda               string // where the days of the technicians are
	Planned              bool   // only who comes when, in a narrow column
}

// Busied offers the switch Marcar mesmo assim where a technician was found to be elsewhere, or where it is on.
func Busied(v *Visita, f *Form) {
	for _, p := range f.Problems {
		if p.Field == "os_mesmo_assim" {
			v.Busy = "O técnico ficará com duas visitas ao mesmo tempo"
		}
	}
	if f.Typed.Get("os_mesmo_assim") != "" {
		v.Busy = "O técnico ficará com duas visitas ao mesmo tempo"
	}
}

// AcoesAtendimento are the forms of what can be done with a ticket; nil what cannot, or not by this person.
type AcoesAtendimento struct {
	Note, Answer           *Acao // for the office, to the subscriber
	Forward, Close, Reopen *Acao
	Attach                 *Acao
	Targets, Types         []Option
	Visit                  string // where a visit is opened from it; "" for nowhere
	Pending                bool   // visits of it are open: to close it is asked about
}

// Page of a ticket.
func (v Atendimento) Page() Page {
	title := v.Refused.Title(v.Head.Title)
	if v.Draft != nil {
		title = v.Draft.Form.Title(title)
	}
	for _, one := range []*Acao{v.Acts.Note, v.Acts.Answer, v.Acts.Forward, v.Acts.Close, v.Acts.Reopen, v.Acts.Attach} {
		if one != nil {
			title = one.Form.Title(title)
		}
	}
	return Page{Template: "atendimentos/atendimento", Title: cmp.Or(title, "Atendimento"), Section: "/atendimentos"}
}

// Opens puts the form that stands open in its place, with what is wrong with it; what can no longer be done, its problems stand on top.
func (v *Atendimento) Opens(name string, refused *Form) {
	acts := map[string]*Acao{"nota": v.Acts.Note, "responder": v.Acts.Answer, "encaminhar": v.Acts.Forward, "resolver": v.Acts.Close, "reabrir": v.Acts.Reopen, "anexos": v.Acts.Attach}
	opens(acts[name], refused, &v.Refused)
}

// opens opens a form, and puts what was refused of it there, or on top of the page.
func opens(one *Acao, refused, top *Form) {
	switch {
	case one != nil && refused != nil:
		one.Form, one.Open = *refused, true
	case one != nil:
		one.Open = true
	case refused != nil:
		*top = *refused
	}
}

// Protocolo is a ticket as its subscriber sees it by the link of a letter.
type Protocolo struct {
	Number  string
	Status  Status
	Opened  string
	Own     string // path of the page
	Said    []Happening
	Over    bool
	Closing string
	Mark    *Form // of a ticket that is over; nil: of none
	Marks   []Option
	Given   string // the mark it has; "" for none
	Reply   *Form  // nil: it is over for too long
}

// Asks is what the subscriber is asked to write, and Hint what becomes of it.
func (v Protocolo) Asks() string {
	if v.Over {
		return "Ainda não resolveu?"
	}
	return "Responder"
}

// Hint is what becomes of what is written.
func (v Protocolo) Hint() string {
	if v.Over {
		return "Diga o que falta: o atendimento é reaberto com o mesmo protocolo"
	}
	return "Quem atende você lê aqui mesmo"
}

// Page of a ticket for its subscriber.
func (v Protocolo) Page() Page {
	title := "Protocolo " + v.Number
	for _, one := range []*Form{v.Mark, v.Reply} {
		if one != nil {
			title = one.Title(title)
		}
	}
	return Page{Template: "atendimentos/protocolo", Title: title, Gate: true, Public: true}
}

// OrdemNova asks for a visit.
type OrdemNova struct {
	Head    Head
	Warning *Verdict
	Form    Form
	Action  string
	Button  string
	Visit   Visita
}

// Page of a new visit.
func (v OrdemNova) Page() Page {
	return Page{Template: "ordens/nova", Title: v.Form.Title(cmp.Or(v.Head.Title, "Abrir Ordem de Serviço")), Section: "/ordens-de-servico"}
}

// Ordem is one visit: where and when, its thread, what was used, and what can be done with it.
type Ordem struct {
	Head      Head
	Refused   Form
	Enable    *Link // Habilitar, offered once an installation is finished
	Facts     []Fact
	Reach     []Link // to call and to find the way
	Said      string // the description
	Done      string
	Thread    []Happening
	Materials Table
	Photos    []Entry
	Acts      AcoesOrdem
}

// AcoesOrdem are the forms of what can be done with a visit; nil what cannot, or not by this person.
type AcoesOrdem struct {
	SetOut, Begin                                      *Link
	Note, Schedule, Finish, CallOff, Use, Attach, Sign *Acao
	Visit                                              Visita // of Schedule
	Again                                              bool   // it was agreed upon before: Schedule asks why
	Units, Kinds                                       []Option
	Ticket                                             bool // finishing may close it
}

// Page of a visit.
func (v Ordem) Page() Page {
	title := v.Refused.Title(v.Head.Title)
	for _, one := range []*Acao{v.Acts.Note, v.Acts.Schedule, v.Acts.Finish, v.Acts.CallOff, v.Acts.Use, v.Acts.Attach, v.Acts.Sign} {
		if one != nil {
			title = one.Form.Title(title)
		}
	}
	return Page{Template: "ordens/ordem", Title: cmp.Or(title, "Ordem de serviço"), Section: "/ordens-de-servico"}
}

// Opens puts the form that stands open in its place, with what is wrong with it.
func (v *Ordem) Opens(name string, refused *Form) {
	acts := map[string]*Acao{"nota": v.Acts.Note, "agendar": v.Acts.Schedule, "finalizar": v.Acts.Finish, "cancelar": v.Acts.CallOff, "materiais": v.Acts.Use, "anexos": v.Acts.Attach, "assinatura": v.Acts.Sign}
	opens(acts[name], refused, &v.Refused)
}

// Agenda is a day of those who make visits.
type Agenda struct {
	Head          Head
	Day           Form // asks for another day
	Before, After Link
	Days          []Dia
	Without       []Entry // still to be agreed upon
}

// Dia is somebody's day.
type Dia struct {
	Name   string
	Visits []Parada
	Empty  string
}

// Parada is a visit of a day: large enough for a thumb.
type Parada struct {
	When, Title, Href, Who, Where string
	Status                        Status
	Reach                         []Link
}

// Page of a day.
func (v Agenda) Page() Page {
	return Page{Template: "ordens/agenda", Title: cmp.Or(v.Head.Title, "Agenda"), Section: "/ordens-de-servico"}
}
