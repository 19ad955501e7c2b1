package brazil

import "testing"

func BenchmarkCPF(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if digits, ok := CPF("529.982.247-25"); !ok || digits != "52998224725" {
			b.Fatal("wrong")
		}
	}
}

func BenchmarkCNPJ(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, ok := CNPJ("12.abc.345/01de-35"); !ok {
			b.Fatal("wrong")
		}
	}
}

func BenchmarkPhone(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if phone, err := Phone("(92) 99123-4567"); err != nil || phone != "+5592991234567" {
			b.Fatal(phone, err)
		}
	}
}

func BenchmarkPutBankText(b *testing.B) {
	b.ReportAllocs()
	var cell [40]byte
	for b.Loop() {
		if PutBankText(cell[:], "José Antônio da Conceição e Irmãos, Comércio") != len(cell) {
			b.Fatal("wrong")
		}
	}
}

func BenchmarkParseAnswer(b *testing.B) {
	b.ReportAllocs()
	body := []byte(`{"cep":"01001-000","logradouro":"Praça da Sé","bairro":"Sé","localidade":"São Paulo","uf":"SP","ibge":"3550308"}`)
	for b.Loop() {
		if _, err := ParseAnswer(body); err != nil {
			b.Fatal(err)
		}
	}
}
