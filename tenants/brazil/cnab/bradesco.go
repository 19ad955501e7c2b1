package cnab

import "enlace/tenants/brazil/boleto"

func init() {
	register("237", bank{
		returns400: &bradescoReturn,
		remessas:   []remessa{bradescoRemessa},
		figures: func(printed string, terms *boleto.Input) string {
			number, digit := cutDigit(cutWallet(printed, terms))
			return figuresOf(number, digit, 11, "P")
		},
		place: func(figures string, in *boleto.Input) bool { return numbered(figures, 11, in) },
		named: func(_ *boleto.Input, code string) Agreement { return Agreement{Code: code} },
	})
}

// bradescoRemessa follows "Cobrança Bradesco, layout CNAB 400". City and state go with the address, CEP having columns of its own.
// Its 20 changes the amount of some kinds of title only, so that it is not used.
var bradescoRemessa = remessa{
	layout: CNAB400,
	header: table[record]{
		fixed(1, "01REMESSA01COBRANCA"),
		digits(27, 20, holderCode),
		needed(text(47, 30, holderName)),
		fixed(77, "237BRADESCO"),
		ddmmyy(95, fileDate),
		fixed(109, "MX"),
		count(111, 7, fileNumber),
		count(395, 6, sequence),
	},
	title: []detail{{table[record]{
		fixed(1, "1"),
		zeros(2, 20), // automatic debit, not used
		digits(22, 3, wallet),
		digits(25, 5, branch),
		digits(30, 7, account),
		code(37, 1, accountDigit),
		exact(38, 25, mark),
		zeros(63, 3),
		choice(66, "2", "0", hasFine),
		percent(67, 4, 2, fineRate),
		code(71, 12, ourNumber),
		zeros(83, 10),
		fixed(93, "2"),  // printed by the ISP
		fixed(106, "2"), // no notice by post
		digits(109, 2, command),
		code(111, 10, seuNumero),
		ddmmyy(121, dueOn),
		cents(127, 13, amount),
		zeros(140, 8),
		fixed(148, "01N"),
		ddmmyy(151, issuedOn),
		zeros(157, 4),
		daily(161, 13),
		ddmmyy(174, discountUntil),
		cents(180, 13, discounted),
		zeros(193, 13),
		cents(206, 13, rebated),
		inscription(219, 2, 14, payerDocument),
		needed(text(235, 40, payerName)),
		needed(wholeAddress(275, 40)),
		digits(327, 8, payerCEP),
		count(395, 6, sequence),
	}, nil}},
	end:      table[record]{fixed(1, "9"), count(395, 6, sequence)},
	commands: and(commands240, map[Command]string{ChangeOther: "31"}),
}

// bradescoReturn follows the same manual.
var bradescoReturn = layout400{
	header: table[Return]{
		text(27, 20, agreementCode),
		ddmmyy(95, writtenOn),
		text(109, 5, fileSequence),
	},
	detail: "1",
	title: table[Title]{
		text(38, 25, control),
		text(71, 12, nossoNumero),
		code(109, 2, movement),
		ddmmyy(111, occurredOn),
		text(117, 10, document),
		ddmmyy(147, due),
		cents(153, 13, nominal),
		centsOrBlank(176, 13, fee),
		centsOrBlank(228, 13, rebate),
		centsOrBlank(241, 13, discount),
		cents(254, 13, paid),
		cents(254, 13, net),
		centsOrBlank(267, 13, interest),
		ddmmyy(296, creditedOn),
		text(302, 3, channel),
		text(319, 10, reasons),
	},
	// liquidação normal, em cartório, após baixa ou de título não registrado
	settles: map[string]bool{"06": true, "15": true, "17": true},
	passed:  "3",
}
