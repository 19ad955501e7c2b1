package psp

import (
	"regexp"
	"unicode/utf8"

	"enlace/tenants/money"
)

var (
	chargeTxID = regexp.MustCompile(`^[a-zA-Z0-9]{26,35}$`)
	anyTxID    = regexp.MustCompile(`^[a-zA-Z0-9]{1,35}$`)
	endToEnd   = regexp.MustCompile(`^[a-zA-Z0-9]{32}$`)
	cpf        = regexp.MustCompile(`^[0-9]{11}$`)
	cnpj       = regexp.MustCompile(`^[0-9A-Z]{14}$`)
	amount     = regexp.MustCompile(`^[0-9]{1,10}\.[0-9]{2}$`)
)

// IsChargeTxID says whether a charge may have that txid.
func IsChargeTxID(s string) bool { return chargeTxID.MatchString(s) }

// IsTxID says whether a Pix may have that txid: of a charge, or of a static code.
func IsTxID(s string) bool { return anyTxID.MatchString(s) }

// IsEndToEnd says whether a text has the shape of an EndToEndId.
func IsEndToEnd(s string) bool { return endToEnd.MatchString(s) }

// IsCPF and IsCNPJ say which document a payer has, by its shape.
func IsCPF(s string) bool  { return cpf.MatchString(s) }
func IsCNPJ(s string) bool { return cnpj.MatchString(s) }

// ParseAmount reads an amount as the API writes it, 123.45.
func ParseAmount(s string) (money.Cents, bool) {
	if !amount.MatchString(s) {
		return 0, false
	}
	parsed, err := money.Parse(s)
	return parsed, err == nil
}

// The longest texts of a charge, in letters, and the largest amount.
const (
	longestKey  = 77
	longestName = 200
	longestNote = 140
	mostAmount  = money.Cents(999_999_999_999)
)

// Check says what a PSP would refuse by the API's own rules, before it is asked. It returns *Refused, naming the API's field.
func (c Charge) Check() error {
	refuse := func(field, why string) error {
		return &Refused{Title: "a charge against the rules", Field: string(c.Kind()) + "." + field, Why: why}
	}
	switch named := c.Payer != (Payer{}); {
	case !IsChargeTxID(c.TxID):
		return refuse("txid", "26 to 35 letters and digits")
	case c.Key == "" || utf8.RuneCountInString(c.Key) > longestKey:
		return refuse("chave", "from 1 to 77 characters")
	case c.Amount <= 0 || c.Amount > mostAmount:
		return refuse("valor.original", "more than zero, ten digits of reais")
	case utf8.RuneCountInString(c.Note) > longestNote:
		return refuse("solicitacaoPagador", "at most 140 characters")
	case c.Kind() == Immediate && c.Lifetime.Seconds() < 1:
		return refuse("calendario.expiracao", "at least a second")
	case !named && c.Kind() == Dated:
		return refuse("devedor", "required")
	case named && !IsCPF(c.Payer.Document) && !IsCNPJ(c.Payer.Document):
		return refuse("devedor", "neither CPF nor CNPJ")
	case named && (c.Payer.Name == "" || utf8.RuneCountInString(c.Payer.Name) > longestName):
		return refuse("devedor.nome", "from 1 to 200 characters")
	case c.PayableFor < 0:
		return refuse("calendario.validadeAposVencimento", "not negative")
	case c.Fine < 0 || c.Interest < 0:
		return refuse("valor.multa", "not negative")
	case c.Discount < 0 || c.Discount >= c.Amount:
		return refuse("valor.desconto", "less than the amount")
	}
	return nil
}
