package cnab

import "enlace/tenants/brazil/boleto"

func init() {
	register("077", bank{
		returns400: &interReturn,
		remessas:   []remessa{interRemessa},
		figures: func(printed string, _ *boleto.Input) string {
			number, digit := cutDigit(printed)
			return figuresOf(number, digit, 10, "")
		},
		place: func(figures string, in *boleto.Input) bool { return numbered(figures, 10, in) },
		named: func(terms *boleto.Input, _ string) Agreement { return Agreement{Account: terms.Conta} },
	})
}

// interRemessa follows "Manual CNAB400, emissão de boletos de cobrança" v1.1 of August 2021. The file registers and does nothing else: titles are
// cancelled in the bank's own pages. Only carteira 110 keeps our nosso número; in 112 the bank makes one after the slip is printed.
var interRemessa = remessa{
	layout: CNAB400,
	header: table[record]{
		fixed(1, "01REMESSA01COBRANCA"),
		needed(text(47, 30, holderName)),
		fixed(77, "077INTER"),
		ddmmyy(95, fileDate),
		count(111, 7, fileNumber),
		count(395, 6, sequence),
	},
	title: []detail{{table[record]{
		fixed(1, "1"),
		digits(21, 3, wallet),
		fixed(24, "0001"), // the bank's one agência
		digits(28, 9, account),
		code(37, 1, accountDigit),
		exact(38, 25, mark),
		choice(66, "2", "0", hasFine),
		zeros(67, 13),
		percent(80, 4, 2, fineRate),
		dayAfterDue(84, 6, hasFine),
		digits(90, 11, ourNumber),
		digits(109, 2, command),
		code(111, 10, seuNumero),
		ddmmyy(121, dueOn),
		cents(127, 13, amount),
		fixed(140, "60"), // days after the due date on which it is still taken
		fixed(148, "01N"),
		ddmmyy(151, issuedOn),
		choice(160, "2", "0", hasInterest),
		zeros(161, 13),
		percent(174, 4, 2, monthlyRate),
		dayAfterDue(178, 6, hasInterest),
		choice(184, "1", "0", hasDiscount),
		cents(185, 13, discounted),
		zeros(198, 4),
		ddmmyy(202, discountUntil),
		cents(208, 13, rebated),
		inscription(221, 2, 14, payerDocument),
		needed(text(237, 40, payerName)),
		needed(wholeAddress(277, 40)),
		digits(317, 8, payerCEP),
		count(395, 6, sequence),
	}, nil}},
	end:      table[record]{fixed(1, "9"), count(2, 6, titleCount), count(395, 6, sequence)},
	commands: map[Command]string{Register: "01"},
	fault: func(s *Sender) string {
		if s.Terms.Carteira != "110" {
			return wallet.name
		}
		return ""
	},
}

// interReturn follows the same manual, whose movement stands in 90-91. What was credited is not told apart from what was paid, and whose the
// file is stands in the titles alone.
var interReturn = layout400{
	header: table[Return]{
		ddmmyy(95, writtenOn),
		text(111, 7, fileSequence),
	},
	detail: "1",
	holder: table[Return]{text(28, 9, agreementAccount)},
	title: table[Title]{
		text(38, 25, control),
		text(71, 11, nossoNumero),
		code(90, 2, movement),
		ddmmyy(92, occurredOn),
		text(98, 10, document),
		ddmmyy(119, due),
		cents(125, 13, nominal),
		centsOrBlank(160, 13, paid),
		centsOrBlank(160, 13, net),
		ddmmyy(173, creditedOn),
		text(241, 140, reasons),
	},
	settles: map[string]bool{"06": true},
}
