package boleto

import "strconv"

func init() { register("077-9", inter{}, maxAmount) }

// inter follows Inter's CNAB 400 manual. The bank has one agência, 0001.
type inter struct{}

func (inter) campoLivre(in Input) (campo, string) {
	var c campo
	c.putOr("agencia", in.Agencia, "0001", 4)
	c.put("carteira", in.Carteira, 3)
	c.put("operacao", in.Operacao, 7)
	c.put("nosso_numero", in.NossoNumero, 10)
	number := c.digits[14:24]
	dv := mod10(c.digits[:7], number)
	c.digit(dv)
	return c, string(number) + "-" + string(dv)
}

func (inter) numbers(Input) (first, last uint64, err error) { return 1, 9_999_999_999, nil }

func (inter) assign(in *Input, number uint64) { in.NossoNumero = strconv.FormatUint(number, 10) }
