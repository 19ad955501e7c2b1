package cnab

// layout240 is where a bank keeps things in CNAB 240. The header of a record (bank 1-3, lote 4-7, tipo 8, sequência 9-13, segmento 14,
// movimento 16-17) and the file's trailer (registros 24-29) are the same with all.
type layout240 struct {
	header table[Return]
	t, u   table[Title]
	totals bool // the batch trailer counts all records of its batch and adds up its titles
}

// banks240 are the banks whose CNAB 240 is read.
var banks240 = map[string]layout240{
	"001": febraban, // Banco do Brasil
	"033": santander,
	"085": febraban, // Ailos
	"104": febraban, // Caixa
	"748": febraban, // Sicredi
	"756": febraban, // Sicoob
}

// febraban is the layout of FEBRABAN v10.6, segments T and U.
var febraban = layout240{
	header: table[Return]{
		text(33, 20, agreementCode),
		text(53, 5, agreementBranch),
		text(59, 12, agreementAccount),
		ddmmyyyy(144, writtenOn),
		text(158, 6, fileSequence),
	},
	t: table[Title]{
		code(16, 2, movement),
		text(38, 20, nossoNumero),
		text(59, 15, document),
		ddmmyyyy(74, due),
		cents(82, 15, nominal),
		text(106, 25, control),
		centsOrBlank(199, 15, fee),
		text(214, 10, reasons),
	},
	u:      segmentU,
	totals: true,
}

// santander has segment T of its own: shorter account fields move all that follows (manual "Cobrança CNAB 240", segmento T do retorno).
var santander = layout240{
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

var segmentU = table[Title]{
	centsOrBlank(18, 15, interest),
	centsOrBlank(33, 15, discount),
	centsOrBlank(48, 15, rebate),
	cents(78, 15, paid),
	cents(93, 15, net),
	ddmmyyyy(138, occurredOn),
	ddmmyyyy(146, creditedOn),
}

// settles240 are the movements that tell of a payment: 06 liquidação, 17 liquidação após baixa ou de título não registrado.
var settles240 = map[string]bool{"06": true, "17": true}
