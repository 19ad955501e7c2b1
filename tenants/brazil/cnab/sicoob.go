package cnab

import (
	"slices"

	"enlace/tenants/brazil/boleto"
)

func init() {
	register("756", bank{
		returns240: febraban(text(59, 12, agreementAccount)), // no code
		remessas:   []remessa{sicoobRemessa},
		figures: func(printed string, _ *boleto.Input) string {
			number, digit := cutDigit(printed)
			return figuresOf(number, digit, 7, "")
		},
		// ten figures are the title's; parcela, modalidade and form follow
		place: func(figures string, in *boleto.Input) bool {
			return len(figures) >= 10 && figures[:2] == "00" && numbered(figures[2:10], 7, in)
		},
		named: func(terms *boleto.Input, _ string) Agreement {
			return Agreement{Branch: terms.Agencia, Account: terms.Conta}
		},
	})
}

// sicoobRemessa follows Sicoob's "Layout de cobrança CNAB 240"; the branch is the cooperative.
var sicoobRemessa = remessa{
	layout: CNAB240,
	header: fileHeader240("756", "SICOOB", sicoobAccount(33), zeros(72, 1), fixed(164, "08100000")),
	batch:  batchHeader240("756", sicoobAccount(34), fixed(14, "040")),
	title: []detail{
		{segment("756", "P", slices.Concat(table[record]{
			digits(18, 5, branch),
			code(23, 1, branchDigit),
			digits(24, 12, account),
			code(36, 1, accountDigit),
			digits(38, 10, ourNumber),
			fixed(48, "01"), // one parcela
			digits(50, 2, modality),
			fixed(52, "4"), // on A4, no envelope
			digits(58, 1, wallet),
			fixed(59, "0 22"),
			code(63, 15, seuNumero),
		}, titleTerms("02", "0", 2, "3000   "+"090000000000"))...), nil},
		{segmentQ("756"), nil},
		{segmentR("756"), registersFine},
	},
	batchEnd: batchTrailer240("756", simpleTitles...),
	end:      fileTrailer240("756", zeros(30, 6)),
	commands: and(commands240, map[Command]string{ChangeOther: "31"}),
}

func sicoobAccount(at int) table[record] {
	return table[record]{
		digits(at+20, 5, branch),
		code(at+25, 1, branchDigit),
		digits(at+26, 12, account),
		code(at+38, 1, accountDigit),
	}
}
