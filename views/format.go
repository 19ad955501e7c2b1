package views

import (
	"fmt"
	"strings"
	"time"
	"unicode"

	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// Money writes an amount in running text, R$ 89,90 with a no-break space; nothing for zero is the page's business.
func Money(c money.Cents) string { return c.BRL() }

// Figures writes an amount for a column whose head says R$: figures only.
func Figures(c money.Cents) string { return c.String() }

// Signed writes a difference: it always carries its sign, the minus is U+2212.
func Signed(c money.Cents) string {
	if c > 0 {
		return "+" + c.String()
	}
	return c.String()
}

// SignedMoney writes a difference in running text, +R$ 5,00 or −R$ 5,00.
func SignedMoney(c money.Cents) string {
	if c > 0 {
		return "+" + c.BRL()
	}
	return c.BRL()
}

// Date writes a day, 10/12/2026; nothing for no day.
func Date(d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.BR()
}

// Moment writes an instant of the ISP's zone, 10/12/2026 às 08:00.
func Moment(t time.Time) string { return t.Format("02/01/2006 às 15:04") }

// Lately writes an instant as one says it of the last two days: hoje às 08:00, ontem às 08:00, 10/12/2026 às 08:00.
func Lately(t time.Time, today calendar.Date) string {
	switch today.DaysSince(calendar.Of(t)) {
	case 0:
		return "hoje às " + Clock(t)
	case 1:
		return "ontem às " + Clock(t)
	}
	return Moment(t)
}

// Clock writes the hour, 08:00.
func Clock(t time.Time) string { return t.Format("15:04") }

var months = []string{"janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro", "novembro", "dezembro"}
var weekdays = []string{"domingo", "segunda-feira", "terça-feira", "quarta-feira", "quinta-feira", "sexta-feira", "sábado"}

// LongDate writes a day as one says it: segunda-feira, 23 de novembro de 2026.
func LongDate(d calendar.Date) string {
	return weekdays[d.Weekday()] + ", " + d.Time().Format("2") + " de " + months[d.Month()-1] + " de " + d.Time().Format("2006")
}

// Month writes the month of a day: novembro de 2026.
func Month(d calendar.Date) string { return months[d.Month()-1] + " de " + d.Time().Format("2006") }

// ShortMonth writes the month of a day as it stands under a chart: nov.
func ShortMonth(d calendar.Date) string { return string([]rune(months[d.Month()-1])[:3]) }

// Thousands writes an amount at the mark of a chart: 940 reais as 940, 12.345 reais as 12,3 mil.
func Thousands(c money.Cents) string {
	if c < 10_000_00 {
		return number(int(c / 100))
	}
	tenths := int(c / 100_00)
	if tenths%10 == 0 || tenths >= 1000 {
		return number(tenths/10) + "\u00a0mil"
	}
	return fmt.Sprintf("%s,%d\u00a0mil", number(tenths/10), tenths%10)
}

// Greeting is what one says at that hour.
func Greeting(hour int) string {
	switch {
	case hour < 12:
		return "Bom dia"
	case hour < 18:
		return "Boa tarde"
	}
	return "Boa noite"
}

// FirstName is how the office calls a person.
func FirstName(name string) string {
	first, _, _ := strings.Cut(strings.TrimSpace(name), " ")
	return first
}

// Browser names a browser and its system from what it says of itself.
func Browser(agent string) string {
	find := func(names ...string) string {
		for i := 0; i < len(names); i += 2 {
			if strings.Contains(agent, names[i]) {
				return names[i+1]
			}
		}
		return ""
	}
	name := find("Edg", "Edge", "OPR/", "Opera", "Firefox", "Firefox", "Chrome", "Chrome", "Safari", "Safari")
	system := find("Android", "Android", "iPhone", "iPhone", "iPad", "iPad", "Windows", "Windows", "Mac OS", "Mac", "Linux", "Linux")
	switch {
	case name == "":
		return "Outro navegador"
	case system == "":
		return name
	}
	return name + " no " + system
}

// longestExcerpt is how many letters of a text a list shows.
const longestExcerpt = 80

// Excerpt is the beginning of a text.
func Excerpt(text string) string {
	letters := []rune(text)
	if len(letters) <= longestExcerpt {
		return text
	}
	return string(letters[:longestExcerpt]) + "…"
}

// Lower goes on in a sentence.
func Lower(text string) string { return lowered(text) }

// Capital begins a sentence.
func Capital(text string) string {
	letters := []rune(text)
	if len(letters) > 0 {
		letters[0] = unicode.ToUpper(letters[0])
	}
	return string(letters)
}
