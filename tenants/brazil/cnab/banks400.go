package cnab

// layout400 is where a bank keeps things in CNAB 400. Tipo (1) and sequência (395-400) are the same with all.
type layout400 struct {
	header     table[Return]
	detail     string // tipo of a title's record
	title      table[Title]
	settles    map[string]bool
	creditOnly bool   // 254-266 is what came to the account, not what was paid
	pix        string // tipo of the record that brings the Pix of the title before it
	pixSettles string // ocorrência that is a payment when such a record follows
	passed     string // tipos that say nothing of payments
	titles     int    // column of the trailer with the count of titles (8) and, behind it, their nominal value (14); 0 for none
}

// banks400 are the banks whose CNAB 400 is read.
var banks400 = map[string]layout400{
	"001": brasil400,
	"237": bradesco400,
	"341": itau400,
}

// itau400 follows "Cobrança Itaú, layout CNAB 400" of July 2021. With Pix, record type 3 brings the copia e cola, and a payment through it
// arrives as ocorrência 10, the money being at the key's account already.
var itau400 = layout400{
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

// bradesco400 follows "Cobrança Bradesco, layout CNAB 400".
var bradesco400 = layout400{
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

// brasil400 is Banco do Brasil's CBR643 for convênios of seven digits, detail type 7.
var brasil400 = layout400{
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
