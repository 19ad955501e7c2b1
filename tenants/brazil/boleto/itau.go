package boleto

import "strconv"

func init() { register("341-7", itau{}, maxAmount) }

// itau follows Itaú's manual of cobrança of July 2021.
type itau struct{}

func (itau) campoLivre(in Input) (campo, string) {
	var c campo
	c.put("carteira", in.Carteira, 3)
	c.put("nosso_numero", in.NossoNumero, 8)
	carteira, number := c.digits[0:3], c.digits[3:11]
	if countsInSeuNumero(in.Carteira) {
		c.put("seu_numero", in.SeuNumero, 7)
		c.put("codigo_cliente", in.CodigoCliente, 5)
		c.digit(mod10(c.digits[:23]))
		c.digit('0')
		return c, string(carteira) + "/" + string(number)
	}
	c.digit('0') // held for the DAC, which needs agência and conta
	c.put("agencia", in.Agencia, 4)
	c.put("conta", in.Conta, 5)
	account := c.digits[12:21]
	c.putOr("conta_dac_supplied", in.ContaDAC, string(mod10(account)), 1)
	c.add("000")
	if dacOfNumberAlone(in.Carteira) {
		c.digits[11] = mod10(carteira, number)
	} else {
		c.digits[11] = mod10(account, carteira, number)
	}
	return c, string(carteira) + "/" + string(number) + "-" + string(c.digits[11])
}

// countsInSeuNumero names the carteiras whose slip carries the customer's own number, and no agência.
func countsInSeuNumero(carteira string) bool {
	switch carteira {
	case "107", "122", "142", "143", "196", "198":
		return true
	}
	return false
}

// dacOfNumberAlone names the carteiras whose DAC leaves agência and conta out.
func dacOfNumberAlone(carteira string) bool {
	switch carteira {
	case "126", "131", "146", "150", "168":
		return true
	}
	return false
}

func (itau) numbers(Input) (first, last uint64, err error) { return 1, 99_999_999, nil }

func (itau) assign(in *Input, number uint64) { in.NossoNumero = strconv.FormatUint(number, 10) }
