package cnab

import (
	"slices"

	"enlace/tenants/brazil/boleto"
)

func init() {
	register("033", bank{
		returns240: &santanderReturn,
		remessas:   []remessa{santanderRemessa},
		figures: func(printed string, _ *boleto.Input) string {
			number, digit := cutDigit(printed)
			return figuresOf(number, digit, 12, "")
		},
		place: func(figures string, in *boleto.Input) bool { return numbered(figures, 12, in) },
		named: func(terms *boleto.Input, _ string) Agreement { return Agreement{Code: terms.CodigoBeneficiario} },
	})
}

// santanderRemessa follows H7815, "Layout Cobrança CNAB 240", of October 2023, which moves the account in segment P and fills in less elsewhere.
// Its 47 changes the amount of card bills and proposals alone, and its 31 nothing but the protest, so that neither is used.
var santanderRemessa = remessa{
	layout: CNAB240,
	header: table[record]{
		fixed(1, "03300000"),
		inscription(17, 1, 15, holderCNPJ),
		digits(33, 15, holderCode),
		needed(text(73, 30, holderName)),
		fixed(103, "BANCO SANTANDER"),
		fixed(143, "1"),
		ddmmyyyy(144, fileDate),
		count(158, 6, fileNumber),
		fixed(164, "040"),
	},
	batch: table[record]{
		fixed(1, "033"),
		count(4, 4, batchNumber),
		fixed(8, "1R01"),
		fixed(14, "030"),
		inscription(18, 1, 15, holderCNPJ),
		digits(54, 15, holderCode),
		needed(text(74, 30, holderName)),
		count(184, 8, fileNumber),
		ddmmyyyy(192, fileDate),
	},
	title: []detail{
		{segment("033", "P", slices.Concat(table[record]{
			digits(18, 4, branch),
			code(22, 1, branchDigit),
			digits(23, 9, account),
			code(32, 1, accountDigit),
			digits(33, 9, account), // the account of cobrança is the current one
			code(42, 1, accountDigit),
			digits(45, 13, ourNumber),
			choice(58, "5", "1", func(r *record) bool { return r.Terms.Carteira == "101" }), // rápida com registro
			fixed(59, "12"),
			code(63, 15, seuNumero),
		}, titleTerms("02", "3", 5, "000"+"3000"+"00"))...), nil}, // rates have five decimals (note 18); write-off by the ISP's profile
		{slices.Concat(segmentQ("033"), table[record]{zeros(213, 9)}), santanderRegisters},
		{segment("033", "R",
			zeros(18, 24),
			fixed(66, "2"),
			dayAfterDue(67, 8, hasFine),
			percent(75, 15, 2, fineRate),
		), registersFine},
	},
	batchEnd: batchTrailer240("033"),
	end:      fileTrailer240("033"),
	commands: commands240,
}

// santanderRegisters: instructions on a title that it has are told by segment P alone.
func santanderRegisters(r *record) bool { return r.Command == Register }

// santanderReturn has segment T of its own: shorter account fields move all that follows (H7815, segmento T do retorno).
var santanderReturn = layout240{
	header: table[Return]{
		text(53, 9, agreementCode),
		text(33, 4, agreementBranch),
		text(38, 9, agreementAccount),
		ddmmyyyy(144, writtenOn),
		text(158, 6, fileSequence),
	},
	t: table[Title]{
		code(16, 2, movement),
		text(41, 13, nossoNumero),
		text(55, 15, document),
		ddmmyyyy(70, due),
		cents(78, 15, nominal),
		text(101, 25, control),
		centsOrBlank(194, 15, fee),
		text(209, 10, reasons),
	},
	u: segmentU,
}
