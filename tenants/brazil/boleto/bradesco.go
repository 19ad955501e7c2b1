package boleto

import "strconv"

func init() { register("237-2", bradesco{}, maxAmount) }

// bradesco follows Bradesco's manual of August 2015.
type bradesco struct{}

func (bradesco) campoLivre(in Input) (campo, string) {
	var c campo
	c.put("agencia", in.Agencia, 4)
	c.put("carteira", in.Carteira, 2)
	c.put("nosso_numero", in.NossoNumero, 11)
	c.put("conta", in.Conta, 7)
	c.digit('0')
	carteira, number := c.digits[4:6], c.digits[6:17]
	return c, "0" + string(carteira) + "/" + string(number) + "-" + string(bradescoDV(carteira, number))
}

// bradescoDV weighs with 2 to 7 only, and writes P where the digit would be 10.
func bradescoDV(carteira, number []byte) byte {
	r := mod11(7, carteira, number)
	if r == 1 {
		return 'P'
	}
	return digitOrZero(r)
}

func (bradesco) numbers(Input) (first, last uint64, err error) { return 1, 99_999_999_999, nil }

func (bradesco) assign(in *Input, number uint64) { in.NossoNumero = strconv.FormatUint(number, 10) }
