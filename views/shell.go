package views

import (
	"html/template"
	"strconv"
	"strings"

	"enlace/tenants/staff"
)

// Shell is the page around a view: head, rail, bar.
type Shell struct {
	Page
	ISP      string
	Operator bool   // at the operator's host: its own rail, and no search among customers
	Logo     string // address of the brand's logo, where there is one
	Sheet    string // address of the brand's style sheet, where there is one
	Theme    string // light, dark, or empty: as the system has it
	Person   *Person
	Form     Form // of the small forms of the rail
	Nav      []Place
	Finds    bool // may search
	Drafts   int  // how many the person has
	Waiting  int  // tickets that wait for the person
	Adds     []Link
	Toast    Toast
	Body     template.HTML // the view, rendered; the only HTML that is not made in this very pass
}

// Person is who is signed in.
type Person struct{ Name, Role string }

// Place is a link of the rail. One without Href is the name of those under it.
type Place struct {
	Label, Href string
	Gap         bool // a space above
	Current     bool
	Waiting     int // of Atendimentos, that wait for the person
}

// Initial stands in the ISP's mark until it has a logo.
func (s Shell) Initial() string {
	for _, r := range s.ISP {
		return strings.ToUpper(string(r))
	}
	return "e"
}

// places are the places of the office, each with the permission without which it would only be a refusal.
var places = []struct {
	Place
	needs []staff.Permission
}{
	{Place{Label: "Painel", Href: "/"}, nil},
	{Place{Label: "Clientes", Href: "/clientes"}, []staff.Permission{staff.See}},
	{Place{Label: "Carnês", Href: "/carnes"}, []staff.Permission{staff.See}},
	{Place{Label: "Financeiro", Href: "/financeiro"}, []staff.Permission{staff.Charge, staff.Receive}},
	{Place{Label: "Caixa", Href: "/caixa"}, []staff.Permission{staff.Receive}},
	{Place{Label: "Atendimento e OS"}, []staff.Permission{staff.Attend, staff.Visit}},
	{Place{Label: "Atendimentos", Href: "/atendimentos"}, []staff.Permission{staff.Attend}},
	{Place{Label: "Ordens de serviço", Href: "/ordens-de-servico"}, []staff.Permission{staff.Attend, staff.Visit}},
	{Place{Label: "Relatórios", Href: "/relatorios/vendas", Gap: true}, []staff.Permission{staff.ReportSales}},
	{Place{Label: "Configurações", Href: "/configuracoes", Gap: true}, []staff.Permission{staff.Configure, staff.ManageUsers}},
}

// operatorPlaces are the places of the operator.
var operatorPlaces = []Place{{Label: "Provedores", Href: "/"}, {Label: "Histórico", Href: "/historico"}}

var adds = []struct {
	Link
	needs staff.Permission
}{
	{Link{Label: "Cliente", Href: "/clientes/novo"}, staff.Sell},
}

// Furnish fills the rail and the bar with what the person may use.
func (s Shell) Furnish(may map[staff.Permission]bool) Shell {
	if s.Operator {
		return s.furnishOperator()
	}
	for _, p := range places {
		allowed := p.needs == nil
		for _, need := range p.needs {
			allowed = allowed || may[need]
		}
		if allowed {
			p.Current = p.Href != "" && p.Href == s.Section
			if p.Href == "/atendimentos" {
				p.Waiting = s.Waiting
			}
			s.Nav = append(s.Nav, p.Place)
		}
	}
	s.Finds = may[staff.See]
	for _, a := range adds {
		if may[a.needs] {
			s.Adds = append(s.Adds, a.Link)
		}
	}
	return s
}

func (s Shell) furnishOperator() Shell {
	s.ISP = "Operador"
	for _, p := range operatorPlaces {
		p.Current = p.Href == s.Section
		s.Nav = append(s.Nav, p)
	}
	s.Adds = []Link{{Label: "Provedor", Href: "/provedores/novo"}}
	return s
}

// Number writes a count with its thousands apart: 12.408.
func Number(n int) string { return number(n) }

// number writes a count with its thousands apart: 12.408.
func number(n int) string { return thousands(strconv.Itoa(n)) }

// thousands sets apart those of figures.
func thousands(digits string) string {
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "." + digits[i:]
	}
	return digits
}
