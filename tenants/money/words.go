package money

import "strings"

// The names of the numbers, by their value.
var (
	upToNineteen = [20]string{"zero", "um", "dois", "três", "quatro", "cinco", "seis", "sete", "oito", "nove", "dez", "onze", "doze", "treze",
		"quatorze", "quinze", "dezesseis", "dezessete", "dezoito", "dezenove"}
	tens     = [10]string{2: "vinte", 3: "trinta", 4: "quarenta", 5: "cinquenta", 6: "sessenta", 7: "setenta", 8: "oitenta", 9: "noventa"}
	hundreds = [10]string{1: "cento", 2: "duzentos", 3: "trezentos", 4: "quatrocentos", 5: "quinhentos", 6: "seiscentos", 7: "setecentos",
		8: "oitocentos", 9: "novecentos"}
	// orders name a group of three digits, alone and with more than one; the last holds all that an int64 can count.
	orders = [6][2]string{{}, {"mil", "mil"}, {"milhão", "milhões"}, {"bilhão", "bilhões"}, {"trilhão", "trilhões"}, {"quatrilhão", "quatrilhões"}}
)

// InWords writes the amount as contracts and receipts do: cento e vinte e três reais e quarenta e cinco centavos. A credit begins with menos.
func (c Cents) InWords() string {
	reais, cents := c.magnitude()/100, c.magnitude()%100
	var parts []string
	if reais > 0 || cents == 0 {
		parts = append(parts, counted(reais, "real", "reais"))
	}
	if cents > 0 {
		parts = append(parts, counted(cents, "centavo", "centavos"))
	}
	text := strings.Join(parts, " e ")
	if c < 0 {
		return "menos " + text
	}
	return text
}

// counted names so many of a coin. Whole millions take a de: dois milhões de reais.
func counted(n uint64, one, many string) string {
	coin := many
	if n == 1 {
		coin = one
	}
	if n >= 1_000_000 && n%1_000_000 == 0 {
		coin = "de " + coin
	}
	return cardinal(n) + " " + coin
}

// cardinal names a number by its groups of three digits, the highest first (Cunha e Cintra, Nova Gramática, numerais). An e stands before
// the last group when that is under a hundred or whole hundreds: mil e cem, but mil cento e um. Else nothing stands after mil, and a comma after the others.
func cardinal(n uint64) string {
	if n == 0 {
		return upToNineteen[0]
	}
	var text string
	for order := len(orders) - 1; order >= 0; order-- {
		size := uint64(1)
		for range order {
			size *= 1000
		}
		group := n / size % 1000
		if group == 0 {
			continue
		}
		last := n%size == 0
		switch {
		case text == "":
		case last && (group < 100 || group%100 == 0):
			text += " e "
		case order == 0 && n/1000%1000 > 0:
			text += " "
		default:
			text += ", "
		}
		text += grouped(group, order)
	}
	return text
}

// grouped names a group of three digits with its order: mil stands without um before it.
func grouped(group uint64, order int) string {
	switch {
	case order == 0:
		return underThousand(group)
	case order == 1 && group == 1:
		return orders[1][0]
	case group == 1:
		return upToNineteen[1] + " " + orders[order][0]
	}
	return underThousand(group) + " " + orders[order][1]
}

func underThousand(n uint64) string {
	if n == 100 {
		return "cem"
	}
	var parts []string
	if n >= 100 {
		parts, n = append(parts, hundreds[n/100]), n%100
	}
	if n >= 20 {
		parts, n = append(parts, tens[n/10]), n%10
	}
	if n > 0 {
		parts = append(parts, upToNineteen[n])
	}
	return strings.Join(parts, " e ")
}
