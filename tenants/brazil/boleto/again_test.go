package boleto

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// The rules of every bank once more, as the manuals print them: over text, with the weights written out and no function of the package.

// weighed sums digit × weight, the weights taken again and again from the right.
func weighed(digits string, weights ...int) (sum int) {
	for i := range digits {
		sum += int(digits[len(digits)-1-i]-'0') * weights[i%len(weights)]
	}
	return sum
}

// tens is módulo 10: the digits of each product are summed, and what lacks to the next ten is the digit.
func tens(digits string) string {
	sum := 0
	for i := range digits {
		for _, d := range strconv.Itoa(int(digits[len(digits)-1-i]-'0') * (2 - i%2)) {
			sum += int(d - '0')
		}
	}
	digit := 0
	for (sum+digit)%10 != 0 {
		digit++
	}
	return strconv.Itoa(digit)
}

var twoToNine = []int{2, 3, 4, 5, 6, 7, 8, 9}

// elevens is módulo 11: 11 less the remainder, where 10 and 11 are what the bank says.
func elevens(sum int, ten, eleven string) string {
	switch digit := 11 - sum%11; digit {
	case 10:
		return ten
	case 11:
		return eleven
	default:
		return strconv.Itoa(digit)
	}
}

// filled fills a number with zeros on the left.
func filled(s string, width int) string { return strings.Repeat("0", width-len(s)) + s }

// manuals give the campo livre and the check digit of the nosso número, "" where it has none (brazil.md §1.6).
var manuals = map[string]func(in Input) (free, digit string){
	"001": func(in Input) (string, string) {
		if len(in.Convenio) == 7 {
			return "000000" + in.Convenio + filled(in.Sequencial, 10) + in.Carteira, ""
		}
		number := in.Convenio + filled(in.Sequencial, 11-len(in.Convenio))
		digit := strconv.Itoa(weighed(number, 9, 8, 7, 6, 5, 4, 3, 2) % 11)
		if digit == "10" {
			digit = "X"
		}
		return number + in.Agencia + in.Conta + in.Carteira, digit
	},
	"033": func(in Input) (string, string) {
		digit := elevens(weighed(filled(in.NossoNumero, 12), twoToNine...), "0", "0")
		return "9" + in.CodigoBeneficiario + filled(in.NossoNumero, 12) + digit + "0" + in.Carteira, digit
	},
	"077": func(in Input) (string, string) {
		digit := tens("0001" + in.Carteira + filled(in.NossoNumero, 10))
		return "0001" + in.Carteira + in.Operacao + filled(in.NossoNumero, 10) + digit, digit
	},
	"104": func(in Input) (string, string) {
		n, who := in.NossoNumero17, in.CodigoBeneficiario
		if len(who) == 6 {
			who += elevens(weighed(who, twoToNine...), "0", "0")
		}
		free := who + n[2:5] + n[:1] + n[5:8] + n[1:2] + n[8:]
		return free + elevens(weighed(free, twoToNine...), "0", "0"), elevens(weighed(n, twoToNine...), "0", "0")
	},
	"237": func(in Input) (string, string) {
		number := in.Carteira + filled(in.NossoNumero, 11)
		return in.Agencia + number + in.Conta + "0", elevens(weighed(number, 2, 3, 4, 5, 6, 7), "P", "0")
	},
	"341": func(in Input) (string, string) {
		number := in.Carteira + filled(in.NossoNumero, 8)
		switch in.Carteira {
		case "198":
			free := number + in.SeuNumero + in.CodigoCliente
			return free + tens(free) + "0", ""
		case "168":
			return number + tens(number) + in.Agencia + in.Conta + tens(in.Agencia+in.Conta) + "000", tens(number)
		}
		digit := tens(in.Agencia + in.Conta + number)
		return number + digit + in.Agencia + in.Conta + tens(in.Agencia+in.Conta) + "000", digit
	},
	"748": func(in Input) (string, string) {
		number, who := in.Ano+in.Byte+filled(in.Sequencial, 5), in.Agencia+in.Posto+in.Beneficiario
		digit := elevens(weighed(who+number, twoToNine...), "0", "0")
		free := in.TipoCobranca + in.Carteira + number + digit + who + "10"
		return free + elevens(weighed(free, twoToNine...), "0", "0"), digit
	},
	"756": func(in Input) (string, string) {
		base, weights, sum := in.Agencia+"000"+in.ConvenioCliente+filled(in.NossoNumero, 7), "3197", 0
		for i := range base {
			sum += int(base[i]-'0') * int(weights[i%4]-'0')
		}
		digit := elevens(sum, "0", "0")
		return in.Carteira + in.Agencia + in.Modalidade + in.ConvenioCliente + filled(in.NossoNumero, 7) + digit + "001", digit
	},
}

func TestEveryBankIsReckonedAgainFromItsManual(t *testing.T) {
	for _, bank := range allBanks {
		t.Run(bank, func(t *testing.T) {
			t.Parallel()
			r, seen := rand.New(rand.NewPCG(11, 10)), map[string]int{}
			for range 20_000 {
				agreement := agreements[bank].random(r)
				first, last, err := Limits(bank, agreement)
				if err != nil {
					t.Fatal(err)
				}
				in, err := Number(bank, agreement, first+r.Uint64N(last-first+1))
				if err != nil {
					t.Fatal(err)
				}
				due, amount := FirstDue.AddDays(r.IntN(18_000)), money.Cents(r.Int64N(999_999_999))
				slip, err := New(bank, in, due, amount)
				if err != nil {
					t.Fatal(err)
				}
				free, digit := manuals[bank](in)
				shown := ""
				if at := strings.LastIndexByte(slip.NossoNumero, '-'); at > 0 {
					shown = slip.NossoNumero[at+1:]
				}
				if slip.CampoLivre != free || shown != digit {
					t.Fatalf("%+v: campo livre %s digit %q; the manual says %s and %q", in, slip.CampoLivre, shown, free, digit)
				}
				seen[digit]++
				days := due.DaysSince(calendar.On(1997, 10, 7))
				for days > 9999 {
					days -= 9000
				}
				// Santander's wording of the general digit: sum × 10 mod 11, where 0 and 10 are 1.
				body := bank + "9" + fmt.Sprintf("%04d%010d", days, amount) + free
				general := strconv.Itoa(weighed(body, twoToNine...) * 10 % 11)
				if general == "0" || general == "10" {
					general = "1"
				}
				if want := body[:4] + general + body[4:]; slip.Barcode != want {
					t.Fatalf("%+v: barcode %s, want %s", in, slip.Barcode, want)
				}
				one, two, three := fieldOf(bank+"9"+free[:5]), fieldOf(free[5:15]), fieldOf(free[15:])
				if want := one + two + three + general + body[4:18]; slip.Linha() != want {
					t.Fatalf("%+v: linha %s, want %s", in, slip.Linha(), want)
				}
			}
			if len(seen) < 10 && seen[""] == 0 {
				t.Errorf("only the digits %v came up", seen)
			}
		})
	}
}

// fieldOf is a field of the linha: its digits and their módulo 10.
func fieldOf(digits string) string { return digits + tens(digits) }
