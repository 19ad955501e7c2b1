package boleto

import "strconv"

func init() { register("033-7", santander{}, maxAmount) }

// santander follows Santander's manual of January 2017.
type santander struct{}

func (santander) campoLivre(in Input) (campo, string) {
	var c campo
	c.digit('9')
	c.put("codigo_beneficiario", in.CodigoBeneficiario, 7)
	c.put("nosso_numero", in.NossoNumero, 12)
	number := c.digits[8:20]
	dv := digitOrZero(mod11(9, number))
	c.digit(dv)
	c.putOr("ios", in.IOS, "0", 1) // a tax that only insurers collect
	c.put("carteira", in.Carteira, 3)
	return c, string(number) + "-" + string(dv)
}

func (santander) numbers(Input) (first, last uint64, err error) { return 1, 999_999_999_999, nil }

func (santander) assign(in *Input, number uint64) { in.NossoNumero = strconv.FormatUint(number, 10) }
