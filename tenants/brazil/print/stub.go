package print

// The stub is 42 mm wide from the left margin to the cut, 4 mm of them blank.
const (
	margin    = 8.0
	cutX      = margin + 42
	stubRight = cutX - 4
	stubWidth = stubRight - margin
	headY     = 11.5 // under the heads of both parts
)

// stub draws the recibo do pagador: what identifies the slip, the payer and the beneficiary (CDC, art. 42-A).
func (s *sheet) stub(slip *Slip) error {
	s.rule(margin, headY, stubRight, headY, thick)
	y := headY
	below := func(height float64) {
		y += height
		s.rule(margin, y, stubRight, y, thin)
	}
	const half = stubWidth / 2
	s.field(margin, y, half-1, "Parcela", slip.instalment(), left)
	s.field(margin+half, y, half, "Nº do documento", slip.Document, left)
	below(7.6)
	s.field(margin, y, half-1, "Vencimento", slip.Due.BR(), left)
	s.field(margin+half, y, half, "Valor", slip.Amount.BRL(), left)
	below(7.6)
	if slip.Bank != nil {
		s.field(margin, y, stubWidth, "Agência / código", slip.Bank.Agency, left)
		below(7.6)
		s.field(margin, y, stubWidth, "Nosso número", slip.Bank.NossoNumero, left)
		below(7.6)
	}
	s.person(y, 14.2, "Pagador", Party{Name: slip.Payer.Name, Document: slip.Payer.Document})
	below(14.2)
	s.person(y, 17.8, "Beneficiário", slip.Beneficiary)
	below(17.8)
	s.label(margin, y, stubWidth, "Recebi em", left)
	if slip.Telegram != "" {
		if err := s.telegram(y, slip.Telegram); err != nil {
			return err
		}
	}
	s.line(margin, slipHeight-8, stubWidth, bold, labelSize, "Recibo do pagador", left)
	s.line(margin, slipHeight-5.4, stubWidth, regular, labelSize, "Autenticação no verso", left)
	return nil
}

// telegram draws the link into the ISP's bot beside the place for "Recebi em".
func (s *sheet) telegram(y float64, link string) error {
	const qrSize = 17.0
	s.line(stubRight-qrSize, y+labelBase, qrSize, regular, leastSize, "No Telegram", right)
	return s.qrCode(stubRight-qrSize, y+2.2, qrSize, link)
}

// person draws a party in the narrow column: the name on up to three lines, in small type where two of large do not do; the document; and
// the address in what height is left.
func (s *sheet) person(y, height float64, label string, p Party) {
	const nameSize, small = 8.0, 6.5
	floor := y + height - 0.8
	s.label(margin, y, stubWidth, label, left)
	y = s.box(margin, y+labelBase, stubWidth, 3*leastSize*leading/pointsPerMM, bold, nameSize, p.Name) + 0.4
	y = s.box(margin, y, stubWidth, small*leading/pointsPerMM, regular, small, p.Document)
	if p.Address != "" {
		s.box(margin, y, stubWidth, floor-y, regular, small, p.Address)
	}
}
