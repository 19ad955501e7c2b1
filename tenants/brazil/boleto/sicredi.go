package boleto

import "strconv"

func init() { register("748-X", sicredi{}, maxAmount) }

// sicredi follows Sicredi's manual of cobrança. A nosso número is the year, a byte that says who issued it, and five digits;
// byte 1 is the cooperative's own, 2 to 9 are the beneficiary's.
type sicredi struct{}

const (
	sicrediFirstByte = 2
	sicrediABytes    = 100_000 // numbers to a byte
)

func (sicredi) campoLivre(in Input) (campo, string) {
	var c campo
	c.put("tipo_cobranca", in.TipoCobranca, 1)
	c.put("carteira", in.Carteira, 1)
	c.put("ano", in.Ano, 2)
	c.put("byte", in.Byte, 1)
	c.put("sequencial", in.Sequencial, 5)
	c.digit('0') // held for the DV, which needs the agreement
	c.put("agencia", in.Agencia, 4)
	c.put("posto", in.Posto, 2)
	c.put("beneficiario", in.Beneficiario, 5)
	c.add("10")
	if in.TipoCobranca != "1" && in.TipoCobranca != "3" { // registered or not
		c.refuse("tipo_cobranca", ErrValue)
	}
	if in.Byte == "0" {
		c.refuse("byte", ErrValue)
	}
	year, number, agreement := c.digits[2:4], c.digits[4:10], c.digits[11:22]
	dv := digitOrZero(mod11(9, agreement, year, number))
	c.digits[10] = dv
	c.digit(digitOrZero(mod11(9, c.digits[:24])))
	return c, string(year) + "/" + string(number) + "-" + string(dv)
}

// numbers counts byte and sequence as one, so that byte 3 follows when 2 is full. An agreement that names a byte begins with it.
func (sicredi) numbers(in Input) (first, last uint64, err error) {
	from := uint64(sicrediFirstByte)
	if in.Byte != "" {
		if in.Byte < "2" || in.Byte > "9" || len(in.Byte) != 1 {
			return 0, 0, &Error{Field: "byte", Err: ErrValue}
		}
		from = uint64(in.Byte[0] - '0')
	}
	return from*sicrediABytes + 1, 999_999, nil
}

func (sicredi) assign(in *Input, number uint64) {
	in.Byte = strconv.FormatUint(number/sicrediABytes, 10)
	in.Sequencial = strconv.FormatUint(number%sicrediABytes, 10)
}
