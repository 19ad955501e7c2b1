package money

import (
	"cmp"
	"errors"
	"math/bits"
	"slices"
)

// MostParts is the largest number of parts any amount is divided into.
const MostParts = 1000

// ErrParts means a number of parts below one or above MostParts.
var ErrParts = errors.New("the number of parts is impossible")

// Parts divides a total into n parts as equal as cents allow, the larger ones first: 100,00 in 3 is 33,34 + 33,33 + 33,33.
func Parts(total Cents, n int) ([]Cents, error) {
	if n < 1 || n > MostParts {
		return nil, ErrParts
	}
	if err := checkAmount(total); err != nil {
		return nil, err
	}
	parts := make([]Cents, n)
	for i := range parts {
		parts[i] = total / Cents(n)
		if Cents(i) < total%Cents(n) {
			parts[i]++
		}
	}
	return parts, nil
}

// Compose shares an amount among the items of a plan (SCM, SVA) by their weights: each share is cut, and the cents left over go to the
// largest remainders, ties to the first item. The shares always add up to the amount. It answers nil when no item has weight; no weight may be negative.
func Compose(amount Cents, weights []Cents) []Cents {
	var sum Cents
	for _, w := range weights {
		sum += w
	}
	if sum <= 0 {
		return nil
	}
	if amount < 0 {
		shares := Compose(-amount, weights)
		for i := range shares {
			shares[i] = -shares[i]
		}
		return shares
	}
	shares, remainders, order := make([]Cents, len(weights)), make([]uint64, len(weights)), make([]int, len(weights))
	left := amount
	for i, w := range weights {
		hi, lo := bits.Mul64(uint64(amount), uint64(w)) // both may be as large as an invoice can be
		share, remainder := bits.Div64(hi, lo, uint64(sum))
		shares[i], remainders[i], order[i] = Cents(share), remainder, i
		left -= shares[i]
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(remainders[j], remainders[i]) })
	for _, i := range order[:left] {
		shares[i]++
	}
	return shares
}

// ShareUp is amount × part ÷ whole of a credit, with the fraction of a cent given to the customer. part is at most whole.
func ShareUp(amount, part, whole Cents) Cents {
	hi, lo := bits.Mul64(uint64(amount), uint64(part))
	share, remainder := bits.Div64(hi, lo, uint64(whole))
	if remainder > 0 {
		share++
	}
	return Cents(share)
}
