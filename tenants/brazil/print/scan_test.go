package print

import (
	"fmt"
	"math/rand/v2"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"enlace/tenants/brazil/boleto"
	"enlace/tenants/brazil/pix"
	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// TestTwoHundredSlipsAreReadBackByAScanner prints slips of random content of all banks, draws them as a printer of 200 dots an inch would,
// and compares every barcode and every Pix that a scanner reads with what was to be printed. It needs pdftoppm and zbarimg.
func TestTwoHundredSlipsAreReadBackByAScanner(t *testing.T) {
	for file := range uint64(4) {
		t.Run(fmt.Sprint(file), func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(file, 200))
			slips, signed := make([]Slip, 50), brand
			for i := range slips {
				slips[i] = someSlip(t, r, i)
			}
			slips[0].Telegram = "https://t.me/fibranorte_telecom_bot?start=c98231-12-" + strings.Repeat("aB3_", 4) // on the first stub of a carnê
			slips[1].Telegram = slips[0].Telegram
			if file%2 == 1 {
				signed.Logo = opened(t, pngOf(t, badge(100+r.IntN(900), 100+r.IntN(300))))
			}
			var want []string
			for _, slip := range slips {
				if slip.Telegram != "" {
					want = append(want, slip.Telegram)
				}
				if slip.Pix != "" {
					want = append(want, slip.Pix)
				}
				if slip.Bank != nil {
					want = append(want, slip.Bank.Barcode)
				}
			}
			scan := append([]string{"-q", "--raw", "-Sdisable", "-Si25.enable", "-Sqrcode.enable"},
				rasters(t, printedFor(t, signed, slips), "-r", "200", "-gray")...)
			read, _ := exec.Command("zbarimg", scan...).Output() // it answers 4 when a page lacks a kind of symbol; what counts is what it read
			got := strings.Split(strings.TrimSpace(string(read)), "\n")
			slices.Sort(want)
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Errorf("read %d codes of %d: missed %v, not printed %v", len(got), len(want), lacking(want, got), lacking(got, want))
			}
		})
	}
}

// lacking lists what stands in some and not in others.
func lacking(some, others []string) (missed []string) {
	for _, code := range some {
		if !slices.Contains(others, code) {
			missed = append(missed, code)
		}
	}
	return missed
}

// someSlip is a slip of random content: of the i-th bank in turn, now and then without one, with a Pix or without.
func someSlip(t *testing.T, r *rand.Rand, i int) Slip {
	due := calendar.On(2026, 11, 23).AddDays(r.IntN(1800))
	slip := Slip{
		Beneficiary: Party{someText(r, 60), "CNPJ 12.ABC.345/01DE-35", someText(r, 90)}, Payer: Party{someText(r, 60), "CPF 704.882.190-18", someText(r, 90)},
		Due: due, PayableUntil: calendar.EffectiveLastDay(due), IssuedOn: calendar.On(2026, 11, 23), Amount: money.Cents(1 + r.Int64N(9_999_999)),
		Document: fmt.Sprintf("C%d-%02d", r.IntN(99999), i), Instalment: i + 1, Of: 50, Heading: someText(r, 80),
	}
	for range r.IntN(5) {
		slip.Instructions = append(slip.Instructions, someText(r, 100))
	}
	if r.IntN(8) > 0 {
		slip.Bank = someBank(t, r, &slip, i)
	}
	if slip.Bank == nil || r.IntN(5) > 0 {
		slip.Pix = somePix(t, r, slip.Amount)
	}
	return slip
}

func someBank(t *testing.T, r *rand.Rand, slip *Slip, i int) *Bank {
	t.Helper()
	bank := []struct {
		code, name string
		agreement  boleto.Input
	}{
		{"001", "BANCO DO BRASIL", boleto.Input{Convenio: digits(r, 7), Carteira: "17"}},
		{"033", "SANTANDER", boleto.Input{CodigoBeneficiario: digits(r, 7), Carteira: "101"}},
		{"077", "INTER", boleto.Input{Carteira: "112", Operacao: digits(r, 7)}},
		{"104", "CAIXA", boleto.Input{CodigoBeneficiario: digits(r, 6)}},
		{"237", "BRADESCO", boleto.Input{Agencia: digits(r, 4), Carteira: "09", Conta: digits(r, 7)}},
		{"341", "ITAÚ", boleto.Input{Agencia: digits(r, 4), Conta: digits(r, 5), Carteira: "109"}},
		{"748", "SICREDI", boleto.Input{Agencia: digits(r, 4), Posto: digits(r, 2), Beneficiario: digits(r, 5), Ano: "26", TipoCobranca: "1", Carteira: "1"}},
		{"756", "SICOOB", boleto.Input{Agencia: digits(r, 4), ConvenioCliente: digits(r, 7), Carteira: "1", Modalidade: "01"}},
	}[i%8]
	number, err := boleto.Next(bank.code, bank.agreement, r.Uint64N(90_000))
	if err != nil {
		t.Fatal(err)
	}
	in, err := boleto.Number(bank.code, bank.agreement, number)
	if err != nil {
		t.Fatal(err)
	}
	made, err := boleto.New(bank.code, in, slip.Due, slip.Amount)
	if err != nil {
		t.Fatal(err)
	}
	label, err := boleto.Label(bank.code)
	if err != nil {
		t.Fatal(err)
	}
	return &Bank{Name: bank.name, Code: label, Agency: "4321 / 0098765", Wallet: "1", NossoNumero: made.NossoNumero,
		Line: boleto.FormatLinha(made.Linha()), Barcode: made.Barcode}
}

// somePix is a static code with a key of any kind, or a dynamic one, at times with a recurrence, as long as they may be.
func somePix(t *testing.T, r *rand.Rand, amount money.Cents) string {
	t.Helper()
	code := pix.Code{Name: "FIBRA NORTE " + digits(r, 1+r.IntN(13)), City: "BELEM " + digits(r, 1+r.IntN(9))}
	location := func() string { return "pix.example.com/qr/v2/" + digits(r, 20+r.IntN(36)) }
	switch r.IntN(3) {
	case 0:
		code.URL = location()
	case 1:
		code.URL, code.Recurrence = location(), location()
	default:
		keys := []string{"52998224725", "12ABC34501DE35", "+5592991234567", digits(r, 40) + "@provedor.example", "123e4567-e12b-12d1-a456-426655440000"}
		code.Key, code.Amount, code.TxID = keys[r.IntN(len(keys))], amount, digits(r, 10+r.IntN(16))
	}
	text, err := pix.Build(code)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func digits(r *rand.Rand, n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte('0' + r.IntN(10))
	}
	return string(b)
}

// someText is up to most characters of words a Brazilian might be called by.
func someText(r *rand.Rand, most int) string {
	words := []string{"Antônia", "de", "Albuquerque", "Conceição", "Rua", "José", "(fundos)", "nº", "1.234", "Telecomunicações", "São", "\\", "Ltda.", "Ç&A", "d’Ávila"}
	var text []string
	for length := 1 + r.IntN(most); length > 0; {
		word := words[r.IntN(len(words))]
		text, length = append(text, word), length-len(word)-1
	}
	return strings.Join(text, " ")
}
