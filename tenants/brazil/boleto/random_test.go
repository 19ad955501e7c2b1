package boleto

import (
	"math/rand/v2"
	"strings"
	"testing"

	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// agreements makes random agreements, and says where the campo livre shows the number of the title.
var agreements = map[string]struct {
	random func(r *rand.Rand) Input
	number func(campoLivre string) string
}{
	"001": {func(r *rand.Rand) Input {
		if r.IntN(2) == 0 {
			return Input{Convenio: "1" + text(r, 5), Agencia: text(r, 4), Conta: text(r, 8), Carteira: text(r, 2)}
		}
		return Input{Convenio: text(r, 7), Carteira: text(r, 2)}
	}, func(free string) string {
		if free[:6] == "000000" {
			return free[13:23]
		}
		return free[6:11] // a convênio of six
	}},
	"033": {func(r *rand.Rand) Input {
		return Input{CodigoBeneficiario: text(r, 7), Carteira: text(r, 3)}
	}, between(8, 20)},
	"077": {func(r *rand.Rand) Input {
		return Input{Carteira: text(r, 3), Operacao: text(r, 7)}
	}, between(14, 24)},
	"104": {func(r *rand.Rand) Input {
		if r.IntN(2) == 0 {
			return Input{CodigoBeneficiario: "12" + text(r, 5)} // without check digit
		}
		return Input{CodigoBeneficiario: text(r, 6)}
	}, func(free string) string { return free[7:10] + free[11:14] + free[15:24] }},
	"237": {func(r *rand.Rand) Input {
		return Input{Agencia: text(r, 4), Carteira: text(r, 2), Conta: text(r, 7)}
	}, between(6, 17)},
	"341": {func(r *rand.Rand) Input {
		carteira := []string{"109", "112", "168", "198"}[r.IntN(4)] // of every rule for the check digit
		return Input{Agencia: text(r, 4), Conta: text(r, 5), Carteira: carteira, SeuNumero: text(r, 7), CodigoCliente: text(r, 5)}
	}, between(3, 11)},
	"748": {func(r *rand.Rand) Input {
		return Input{Agencia: text(r, 4), Posto: text(r, 2), Beneficiario: text(r, 5), Ano: text(r, 2), TipoCobranca: "1", Carteira: "1"}
	}, between(4, 10)},
	"756": {func(r *rand.Rand) Input {
		return Input{Agencia: text(r, 4), ConvenioCliente: text(r, 7), Carteira: "1", Modalidade: text(r, 2)}
	}, between(14, 21)},
}

func text(r *rand.Rand, width int) string {
	b := make([]byte, width)
	for i := range b {
		b[i] = byte('0' + r.IntN(10))
	}
	return string(b)
}

func between(from, to int) func(string) string { return func(s string) string { return s[from:to] } }

// TestRoundTrip makes 100,000 slips a bank, of numbers from the bank's own range, and reads each back from its linha.
func TestRoundTrip(t *testing.T) {
	const trips = 100_000
	days := calendar.On(2058, 12, 31).DaysSince(FirstDue) + 1
	for _, bank := range allBanks {
		t.Run(bank, func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(1997, 10))
			for range trips {
				agreement := agreements[bank].random(r)
				first, last, _ := banks[bankIndex(bank)].numbers(agreement)
				n := first + r.Uint64N(last-first+1)
				due := FirstDue.AddDays(r.IntN(days))
				today := due.AddDays(r.IntN(windowAhead+windowBack+1) - windowAhead)
				amount := money.Cents(r.Int64N(int64(banks[bankIndex(bank)].limit) + 1))

				in, err := Number(bank, agreement, n)
				if err != nil {
					t.Fatal(err)
				}
				slip, err := New(bank, in, due, amount)
				if err != nil {
					t.Fatalf("%+v: %v", in, err)
				}
				linha := slip.Linha()
				got, err := ParseLinha(linha, today)
				if want := (Parsed{true, 0, bank, due, amount, slip.Barcode}); err != nil || got != want {
					t.Fatalf("%+v on %s: %+v, %v; want %+v", in, today, got, err, want)
				}
				var wanted [20]byte
				putNumber(wanted[:], n)
				if shown := agreements[bank].number(slip.CampoLivre); shown != string(wanted[20-len(shown):]) {
					t.Fatalf("the campo livre %s shows number %s, want %d", slip.CampoLivre, shown, n)
				}
			}
		})
	}
}

func randomLinha(r *rand.Rand) string {
	barcode := [44]byte([]byte(text(r, 44)))
	barcode[3] = currencyReal
	putNumber(barcode[5:9], uint64(firstFactor+r.IntN(factorCycle)))
	barcode[4] = generalDigit(&barcode)
	linha, _ := LinhaOf(string(barcode[:]))
	return linha
}

// A person who mistypes one digit of the first three fields is always told so.
func TestEveryWrongDigitIsCaught(t *testing.T) {
	r := rand.New(rand.NewPCG(47, 1))
	for range 300 {
		linha := []byte(randomLinha(r))
		for i := range 32 {
			right := linha[i]
			for d := byte('0'); d <= '9'; d++ {
				linha[i] = d
				if got, _ := ParseLinha(string(linha), today); got.Valid != (d == right) {
					t.Fatalf("%s: digit %d made %c from %c, valid %v", linha, i+1, d, right, got.Valid)
				}
			}
			linha[i] = right
		}
	}
}

// Módulo 10 sees every swap of neighbours but 09 for 90, and no field's digit sees those; the digit over the whole then sees most of them.
func TestEverySwapIsCaughtButOfZeroAndNine(t *testing.T) {
	r := rand.New(rand.NewPCG(47, 2))
	fields := []struct{ from, to int }{{0, 10}, {10, 21}, {21, 32}}
	for range 3000 {
		linha := []byte(randomLinha(r))
		for n, f := range fields {
			for i := f.from; i < f.to-1; i++ {
				a, b := linha[i], linha[i+1]
				linha[i], linha[i+1] = b, a
				got, _ := ParseLinha(string(linha), today)
				zeroAndNine := min(a, b) == '0' && max(a, b) == '9'
				if caught := got.WrongField == n+1; caught != (a != b && !zeroAndNine) {
					t.Fatalf("%s: %c%c swapped at %d, caught %v", linha, a, b, i+1, caught)
				}
				linha[i], linha[i+1] = a, b
			}
		}
	}
}

// The general digit is 1 for three of the eleven remainders, so among them a wrong digit or a swap passes unseen.
// That is the rule's own weakness: what it misses is exactly what the arithmetic of remainders foretells.
func TestGeneralDigitMissesWhatItMust(t *testing.T) {
	r := rand.New(rand.NewPCG(44, 1))
	same := func(remainder int) bool { return remainder == 0 || remainder == 1 || remainder == 10 }
	type count struct{ tried, missed, foretold int }
	var digits, swaps count
	for range 1000 {
		barcode := [44]byte([]byte(text(r, 44)))
		barcode[4] = generalDigit(&barcode)
		remainder, weight := 0, 2
		weights := [44]int{}
		for i := 43; i >= 0; i-- {
			if i == 4 {
				continue
			}
			weights[i] = weight
			remainder += int(barcode[i]-'0') * weight
			weight = weight%9 + 1 + weight/9
		}
		try := func(c *count, change int) {
			c.tried++
			if generalDigit(&barcode) == barcode[4] {
				c.missed++
			}
			if was, is := remainder%11, ((remainder+change)%11+11)%11; was == is || same(was) && same(is) {
				c.foretold++
			}
		}
		for i := range barcode {
			right := barcode[i]
			for d := byte('0'); d <= '9' && i != 4; d++ {
				if barcode[i] = d; d != right {
					try(&digits, weights[i]*(int(d)-int(right)))
				}
			}
			barcode[i] = right
			if i == 0 || i == 4 || i == 5 || barcode[i-1] == right {
				continue // the digit itself stands at 4
			}
			a := barcode[i-1]
			barcode[i-1], barcode[i] = right, a
			try(&swaps, (weights[i]-weights[i-1])*(int(a)-int(right)))
			barcode[i-1], barcode[i] = a, right
		}
	}
	for what, c := range map[string]count{"wrong digits": digits, "swaps": swaps} {
		if c.missed != c.foretold || c.missed == 0 {
			t.Errorf("%d of %d %s missed, %d foretold", c.missed, c.tried, what, c.foretold)
		}
		t.Logf("%d of %d %s missed, as foretold", c.missed, c.tried, what)
	}
}

func FuzzLinha(f *testing.F) {
	for _, v := range load(f).Boletos {
		f.Add(v.Linha)
	}
	for _, s := range []string{"", "8", strings.Repeat("8", 48), strings.Repeat("0", 47), strings.Repeat("9", 100), "0019É", "34191.09008 O1015"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, linha string) {
		got, err := ParseLinha(linha, today)
		if !got.Valid {
			if (got != Parsed{WrongField: got.WrongField}) {
				t.Fatalf("not valid, and yet %+v", got)
			}
			return
		}
		again, errAgain := LinhaOf(got.Barcode)
		if errAgain != nil || again != strings.NewReplacer(".", "", "-", "", " ", "", "\t", "", "\r", "", "\n", "").Replace(linha) {
			t.Fatalf("%q came back as %q, %v", linha, again, errAgain)
		}
		if err == nil && !got.Due.IsZero() && (got.Due.Before(today.AddDays(-windowBack)) || got.Due.After(today.AddDays(windowAhead))) {
			t.Fatalf("%q is due on %s", linha, got.Due)
		}
	})
}

var today = calendar.MustParse("2026-11-23")
