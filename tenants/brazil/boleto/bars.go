package boleto

// The printed symbol, in millimetres, as the bank manuals agree on it.
const (
	BarsWidth  = 103.0
	BarsHeight = 13.0
	QuietZone  = 5.0 // blank paper left of the first bar

	// BarsModules is the width of the symbol of 44 digits in modules: its narrow bars are BarsWidth/BarsModules wide, about a quarter of a millimetre.
	BarsModules = 405
)

const (
	narrow = 1
	wide   = 3
)

// itf holds the five elements of each digit in interleaved 2 of 5.
var itf = [10][5]byte{
	{narrow, narrow, wide, wide, narrow},
	{wide, narrow, narrow, narrow, wide},
	{narrow, wide, narrow, narrow, wide},
	{wide, wide, narrow, narrow, narrow},
	{narrow, narrow, wide, narrow, wide},
	{wide, narrow, wide, narrow, narrow},
	{narrow, wide, wide, narrow, narrow},
	{narrow, narrow, narrow, wide, wide},
	{wide, narrow, narrow, wide, narrow},
	{narrow, wide, narrow, wide, narrow},
}

// Bars returns the widths, in modules, of the elements of the ITF-25 symbol, bar and space in turn from the first bar: 1 is narrow, 3 is wide.
// Forty-four digits give 227 elements over BarsModules. It returns ErrLength for an odd number of digits and ErrNotDigit for anything else than digits.
func Bars(barcode string) ([]byte, error) {
	if len(barcode)%2 != 0 || barcode == "" {
		return nil, &Error{Field: "barcode", Err: ErrLength}
	}
	if i := firstNonDigit(barcode); i >= 0 {
		return nil, &Error{Field: "barcode", Position: i + 1, Err: ErrNotDigit}
	}
	widths := make([]byte, 0, 5*len(barcode)+7)
	widths = append(widths, narrow, narrow, narrow, narrow)
	for i := 0; i < len(barcode); i += 2 {
		bars, spaces := &itf[barcode[i]-'0'], &itf[barcode[i+1]-'0']
		for e := range bars {
			widths = append(widths, bars[e], spaces[e])
		}
	}
	return append(widths, wide, narrow, narrow), nil
}
