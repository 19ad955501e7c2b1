package cnab

import "enlace/tenants/brazil/boleto"

func init() {
	register("341", bank{
		returns400: &itauReturn,
		remessas:   []remessa{itauRemessa},
		figures: func(printed string, terms *boleto.Input) string {
			if number, _ := cutDigit(cutWallet(printed, terms)); len(number) == 8 && onlyDigits(number) {
				return number
			}
			return ""
		},
		place: func(figures string, in *boleto.Input) bool {
			in.NossoNumero = figures
			return len(figures) == 8 && onlyDigits(figures)
		},
		named: func(terms *boleto.Input, _ string) Agreement {
			return Agreement{Branch: terms.Agencia, Account: terms.Conta}
		},
	})
}

// itauRemessa follows "Cobrança Itaú, layout CNAB 400" of July 2021. Its 47 forgives interest: the amount is not changed by a command.
var itauRemessa = remessa{
	layout: CNAB400,
	header: table[record]{
		fixed(1, "01REMESSA01COBRANCA"),
		digits(27, 4, branch),
		zeros(31, 2),
		digits(33, 5, account),
		code(38, 1, accountDigit),
		needed(text(47, 30, holderName)),
		fixed(77, "341BANCO ITAU SA"),
		ddmmyy(95, fileDate),
		count(395, 6, sequence),
	},
	title: []detail{
		{table[record]{
			fixed(1, "1"),
			inscription(2, 2, 14, holderCNPJ),
			digits(18, 4, branch),
			zeros(22, 2),
			digits(24, 5, account),
			code(29, 1, accountDigit),
			zeros(34, 4),
			exact(38, 25, mark),
			digits(63, 8, ourNumber),
			zeros(71, 13),
			digits(84, 3, wallet),
			fixed(108, "I"), // the code of every carteira in reais
			digits(109, 2, command),
			code(111, 10, seuNumero),
			ddmmyy(121, dueOn),
			cents(127, 13, amount),
			fixed(140, "34100000"),
			fixed(148, "01N"),
			ddmmyy(151, issuedOn),
			fixed(157, "1000"), // do not protest
			daily(161, 13),
			ddmmyy(174, discountUntil),
			cents(180, 13, discounted),
			zeros(193, 13),
			cents(206, 13, rebated),
			inscription(219, 2, 14, payerDocument),
			needed(text(235, 30, payerName)),
			needed(text(275, 40, payerStreet)),
			text(315, 12, payerDistrict),
			digits(327, 8, payerCEP),
			needed(text(335, 15, payerCity)),
			code(350, 2, payerUF),
			dayAfterDue(386, 6, hasInterest),
			zeros(392, 2),
			count(395, 6, sequence),
		}, nil},
		{table[record]{
			fixed(1, "22"), // fine, a rate
			dayAfterDue(3, 8, hasFine),
			percent(11, 13, 2, fineRate),
			count(395, 6, sequence),
		}, registersFine},
	},
	end:      table[record]{fixed(1, "9"), count(395, 6, sequence)},
	commands: and(commands240, map[Command]string{ChangeOther: "31"}),
	fault: func(s *Sender) string {
		switch s.Terms.Carteira {
		case "147", "150", "191": // in foreign currency, with codes of their own in column 108
			return wallet.name
		}
		return ""
	},
}

// itauReturn follows the same manual. With Pix, record type 3 brings the copia e cola, and a payment through it
// arrives as ocorrência 10, the money being at the key's account already.
var itauReturn = layout400{
	header: table[Return]{
		text(27, 4, agreementBranch),
		text(33, 5, agreementAccount),
		ddmmyy(95, writtenOn),
		text(109, 5, fileSequence),
	},
	detail: "1",
	title: table[Title]{
		text(38, 25, control),
		text(63, 8, nossoNumero),
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
		text(378, 8, reasons),
		text(393, 2, channel),
	},
	// liquidação normal, parcial, em cartório, por crédito em conta através do Sispag
	settles:    map[string]bool{"06": true, "07": true, "08": true, "59": true},
	creditOnly: true,
	pix:        "3",
	pixSettles: "10",
	passed:     "45",
	titles:     213,
}
