package print

// pixPart draws the part that is paid with where there is no bank: no barcode, a larger Pix, and the copia e cola in letters.
func (s *sheet) pixPart(slip *Slip) error {
	const width, qrSize = fichaEnd - fichaX, 34.0
	s.text(fichaX, headY-2.4, bold, 11, "Pague com Pix")
	s.line(fichaX+width/2, headY-2.4, width/2, regular, 8, "Aponte a câmera do aplicativo do seu banco para o código", true)
	s.rule(fichaX, headY, fichaEnd, headY, thick)
	s.field(fichaX+inset, placeY, 9*twelfth-2*inset, "Como pagar", "Pelo Pix, em qualquer banco, até "+slip.payableUntil().BR(), left)
	s.strongField(moneyX+inset, placeY, 3*twelfth-2*inset, "Vencimento", slip.Due.BR(), left)
	s.party(fichaX+inset, owedY, 9*twelfth-2*inset, "Beneficiário", slip.Beneficiary)
	s.strongField(moneyX+inset, owedY, 3*twelfth-2*inset, "Valor", slip.Amount.BRL(), left)
	s.columns(dataY, []column{
		{3, "Data do documento", slip.IssuedOn.BR()},
		{3, "Nº do documento", slip.Document},
		{3, "Parcela", slip.instalment()},
	})
	s.memo(slip, 9*twelfth-2*inset, payerY-whatY)
	if err := s.qrCode(moneyX+(3*twelfth-qrSize)/2, dataY+(payerY-dataY-qrSize)/2, qrSize, slip.Pix); err != nil {
		return err
	}
	s.rule(fichaX, owedY, fichaEnd, owedY, thin)
	s.rule(fichaX, dataY, fichaEnd, dataY, thin)
	s.rule(fichaX, whatY, moneyX, whatY, thin)
	s.rule(fichaX, payerY, fichaEnd, payerY, thin)
	s.rule(fichaX, footY, fichaEnd, footY, thin)
	s.rule(moneyX, placeY, moneyX, payerY, thin)
	s.party(fichaX+inset, payerY, width-2*inset, "Pagador", slip.Payer)
	s.label(fichaX+inset, footY, width-2*inset, "Pix copia e cola", left)
	s.box(fichaX+inset, footY+labelBase+0.2, width-2*inset, slipHeight-5-footY-labelBase, regular, 7, slip.Pix)
	return nil
}
