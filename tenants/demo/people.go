package demo

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"enlace/tenants"
	"enlace/tenants/brazil"
)

var firstNames = []string{"Adriana", "Ana", "Antônio", "Beatriz", "Bruno", "Camila", "Carlos", "Cláudia", "Daniel", "Débora", "Eduardo", "Elaine",
	"Fábio", "Fernanda", "Francisco", "Gabriela", "Gustavo", "Helena", "Igor", "Isabel", "Jéssica", "Joana", "José", "Júlia", "Larissa", "Leandro",
	"Letícia", "Lucas", "Luís", "Marcelo", "Márcia", "Mateus", "Natália", "Otávio", "Patrícia", "Paulo", "Rafael", "Raimunda", "Renata", "Ricardo",
	"Rosângela", "Sandra", "Sebastião", "Sílvia", "Tatiana", "Tiago", "Valéria", "Vinícius", "Vitória", "Wagner"}

var lastNames = []string{"Almeida", "Araújo", "Barbosa", "Batista", "Cardoso", "Carvalho", "Costa", "Cruz", "Dias", "Fernandes", "Ferreira", "Freitas",
	"Gomes", "Gonçalves", "Lima", "Lopes", "Machado", "Martins", "Melo", "Mendes", "Moraes", "Moreira", "Nascimento", "Nunes", "Oliveira", "Pereira",
	"Pinto", "Queirós", "Ramos", "Ribeiro", "Rocha", "Rodrigues", "Santana", "Santos", "Silva", "Soares", "Souza", "Teixeira", "Vieira"}

var trades = []string{"Padaria", "Mercadinho", "Oficina", "Farmácia", "Papelaria", "Academia", "Clínica", "Pousada"}

// people invents customers: no two of one ISP have the same document, telephone or e-mail.
type people struct{ made int }

// next is the form of an invented person, or now and then of a company.
func (p *people) next(r *rand.Rand, ddd string) tenants.Typed {
	p.made++
	name := firstNames[r.IntN(len(firstNames))] + " " + lastNames[r.IntN(len(lastNames))] + " " + lastNames[r.IntN(len(lastNames))]
	t := tenants.Typed{
		"telefone": fmt.Sprintf("%s9%08d", ddd, 81000000+p.made),
		"email":    fmt.Sprintf("cliente%d@exemplo.com.br", p.made),
	}
	if p.made%15 == 0 {
		t["tipo"], t["nome"] = "pj", trades[r.IntN(len(trades))]+" "+lastNames[r.IntN(len(lastNames))]+" Ltda."
		t["cnpj"], t["responsavel"], t["ie"] = withDigits(fmt.Sprintf("%08d0001", 30000000+p.made*37), brazil.CNPJ), name, "ISENTO"
		return t
	}
	t["tipo"], t["nome"] = "pf", name
	t["cpf"] = withDigits(fmt.Sprintf("%09d", 100000000+r.IntN(800)*1000000+p.made*13), brazil.CPF)
	t["nascimento"] = fmt.Sprintf("%02d/%02d/%d", 1+r.IntN(28), 1+r.IntN(12), 1950+r.IntN(55))
	return t
}

// withDigits gives a document its check digits: the one pair that the rule of its kind takes.
func withDigits(base string, valid func(string) (string, bool)) string {
	for pair := range 100 {
		if document, ok := valid(fmt.Sprintf("%s%02d", base, pair)); ok {
			return document
		}
	}
	return strings.Repeat("0", len(base)+2)
}
