package boleto

func init() { register("104-0", caixa{}, 999_999_999) }

// caixa follows the SIGCB manual of Caixa of 2020, which also caps a slip at R$ 9.999.999,99.
type caixa struct{}

func (caixa) campoLivre(in Input) (campo, string) {
	var c campo
	c.putBeneficiary(in.CodigoBeneficiario)
	n := in.NossoNumero17
	if err := checkNossoNumero17(n); err != nil && c.err == nil {
		c.err = err
	}
	if c.err != nil {
		return c, ""
	}
	c.add(n[2:5])
	c.add(n[0:1])
	c.add(n[5:8])
	c.add(n[1:2])
	c.add(n[8:17])
	c.digit(digitOrZero(mod11(9, c.digits[:24])))
	return c, n + "-" + string(digitOrZero(mod11(9, []byte(n))))
}

// putBeneficiary appends a code of six digits with its check digit, or one of the newer codes from 1100000 on, which have none.
func (c *campo) putBeneficiary(code string) {
	c.put("codigo_beneficiario", code, 7)
	if c.err != nil {
		return
	}
	if len(code) < 7 {
		copy(c.digits[:6], c.digits[1:7])
		c.digits[6] = digitOrZero(mod11(9, c.digits[:6]))
	} else if code < "1100000" {
		c.refuse("codigo_beneficiario", ErrValue)
	}
}

// checkNossoNumero17 wants all 17 digits. The first says whether the title is registered (1) or not (2), the second who prints it, bank (1) or beneficiary (4).
// Slips of all four kinds are about and are read; the ISP gives out only 14.
func checkNossoNumero17(n string) error {
	var c campo
	c.put("nosso_numero_17", n, 17)
	if c.err == nil && len(n) < 17 {
		c.refuse("nosso_numero_17", ErrLength)
	}
	if c.err != nil {
		return c.err
	}
	switch n[:2] {
	case "14", "24", "11", "21":
		return nil
	}
	return &Error{Field: "nosso_numero_17", Err: ErrValue}
}

func (caixa) numbers(Input) (first, last uint64, err error) { return 1, 999_999_999_999_999, nil }

func (caixa) assign(in *Input, number uint64) {
	digits := [17]byte{'1', '4'} // registered, printed by the ISP
	putNumber(digits[2:], number)
	in.NossoNumero17 = string(digits[:])
}
