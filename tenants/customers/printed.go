package customers

import (
	"regexp"
	"strings"
	"unicode"

	"enlace/tenants"
)

// shortestName is of how many letters a name is at least.
const shortestName = 2

var markup = regexp.MustCompile(`<[^>]*>`)

// name reads the name of somebody, as it will stand on paper. Marks of a web page are no letters of it.
func name(t tenants.Typed, wrong *tenants.Fields, field string) string {
	text := t.Printed(wrong, field)
	if text != "" && count(markup.ReplaceAllString(text, ""), unicode.IsLetter) < shortestName {
		wrong.Add(field, "name")
	}
	return text
}

// place reads a part of an address that must be there, as it will stand on paper.
func place(t tenants.Typed, wrong *tenants.Fields, field, code string) string {
	text := t.Printed(wrong, field)
	switch said := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }; {
	case text == "":
		wrong.Add(field, "required")
	case count(markup.ReplaceAllString(text, ""), said) == 0:
		wrong.Add(field, code)
	}
	return text
}

func count(text string, is func(rune) bool) int {
	return strings.Count(strings.Map(func(r rune) rune {
		if is(r) {
			return 'x'
		}
		return -1
	}, text), "x")
}
