package pix

import (
	"strconv"
	"strings"
)

// maxPayload is BCB's limit for the copia e cola, in characters.
const maxPayload = 512

// Parsed is what a BR Code says.
type Parsed struct {
	Valid  bool              // its fields are whole and none that every code has is missing, it is about Pix in reais, and its CRC holds
	CRC    string            // as computed, four upper-case hexadecimal digits; empty when the text does not end in a CRC
	Fields map[string]string // raw value by id, up to where the text stops being fields

	Key        string // of a static code
	URL        string // of a dynamic code, without https://
	Recurrence string // of a code for Pix Automático, likewise
	TxID       string // empty when the code has ***
}

// Parse reads a copia e cola. It has no error: a text that is not a BR Code is an answer, Valid being false, with whatever could be read.
func Parse(payload string) Parsed {
	payload = strings.TrimSpace(payload)
	fields, whole := cut(payload)
	p := Parsed{Fields: fields}
	last := len(payload) - crcLength
	if last >= 0 && payload[last:last+len(crcHead)] == crcHead {
		p.CRC = crc(payload[:last+len(crcHead)])
	}
	account, recurrence := pixTemplate(accounts(fields)), pixTemplate([]string{fields["80"]})
	additional, _ := cut(fields["62"])
	p.Key, p.URL, p.Recurrence = account["01"], account["25"], recurrence["25"]
	if additional["05"] != noTxID {
		p.TxID = additional["05"]
	}
	p.Valid = whole && len(payload) <= maxPayload && p.CRC != "" && strings.EqualFold(fields["63"], p.CRC) &&
		fields["00"] == "01" && fields["52"] != "" && fields["53"] == brl && fields["58"] == "BR" && fields["59"] != "" && fields["60"] != "" &&
		(p.Key != "" || p.URL != "" || p.Recurrence != "")
	return p
}

// accounts returns the templates of field 26 to 51, where the schemes a code serves have one each.
func accounts(fields map[string]string) []string {
	var found []string
	for id := 26; id <= 51; id++ {
		if value, ok := fields[strconv.Itoa(id)]; ok {
			found = append(found, value)
		}
	}
	return found
}

// pixTemplate returns the fields of the first template about Pix; none has none.
func pixTemplate(templates []string) map[string]string {
	for _, t := range templates {
		if fields, whole := cut(t); whole && strings.EqualFold(fields["00"], gui) {
			return fields
		}
	}
	return nil
}
