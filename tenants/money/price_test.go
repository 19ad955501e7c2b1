package money_test

import (
	"testing"

	"enlace/tenants/money"
)

func TestAPriceSaysHowItCameAbout(t *testing.T) {
	for _, c := range []struct {
		price  money.Price
		billed int
		amount money.Cents
		memo   string
	}{
		{money.Price{Contracted: 79_90}, 0, 79_90, ""},
		{money.Price{Contracted: 79_90, Percent: 15_00}, 40, 67_91, "79,90 \u2212 15 %"},
		{money.Price{Contracted: 99_90, Fixed: 10_00, Percent: 15_00}, 0, 76_41, "99,90 \u2212 10,00 \u2212 15 %"},
		{money.Price{Contracted: 99_90, Percent: 12_50, Months: 1}, 0, 87_41, "99,90 \u2212 12,50 %, no 1º mês"},
		{money.Price{Contracted: 99_90, Fixed: 10_00, Months: 3}, 2, 89_90, "99,90 \u2212 10,00, nos 3 primeiros meses"},
		{money.Price{Contracted: 99_90, Fixed: 10_00, Months: 3}, 3, 99_90, ""},
	} {
		if amount, memo := c.price.Of(c.billed), c.price.Memo(c.billed); amount != c.amount || memo != c.memo {
			t.Errorf("%+v after %d: %s, %q", c.price, c.billed, amount, memo)
		}
	}
}
