package money

import (
	"errors"

	"enlace/tenants/calendar"
)

// Mode says whether an invoice pays the period that begins on its due date or the one that ends there.
type Mode string

const (
	Antecipado  Mode = "antecipado"  // the invoice due on D covers [D, next D)
	Postecipado Mode = "postecipado" // the invoice due on D covers [previous D, D)
)

// Valid says whether m is one of the two modes.
func (m Mode) Valid() bool { return m == Antecipado || m == Postecipado }

// MostInstalments is the longest carnê, five years.
const MostInstalments = 60

var (
	ErrMode            = errors.New("the mode is neither antecipado nor postecipado")
	ErrInstalments     = errors.New("a carnê has 1 to 60 instalments")
	ErrMoreThan2Cycles = errors.New("the first use lies more than two cycles before the first due date")
	ErrNothingToBill   = errors.New("the first instalment would cover no day")
)

// Terms are what a carnê or a first invoice is reckoned from.
type Terms struct {
	Price       Price
	Start       calendar.Date // first day of use, or the end of the last period billed
	FirstDue    calendar.Date
	DueDay      int // 1 to 31; 29 and 30 clamp to a shorter month's end and return, 31 is the last day
	Instalments int
	Mode        Mode
	Base        Base
	WholeBilled int // whole periods billed before, for a discount of the first n months
}

// Instalment is one invoice of a schedule.
type Instalment struct {
	Due   calendar.Date
	Lines []Line
}

// Total is the amount of the instalment in cents.
func (i Instalment) Total() Cents {
	var sum Cents
	for _, l := range i.Lines {
		sum += l.Amount
	}
	return sum
}

// Covers is the run of days the instalment pays for.
func (i Instalment) Covers() calendar.Period {
	return calendar.Period{From: i.Lines[0].Period.From, To: i.Lines[len(i.Lines)-1].Period.To}
}

// Schedule reckons every instalment of a carnê (money.md M1, M2). The days from the first use to the first due date are whole cycles
// counted back from it and one stub, each its own line of the first instalment. An antecipado carnê adds to them the period that begins
// on the first due date; a start on the first due date itself, as in a renewal, leaves only that one.
// It returns ErrInstalments, ErrMode, ErrDueDay, ErrBase, ErrBeforeStart, ErrMoreThan2Cycles or ErrNothingToBill.
func Schedule(t Terms) ([]Instalment, error) {
	if err := t.check(); err != nil {
		return nil, err
	}
	lines, err := t.untilFirstDue()
	if err != nil {
		return nil, err
	}
	whole := t.WholeBilled
	for _, l := range lines {
		if l.Whole {
			whole++
		}
	}
	period := func(k int) Line { // the k-th whole period from the first due date on
		cycle := calendar.Period{From: t.due(k), To: t.due(k + 1)}
		return wholeLine(t.Price.Of(whole+k), cycle)
	}
	schedule := make([]Instalment, t.Instalments)
	for k := range schedule {
		schedule[k].Due = t.due(k)
		switch {
		case t.Mode == Antecipado && k == 0:
			schedule[k].Lines = append(lines, period(0))
		case t.Mode == Antecipado:
			schedule[k].Lines = []Line{period(k)}
		case k == 0:
			schedule[k].Lines = lines
		default:
			schedule[k].Lines = []Line{period(k - 1)}
		}
	}
	if len(schedule[0].Lines) == 0 {
		return nil, ErrNothingToBill
	}
	return schedule, nil
}

func (t Terms) check() error {
	switch {
	case t.Instalments < 1 || t.Instalments > MostInstalments:
		return ErrInstalments
	case !t.Mode.Valid():
		return ErrMode
	case t.DueDay < 1 || t.DueDay > calendar.LastDay:
		return ErrDueDay
	case t.Start.After(t.FirstDue):
		return ErrBeforeStart
	}
	return checkPrice(t.Price.Contracted, t.Base)
}

// due is the due date of the k-th instalment; negative k counts back.
func (t Terms) due(k int) calendar.Date {
	if k == 0 {
		return t.FirstDue
	}
	return calendar.AddMonths(t.FirstDue, k, t.DueDay)
}

// untilFirstDue lists, oldest first, what the days before the first due date cost.
func (t Terms) untilFirstDue() ([]Line, error) {
	one, two := t.due(-1), t.due(-2)
	switch {
	case t.Start == t.FirstDue:
		return nil, nil
	case t.Start.Before(two):
		return nil, ErrMoreThan2Cycles
	case !t.Start.Before(one):
		return t.stubTo(t.FirstDue)
	}
	lines, err := t.stubTo(one)
	if err != nil {
		return nil, err
	}
	counted := 0
	if lines[0].Whole {
		counted = 1
	}
	return append(lines, wholeLine(t.Price.Of(t.WholeBilled+counted), calendar.Period{From: one, To: t.FirstDue})), nil
}

func (t Terms) stubTo(due calendar.Date) ([]Line, error) {
	line, err := Stub(t.Price.Of(t.WholeBilled), t.Start, due, t.DueDay, t.Base)
	if err != nil {
		return nil, err
	}
	return []Line{line}, nil
}
