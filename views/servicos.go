package views

import "cmp"

// Servico is one service of a customer.
type Servico struct {
	Head      Head
	Slip      Slip
	Facts     []Fact
	Debt      []Entry
	Session   []Fact     // that runs
	Diagnosis *Diagnosis // nil for who may not see it
	Suspend   *Form      // of suspending by hand, when it can be done
	Suspends  string
	Migration *Migracao // for which it waits; nil: none

	Login       *Form // Login de conexão; nil for who may not give one
	LoginAction string
}

// Page of a service.
func (v Servico) Page() Page {
	return Page{Template: "servicos/servico", Title: cmp.Or(v.Head.Title, "Serviço"), Section: "/clientes"}
}

// Desbloqueio is the form of Desbloqueio em Confiança.
type Desbloqueio struct {
	Head    Head
	Form    Form
	Action  string
	Rule    Verdict
	Leaving string
}

// Page of the unblock.
func (v Desbloqueio) Page() Page {
	return Page{Template: "servicos/desbloqueio", Title: v.Form.Title("Desbloqueio em Confiança"), Section: "/clientes"}
}

// Migracao is the migration for which a service waits.
type Migracao struct {
	From    Link
	Expires string
	Sum     Sum
	Why     *Verdict // why it cannot be enabled now
	Action  string
	Enable  Form
	GiveUp  string
	Form    Form
}
