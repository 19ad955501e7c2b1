package cnab

import (
	"maps"
	"slices"
)

// layout240 is where a bank keeps things in a retorno of CNAB 240. The header of a record (bank 1-3, lote 4-7, tipo 8, sequência 9-13,
// segmento 14, movimento 16-17) and the file's trailer (registros 24-29) are the same with all.
type layout240 struct {
	header table[Return]
	t, u   table[Title]
	totals bool // the batch trailer counts all records of its batch and adds up its titles
}

// Ailos, of which we read the retorno alone
func init() { register("085", bank{returns240: febraban(text(33, 20, agreementCode))}) }

// febraban is the retorno of FEBRABAN v10.6, segments T and U. Whose it is stands in 33-72, the code and the account in each bank's own way.
func febraban(own ...field[Return]) *layout240 {
	return &layout240{
		header: slices.Concat(own, table[Return]{
			text(53, 5, agreementBranch),
			ddmmyyyy(144, writtenOn),
			text(158, 6, fileSequence),
		}),
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

// commands240 are the movements of a remessa that all banks of CNAB 240 share (C004).
var commands240 = map[Command]string{Register: "01", Cancel: "02", GrantRebate: "04", CancelRebate: "05", ChangeDue: "06"}

// and adds to the commands of a layout what a bank knows besides.
func and(shared map[Command]string, own map[Command]string) map[Command]string {
	all := maps.Clone(shared)
	maps.Copy(all, own)
	return all
}

// fileHeader240 is record 0. The agreement and the account stand in 33-72, in each bank's own way; own is the version (164) and what else
// a bank wants.
func fileHeader240(bank, name string, agreement table[record], own ...field[record]) table[record] {
	return slices.Concat(table[record]{
		fixed(1, bank+"00000"),
		inscription(18, 1, 14, holderCNPJ),
	}, agreement, table[record]{
		needed(text(73, 30, holderName)),
		fixed(103, name),
		fixed(143, "1"),
		ddmmyyyy(144, fileDate),
		digits(152, 6, fileClock),
		count(158, 6, fileNumber),
	}, own)
}

// batchHeader240 is record 1, the account one column further on than in the file's header, and the version in 14.
func batchHeader240(bank string, agreement table[record], own ...field[record]) table[record] {
	return slices.Concat(table[record]{
		fixed(1, bank),
		count(4, 4, batchNumber),
		fixed(8, "1R01"),
		inscription(18, 1, 15, holderCNPJ),
	}, agreement, table[record]{
		needed(text(74, 30, holderName)),
		count(184, 8, fileNumber),
		ddmmyyyy(192, fileDate),
		zeros(200, 8),
	}, own)
}

// segment is a record 3 up to its movement, and what the fields add.
func segment(bank, letter string, fields ...field[record]) table[record] {
	return slices.Concat(table[record]{
		fixed(1, bank),
		count(4, 4, batchNumber),
		fixed(8, "3"),
		count(9, 5, sequence),
		fixed(14, letter),
		digits(16, 2, command),
	}, fields)
}

// titleTerms is segment P from the due date on. Rest is what stands from 221: protest (never), write-off, currency.
func titleTerms(species, exempt string, decimals int, rest string) table[record] {
	return table[record]{
		ddmmyyyy(78, dueOn),
		cents(86, 15, amount),
		zeros(101, 5),
		fixed(107, species+"N"), // espécie; not accepted by the payer
		ddmmyyyy(110, issuedOn),
		choice(118, "2", exempt, hasInterest), // 2 is a rate by the month (money.md M10)
		dayAfterDue(119, 8, hasInterest),
		percent(127, 15, decimals, monthlyRate),
		choice(142, "1", "0", hasDiscount),
		ddmmyyyy(143, discountUntil),
		cents(151, 15, discounted),
		zeros(166, 15), // IOF
		cents(181, 15, rebated),
		exact(196, 25, mark),
		fixed(221, rest),
	}
}

// segmentQ is the payer; no sacador avalista.
func segmentQ(bank string) table[record] {
	return segment(bank, "Q",
		inscription(18, 1, 15, payerDocument),
		needed(text(34, 40, payerName)),
		needed(text(74, 40, payerStreet)),
		text(114, 15, payerDistrict),
		digits(129, 8, payerCEP),
		needed(text(137, 15, payerCity)),
		code(152, 2, payerUF),
		zeros(154, 16),
		zeros(210, 3),
	)
}

// segmentR is the fine, a rate (code 2); no second and third discount.
func segmentR(bank string) table[record] {
	return segment(bank, "R",
		zeros(18, 48),
		fixed(66, "2"),
		dayAfterDue(67, 8, hasFine),
		percent(75, 15, 2, fineRate),
		zeros(200, 16),
		zeros(217, 12),
		zeros(231, 1),
	)
}

// batchTrailer240 is record 5 with count and value of the titles, all of the simple kind; banks that want no totals take its head alone.
func batchTrailer240(bank string, totals ...field[record]) table[record] {
	return slices.Concat(table[record]{
		fixed(1, bank),
		count(4, 4, batchNumber),
		fixed(8, "5"),
		count(18, 6, batchSize),
	}, totals)
}

var simpleTitles = table[record]{
	count(24, 6, titleCount),
	cents(30, 17, titleSum),
	zeros(47, 69), // vinculada, caucionada, descontada
}

// fileTrailer240 is record 9.
func fileTrailer240(bank string, fields ...field[record]) table[record] {
	return slices.Concat(table[record]{
		fixed(1, bank+"99999"),
		count(18, 6, batchNumber),
		count(24, 6, fileSize),
	}, fields)
}
