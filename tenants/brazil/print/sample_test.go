package print

import (
	"fmt"
	"strings"
	"time"

	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

var (
	imprint = Imprint{Title: "Carnê C318, Antônia Ferreira de Albuquerque Nascimento", Author: "Fibra Norte", MadeAt: time.Date(2026, 11, 23, 15, 0, 0, 0, time.UTC)}
	brand   = Brand{Name: "Fibra Norte"}
)

// lines are slips of eight banks, from the public vectors of room boleto.
var lines = []struct{ name, code, line string }{
	{"BANCO DO BRASIL", "001-9", "00190.00009 01238.798779 77700.168188 3 37710000013500"},
	{"SANTANDER", "033-7", "03399.18997 77500.000904 00026.901025 9 51150000002500"},
	{"CAIXA", "104-0", "10491.23456 60000.100044 00000.000216 8 69180000010000"},
	{"BRADESCO", "237-2", "23791.17209 60007.589645 52040.300502 5 42230000295295"},
	{"ITAÚ", "341-7", "34191.09008 01015.271248 80212.460002 4 25480000675787"},
	{"SICREDI", "748-X", "74891.11927 00010.201564 05853.051026 3 78700000080000"},
	{"SICOOB", "756-0", "75691.43279 01022.938508 00000.240010 2 67080000005000"},
	{"INTER", "077-9", "07790.00116 10123.456708 00000.045864 2 69340000027615"},
}

// carne returns n slips of the banks in turn, each with a Pix of its own.
func carne(n int) []Slip {
	slips := make([]Slip, n)
	for i := range slips {
		bank := lines[i%len(lines)]
		due := calendar.AddMonths(calendar.MustParse("2026-12-10"), i, 10)
		barcode := barcodeOf(bank.line)
		if i >= len(lines) { // the banks come again, but no two codes may be alike
			barcode = fmt.Sprintf("%s%02d", barcode[:42], i)
		}
		slips[i] = Slip{
			Beneficiary:  Party{"Fibra Norte Telecom Ltda.", "CNPJ 12.ABC.345/01DE-35", "Av. Nazaré, 500, Nazaré, 66.035-145 Belém, PA"},
			Payer:        Party{"Antônia Ferreira de Albuquerque Nascimento", "CPF 704.882.190-18", "Rua dos Mundurucus, 2.310, casa 4, Marco, 66.073-000 Belém, PA"},
			Bank:         &Bank{Name: bank.name, Code: bank.code, Agency: "4321 / 0098765", Wallet: "1", NossoNumero: fmt.Sprintf("%08d", 11873+i), Line: bank.line, Barcode: barcode},
			Pix:          fmt.Sprintf("00020101021226850014br.gov.bcb.pix2563pix.example.com/qr/v2/cobv/9d36b84fc70b478fb95c12729b90%04d520400005303986540589.905802BR5911FIBRA NORTE6005BELEM62070503***63041D3D", i),
			Due:          due,
			PayableUntil: calendar.EffectiveLastDay(due),
			IssuedOn:     calendar.MustParse("2026-11-23"),
			Amount:       money.Cents(8990 + 3895*((12-i)/12)),
			Document:     fmt.Sprintf("C318-%02d", i+1),
			Instalment:   i + 1,
			Of:           n,
			Heading:      "Fibra 500 Mega, " + due.BR() + " a " + calendar.AddMonths(due, 1, 10).BR(),
			Instructions: []string{"13 de 30 dias × R$ 89,90 = 38,95", "mês inteiro de 10/12 a 10/01 = 89,90", "Após o vencimento: multa de 2 % e juros de 1 % ao mês."},
		}
	}
	return slips
}

// barcodeOf puts the digits of a linha digitável in the order of the barcode, without the check digits of its fields.
func barcodeOf(line string) string {
	d := strings.NewReplacer(".", "", " ", "").Replace(line)
	return d[:4] + d[32:] + d[4:9] + d[10:20] + d[21:31]
}
