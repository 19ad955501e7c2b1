package cnab

import (
	"slices"
	"strings"

	"enlace/tenants/brazil/boleto"
)

func init() {
	register("748", bank{
		returns240: febraban(text(33, 20, agreementCode), text(59, 12, agreementAccount)),
		remessas:   []remessa{sicrediRemessa},
		figures: func(printed string, _ *boleto.Input) string {
			year, rest, _ := strings.Cut(printed, "/")
			number, digit := cutDigit(rest)
			return figuresOf(year+number, digit, 8, "")
		},
		place: func(figures string, in *boleto.Input) bool {
			if len(figures) != 9 || !onlyDigits(figures) {
				return false
			}
			in.Ano, in.Byte, in.Sequencial, in.NossoNumeroDV = figures[:2], figures[2:3], figures[3:8], figures[8:]
			return true
		},
		// each cooperative counts its beneficiaries for itself
		named: func(terms *boleto.Input, _ string) Agreement {
			return Agreement{Code: terms.Beneficiario, Branch: terms.Agencia, Account: terms.Conta}
		},
	})
}

// sicrediRemessa follows "Manual CNAB 240" of Sicredi, August 2019 and February 2021. It has no change of the amount: 45 is negativação.
var sicrediRemessa = remessa{
	layout: CNAB240,
	header: fileHeader240("748", "SICREDI", sicrediAccount(33), fixed(164, "08101600")),
	batch:  batchHeader240("748", sicrediAccount(34), fixed(14, "040")),
	title: []detail{
		{segment("748", "P", slices.Concat(table[record]{
			digits(18, 5, branch),
			digits(24, 12, account),
			code(36, 1, accountDigit),
			exact(38, 20, ourNumber),
			fixed(58, "11122"), // simple, registered, traditional; printed and sent out by the ISP
			code(63, 15, seuNumero),
		}, titleTerms("03", "3", 2, "3001060"+"090000000000"))...), nil}, // the manual fixes 60 days to the write-off
		{segmentQ("748"), nil},
		{segmentR("748"), registersFine},
	},
	batchEnd: batchTrailer240("748", simpleTitles...),
	end:      fileTrailer240("748", zeros(30, 6)),
	commands: and(commands240, map[Command]string{ChangeOther: "31"}),
}

func sicrediAccount(at int) table[record] {
	return table[record]{
		digits(at+20, 5, branch),
		digits(at+26, 12, account),
		code(at+38, 1, accountDigit),
	}
}
