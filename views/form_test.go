package views

import "testing"

func TestTheListOfProblemsNamesEachFieldByItsOwnLabel(t *testing.T) {
	var f Form
	f.Refuse()
	for name, label := range map[string]string{"nome": "Nome completo", "cpf": "CPF", "cobranca_cep": "CEP de cobrança", "nascimento": "Nascimento", "nota": "Nota"} {
		f.Text(name, label)
	}
	for _, one := range []struct{ field, sentence, listed string }{
		{"nome", "Preencha este campo", "Nome completo: preencha este campo"},
		{"cpf", "O CPF 390.533.447-00 não confere", "O CPF 390.533.447-00 não confere"},
		{"cobranca_cep", "O CEP tem 8 números", "CEP de cobrança: o CEP tem 8 números"},
		{"nascimento", "“31/02/1990” não é uma data", "Nascimento: “31/02/1990” não é uma data"},
		{"nota", "CNPJ é outro: anotado", "Nota: CNPJ é outro: anotado"},
		{"", "Outra pessoa mudou este cadastro", "Outra pessoa mudou este cadastro"},
		{"sem_campo", "Preencha este campo", "Preencha este campo"},
	} {
		if got := f.Listed(Problem{Field: one.field, Sentence: one.sentence}); got != one.listed {
			t.Errorf("%s: %q", one.field, got)
		}
	}
}
