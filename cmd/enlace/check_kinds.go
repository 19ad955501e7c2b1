package main

import (
	"encoding/json"
	"errors"
	"fmt"

	"enlace/tenants/brazil"
	"enlace/tenants/brazil/boleto"
	"enlace/tenants/brazil/pix"
	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// due is a due date that may be said to be none, with null; empty text says nothing.
type due struct {
	said bool
	date calendar.Date
}

func (d *due) UnmarshalJSON(text []byte) error {
	d.said = string(text) != `""`
	return json.Unmarshal(text, &d.date)
}

func checkBoleto(line []byte) (any, error) {
	q, err := parse[struct {
		Bank   string        `json:"bank"`
		Due    due           `json:"due_date"`
		Amount *money.Cents  `json:"amount_cents"`
		Input  *boleto.Input `json:"input"`
	}](line)
	if err == nil {
		err = missing("bank", q.Bank != "", "due_date", q.Due.said, "amount_cents", q.Amount != nil, "input", q.Input != nil)
	}
	if err != nil {
		return nil, err
	}
	slip, err := boleto.New(q.Bank, *q.Input, q.Due.date, *q.Amount)
	if err != nil {
		return nil, err
	}
	return struct {
		Barcode    string `json:"barcode"`
		Linha      string `json:"linha_digitavel"`
		Factor     string `json:"factor"`
		CampoLivre string `json:"campo_livre"`
	}{slip.Barcode, boleto.FormatLinha(slip.Linha()), slip.Factor, slip.CampoLivre}, nil
}

func checkLinha(line []byte) (any, error) {
	q, err := parse[struct {
		Linha *string        `json:"linha_digitavel"`
		Today *calendar.Date `json:"today"`
	}](line)
	if err == nil {
		err = missing("linha_digitavel", q.Linha != nil, "today", q.Today != nil && !q.Today.IsZero())
	}
	if err != nil {
		return nil, err
	}
	type answer struct {
		Valid   bool         `json:"valid"`
		Bank    *string      `json:"bank"`
		Due     *string      `json:"due_date"`
		Amount  *money.Cents `json:"amount_cents"`
		Barcode *string      `json:"barcode"`
	}
	switch parsed, err := boleto.ParseLinha(*q.Linha, *q.Today); {
	case errors.Is(err, boleto.ErrLength): // so many digits are simply no linha
		return answer{}, nil
	case err != nil:
		return nil, err
	case !parsed.Valid:
		return answer{}, nil
	default:
		a := answer{Valid: true, Bank: &parsed.Bank, Amount: &parsed.Amount, Barcode: &parsed.Barcode}
		if !parsed.Due.IsZero() {
			text := parsed.Due.String()
			a.Due = &text
		}
		return a, nil
	}
}

func checkPix(line []byte) (any, error) {
	q, err := parse[struct {
		Payload *string     `json:"payload"`
		Key     *string     `json:"key"`
		Name    *string     `json:"name"`
		City    *string     `json:"city"`
		Amount  money.Cents `json:"amount_cents"`
		TxID    string      `json:"txid"`
	}](line)
	if err != nil {
		return nil, err
	}
	if q.Payload != nil {
		parsed := pix.Parse(*q.Payload)
		return struct {
			Valid  bool              `json:"valid"`
			CRC    *string           `json:"crc"`
			Fields map[string]string `json:"fields"`
		}{parsed.Valid, orNull(parsed.CRC), parsed.Fields}, nil
	}
	if err := missing("payload or key", q.Key != nil, "name", q.Name != nil, "city", q.City != nil); err != nil {
		return nil, err
	}
	payload, err := pix.Build(pix.Code{Key: *q.Key, Name: *q.Name, City: *q.City, Amount: q.Amount, TxID: q.TxID})
	if err != nil {
		return nil, err
	}
	return struct {
		Payload string `json:"payload"`
	}{payload}, nil
}

func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func checkCPF(line []byte) (any, error)  { return checkDocument(line, brazil.CPF, brazil.FormatCPF) }
func checkCNPJ(line []byte) (any, error) { return checkDocument(line, brazil.CNPJ, brazil.FormatCNPJ) }

func checkDocument(line []byte, read func(string) (string, bool), format func(string) string) (any, error) {
	q, err := parse[struct {
		Value *string `json:"value"`
	}](line)
	if err == nil {
		err = missing("value", q.Value != nil)
	}
	if err != nil {
		return nil, err
	}
	document, valid := read(*q.Value)
	formatted := ""
	if valid {
		formatted = format(document)
	}
	return struct {
		Valid     bool   `json:"valid"`
		Formatted string `json:"formatted"`
	}{valid, formatted}, nil
}

func checkFees(line []byte) (any, error) {
	q, err := parse[struct {
		Amount *money.Cents  `json:"amount_cents"`
		Due    calendar.Date `json:"due_date"`
		Paid   calendar.Date `json:"paid_on"`
	}](line)
	if err == nil {
		err = missing("amount_cents", q.Amount != nil, "due_date", !q.Due.IsZero(), "paid_on", !q.Paid.IsZero())
	}
	if err != nil {
		return nil, err
	}
	late, err := money.LateOn(*q.Amount, q.Due, q.Paid)
	if err != nil {
		return nil, err
	}
	return struct {
		Fine     money.Cents `json:"fine_cents"`
		Interest money.Cents `json:"interest_cents"`
		Total    money.Cents `json:"total_cents"`
		Days     int         `json:"days_late"`
	}{late.Fine, late.Interest, *q.Amount + late.Fine + late.Interest, late.Days}, nil
}

// moneyQuestion is the question of every rule of money; each rule asks for its own fields.
type moneyQuestion struct {
	Rule     string          `json:"rule"`
	Monthly  *money.Cents    `json:"monthly_cents"`
	Start    calendar.Date   `json:"start"`
	FirstDue calendar.Date   `json:"first_due"`
	DueDay   *int            `json:"due_day"`
	Base     money.Base      `json:"base"`
	Period   []calendar.Date `json:"period"`
	Day      calendar.Date   `json:"day"`
	From     calendar.Date   `json:"from"`
	To       calendar.Date   `json:"to"`
	Total    *money.Cents    `json:"total_cents"`
	N        *int            `json:"n"`
}

func checkMoney(line []byte) (any, error) {
	q, err := parse[moneyQuestion](line)
	if err != nil {
		return nil, err
	}
	switch q.Rule {
	case "stub":
		return q.stub()
	case "split":
		return q.split()
	case "hole":
		return q.hole()
	case "parts":
		return q.parts()
	case "":
		return nil, errors.New("missing field rule")
	}
	return nil, fmt.Errorf("unknown rule %q", q.Rule)
}

func (q moneyQuestion) stub() (any, error) {
	if err := missing("monthly_cents", q.Monthly != nil, "start", !q.Start.IsZero(), "first_due", !q.FirstDue.IsZero(),
		"due_day", q.DueDay != nil, "base", q.Base != ""); err != nil {
		return nil, err
	}
	line, err := money.Stub(*q.Monthly, q.Start, q.FirstDue, *q.DueDay, q.Base)
	if err != nil {
		return nil, err
	}
	return struct {
		Amount money.Cents `json:"amount_cents"`
		Memo   string      `json:"memo"`
	}{line.Amount, line.Memo}, nil
}

func (q moneyQuestion) split() (any, error) {
	period, err := q.period()
	if err == nil {
		err = missing("day", !q.Day.IsZero())
	}
	if err != nil {
		return nil, err
	}
	first, rest, err := money.Split(*q.Monthly, period, q.Day, q.Base)
	if err != nil {
		return nil, err
	}
	return struct {
		First money.Cents `json:"first_cents"`
		Rest  money.Cents `json:"rest_cents"`
	}{first, rest}, nil
}

func (q moneyQuestion) hole() (any, error) {
	period, err := q.period()
	if err == nil {
		err = missing("from", !q.From.IsZero(), "to", !q.To.IsZero())
	}
	if err != nil {
		return nil, err
	}
	credit, err := money.Hole(*q.Monthly, period, calendar.Period{From: q.From, To: q.To}, q.Base)
	if err != nil {
		return nil, err
	}
	return struct {
		Credit money.Cents `json:"credit_cents"`
	}{credit}, nil
}

func (q moneyQuestion) period() (calendar.Period, error) {
	if err := missing("monthly_cents", q.Monthly != nil, "period", q.Period != nil, "base", q.Base != ""); err != nil {
		return calendar.Period{}, err
	}
	if len(q.Period) != 2 || q.Period[0].IsZero() || q.Period[1].IsZero() {
		return calendar.Period{}, errors.New("period is not two dates")
	}
	return calendar.Period{From: q.Period[0], To: q.Period[1]}, nil
}

func (q moneyQuestion) parts() (any, error) {
	if err := missing("total_cents", q.Total != nil, "n", q.N != nil); err != nil {
		return nil, err
	}
	parts, err := money.Parts(*q.Total, *q.N)
	if err != nil {
		return nil, err
	}
	return struct {
		Parts []money.Cents `json:"parts"`
	}{parts}, nil
}
