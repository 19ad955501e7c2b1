// Package sales is where a clerk sells: the wizard of six steps with its drafts, and the one transaction that saves a sale.
package sales

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"enlace/ent/planchange"
	"enlace/ent/subscription"
	"enlace/ent/subscriptionaddress"
	"enlace/ent/workorder"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/customers"
	"enlace/tenants/money"
)

// Desk is where services are sold.
type Desk struct {
	DB *tenants.DB
}

// Step is one part of what a sale asks for; a Wizard says on which page.
type Step int

// The steps, in order; the review is the foot of the last one.
const (
	StepCustomer Step = iota + 1
	StepAddress
	StepPlan
	StepContract
	StepBilling
	StepWorkOrder

	// Of a transfer alone.
	StepTaker    // who takes the service over, of those who are there
	StepTransfer // how it is done
)

// Steps lists those of a sale.
var Steps = []Step{StepCustomer, StepAddress, StepPlan, StepContract, StepBilling, StepWorkOrder}

// every step there is.
var every = append(Steps[:len(Steps):len(Steps)], StepTaker, StepTransfer)

// Sale is everything a sale consists of.
type Sale struct {
	Holder          uuid.UUID                          // an existing customer; none: the one below is added
	Returns         uuid.UUID                          // the cancelled service that comes back by it; none: a plain sale
	Customer        customers.Registration             // of a new one
	Places          map[subscriptionaddress.Role]Place // the cadastral one is always there; a role that is not has the same
	Plan            uuid.UUID
	Price           money.Cents // 0: the plan's
	DiscountFixed   money.Cents
	DiscountPercent int // hundredths of a percent, after the fixed one (money.md M9)
	DiscountMonths  int // whole months the discount holds; 0: always
	Seller          uuid.UUID
	SoldOn          calendar.Date
	Template        uuid.UUID // none: the plan's own, or no contract
	Method          uuid.UUID
	DueDay          int
	Mode            subscription.Mode
	Booklet         bool
	SeparateBill    bool
	SeparateNote    bool
	FeeChoice       subscription.FeeChoice
	Fee             money.Cents
	FeeParts        int
	IdleFee         money.Cents // typed though no fee is charged
	Visit           *Visit

	// Of Migrar para Outro Serviço alone.
	From      uuid.UUID // the service that is replaced
	Immediate bool      // Executar Migração Imediata
	Open      planchange.OpenBooklet
	Override  string // why a suspended service may be migrated, or change hands

	// Of Migrar para Outro Cliente alone.
	Handed uuid.UUID // the service that changes hands
	Waits  bool      // for what both must accept
}

// Visit is the installation asked for with the sale.
type Visit struct {
	Type        uuid.UUID
	Technician  uuid.UUID
	Day         calendar.Date
	StartsAt    time.Time // zero: not scheduled
	Minutes     int       // 0: the type's own
	Waits       bool      // aguardando agendamento, whatever is filled in
	Despite     bool      // the technician has another visit then, and that is accepted
	Description string
}

// Read reads the steps of Adicionar Cliente up to and with the last one given; what is wrong with a field is noted under its name.
func Read(t tenants.Typed, last Step, today calendar.Date, zone *time.Location) (Sale, tenants.Fields) {
	return read(t, Steps[:last], today, zone)
}

// ReadTerms reads what a service is sold for and how it is collected, with neither customer nor place: of one that another system had.
func ReadTerms(t tenants.Typed, today calendar.Date, zone *time.Location) (Sale, tenants.Fields) {
	return read(t, []Step{StepPlan, StepBilling}, today, zone)
}

func (s *Sale) read(step Step, t tenants.Typed, today calendar.Date, zone *time.Location, wrong *tenants.Fields) {
	switch step {
	case StepCustomer:
		s.Customer = customers.ReadRegistration(t, today, wrong)
	case StepAddress:
		s.Places = readPlaces(t, wrong)
	case StepPlan:
		s.readPlan(t, today, wrong)
	case StepContract:
		s.Template = t.ID("modelo")
	case StepBilling:
		s.readBilling(t, wrong)
	case StepWorkOrder:
		s.readVisit(t, today, zone, wrong)
	case StepTaker:
		if s.Handed != uuid.Nil {
			s.Holder = t.RequiredID(wrong, "titular")
		}
	case StepTransfer:
		if s.Handed != uuid.Nil {
			s.Override, s.Waits = t.Lines(wrong, "motivo_debito"), t.Yes("aceites")
		}
	}
}

func (s *Sale) readPlan(t tenants.Typed, today calendar.Date, wrong *tenants.Fields) {
	s.Plan = t.RequiredID(wrong, "plano")
	if s.Price = t.Cents(wrong, "preco"); s.Price == 0 && strings.TrimSpace(t["preco"]) != "" {
		wrong.Add("preco", "positive") // none is typed by leaving it empty: the plan's own
	}
	s.DiscountFixed = t.Cents(wrong, "desconto")
	s.DiscountPercent = t.Percent(wrong, "desconto_percentual")
	s.DiscountMonths = t.Int(wrong, "desconto_meses", 0, money.MostInstalments)
	s.Seller = t.ID("vendedor")
	if s.SoldOn = t.Date(wrong, "data_venda"); s.SoldOn.IsZero() {
		s.SoldOn = today
	}
	if s.SoldOn.After(today) {
		wrong.Add("data_venda", "future")
	}
	s.Immediate, s.Override = t.Yes("imediata"), t.Lines(wrong, "motivo_excecao")
}

// mostFeeParts is in how many monthly invoices an installation fee may be spread.
const mostFeeParts = 12

// LastDue is how the last day of the month is chosen as the due day; 29 to 31 are none.
const LastDue = "ultimo"

// TypedDueDay is a due day as its choice is sent.
func TypedDueDay(day int) string {
	if day == calendar.LastDay {
		return LastDue
	}
	return strconv.Itoa(day)
}

func (s *Sale) readBilling(t tenants.Typed, wrong *tenants.Fields) {
	s.Method = t.RequiredID(wrong, "forma_cobranca")
	switch strings.TrimSpace(t["dia_vencimento"]) {
	case "":
		wrong.Add("dia_vencimento", "required")
	case LastDue:
		s.DueDay = calendar.LastDay
	default:
		if s.DueDay = t.Int(wrong, "dia_vencimento", 1, calendar.LastDay); s.DueDay > 28 {
			wrong.Add("dia_vencimento", "due_day")
		}
	}
	s.Mode = subscription.Mode(t.Choice(wrong, "tipo_cobranca", "antecipado", "postecipado"))
	s.Booklet, s.SeparateBill, s.SeparateNote = t.Yes("carne"), t.Yes("fatura_separada"), t.Yes("nota_separada")
	if t["carne_aberto"] != "" {
		s.Open = planchange.OpenBooklet(t.Choice(wrong, "carne_aberto", "reprice", "reissue", "keep"))
	}
	if s.Booklet && t["taxa"] == "" { // the page puts the choice that was made out of reach once the carnê is on
		wrong.Add("taxa", "fee_with_booklet")
	}
	s.FeeChoice = subscription.FeeChoice(t.Choice(wrong, "taxa", "none", "first_invoices", "upfront"))
	if s.FeeChoice == subscription.FeeChoiceNone {
		s.IdleFee = t.Cents(wrong, "taxa_valor")
		if strings.TrimSpace(t["taxa_parcelas"]) != "" {
			wrong.Add("taxa", "fee_idle")
		}
		return
	}
	if s.Fee = t.Cents(wrong, "taxa_valor"); s.Fee == 0 {
		wrong.Add("taxa_valor", "positive")
	}
	if s.FeeChoice == subscription.FeeChoiceFirstInvoices {
		s.FeeParts = t.Int(wrong, "taxa_parcelas", 1, mostFeeParts)
		if s.Booklet { // product.md §2.1: with carnê the fee cannot ride on monthly invoices
			wrong.Add("taxa", "fee_with_booklet")
		}
	}
}

// visitTyped are the fields of a visit that stand empty until somebody fills them. Filled beside a switch that is off they are refused: a
// technician is neither sent nor forgotten because of a guess.
var visitTyped = []string{"os_tecnico", "os_data", "os_hora", "os_minutos", "os_descricao"}

func (s *Sale) readVisit(t tenants.Typed, today calendar.Date, zone *time.Location, wrong *tenants.Fields) {
	if !t.Yes("os") {
		if slices.ContainsFunc(visitTyped, func(field string) bool { return strings.TrimSpace(t[field]) != "" }) {
			wrong.Add("os", "visit_idle")
		}
		return
	}
	v := &Visit{Type: t.RequiredID(wrong, "os_tipo"), Technician: t.ID("os_tecnico"), Day: t.Date(wrong, "os_data"),
		Minutes: t.Int(wrong, "os_minutos", 0, 24*60), Description: t.PrintedLines(wrong, "os_descricao"),
		Waits: t["os_status"] == string(workorder.StatusAguardandoAgendamento), Despite: t.Yes("os_mesmo_assim")}
	if t["os_status"] == string(workorder.StatusAgendada) { // an hour agreed upon has somebody who comes
		if v.Technician == uuid.Nil {
			wrong.Add("os_tecnico", "required")
		}
		t.RequiredDate(wrong, "os_data")
	}
	if v.Description == "" {
		wrong.Add("os_descricao", "required")
	}
	hour := t.Text(wrong, "os_hora")
	switch at, err := time.Parse("15:04", hour); {
	case hour == "" && v.Day.IsZero():
	case hour == "" || err != nil:
		wrong.Add("os_hora", "hour")
	case v.Day.IsZero():
		wrong.Add("os_data", "required")
	case v.Day.Before(today):
		wrong.Add("os_data", "past")
	default:
		v.StartsAt = v.Day.At(at.Hour(), at.Minute(), zone)
	}
	s.Visit = v
}
