package print

// pixPart draws the part that is paid with where there is no bank: no barcode, a larger Pix, and the copia e cola in letters.
func (s *sheet) pixPart(slip *Slip) error {
	const qrSize = 34.0
	s.text(fichaX, headY-2.4, bold, 11, "Pague com Pix")
	s.line(fichaX+6*twelfth, headY-2.4, 6*twelfth, regular, 8, "Aponte a câmera do aplicativo do seu banco para o código", right)
	s.rule(fichaX, headY, fichaEnd, headY, thick)
	s.field(textX, placeY, textWidth, "Como pagar", "Pelo Pix, em qualquer banco, até "+slip.payableUntil().BR(), left)
	s.strongField(sumX, placeY, sumWidth, "Vencimento", slip.Due.BR(), left)
	s.party(textX, owedY, textWidth, "Beneficiário", slip.Beneficiary)
	s.strongField(sumX, owedY, sumWidth, "Valor", slip.Amount.BRL(), left)
	s.columns(dataY, []column{
		{3, "Data do documento", slip.IssuedOn.BR()},
		{3, "Nº do documento", slip.Document},
		{3, "Parcela", slip.instalment()},
	})
	s.memo(slip, textWidth)
	if err := s.qrCode(moneyX+(3*twelfth-qrSize)/2, dataY+(payerY-dataY-qrSize)/2, qrSize, slip.Pix); err != nil {
		return err
	}
	s.rule(fichaX, owedY, fichaEnd, owedY, thin)
	s.rule(fichaX, dataY, fichaEnd, dataY, thin)
	s.rule(fichaX, whatY, moneyX, whatY, thin)
	s.rule(fichaX, payerY, fichaEnd, payerY, thin)
	s.rule(fichaX, footY, fichaEnd, footY, thin)
	s.rule(moneyX, placeY, moneyX, payerY, thin)
	s.party(textX, payerY, fullWidth, "Pagador", slip.Payer)
	s.label(textX, footY, fullWidth, "Pix copia e cola", left)
	s.box(textX, footY+labelBase+0.2, fullWidth, slipHeight-5-footY-labelBase, regular, 7, slip.Pix)
	return nil
}
