package tenants

import (
	"cmp"
	"fmt"
	"net/mail"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"
	"golang.org/x/text/unicode/norm"

	"enlace/tenants/brazil"
	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// Typed is what a person typed into a form, field by field, untouched: it is kept so that a refused form shows it again. Its methods read
// it; each notes in wrong what cannot be read and goes on, so that a person sees every fault at once.
type Typed map[string]string

// How long a text of a person may be, in letters.
const (
	short = 120
	long  = 4000
)

// TooLong is how the code of a text that is too long begins; from how many letters to how many it may have stands behind.
const TooLong = "letters "

// Text reads one line: no marks that cannot be seen, blanks at the ends gone and those within single. Of one that is too long it is said how
// long it may be.
func (t Typed) Text(wrong *Fields, field string) string {
	return t.text(wrong, field, short, false)
}

// Lines reads a text of several lines.
func (t Typed) Lines(wrong *Fields, field string) string { return t.Long(wrong, field, long) }

// Long is Lines of at most so many letters.
func (t Typed) Long(wrong *Fields, field string, most int) string {
	return t.text(wrong, field, most, true)
}

// Required reads one line that must be there.
func (t Typed) Required(wrong *Fields, field string) string {
	text := t.Text(wrong, field)
	if text == "" {
		wrong.Add(field, "required")
	}
	return text
}

// Printed reads one line that will stand on paper: what a boleto cannot print is refused.
func (t Typed) Printed(wrong *Fields, field string) string {
	return printed(wrong, field, t.Text(wrong, field))
}

// PrintedLines is Printed of several lines.
func (t Typed) PrintedLines(wrong *Fields, field string) string {
	return printed(wrong, field, t.Lines(wrong, field))
}

func printed(wrong *Fields, field, text string) string {
	if !brazil.Printable(text) {
		wrong.Add(field, "unprintable")
	}
	return text
}

// RequiredPrinted is Printed of one that must be there.
func (t Typed) RequiredPrinted(wrong *Fields, field string) string {
	text := t.Printed(wrong, field)
	if text == "" {
		wrong.Add(field, "required")
	}
	return text
}

// Clean is what was typed, without the marks in it that cannot be seen.
func (t Typed) Clean() Typed {
	clean := Typed{}
	for field, typed := range t {
		clean[field] = seen(typed, true)
	}
	return clean
}

// seen is a text without marks that cannot be seen; a letter and its accent are one letter, however they were typed.
func seen(typed string, lines bool) string {
	return strings.Map(func(r rune) rune {
		switch {
		case lines && r == '\n':
			return r
		case unicode.IsSpace(r):
			return ' '
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co): // controls, right-to-left marks, joiners
			return -1
		}
		return r
	}, norm.NFC.String(strings.ReplaceAll(typed, "\r\n", "\n")))
}

func (t Typed) text(wrong *Fields, field string, longest int, lines bool) string {
	typed := t[field]
	if !utf8.ValidString(typed) {
		wrong.Add(field, "text")
		return ""
	}
	text := seen(typed, lines)
	if !lines {
		text = strings.Join(strings.Fields(text), " ")
	}
	if text = strings.TrimSpace(text); utf8.RuneCountInString(text) > longest {
		wrong.Add(field, fmt.Sprintf("%s0 %d", TooLong, longest))
	}
	return text
}

// Yes says whether a box was ticked.
func (t Typed) Yes(field string) bool {
	return slices.Contains([]string{"on", "sim", "true", "1"}, strings.ToLower(strings.TrimSpace(t[field])))
}

// Today is typed for a day, and the name under which the door says which one that is.
const Today = "hoje"

// Date reads a day, 10/12/2026, 10122026, 2026-12-10 or hoje; none typed is no date.
func (t Typed) Date(wrong *Fields, field string) calendar.Date {
	typed := strings.TrimSpace(t[field])
	if strings.EqualFold(typed, Today) {
		typed = t[Today]
	}
	if typed == "" {
		return calendar.Date{}
	}
	d, err := calendar.ParseTyped(typed)
	if err != nil {
		wrong.Add(field, "date")
	}
	return d
}

// RequiredDate reads a day that must be there.
func (t Typed) RequiredDate(wrong *Fields, field string) calendar.Date {
	d := t.Date(wrong, field)
	if d.IsZero() {
		wrong.Add(field, "required")
	}
	return d
}

// Cents reads an amount of money that is not negative; none typed is zero.
func (t Typed) Cents(wrong *Fields, field string) money.Cents {
	typed := strings.TrimSpace(t[field])
	if typed == "" {
		return 0
	}
	amount, err := money.Parse(typed)
	switch {
	case err != nil:
		wrong.Add(field, "amount")
	case amount < 0:
		wrong.Add(field, "negative")
	}
	return amount
}

// Percent reads a percentage from 0 to 100, typed with two decimals or fewer, in hundredths of a percent; none typed is zero.
func (t Typed) Percent(wrong *Fields, field string) int {
	typed := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(t[field]), "%"))
	if typed == "" {
		return 0
	}
	hundredths, err := money.Parse(typed)
	switch {
	case err != nil:
		wrong.Add(field, "percent")
	case hundredths < 0 || hundredths > 100_00:
		wrong.Add(field, Between(0, 100))
	}
	return int(hundredths)
}

// Signed is Cents of what may be below zero.
func (t Typed) Signed(wrong *Fields, field string) money.Cents {
	amount, err := money.Parse(cmp.Or(strings.TrimSpace(t[field]), "0"))
	if err != nil {
		wrong.Add(field, "amount")
	}
	return amount
}

// Between is the code of a number that is not from least to most; it names both.
func Between(least, most int) string { return fmt.Sprintf("between %d %d", least, most) }

// RequiredInt is Int of a number that must be there.
func (t Typed) RequiredInt(wrong *Fields, field string, least, most int) int {
	if strings.TrimSpace(t[field]) == "" {
		wrong.Add(field, "required")
	}
	return t.Int(wrong, field, least, most)
}

// Int reads a whole number from least to most; none typed is least.
func (t Typed) Int(wrong *Fields, field string, least, most int) int {
	typed := strings.TrimSpace(t[field])
	if typed == "" {
		return least
	}
	n, err := strconv.Atoi(typed)
	if err != nil || n < least || n > most {
		wrong.Add(field, Between(least, most))
		return least
	}
	return n
}

// Choice reads one of the values; another one is a fault, and so is none.
func (t Typed) Choice(wrong *Fields, field string, values ...string) string {
	typed := strings.TrimSpace(t[field])
	switch {
	case typed == "":
		wrong.Add(field, "required")
	case !slices.Contains(values, typed):
		wrong.Add(field, "choice")
	}
	return typed
}

// ID reads the id of a thing chosen; none chosen is no id. One that is no id at all names nothing: NotFound, as for a foreign one,
// is what the use case then answers.
func (t Typed) ID(field string) uuid.UUID {
	typed := strings.TrimSpace(t[field])
	if typed == "" {
		return uuid.Nil
	}
	id, err := uuid.Parse(typed)
	if err != nil {
		return nobody
	}
	return id
}

// IDs reads the ids of things ticked, each once.
func (t Typed) IDs(field string) (ids []uuid.UUID) {
	for _, one := range strings.Split(t[field], ",") {
		if id := (Typed{field: one}).ID(field); id != uuid.Nil && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// nobody is an id that no row has.
var nobody = uuid.Max

// RequiredID reads the id of a thing that must be chosen.
func (t Typed) RequiredID(wrong *Fields, field string) uuid.UUID {
	id := t.ID(field)
	if id == uuid.Nil {
		wrong.Add(field, "required")
	}
	return id
}

// Email reads an e-mail address, of the letters that every mail server takes; none typed is none. A domain with accents is typed as it is
// registered, xn--…: a letter that only looks like another one is so seen.
func (t Typed) Email(wrong *Fields, field string) string {
	typed := t.Text(wrong, field)
	if typed == "" {
		return ""
	}
	address, err := mail.ParseAddress(typed)
	switch {
	case strings.Contains(typed, "@") && strings.ContainsFunc(typed, func(r rune) bool { return r >= utf8.RuneSelf }):
		wrong.Add(field, "email_letters")
	case err != nil || address.Name != "" || !strings.Contains(address.Address[strings.LastIndexByte(address.Address, '@')+1:], "."):
		wrong.Add(field, "email")
	default:
		return strings.ToLower(address.Address)
	}
	return ""
}
