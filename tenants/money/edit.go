package money

import (
	"errors"
	"slices"
	"strings"

	"enlace/tenants/calendar"
)

var (
	ErrPaid      = errors.New("the instalment is paid, whole or in part")
	ErrOrder     = errors.New("the due date leaves the order of the instalments")
	ErrReason    = errors.New("a change of value needs its reason")
	ErrUnchanged = errors.New("nothing would change")
)

// EditDue moves the due date of an instalment, the k-th from 0 of those that stand (money.md M14). The days it covers do not move. It stays
// strictly between its neighbours. The schedule given is not touched. It returns ErrPaid when anything was paid of it, ErrOrder, or ErrUnchanged.
func EditDue(schedule []Instalment, k int, paid Cents, due calendar.Date) (Instalment, error) {
	edited := schedule[k]
	switch {
	case paid > 0:
		return edited, ErrPaid
	case due == edited.Due:
		return edited, ErrUnchanged
	case k > 0 && !due.After(schedule[k-1].Due), k+1 < len(schedule) && !due.Before(schedule[k+1].Due):
		return edited, ErrOrder
	}
	edited.Due = due
	return edited, nil
}

// EditAmount changes the value of an instalment by a line, acréscimo or desconto, that says why (money.md M14): what stood there before stays.
// At 0 it is born paid. The instalment given is not touched. It returns ErrPaid, ErrReason, ErrUnchanged, ErrNegative or ErrTooLarge.
func EditAmount(i Instalment, paid, amount Cents, reason string) (Instalment, error) {
	reason = strings.TrimSpace(reason)
	if err := checkAmount(amount); err != nil {
		return i, err
	}
	difference := amount - i.Total()
	switch {
	case paid > 0:
		return i, ErrPaid
	case difference == 0:
		return i, ErrUnchanged
	case reason == "":
		return i, ErrReason
	}
	what := "Acréscimo: "
	if difference < 0 {
		what = "Desconto: "
	}
	i.Lines = append(slices.Clip(i.Lines), Line{Period: i.Covers(), Amount: difference, Memo: what + reason})
	return i, nil
}
