package money_test

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestAmountsInWords(t *testing.T) {
	for amount, want := range map[cents]string{
		0:                    "zero reais",
		1:                    "um centavo",
		2:                    "dois centavos",
		45:                   "quarenta e cinco centavos",
		1_00:                 "um real",
		1_01:                 "um real e um centavo",
		2_00:                 "dois reais",
		16_14:                "dezesseis reais e quatorze centavos",
		100_00:               "cem reais",
		101_00:               "cento e um reais",
		123_45:               "cento e vinte e três reais e quarenta e cinco centavos",
		999_99:               "novecentos e noventa e nove reais e noventa e nove centavos",
		1_000_00:             "mil reais",
		1_001_00:             "mil e um reais",
		1_021_00:             "mil e vinte e um reais",
		1_100_00:             "mil e cem reais",
		1_101_00:             "mil cento e um reais",
		1_234_56:             "mil duzentos e trinta e quatro reais e cinquenta e seis centavos",
		2_500_00:             "dois mil e quinhentos reais",
		100_000_00:           "cem mil reais",
		293_572_00:           "duzentos e noventa e três mil quinhentos e setenta e dois reais",
		1_000_000_00:         "um milhão de reais",
		1_000_000_01:         "um milhão de reais e um centavo",
		1_000_001_00:         "um milhão e um reais",
		1_000_101_00:         "um milhão, cento e um reais",
		1_200_000_00:         "um milhão e duzentos mil reais",
		1_001_000_00:         "um milhão e mil reais",
		1_234_567_89:         "um milhão, duzentos e trinta e quatro mil quinhentos e sessenta e sete reais e oitenta e nove centavos",
		2_000_000_00:         "dois milhões de reais",
		1_000_000_000_00:     "um bilhão de reais",
		9_000_000_001_00:     "nove bilhões e um reais",
		-123_45:              "menos cento e vinte e três reais e quarenta e cinco centavos",
		-1:                   "menos um centavo",
		cents(math.MaxInt64): "noventa e dois quatrilhões, duzentos e trinta e três trilhões, setecentos e vinte bilhões, trezentos e sessenta e oito milhões, quinhentos e quarenta e sete mil setecentos e cinquenta e oito reais e sete centavos",
		cents(math.MinInt64): "menos noventa e dois quatrilhões, duzentos e trinta e três trilhões, setecentos e vinte bilhões, trezentos e sessenta e oito milhões, quinhentos e quarenta e sete mil setecentos e cinquenta e oito reais e oito centavos",
	} {
		equal(t, amount.String(), amount.InWords(), want)
	}
}

// heard are the words of numbers with their values, written down apart from the code.
var heard = map[string]int64{
	"zero": 0, "um": 1, "dois": 2, "três": 3, "quatro": 4, "cinco": 5, "seis": 6, "sete": 7, "oito": 8, "nove": 9, "dez": 10, "onze": 11,
	"doze": 12, "treze": 13, "quatorze": 14, "quinze": 15, "dezesseis": 16, "dezessete": 17, "dezoito": 18, "dezenove": 19, "vinte": 20,
	"trinta": 30, "quarenta": 40, "cinquenta": 50, "sessenta": 60, "setenta": 70, "oitenta": 80, "noventa": 90, "cem": 100, "cento": 100,
	"duzentos": 200, "trezentos": 300, "quatrocentos": 400, "quinhentos": 500, "seiscentos": 600, "setecentos": 700, "oitocentos": 800, "novecentos": 900,
}

var multiplied = map[string]int64{"mil": 1e3, "milhão": 1e6, "milhões": 1e6, "bilhão": 1e9, "bilhões": 1e9, "trilhão": 1e12, "trilhões": 1e12,
	"quatrilhão": 1e15, "quatrilhões": 1e15}

// hear adds words up from left to right, as somebody does who takes an amount down.
func hear(t *rapid.T, text string) cents {
	var sum, number, group int64
	sign := int64(1)
	for _, word := range strings.Fields(strings.ReplaceAll(text, ",", "")) {
		switch value, small := heard[word]; {
		case small:
			group += value
		case multiplied[word] > 0:
			number += max(group, 1) * multiplied[word]
			group = 0
		case word == "real" || word == "reais":
			sum, number, group = sum+100*(number+group), 0, 0
		case word == "centavo" || word == "centavos":
			sum, number, group = sum+number+group, 0, 0
		case word == "menos":
			sign = -1
		case word != "e" && word != "de":
			t.Fatalf("%q in %q", word, text)
		}
	}
	return cents(sign * sum)
}

func TestAmountsInWordsAreHeardAsTheyWereSaid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		exponent := rapid.IntRange(0, 17).Draw(t, "exponent") // so that small amounts are as frequent as large ones
		most := int64(math.Pow10(exponent))
		amount := cents(rapid.Int64Range(-most, most).Draw(t, "cents"))
		if rapid.Bool().Draw(t, "round") {
			amount -= amount % cents(math.Pow10(exponent/2))
		}
		text := amount.InWords()
		if back := hear(t, text); back != amount {
			t.Fatalf("%d is said %q and heard %d", amount, text, back)
		}
		if strings.Contains(text, "  ") || strings.HasPrefix(text, "um mil ") || strings.Contains(text, " e e ") || strings.Contains(text, ", e") {
			t.Fatalf("%q", text)
		}
	})
}

func BenchmarkInWords(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if cents(1_234_567_89).InWords() == "" {
			b.Fatal("nothing was said")
		}
	}
}
