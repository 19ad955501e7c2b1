package money

import (
	"errors"
	"fmt"

	"enlace/tenants/calendar"
)

var (
	ErrOverDebt  = errors.New("more is forgiven or paid at once than is owed")
	ErrNoEntry   = errors.New("an entry is due before the instalments")
	ErrPartEmpty = errors.New("an instalment would come to nothing")
)

// Agreeing is a debt that is to be paid in instalments.
type Agreeing struct {
	Owed     Cents // principal and late charges, reckoned for the day of the agreement
	Discount Cents
	Entry    Cents // 0: none
	EntryDue calendar.Date
	Parts    int // of what the entry leaves
	FirstDue calendar.Date
}

// AgreedPart is one instalment of an agreement.
type AgreedPart struct {
	Due    calendar.Date
	Amount Cents
	Memo   string
}

// Total is what the agreement comes to.
func (a Agreeing) Total() Cents { return a.Owed - a.Discount }

// Agree divides a debt: the entry first, then what it leaves in parts as equal as cents allow, the larger ones first, a month apart on the
// day of the first; a 29, 30 or 31 clamps to a shorter month's end and returns. The parts add up to what is owed less the discount.
// It returns ErrOverDebt, ErrNoEntry, ErrPartEmpty or the errors of Parts.
func Agree(a Agreeing) ([]AgreedPart, error) {
	rest := a.Total() - a.Entry
	switch {
	case a.Discount < 0 || a.Entry < 0:
		return nil, ErrNegative
	case a.Total() <= 0 || rest < 0:
		return nil, ErrOverDebt
	case rest == 0 && a.Entry > 0:
		return []AgreedPart{{a.EntryDue, a.Entry, "entrada, valor inteiro do acordo"}}, nil
	case a.Entry > 0 && !a.EntryDue.Before(a.FirstDue):
		return nil, ErrNoEntry
	}
	amounts, err := Parts(rest, a.Parts)
	if err != nil {
		return nil, err
	}
	if amounts[len(amounts)-1] == 0 {
		return nil, ErrPartEmpty
	}
	var parts []AgreedPart
	if a.Entry > 0 {
		parts = append(parts, AgreedPart{a.EntryDue, a.Entry, fmt.Sprintf("entrada de R$ %s", a.Total())})
	}
	for k, amount := range amounts {
		parts = append(parts, AgreedPart{calendar.AddMonths(a.FirstDue, k, a.FirstDue.Day()), amount, fmt.Sprintf("parte %d de %d de R$ %s", k+1, a.Parts, rest)})
	}
	return parts, nil
}
