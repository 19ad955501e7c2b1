package boleto

// Limits returns the first and the last number the bank grants the agreement, so that whoever gives them out can say how many are left.
// At Banco do Brasil the length of the convênio decides; at Sicredi byte and sequence count as one number, anew each year.
// It returns an *Error for an unknown bank and for an agreement of which it cannot be told.
func Limits(bank string, agreement Input) (first, last uint64, err error) {
	rules, err := find(bank)
	if err != nil {
		return 0, 0, err
	}
	return rules.numbers(agreement)
}

// Next returns the number that follows last in the range the bank grants the agreement, the first one when last is 0.
// It never wraps round: a used nosso número would pay another customer's title. It returns ErrExhausted at the end of the range.
// Whoever calls it holds the lock on the agreement's counter; at Sicredi the counter starts again each year.
func Next(bank string, agreement Input, last uint64) (uint64, error) {
	first, end, err := Limits(bank, agreement)
	if err != nil {
		return 0, err
	}
	if last >= end {
		return 0, &Error{Field: "nosso_numero", Err: ErrExhausted}
	}
	return max(first, last+1), nil
}

// Number returns the agreement with a number from Next in the fields the bank reads it from, ready for New.
// It returns ErrValue for a number outside the range.
func Number(bank string, agreement Input, number uint64) (Input, error) {
	first, end, err := Limits(bank, agreement)
	if err != nil {
		return Input{}, err
	}
	if number < first || number > end {
		return Input{}, &Error{Field: "nosso_numero", Err: ErrValue}
	}
	rules, _ := find(bank)
	rules.assign(&agreement, number)
	return agreement, nil
}
