package print

import (
	"cmp"

	"enlace/tenants/brazil/boleto"
)

// The part that is paid with goes from the cut to the right margin. Its left 9 twelfths say what and to whom, the right 3 how much.
// Texts stand an inset from the lines.
const (
	fichaX   = cutX + 4
	fichaEnd = pageWidth - margin
	twelfth  = (fichaEnd - fichaX) / 12
	moneyX   = fichaX + 9*twelfth
	inset    = 1.0

	textX     = fichaX + inset
	textWidth = 9*twelfth - 2*inset
	fullWidth = 12*twelfth - 2*inset
	sumX      = moneyX + inset
	sumWidth  = 3*twelfth - 2*inset

	placeY = headY
	owedY  = placeY + 8
	dataY  = owedY + 10.5
	whatY  = dataY + 7.5
	payerY = whatY + 29
	footY  = payerY + 10.5
)

// The symbol's place by the bank manuals: its middle 12 mm over the lower edge, 5 mm of blank paper at its left.
const (
	barsX = fichaX + boleto.QuietZone
	barsY = slipHeight - 12 - boleto.BarsHeight/2
)

// ficha draws the ficha de compensação.
func (s *sheet) ficha(slip *Slip) error {
	s.bankHead(slip.Bank)
	s.field(textX, placeY, textWidth, "Local de pagamento", whereToPay(slip), left)
	s.strongField(sumX, placeY, sumWidth, "Vencimento", slip.Due.BR(), left)
	s.party(textX, owedY, textWidth, "Beneficiário", slip.Beneficiary)
	s.field(sumX, owedY, sumWidth, "Agência / código", slip.Bank.Agency, right)
	s.columns(dataY, []column{
		{2, "Data do documento", slip.IssuedOn.BR()},
		{2, "Nº do documento", slip.Document},
		{1, "Espécie", cmp.Or(slip.Bank.Species, "DM")},
		{1, "Aceite", "N"},
		{1, "Carteira", slip.Bank.Wallet},
		{2, "Processamento", slip.IssuedOn.BR()},
	})
	s.field(sumX, dataY, sumWidth, "Nosso número", slip.Bank.NossoNumero, right)
	s.amounts(slip)
	for _, y := range []float64{owedY, dataY, whatY, payerY, footY} {
		s.rule(fichaX, y, fichaEnd, y, thin)
	}
	s.rule(moneyX, placeY, moneyX, payerY, thin)
	s.party(textX, payerY, fullWidth, "Pagador", slip.Payer)
	s.line(sumX, footY+labelBase+0.4, sumWidth, regular, labelSize, "Autenticação mecânica", right)
	s.line(sumX, footY+labelBase+3.2, sumWidth, bold, labelSize, "Ficha de compensação", right)
	if err := s.instructions(slip); err != nil {
		return err
	}
	return s.barcode(barsX, barsY, slip.Bank.Barcode)
}

// lineSize is the linha digitável's: 3.5 mm, the least that the banks take.
const lineSize = 10.0

// bankHead draws the bank's name and code, and the linha digitável at the right. The name gives way to the other two; a long one of several
// words stands on two lines.
func (s *sheet) bankHead(bank *Bank) {
	const nameSize, codeSize, base, gaps = 11.0, 12.0, headY - 2.4, 2 + 4 + 1
	f, name := s.faces[bold], encode(bank.Name)
	nameWidth := min(20.5, fichaEnd-fichaX-gaps-f.width(encode(bank.Code), codeSize)-f.width(encode(bank.Line), lineSize))
	x := fichaX + 2.0
	if lines := f.wrap(name, 8, nameWidth, 2); f.width(name, nameSize) <= nameWidth || len(lines) < 2 {
		fitted, size := f.fit(name, nameSize, 8, nameWidth)
		s.text(fichaX, base, bold, size, fitted)
		x += f.width(fitted, size)
	} else {
		s.text(fichaX, base-2, bold, 8, lines[0])
		s.text(fichaX, base+1.2, bold, 8, lines[1])
		x += max(f.width(lines[0], 8), f.width(lines[1], 8))
	}
	s.rule(x, headY-5.6, x, headY, thick)
	s.text(x+2, base, bold, codeSize, encode(bank.Code))
	x += 4 + f.width(encode(bank.Code), codeSize)
	s.rule(x, headY-5.6, x, headY, thick)
	s.line(x+1, base, fichaEnd-x-1, bold, lineSize, bank.Line, right)
	s.rule(fichaX, headY, fichaEnd, headY, thick)
}

func whereToPay(slip *Slip) string {
	if slip.Pix == "" {
		return "Pagável em qualquer banco ou lotérica até " + slip.payableUntil().BR()
	}
	return "Pagável em qualquer banco, lotérica ou pelo Pix até " + slip.payableUntil().BR()
}

// column is a field of so many twelfths.
type column struct {
	twelfths     float64
	label, value string
}

// columns draws fields side by side from the left edge with lines between them.
func (s *sheet) columns(y float64, columns []column) {
	x := fichaX
	for i, c := range columns {
		if i > 0 {
			s.rule(x, y, x, whatY, thin)
		}
		s.field(x+inset, y, c.twelfths*twelfth-2*inset, c.label, c.value, left)
		x += c.twelfths * twelfth
	}
}

// amounts draws the column that the cashier fills.
func (s *sheet) amounts(slip *Slip) {
	s.strongField(sumX, whatY, sumWidth, "(=) Valor do documento", slip.Amount.BRL(), right)
	y := whatY + 8.3
	for _, label := range []string{"(−) Desconto", "(+) Mora e multa", "(=) Valor cobrado"} {
		s.rule(moneyX, y, fichaEnd, y, thin)
		s.label(sumX, y, sumWidth, label, right)
		y += 6.9
	}
}

// instructions draws what is charged and, at its right, the Pix.
func (s *sheet) instructions(slip *Slip) error {
	const qrSize, qrX = 24.0, moneyX - 25
	width := textWidth
	if slip.Pix != "" {
		width -= qrSize + 1
		const caption = "Pague com Pix"
		s.text(qrX+(qrSize-s.faces[bold].width(caption, 6.5))/2, whatY+27.3, bold, 6.5, caption)
		if err := s.qrCode(qrX, whatY+0.8, qrSize, slip.Pix); err != nil {
			return err
		}
	}
	s.memo(slip, width)
	return nil
}

// memo draws the heading and the lines that explain the amount, smaller when they are many, the last ones cut when they are too many.
func (s *sheet) memo(slip *Slip, width float64) {
	s.label(textX, whatY, width, "Instruções", left)
	y := s.box(textX, whatY+labelBase+0.4, width, 2*valueSize*leading/pointsPerMM, bold, valueSize, slip.Heading) + 0.6
	floor := payerY - 1.2
	size := 8.0
	for ; size > leastSize && s.tooHigh(slip.Instructions, size, width, floor-y); size -= 0.5 {
	}
	for _, text := range slip.Instructions {
		for _, line := range s.faces[regular].wrap(encode(text), size, width, int((floor-y)/(size*memoLeading/pointsPerMM))) {
			y += size * memoLeading / pointsPerMM
			s.text(textX, y, regular, size, line)
		}
	}
}

const memoLeading = 1.35

func (s *sheet) tooHigh(texts []string, size, width, height float64) bool {
	lines := 0
	for _, text := range texts {
		lines += len(s.faces[regular].wrap(encode(text), size, width, 99))
	}
	return float64(lines)*size*memoLeading/pointsPerMM > height
}
