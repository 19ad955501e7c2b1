package cnab

import (
	"slices"
	"strings"

	"enlace/tenants/brazil/boleto"
)

func init() {
	register("104", bank{
		returns240: febraban(text(59, 7, agreementCode)), // no account
		remessas:   []remessa{caixaRemessa},
		figures: func(printed string, _ *boleto.Input) string {
			number, digit := cutDigit(printed)
			return strings.TrimSuffix(figuresOf(number, digit, 17, ""), digit)
		},
		place: func(figures string, in *boleto.Input) bool {
			figures = strings.TrimLeft(figures, "0") // a nosso número begins with 1 or 2
			if len(figures) != 17 && len(figures) != 18 || !onlyDigits(figures) {
				return false
			}
			in.NossoNumero17, in.NossoNumeroDV = figures[:17], figures[17:]
			return true
		},
		// the branch tells a code of six digits from one of seven that ends in the zero it is filled with
		named: func(terms *boleto.Input, _ string) Agreement {
			code := filled(6, terms.CodigoBeneficiario)
			return Agreement{Code: code + strings.Repeat("0", max(0, 7-len(code))), Branch: terms.Agencia}
		},
	})
}

// caixaRemessa follows "Manual de Leiaute de Arquivo Eletrônico CNAB 240" of SIGCB. Beneficiaries of seven digits have versions of their own,
// 107 and 067; one of six leaves the seventh column zero.
var caixaRemessa = remessa{
	layout: CNAB240,
	limit:  999_999_999,
	header: fileHeader240("104", "CAIXA ECONOMICA FEDERAL", table[record]{
		zeros(33, 20),
		digits(53, 5, branch),
		code(58, 1, branchDigit),
		caixaCode(59),
		zeros(66, 7),
	}, choice(164, "107", "101", sevenDigits), zeros(167, 5), fixed(192, "REMESSA-PRODUCAO")),
	batch: batchHeader240("104", table[record]{
		caixaCode(34),
		zeros(41, 13),
		digits(54, 5, branch),
		code(59, 1, branchDigit),
		caixaSixDigits(60),
		zeros(66, 8),
	}, zeros(12, 2), choice(14, "067", "060", sevenDigits)),
	title: []detail{
		{segment("104", "P", slices.Concat(table[record]{
			digits(18, 5, branch),
			code(23, 1, branchDigit),
			caixaCode(24),
			zeros(31, 10),
			digits(41, 17, ourNumber),
			fixed(58, "11220"), // simple, registered, escritural; printed and posted by the ISP
			code(63, 11, seuNumero),
			zeros(106, 1),
		}, titleTerms("02", "3", 2, "3001120"+"090000000000"))...), nil}, // written off 120 days after the due date
		{segmentQ("104"), nil},
		{segment("104", "R",
			zeros(18, 48),
			fixed(66, "2"),
			dayAfterDue(67, 8, hasFine),
			percent(75, 15, 2, fineRate),
		), registersFine},
	},
	batchEnd: batchTrailer240("104", count(24, 6, titleCount), cents(30, 17, titleSum), zeros(47, 46)),
	end:      fileTrailer240("104"),
	commands: and(commands240, map[Command]string{ChangeOther: "31", ChangeAmount: "47"}),
	fault: func(s *Sender) string {
		if n := len(s.Terms.CodigoBeneficiario); n != 6 && n != 7 {
			return beneficiary.name
		}
		return ""
	},
}

// filled fills a code with zeros on the left.
func filled(width int, code string) string {
	return strings.Repeat("0", max(0, width-len(code))) + code
}

func sevenDigits(r *record) bool { return len(r.Terms.CodigoBeneficiario) == 7 }

// caixaCode is the beneficiary on seven columns, filled on the right.
func caixaCode(start int) field[record] {
	f := digits(start, 7, beneficiary)
	f.write = func(from *record, cell []byte) Code {
		fillZeros(cell)
		copy(cell, from.Terms.CodigoBeneficiario)
		if !onlyDigits(string(cell)) {
			return NotANumber
		}
		return ""
	}
	return f
}

// caixaSixDigits repeats a beneficiary of six digits, which the older version wants twice.
func caixaSixDigits(start int) field[record] {
	f := zeros(start, 6)
	f.read = func(cell string, _ *record) (bad Code) {
		_, bad = number(cell)
		return bad
	}
	f.write = func(from *record, cell []byte) Code {
		fillZeros(cell)
		if !sevenDigits(from) {
			copy(cell, from.Terms.CodigoBeneficiario)
		}
		return ""
	}
	return f
}
