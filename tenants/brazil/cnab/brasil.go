package cnab

import (
	"slices"
	"strings"

	"enlace/tenants/brazil/boleto"
)

func init() {
	register("001", bank{
		returns240: febraban(text(33, 9, agreementCode)), // carteira and variação follow
		returns400: &brasilReturn400,
		remessas:   []remessa{brasilRemessa240, brasilRemessa400},
		figures: func(printed string, terms *boleto.Input) string {
			switch {
			case !strings.HasPrefix(printed, terms.Convenio):
				return ""
			case len(printed) == 17 && onlyDigits(printed):
				return printed
			}
			number, digit := cutDigit(printed)
			return figuresOf(number, digit, 11, "X")
		},
		place: placeBrasil,
		named: func(terms *boleto.Input, _ string) Agreement { return Agreement{Code: terms.Convenio} },
	})
}

// placeBrasil wants the agreement's convênio at the head: 17 figures, or 11 and a check digit for the short convênios.
func placeBrasil(figures string, in *boleto.Input) bool {
	length := 17
	if len(in.Convenio) < 7 {
		length = 11
	}
	if len(figures) < length || !strings.HasPrefix(figures, in.Convenio) {
		return false
	}
	in.Sequencial, in.NossoNumeroDV = figures[len(in.Convenio):length], figures[length:]
	return true
}

// commandsBrasil has the change of the amount too ("Particularidades BB", September 2023; CBR641).
var commandsBrasil = and(commands240, map[Command]string{ChangeAmount: "47"})

// brasilRemessa240 follows "Particularidades BB, leiaute CNAB 240".
var brasilRemessa240 = remessa{
	layout: CNAB240,
	header: fileHeader240("001", "BANCO DO BRASIL S.A.", brasilAgreement(33), fixed(164, "08300000")),
	batch:  batchHeader240("001", brasilAgreement(34), fixed(14, "042")),
	title: []detail{
		{segment("001", "P", slices.Concat(table[record]{
			digits(18, 5, branch),
			code(23, 1, branchDigit),
			digits(24, 12, account),
			code(36, 1, accountDigit),
			exact(38, 20, ourNumber),
			choice(58, "7", "1", func(r *record) bool { return r.Terms.Carteira == "17" }),
			fixed(59, "1 22"), // registered; printed and sent out by the ISP
			code(63, 15, seuNumero),
		}, titleTerms("02", "3", 2, "3000000"+"090000000000"))...), nil},
		{segmentQ("001"), nil},
		{segmentR("001"), registersFine},
	},
	batchEnd: batchTrailer240("001"),
	end:      fileTrailer240("001"),
	commands: and(commandsBrasil, map[Command]string{ChangeOther: "31"}),
}

// brasilAgreement is convênio, 0014 for cobrança cedente, carteira, variação; then the account.
func brasilAgreement(at int) table[record] {
	return table[record]{
		digits(at, 9, convenio),
		fixed(at+9, "0014"),
		digits(at+13, 2, wallet),
		digits(at+15, 3, variation),
		digits(at+20, 5, branch),
		code(at+25, 1, branchDigit),
		digits(at+26, 12, account),
		code(at+38, 1, accountDigit),
	}
}

// brasilRemessa400 is CBR641, for convênios of seven digits. There 31 grants a discount: other data are not changed by one command.
var brasilRemessa400 = remessa{
	layout: CNAB400,
	header: table[record]{
		fixed(1, "01REMESSA01COBRANCA"),
		digits(27, 4, branch),
		code(31, 1, branchDigit),
		digits(32, 8, account),
		code(40, 1, accountDigit),
		zeros(41, 6),
		needed(text(47, 30, holderName)),
		fixed(77, "001BANCODOBRASIL"),
		ddmmyy(95, fileDate),
		count(101, 7, fileNumber),
		digits(130, 7, convenio),
		count(395, 6, sequence),
	},
	title: []detail{
		{table[record]{
			fixed(1, "7"),
			inscription(2, 2, 14, holderCNPJ),
			digits(18, 4, branch),
			code(22, 1, branchDigit),
			digits(23, 8, account),
			code(31, 1, accountDigit),
			digits(32, 7, convenio),
			exact(39, 25, mark),
			digits(64, 17, ourNumber),
			zeros(81, 4),
			digits(92, 3, variation),
			zeros(95, 7),
			digits(107, 2, wallet),
			digits(109, 2, command),
			code(111, 10, seuNumero),
			ddmmyy(121, dueOn),
			cents(127, 13, amount),
			fixed(140, "0010000"),
			fixed(148, "01N"),
			ddmmyy(151, issuedOn),
			choice(157, "44", "07", func(r *record) bool { return r.Command == Cancel }), // write off; do not protest
			zeros(159, 2),
			daily(161, 13),
			ddmmyy(174, discountUntil),
			cents(180, 13, discounted),
			zeros(193, 13),
			cents(206, 13, rebated),
			inscription(219, 2, 14, payerDocument),
			needed(text(235, 37, payerName)),
			needed(text(275, 40, payerStreet)),
			text(315, 12, payerDistrict),
			digits(327, 8, payerCEP),
			needed(text(335, 15, payerCity)),
			code(350, 2, payerUF),
			zeros(392, 2),
			count(395, 6, sequence),
		}, nil},
		{table[record]{
			fixed(1, "5992"), // fine, a rate
			dayAfterDue(5, 6, hasFine),
			percent(11, 12, 2, fineRate),
			count(395, 6, sequence),
		}, registersFine},
	},
	end:      table[record]{fixed(1, "9"), count(395, 6, sequence)},
	commands: commandsBrasil,
	fault: func(s *Sender) string {
		if len(s.Terms.Convenio) != 7 {
			return convenio.name
		}
		return ""
	},
}

// brasilReturn400 is Banco do Brasil's CBR643 for convênios of seven digits, detail type 7.
var brasilReturn400 = layout400{
	header: table[Return]{
		text(150, 7, agreementCode),
		text(27, 4, agreementBranch),
		text(32, 8, agreementAccount),
		ddmmyy(95, writtenOn),
		text(101, 7, fileSequence),
	},
	detail: "7",
	title: table[Title]{
		text(39, 25, control),
		text(64, 17, nossoNumero),
		text(87, 2, reasons),
		code(109, 2, movement),
		ddmmyy(111, occurredOn),
		text(117, 10, document),
		ddmmyy(147, due),
		cents(153, 13, nominal),
		ddmmyy(176, creditedOn),
		centsOrBlank(182, 7, fee),
		centsOrBlank(228, 13, rebate),
		centsOrBlank(241, 13, discount),
		cents(254, 13, paid),
		centsOrBlank(267, 13, interest),
		cents(306, 13, net),
		text(393, 2, channel),
	},
	// sem registro, normal, por conta, por saldo, em cartório
	settles: map[string]bool{"05": true, "06": true, "07": true, "08": true, "15": true},
	passed:  "5",
}
