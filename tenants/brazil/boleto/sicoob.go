package boleto

import "strconv"

func init() { register("756-0", sicoob{}, maxAmount) }

// sicoob follows Sicoob's manual of cobrança; the agência is the cooperative.
type sicoob struct{}

func (sicoob) campoLivre(in Input) (campo, string) {
	var c campo
	c.put("carteira", in.Carteira, 1)
	c.put("agencia", in.Agencia, 4)
	c.put("modalidade", in.Modalidade, 2)
	c.put("convenio_cliente", in.ConvenioCliente, 7)
	c.put("nosso_numero", in.NossoNumero, 7)
	cooperative, client, number := c.digits[1:5], c.digits[7:14], c.digits[14:21]
	dv := sicoobDV(cooperative, client, number)
	c.digit(dv)
	c.putOr("parcela", in.Parcela, "001", 3)
	return c, string(number) + "-" + string(dv)
}

// sicoobDV weighs with 3, 1, 9, 7 from the left. The rule takes the client with ten digits, which the campo livre cuts to seven.
func sicoobDV(cooperative, client, number []byte) byte {
	base := [21]byte{4: '0', 5: '0', 6: '0'}
	copy(base[0:4], cooperative)
	copy(base[7:14], client)
	copy(base[14:21], number)
	weights := [4]int{3, 1, 9, 7}
	sum := 0
	for i, d := range base {
		sum += int(d-'0') * weights[i%4]
	}
	return digitOrZero(sum % 11)
}

func (sicoob) numbers(Input) (first, last uint64, err error) { return 1, 9_999_999, nil }

func (sicoob) assign(in *Input, number uint64) { in.NossoNumero = strconv.FormatUint(number, 10) }
