package money

// Fate is what becomes of an invoice when it is closed.
type Fate string

const (
	Issued   Fate = "issued"    // it goes out, with its boleto and its Pix
	BornPaid Fate = "born_paid" // nothing is owed: it is paid at birth and has no boleto
	Waits    Fate = "waits"     // under the ISP's minimum: its lines go to the next invoice and no credit is spent
)

// Bill is an invoice that was closed (money.md M13).
type Bill struct {
	Fate    Fate
	Owed    Cents   // what the slip asks for; of an invoice that waits, what was too little
	Used    []Cents // of each credit
	Carried Cents   // what credit lines came to beyond all others: a credit for the next invoice
}

// CloseBill sums the lines of an invoice up and spends the customer's credits on it, given oldest first. A credit never makes an invoice
// negative. Which credits may be spent is the caller's to say: those of all the customer's services, or a separate invoice's own.
func CloseBill(lines []Line, credits []Cents, minimum Cents) Bill {
	sum := total(lines)
	if sum <= 0 {
		return Bill{Fate: BornPaid, Used: make([]Cents, len(credits)), Carried: -sum}
	}
	used, owed := pour(sum, credits)
	switch {
	case owed == 0:
		return Bill{Fate: BornPaid, Used: used}
	case owed < minimum:
		return Bill{Fate: Waits, Owed: owed, Used: make([]Cents, len(credits))}
	}
	return Bill{Fate: Issued, Owed: owed, Used: used}
}

// Abate lowers the open instalments of a carnê by a credit, the next one first (abatimento, money.md M7): the instalments stand, their
// balances fall. What is beyond them all is carried to the renewal. It answers what comes off each balance.
func Abate(credit Cents, balances []Cents) (off []Cents, carried Cents) {
	return pour(credit, balances)
}

// pour fills a row from its first place on: each takes what it holds, and left is what none could.
func pour(amount Cents, places []Cents) (parts []Cents, left Cents) {
	parts = make([]Cents, len(places))
	for i, holds := range places {
		parts[i] = max(0, min(amount, holds))
		amount -= parts[i]
	}
	return parts, amount
}
