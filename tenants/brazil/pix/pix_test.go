package pix

import (
	"encoding/json"
	"errors"
	"maps"
	"os"
	"strings"
	"testing"

	"enlace/tenants/money"

	"pgregory.net/rapid"
)

type vector struct {
	Kind     string            `json:"kind"`
	Payload  string            `json:"payload"`
	CRC      string            `json:"crc"`
	Computed string            `json:"crc_computed"`
	Fields   map[string]string `json:"tlv"`
	Verified bool              `json:"verified"`
}

func load(t testing.TB) []vector {
	t.Helper()
	text, err := os.ReadFile("testdata/pix.json")
	if err != nil {
		t.Fatal(err)
	}
	var v struct{ Payloads []vector }
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	return v.Payloads
}

// A published code that does not verify is not valid, and the CRC computed is told.
func TestPublishedCodes(t *testing.T) {
	for _, v := range load(t) {
		got := Parse(v.Payload)
		if got.Valid != v.Verified || got.CRC != v.Computed || !maps.Equal(got.Fields, v.Fields) {
			t.Errorf("%s: %+v, want %+v", v.Kind, got, v)
		}
	}
}

func TestCRC(t *testing.T) {
	if got := crc("123456789"); got != "29B1" {
		t.Error(got)
	}
}

func TestBuildAsPublished(t *testing.T) {
	const host = "pix.example.com/"
	receiver := Code{Name: "Fulano de Tal", City: "BRASILIA"}
	with := func(change func(*Code)) Code { c := receiver; change(&c); return c }
	payloads := load(t)
	for i, c := range map[int]Code{
		0: with(func(c *Code) { c.Key = "123E4567-E12B-12D1-A456-426655440000" }),
		1: with(func(c *Code) { c.URL = "https://" + host + "8b3da2f39a4140d1a91abd93113bd441" }),
		2: with(func(c *Code) {
			c.URL = host + "qr/v2/8b3da2f39a4140d1a91abd93113bd441"
			c.Recurrence = host + "qr/v2/rec/94ed2badcbc04c15b0bb7fa353194890"
		}),
		6: {Key: "+55 11 94321-4321", Name: "EMPRESA", City: "BRASILIA", Amount: 6666},
		7: {Key: "Financeiro@provedor.example", Name: "PROVEDOR TESTE LTDA", City: "CAMPINAS"},
	} {
		if got, err := Build(c); err != nil || got != payloads[i].Payload {
			t.Errorf("%s: %v\n%s, want\n%s", payloads[i].Kind, err, got, payloads[i].Payload)
		}
	}
}

func TestCompositeIsRead(t *testing.T) {
	got := Parse(load(t)[2].Payload)
	if got.URL != "pix.example.com/qr/v2/8b3da2f39a4140d1a91abd93113bd441" || got.Recurrence != "pix.example.com/qr/v2/rec/94ed2badcbc04c15b0bb7fa353194890" || got.Key != "" || got.TxID != "" {
		t.Errorf("%+v", got)
	}
}

// A code for a recurrence alone pays nothing: its field 26 names Pix and no more.
func TestRecurrenceAlone(t *testing.T) {
	text, err := Build(Code{Recurrence: "pix.example.com/rec/1", Name: "EMPRESA", City: "MANAUS"})
	got := Parse(text)
	if err != nil || !got.Valid || got.Fields["26"] != "0014br.gov.bcb.pix" || got.Recurrence != "pix.example.com/rec/1" {
		t.Errorf("%v: %+v", err, got)
	}
}

func TestKeys(t *testing.T) {
	for typed, want := range map[string]struct {
		key  string
		kind Kind
	}{
		"529.982.247-25":                       {"52998224725", CPF},
		"12.abc.345/01de-35":                   {"12ABC34501DE35", CNPJ},
		"11222333000181":                       {"11222333000181", CNPJ},
		"+55 (92) 99123-4567":                  {"+5592991234567", Phone},
		"Maria@Provedor.Example":               {"maria@provedor.example", Email},
		"123e4567-e12b-12d1-a456-426655440000": {"123e4567-e12b-12d1-a456-426655440000", EVP},
	} {
		if key, kind, err := ParseKey(typed); key != want.key || kind != want.kind || err != nil {
			t.Errorf("%q: %q, %s, %v", typed, key, kind, err)
		}
	}
	for _, typed := range []string{
		"52998224724", "12ABC34501DE45", "11943214321", "92991234567", "+1 212 555 0123", "+5510991234567", "maria@", "@provedor.example", "maria@provedor",
		"maria da silva@provedor.example", "maria@provedor.example\x00", "123e4567e12b12d1a456426655440000", "00000000000", "x",
	} {
		if key, _, err := ParseKey(typed); key != "" || !errors.Is(err, ErrKey) {
			t.Errorf("%q is taken as %q, %v", typed, key, err)
		}
	}
}

func TestRefusals(t *testing.T) {
	good := Code{Key: "52998224725", Name: "EMPRESA", City: "MANAUS"}
	url := Code{URL: "pix.example.com/1", Name: "EMPRESA", City: "MANAUS"}
	for name, c := range map[string]struct {
		from   Code
		change func(*Code)
		want   error
	}{
		"no key":            {good, func(c *Code) { c.Key = "" }, ErrMissing},
		"key of 78":         {good, func(c *Code) { c.Key = strings.Repeat("a", 70) + "@prov.co" }, ErrTooLong},
		"no name":           {good, func(c *Code) { c.Name = " " }, ErrMissing},
		"name of 26":        {good, func(c *Code) { c.Name = strings.Repeat("N", 26) }, ErrTooLong},
		"name in Greek":     {good, func(c *Code) { c.Name = "Επιχείρηση" }, ErrText},
		"no city":           {good, func(c *Code) { c.City = "" }, ErrMissing},
		"city of 16":        {good, func(c *Code) { c.City = strings.Repeat("C", 16) }, ErrTooLong},
		"CEP":               {good, func(c *Code) { c.CEP = "123" }, ErrCEP},
		"negative":          {good, func(c *Code) { c.Amount = -1 }, ErrAmount},
		"over the field":    {good, func(c *Code) { c.Amount = maxAmount + 1 }, ErrAmount},
		"txid of 26":        {good, func(c *Code) { c.TxID = strings.Repeat("t", 26) }, ErrTooLong},
		"txid with a dash":  {good, func(c *Code) { c.TxID = "a-b" }, ErrTxID},
		"txid with a cedil": {good, func(c *Code) { c.TxID = "ç" }, ErrTxID},
		"info too long":     {good, func(c *Code) { c.Info = strings.Repeat("i", 63) }, ErrTooLong},
		"key and url":       {good, func(c *Code) { c.URL = "pix.example.com/1" }, ErrKind},
		"key and rec":       {good, func(c *Code) { c.Recurrence = "pix.example.com/1" }, ErrKind},
		"url and amount":    {url, func(c *Code) { c.Amount = 1 }, ErrKind},
		"url and txid":      {url, func(c *Code) { c.TxID = "1" }, ErrKind},
		"url over http":     {url, func(c *Code) { c.URL = "http://pix.example.com/1" }, ErrURL},
		"url without path":  {url, func(c *Code) { c.URL = "pix.example.com" }, ErrURL},
		"url with a space":  {url, func(c *Code) { c.URL = "pix.example.com/ 1" }, ErrURL},
		"url of 78":         {url, func(c *Code) { c.URL = "pix.example.com/" + strings.Repeat("u", 62) }, ErrTooLong},
		"recurrence of 78":  {url, func(c *Code) { c.Recurrence = "pix.example.com/" + strings.Repeat("u", 62) }, ErrTooLong},
	} {
		code := c.from
		c.change(&code)
		if text, err := Build(code); text != "" || !errors.Is(err, c.want) {
			t.Errorf("%s: %q, %v; want %v", name, text, err, c.want)
		}
	}
}

func TestNothingIsCut(t *testing.T) {
	c := Code{Key: strings.Repeat("a", 70) + "@pro.co", Name: strings.Repeat("N", 25), City: strings.Repeat("C", 15), CEP: "69005-070", TxID: strings.Repeat("t", 25), Amount: maxAmount}
	text, err := Build(c)
	got := Parse(text)
	if err != nil || !got.Valid || got.Key != c.Key || got.Fields["59"] != c.Name || got.Fields["60"] != c.City || got.TxID != c.TxID || got.Fields["54"] != "9999999999.99" || got.Fields["61"] != "69005070" {
		t.Errorf("%v: %+v", err, got)
	}
	url := "pix.example.com/" + strings.Repeat("u", 61)
	text, err = Build(Code{URL: url, Recurrence: url, Name: c.Name, City: c.City, CEP: c.CEP})
	if got = Parse(text); err != nil || !got.Valid || got.URL != url || got.Recurrence != url {
		t.Errorf("%v: %+v", err, got)
	}
}

func TestNoTxIDIsWrittenAsThreeStars(t *testing.T) {
	none, err := Build(Code{Key: "52998224725", Name: "EMPRESA", City: "MANAUS"})
	stars, starsErr := Build(Code{Key: "52998224725", Name: "EMPRESA", City: "MANAUS", TxID: "***"})
	if err != nil || starsErr != nil || none != stars || Parse(none).TxID != "" {
		t.Errorf("%q, %v; %q, %v", none, err, stars, starsErr)
	}
}

func TestAccentsAreTakenOff(t *testing.T) {
	text, err := Build(Code{Key: "52998224725", Name: "Provedor São João", City: "Goioerê"})
	if got := Parse(text); err != nil || got.Fields["59"] != "Provedor Sao Joao" || got.Fields["60"] != "Goioere" {
		t.Errorf("%v: %+v", err, got)
	}
}

func TestTextThatIsNoCode(t *testing.T) {
	good := load(t)[0].Payload
	unsigned := good[:len(good)-4]
	for name, text := range map[string]string{
		"empty":            "",
		"short":            "0002",
		"letters for ids":  "XX0201" + good,
		"cut":              good[:len(good)/2],
		"no CRC":           unsigned[:len(unsigned)-4],
		"CRC cut":          good[:len(good)-1],
		"text after":       good + "0102",
		"field twice":      unsigned[:len(unsigned)-4] + signed("5802BR")[0:6] + "63040000",
		"another scheme":   signed(strings.Replace(unsigned[:len(unsigned)-4], gui, "br.gov.bcb.xip", 1)),
		"another currency": signed(strings.Replace(unsigned[:len(unsigned)-4], "5303986", "5303840", 1)),
		"no category":      signed(strings.Replace(unsigned[:len(unsigned)-4], "52040000", "", 1)),
		"no name":          signed(strings.Replace(unsigned[:len(unsigned)-4], "5913Fulano de Tal", "", 1)),
		"no city":          signed(strings.Replace(unsigned[:len(unsigned)-4], "6008BRASILIA", "", 1)),
		"nobody to pay":    signed("000201" + field("26", field("00", gui)) + "5204000053039865802BR5901N6001C62070503***"),
		"wrong digit":      strings.Replace(good, "Fulano", "Fulana", 1),
		"over 512":         signed(unsigned[:len(unsigned)-4] + field("81", strings.Repeat("x", 99)) + field("82", strings.Repeat("x", 99)) + field("83", strings.Repeat("x", 99)) + field("84", strings.Repeat("x", 99))),
	} {
		if got := Parse(text); got.Valid {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if got := Parse(" " + strings.ToLower(good[len(good)-4:])); got.Valid || got.CRC != "" {
		t.Errorf("%+v", got)
	}
	if got := Parse("\n" + unsigned + strings.ToLower(good[len(good)-4:]) + "\r\n"); !got.Valid {
		t.Error("a CRC in lower case, pasted with its line ends, is refused")
	}
	if got := Parse(good[:40]); got.Fields["00"] != "01" {
		t.Errorf("what could be read is lost: %+v", got)
	}
}

func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := Code{
			Key:    rapid.SampledFrom([]string{"52998224725", "12ABC34501DE35", "+5592991234567", "maria@provedor.example"}).Draw(t, "key"),
			Name:   rapid.StringMatching(`[A-Za-z0-9]{1,25}`).Draw(t, "name"),
			City:   rapid.StringMatching(`[A-Z]{1,15}`).Draw(t, "city"),
			TxID:   rapid.StringMatching(`[A-Za-z0-9]{0,25}`).Draw(t, "txid"),
			Amount: money.Cents(rapid.Int64Range(0, maxAmount).Draw(t, "amount")),
			Info:   rapid.StringMatching(`([a-z0-9]{1,30})?`).Draw(t, "info"),
		}
		text, err := Build(c)
		got := Parse(text)
		if err != nil || !got.Valid || got.Key != c.Key || got.TxID != c.TxID || got.Fields["59"] != c.Name || got.Fields["60"] != c.City {
			t.Fatalf("%+v: %q, %v, %+v", c, text, err, got)
		}
		if amount, there := got.Fields["54"]; there != (c.Amount > 0) || there && amount != c.Amount.Decimal() {
			t.Fatalf("%d cents: %q", c.Amount, amount)
		}
		at := rapid.IntRange(0, len(text)-1).Draw(t, "at")
		wrong := []byte(text)
		wrong[at] ^= 1 << rapid.IntRange(0, 4).Draw(t, "bit")
		if at < len(text)-4 && Parse(string(wrong)).Valid {
			t.Fatalf("%q passes for %q", wrong, text)
		}
	})
}

func FuzzBRCode(f *testing.F) {
	for _, v := range load(f) {
		f.Add(v.Payload)
	}
	for _, s := range []string{"", "6304", "63041D3D", "0099", "000201É", strings.Repeat("0", 600)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, payload string) {
		got := Parse(payload)
		if got.Valid && !strings.EqualFold(got.Fields["63"], got.CRC) {
			t.Fatalf("%q is valid: %+v", payload, got)
		}
		if again := Parse(signed(payload)); again.Fields == nil || again.CRC == "" {
			t.Fatalf("%q with its CRC: %+v", payload, again)
		}
		if key, _, err := ParseKey(payload); err == nil {
			if text, err := Build(Code{Key: key, Name: "N", City: "C"}); err != nil || Parse(text).Key != key {
				t.Fatalf("%q is a key that makes %q, %v", key, text, err)
			}
		}
	})
}

func BenchmarkBuild(b *testing.B) {
	c := Code{Key: "123e4567-e12b-12d1-a456-426655440000", Name: "PROVEDOR TESTE LTDA", City: "CAMPINAS", Amount: 9990, TxID: "F20261210000042"}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Build(c); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkParse(b *testing.B) {
	payload := load(b)[2].Payload
	b.ReportAllocs()
	for b.Loop() {
		if !Parse(payload).Valid {
			b.Fatal("not valid")
		}
	}
}
