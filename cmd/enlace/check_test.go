package main

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// ask puts lines to a kind and returns one answer a line.
func ask(t *testing.T, kind string, lines ...string) []string {
	t.Helper()
	var out bytes.Buffer
	err := checkLines(kinds[kind], strings.NewReader(strings.Join(lines, "\n")+"\n"), &out)
	answers := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
	if len(answers) != len(lines) {
		t.Fatalf("%d answers to %d lines", len(answers), len(lines))
	}
	if failed := strings.Contains(out.String(), `{"error":`); failed != (err != nil) {
		t.Errorf("errors among the answers: %v, the command said %v", failed, err)
	}
	return answers
}

func published(t *testing.T, name string, into any) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("../../tenants/brazil", name))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, into); err != nil {
		t.Fatal(err)
	}
}

func TestCheckAnswersEveryPublishedBoleto(t *testing.T) {
	var v struct {
		Boletos []struct {
			Bank, Barcode, Factor string
			Due_date              string
			Amount_cents          int
			Input                 json.RawMessage
			Campo_livre           string
			Linha_digitavel       string
		}
	}
	published(t, "boleto/testdata/boleto.json", &v)
	if len(v.Boletos) < 40 {
		t.Fatalf("only %d boletos were read", len(v.Boletos))
	}
	for _, b := range v.Boletos {
		question, err := json.Marshal(map[string]any{"bank": b.Bank, "due_date": b.Due_date, "amount_cents": b.Amount_cents, "input": b.Input})
		if err != nil {
			t.Fatal(err)
		}
		want, _ := json.Marshal(struct {
			Barcode    string `json:"barcode"`
			Linha      string `json:"linha_digitavel"`
			Factor     string `json:"factor"`
			CampoLivre string `json:"campo_livre"`
		}{b.Barcode, b.Linha_digitavel, b.Factor, b.Campo_livre})
		if got := ask(t, "boleto", string(question))[0]; got != string(want) {
			t.Errorf("%s\n got %s\nwant %s", question, got, want)
		}
		read := ask(t, "linha", `{"linha_digitavel":"`+b.Linha_digitavel+`","today":"`+b.Due_date+`"}`)[0]
		if !strings.Contains(read, `"valid":true,"bank":"`+b.Bank+`","due_date":"`+b.Due_date+`"`) || !strings.Contains(read, b.Barcode) {
			t.Errorf("%s was read as %s", b.Linha_digitavel, read)
		}
	}
}

func TestCheckAnswersEveryPublishedPix(t *testing.T) {
	var v struct {
		Payloads []struct {
			Payload, CRC_computed string
			TLV                   map[string]string
			Verified              bool
		}
	}
	published(t, "pix/testdata/pix.json", &v)
	for _, p := range v.Payloads {
		question, _ := json.Marshal(map[string]string{"payload": p.Payload})
		var answer struct {
			Valid  bool
			CRC    string
			Fields map[string]string
		}
		if err := json.Unmarshal([]byte(ask(t, "pix", string(question))[0]), &answer); err != nil {
			t.Fatal(err)
		}
		if answer.Valid != p.Verified || answer.CRC != p.CRC_computed {
			t.Errorf("%s: %+v", p.Payload, answer)
		}
		for id, value := range p.TLV {
			if p.Verified && answer.Fields[id] != value {
				t.Errorf("%s: field %s is %q", p.Payload, id, answer.Fields[id])
			}
		}
	}
	if len(v.Payloads) < 8 {
		t.Fatalf("only %d payloads were read", len(v.Payloads))
	}
}

func TestCheckAnswers(t *testing.T) {
	for _, c := range []struct{ kind, question, want string }{
		{"cpf", `{"value":"529.982.247-25"}`, `{"valid":true,"formatted":"529.982.247-25"}`},
		{"cpf", `{"value":"11111111111"}`, `{"valid":false,"formatted":""}`},
		{"cnpj", `{"value":"12abc34501de35"}`, `{"valid":true,"formatted":"12.ABC.345/01DE-35"}`},
		{"cnpj", `{"value":""}`, `{"valid":false,"formatted":""}`},
		{"fees", `{"amount_cents":10000,"due_date":"2026-11-20","paid_on":"2026-11-23"}`, `{"fine_cents":0,"interest_cents":0,"total_cents":10000,"days_late":0}`},
		{"fees", `{"amount_cents":10000,"due_date":"2026-11-20","paid_on":"2026-11-24"}`, `{"fine_cents":200,"interest_cents":13,"total_cents":10213,"days_late":4}`},
		{"money", `{"rule":"stub","monthly_cents":8990,"start":"2026-11-27","first_due":"2026-12-10","due_day":10,"base":"30"}`, `{"amount_cents":3895,"memo":"13 de 30 dias × R$ 89,90"}`},
		{"money", `{"rule":"split","monthly_cents":8990,"period":["2026-12-10","2027-01-10"],"day":"2026-12-22","base":"30"}`, `{"first_cents":3596,"rest_cents":5394}`},
		{"money", `{"rule":"hole","monthly_cents":8990,"period":["2026-11-10","2026-12-10"],"from":"2026-11-26","to":"2026-12-03","base":"30"}`, `{"credit_cents":2098}`},
		{"money", `{"rule":"parts","total_cents":10000,"n":3}`, `{"parts":[3334,3333,3333]}`},
		{"linha", `{"linha_digitavel":"00190.00009 01234.567004 00000.042176 1 17370000009991","today":"2026-11-23"}`, `{"valid":false,"bank":null,"due_date":null,"amount_cents":null,"barcode":null}`},
		{"linha", `{"linha_digitavel":"","today":"2026-11-23"}`, `{"valid":false,"bank":null,"due_date":null,"amount_cents":null,"barcode":null}`},
		{"pix", `{"key":"financeiro@provedor.example","name":"PROVEDOR TESTE LTDA","city":"CAMPINAS"}`, `{"payload":"00020126490014br.gov.bcb.pix0127financeiro@provedor.example5204000053039865802BR5919PROVEDOR TESTE LTDA6008CAMPINAS62070503***6304522A"}`},
	} {
		if got := ask(t, c.kind, c.question)[0]; got != c.want {
			t.Errorf("%s %s\n got %s\nwant %s", c.kind, c.question, got, c.want)
		}
	}
}

func TestCheckNamesWhatIsImpossibleAndGoesOn(t *testing.T) {
	good := `{"bank":"341","due_date":"2026-12-10","amount_cents":9990,"input":{"agencia":"0810","conta":"53678","carteira":"175","nosso_numero":"12345678"}}`
	for kind, questions := range map[string][]string{
		"boleto": {`{`, ``, `{"bank":"341"}`, strings.Replace(good, `"341"`, `"999"`, 1), strings.Replace(good, "9990", "99999999990", 1),
			strings.Replace(good, "9990", "-1", 1), strings.Replace(good, "9990", "99.5", 1), strings.Replace(good, "53678", "5367A", 1), strings.Replace(good, "2026-12-10", "2026-02-30", 1),
			strings.Replace(good, "2026-12-10", "", 1), strings.Replace(good, `"0810"`, "810", 1)},
		"linha": {`{"today":"2026-11-23"}`, `{"linha_digitavel":"84610000000 1 12340296202 6","today":"x"}`, `{"linha_digitavel":"ABC","today":"2026-11-23"}`},
		"pix":   {`{}`, `{"key":"k","name":"N","city":"C"}`, `{"key":"11144477735","name":"` + strings.Repeat("N", 26) + `","city":"C"}`},
		"cpf":   {`{"value":52998224725}`, `{}`},
		"fees":  {`{"amount_cents":-1,"due_date":"2026-11-20","paid_on":"2026-11-24"}`, `{"amount_cents":1}`},
		"money": {`{}`, `{"rule":"soma"}`, `{"rule":"parts","total_cents":1,"n":0}`, `{"rule":"hole","monthly_cents":1,"period":["2026-11-10"],"from":"2026-11-26","to":"2026-12-03","base":"30"}`,
			`{"rule":"stub","monthly_cents":8990,"start":"2026-10-27","first_due":"2026-12-10","due_day":10,"base":"30"}`,
			`{"rule":"hole","monthly_cents":8990,"period":["2026-11-10","2026-12-10"],"from":"2026-12-03","to":"2026-12-03","base":"30"}`},
	} {
		for i, answer := range ask(t, kind, questions...) {
			if !strings.HasPrefix(answer, `{"error":"`) {
				t.Errorf("%s %s was answered %s", kind, questions[i], answer)
			}
		}
	}
	if answers := ask(t, "boleto", `{"bank":"999"}`, good); !strings.Contains(answers[1], `"barcode":"3419`) {
		t.Errorf("after an error comes %s", answers[1])
	}
}

func TestCheckNamesTheFieldThatIsWrong(t *testing.T) {
	for question, want := range map[string]string{
		`[]`:               "bad JSON: array is not an object",
		`"x"`:              "bad JSON: string is not an object",
		`{"value":1}`:      "field value: number is the wrong kind",
		`{"value":["1"]}`:  "field value: array is the wrong kind",
		`{"value":null}`:   "missing field value",
		`{"value":"1"} {}`: "bad JSON: invalid character '{' after top-level value",
		``:                 "bad JSON: unexpected end of JSON input",
		`{"value":"1"`:     "bad JSON: unexpected end of JSON input",
	} {
		if got := ask(t, "cpf", question)[0]; got != `{"error":"`+want+`"}` {
			t.Errorf("%s was answered %s, want %s", question, got, want)
		}
	}
	for question, want := range map[string]string{
		`{"amount_cents":1,"due_date":"2026-02-30","paid_on":"2026-03-01"}`:   `\"2026-02-30\" is not a date`,
		`{"amount_cents":1,"due_date":"2026-02-28"}`:                          "missing field paid_on",
		`{"amount_cents":1.5,"due_date":"2026-02-28","paid_on":"2026-03-01"}`: "field amount_cents: number 1.5 is the wrong kind",
	} {
		if got := ask(t, "fees", question)[0]; got != `{"error":"`+want+`"}` {
			t.Errorf("%s was answered %s, want %s", question, got, want)
		}
	}
	nested := `{"bank":"341","due_date":"2026-12-10","amount_cents":9990,"input":{"agencia":810}}`
	if got := ask(t, "boleto", nested)[0]; got != `{"error":"field input.agencia: number is the wrong kind"}` {
		t.Errorf("%s was answered %s", nested, got)
	}
}

// Every field that product.md names must be there, but for those whose absence it gives a meaning: amount and txid of a Pix.
func TestCheckMissesEveryField(t *testing.T) {
	for kind, questions := range map[string][]string{
		"boleto": {`{"bank":"341","due_date":"2026-12-10","amount_cents":9990,"input":{"agencia":"0810","conta":"53678","carteira":"175","nosso_numero":"12345678"}}`},
		"linha":  {`{"linha_digitavel":"34191.09008 01015.271248 80212.460002 4 25480000675787","today":"2026-11-23"}`},
		"pix":    {`{"key":"52998224725","name":"N","city":"C"}`, `{"payload":""}`},
		"cpf":    {`{"value":""}`},
		"cnpj":   {`{"value":""}`},
		"fees":   {`{"amount_cents":1,"due_date":"2026-11-20","paid_on":"2026-11-24"}`},
		"money": {`{"rule":"stub","monthly_cents":8990,"start":"2026-11-27","first_due":"2026-12-10","due_day":10,"base":"30"}`,
			`{"rule":"split","monthly_cents":8990,"period":["2026-12-10","2027-01-10"],"day":"2026-12-22","base":"30"}`,
			`{"rule":"hole","monthly_cents":8990,"period":["2026-11-10","2026-12-10"],"from":"2026-11-26","to":"2026-12-03","base":"real"}`,
			`{"rule":"parts","total_cents":1,"n":1}`},
	} {
		for _, question := range questions {
			if got := ask(t, kind, question)[0]; strings.HasPrefix(got, `{"error":`) {
				t.Errorf("%s was answered %s", question, got)
			}
			var fields map[string]any
			if err := json.Unmarshal([]byte(question), &fields); err != nil {
				t.Fatal(err)
			}
			for name, value := range fields {
				delete(fields, name)
				less, _ := json.Marshal(fields)
				if got := ask(t, kind, string(less))[0]; !strings.HasPrefix(got, `{"error":"missing field `) || !strings.Contains(got, name) {
					t.Errorf("%s was answered %s", less, got)
				}
				fields[name] = value
			}
		}
	}
}

func TestCheckReadsWhatEditorsLeave(t *testing.T) {
	var out bytes.Buffer
	err := checkLines(checkCPF, strings.NewReader("\ufeff{\"value\":\"52998224725\"}\r\n\r\n{\"value\":\"1\"}\r\n"), &out)
	want := "{\"valid\":true,\"formatted\":\"529.982.247-25\"}\n{\"error\":\"bad JSON: unexpected end of JSON input\"}\n{\"valid\":false,\"formatted\":\"\"}\n"
	if out.String() != want || err == nil { // an empty line is no object, and has its answer like any other
		t.Errorf("got %s, %v", out.String(), err)
	}
}

func TestCheckReadsLongLinesAndALastOneWithoutALineFeed(t *testing.T) {
	var out bytes.Buffer
	long := `{"value":"52998224725","ignored":"` + strings.Repeat("x", 1<<20) + `"}`
	if err := checkLines(checkCPF, strings.NewReader(long+"\r\n"+`{"value":"1"}`), &out); err != nil {
		t.Fatal(err)
	}
	if want := "{\"valid\":true,\"formatted\":\"529.982.247-25\"}\n{\"valid\":false,\"formatted\":\"\"}\n"; out.String() != want {
		t.Errorf("got %s", out.String())
	}
}

func TestCheckCNABSumsTheSampleFilesUp(t *testing.T) {
	var out bytes.Buffer
	names, _ := filepath.Glob("../../tenants/brazil/cnab/testdata/*")
	if err := checkFiles([]string{"../../tenants/brazil/cnab/testdata/caixa.ret", "/nowhere.ret"}, &out); err == nil || len(names) < 5 {
		t.Errorf("a missing file was no error, of %d", len(names))
	}
	want := `{"file":"../../tenants/brazil/cnab/testdata/caixa.ret","layout":"CNAB240","bank":"104","titles":9,"sum_nominal_cents":112000,"sum_paid_cents":101000,"sum_net_cents":101000,"sum_fee_cents":1270,"trailer_matches":true}`
	if answers := strings.Split(out.String(), "\n"); answers[0] != want || !strings.HasPrefix(answers[1], `{"file":"/nowhere.ret","error":"`) {
		t.Errorf("got %s", out.String())
	}
}

func BenchmarkCheckBoleto(b *testing.B) {
	b.ReportAllocs()
	line := []byte(`{"bank":"341","due_date":"2026-12-10","amount_cents":9990,"input":{"agencia":"0810","conta":"53678","carteira":"175","nosso_numero":"12345678"}}`)
	for b.Loop() {
		if _, err := checkBoleto(line); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCheckLinha(b *testing.B) {
	b.ReportAllocs()
	line := []byte(`{"linha_digitavel":"34191.09008 01015.271248 80212.460002 4 25480000675787","today":"2026-11-23"}`)
	for b.Loop() {
		if _, err := checkLinha(line); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkCheckLines is what a stream costs a line, in and out.
func BenchmarkCheckLines(b *testing.B) {
	b.ReportAllocs()
	line := `{"bank":"341","due_date":"2026-12-10","amount_cents":9990,"input":{"agencia":"0810","conta":"53678","carteira":"175","nosso_numero":"12345678"}}` + "\n"
	in := strings.NewReader(strings.Repeat(line, 1000))
	for b.Loop() {
		in.Seek(0, io.SeekStart)
		if err := checkLines(checkBoleto, in, io.Discard); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)*1000/b.Elapsed().Seconds(), "lines/s")
}
