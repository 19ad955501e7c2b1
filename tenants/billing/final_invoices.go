package billing

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"enlace/ent/charge"
	"enlace/ent/invoice"
	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// billed says what becomes of the invoices, and answers what is given back of those that are not open.
func (f *FinalAccount) billed(ctx context.Context, p post) (back []FinalLine, err error) {
	fees, err := p.fees(ctx, f.Subscription, f.gaps, f.base())
	if err != nil {
		return nil, err
	}
	of, ids := map[uuid.UUID][]fee{}, []uuid.UUID{}
	for _, one := range fees {
		if id := one.Row.InvoiceID; id != nil {
			if of[*id] == nil {
				ids = append(ids, *id)
			}
			of[*id] = append(of[*id], one)
		}
	}
	rows, err := p.c.Invoice.Query().Where(invoice.IDIn(ids...), invoice.CancelledAtIsNil()).Order(invoice.ByDue(), invoice.ByNumber()).All(ctx)
	if err != nil {
		return nil, err
	}
	standings, err := Standings(ctx, p.c, p.today, rows...)
	if err != nil {
		return nil, err
	}
	items, err := componentsOf(ctx, p.c, standings)
	if err != nil {
		return nil, err
	}
	apart := money.Cents(0)
	for _, s := range standings {
		ends, err := f.ends(s, of[s.Invoice.ID])
		if err != nil {
			return nil, err
		}
		if ends {
			f.Cancelled, apart = append(f.Cancelled, s), apart+pausedApart(s, of[s.Invoice.ID])
			continue
		}
		line, again, err := f.givenBack(of[s.Invoice.ID])
		if err != nil {
			return nil, err
		}
		if again.Amount > 0 {
			f.Lines = append(f.Lines, FinalLine{Kind: charge.KindEvent, Description: fmt.Sprintf("Fim da pausa, fatura %d", s.Invoice.Number), Line: again})
		}
		if line.Amount == 0 {
			continue
		}
		if s.MayEdit() == nil && s.held == 0 {
			off := line
			off.Amount = -min(line.Amount, s.Total)
			f.Lowered = append(f.Lowered, InvoiceChange{Standing: s, Due: s.Invoice.Due, Amount: s.Total + off.Amount, Line: &off, Items: items[s.Invoice.ID]})
			line.Amount += off.Amount
		}
		if line.Amount > 0 {
			line.Amount = -line.Amount
			back = append(back, FinalLine{Kind: charge.KindCredit, Description: fmt.Sprintf("Dias não usados da fatura %d", s.Invoice.Number), Line: line})
		}
	}
	left, err := p.leftOutFees(ctx, f.Subscription, f.gaps, f.base())
	if err != nil {
		return nil, err
	}
	line, again, err := f.givenBack(left)
	if err != nil {
		return nil, err
	}
	if again.Amount > 0 {
		f.Lines = append(f.Lines, FinalLine{Kind: charge.KindEvent, Description: "Fim da pausa", Line: again})
	}
	if line.Amount > 0 {
		line.Amount = -line.Amount
		back = append(back, FinalLine{Kind: charge.KindCredit, Description: "Dias não usados depois da pausa", Line: line})
	}
	switch line := (FinalLine{Line: money.Line{Amount: -apart}}); {
	case apart > 0:
		line.Kind, line.Description, line.Memo = charge.KindCredit, "Pausa ou falha", "abatimentos que estavam em faturas canceladas, de dias de outras"
		back = append(back, line)
	case apart < 0:
		line.Kind, line.Description, line.Memo = charge.KindEvent, "Pausa", "já abatido de outras faturas, de dias que não são mais cobrados"
		f.Lines = append(f.Lines, line)
	}
	return back, nil
}

// pausedApart is what a cancelled invoice bore of a pause or of an outage in days of other invoices, less what others bore of a pause in its own
// days. Both would be lost with it.
func pausedApart(s *Standing, fees []fee) (apart money.Cents) {
	for _, row := range s.Charges {
		if row.Kind == charge.KindCredit && offGap(row.Description) {
			apart -= row.Amount
		}
	}
	for _, one := range fees {
		apart -= one.Row.Amount - one.Stand
	}
	return apart
}

// ends says whether an invoice is of this service's days to come alone, and open: as money.Close has it of a page.
func (f *FinalAccount) ends(s *Standing, fees []fee) (bool, error) {
	of := []uuid.UUID{f.Subscription.ID}
	for _, one := range fees { // of one it follows by migration
		of = append(of, *one.Row.SubscriptionID)
	}
	for _, row := range s.Charges {
		if row.SubscriptionID == nil || !slices.Contains(of, *row.SubscriptionID) {
			return false, nil
		}
	}
	if s.MayEdit() != nil || s.held > 0 {
		return false, nil
	}
	page := money.Page{Due: s.Invoice.Due}
	for _, one := range fees {
		page.Billed = append(page.Billed, one.Billed)
	}
	closed, err := money.Close([]money.Page{page}, f.Day, f.base())
	return len(closed.Cancelled) > 0, err
}

// givenBack is what of an invoice's fees is not served, as one line, and what is charged of them again, both positive: who leaves in a pause has come
// back on the day, and a hole that was given back for days to come is shorter now (money.md M8). No more is charged than who returns is.
func (f *FinalAccount) givenBack(fees []fee) (back, again money.Line, err error) {
	all := plain(f.gaps, every)
	planned, real := returned(f.gaps, running(f.gaps), f.Day)
	var less, more []string
	for _, one := range fees {
		left, err := one.Leave(f.Day, one.Stand, all, f.base())
		if err != nil {
			return back, again, err
		}
		if left.Amount < 0 {
			shorter, err := one.Reverse(planned, real, f.base())
			if err != nil {
				return back, again, err
			}
			left.Amount = max(left.Amount, min(-shorter.Amount, 0))
		}
		switch {
		case left.Amount > 0:
			less = append(less, left.Memo)
			back = spanned(back, left.Period, left.Amount)
		case left.Amount < 0:
			more = append(more, left.Memo)
			again = spanned(again, left.Period, -left.Amount)
		}
	}
	back.Memo, again.Memo = strings.Join(less, "; "), strings.Join(more, "; ")
	return back, again, nil
}

// spanned adds an amount of later days to a line.
func spanned(line money.Line, days calendar.Period, amount money.Cents) money.Line {
	if line.Period.From.IsZero() {
		line.Period.From = days.From
	}
	line.Period.To, line.Amount = days.To, line.Amount+amount
	return line
}
