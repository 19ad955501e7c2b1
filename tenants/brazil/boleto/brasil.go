package boleto

import "strconv"

func init() { register("001-9", bancoDoBrasil{}, maxAmount) }

// bancoDoBrasil follows Banco do Brasil's manual of January 2016. The length of the convênio chooses the layout:
// 7 and, in old agreements, 8 digits give a nosso número of 17 without check digit; 6 and 4 give one of 11 with it.
type bancoDoBrasil struct{}

func (bancoDoBrasil) campoLivre(in Input) (campo, string) {
	var c campo
	width, err := sequenceWidth(in)
	if err != nil {
		return campo{err: err}, ""
	}
	long := len(in.Convenio) > 6
	if long {
		c.add("000000")
	}
	c.put("convenio", in.Convenio, len(in.Convenio))
	c.put("sequencial", in.Sequencial, width)
	if in.NossoNumeroLivre17 {
		c.add("21")
		return c, string(c.digits[6:23])
	}
	if long {
		c.put("carteira", in.Carteira, 2)
		return c, string(c.digits[6:23])
	}
	c.put("agencia", in.Agencia, 4)
	c.put("conta", in.Conta, 8)
	c.put("carteira", in.Carteira, 2)
	number := c.digits[:11]
	// The manual weighs with 9 to 2 from the right: módulo 11 with 2 to 9 taken negative, so the digit is the same.
	return c, string(number) + "-" + string(digitOrX(mod11(9, number)))
}

// sequenceWidth returns how many digits the convênio leaves for the title's number.
// The free 17 belonged to unregistered cobrança, which is extinct; old slips still have to be read and printed again.
func sequenceWidth(in Input) (int, error) {
	switch n := len(in.Convenio); {
	case n == 0:
		return 0, &Error{Field: "convenio", Err: ErrMissing}
	case in.NossoNumeroLivre17 && n == 6:
		return 17, nil
	case in.NossoNumeroLivre17:
	case n == 7 || n == 8:
		return 17 - n, nil
	case n == 6 || n == 4:
		return 11 - n, nil
	}
	return 0, &Error{Field: "convenio", Err: ErrLength}
}

func (bancoDoBrasil) numbers(in Input) (first, last uint64, err error) {
	width, err := sequenceWidth(in)
	last = 1
	for range width {
		last *= 10
	}
	return 1, last - 1, err
}

func (bancoDoBrasil) assign(in *Input, number uint64) {
	in.Sequencial = strconv.FormatUint(number, 10)
}
