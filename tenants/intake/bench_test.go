package intake_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"runtime/metrics"
	"strings"
	"testing"
	"time"

	"enlace/ent"
	"enlace/ent/intake"
	"enlace/tenants/demo/demotest"
	desk "enlace/tenants/intake"
)

// BenchmarkFirstDay brings in the three files of an ISP, 50,000 lines each: read, then written. It says how many lines a second each takes and
// how high the heap stood, sampled while it ran. -benchtime 1x is enough.
func BenchmarkFirstDay(b *testing.B) {
	lines := 50_000
	if testing.Short() {
		lines = 5_000
	}
	for store, open := range map[string]func(testing.TB) *demotest.Office{"sqlite": demotest.OpenSQLite, "postgres": demotest.OpenPostgres} {
		b.Run(store, func(b *testing.B) {
			for range b.N {
				o := open(b)
				d := desk.Desk{DB: o.DB, Vault: o.Vault}
				for _, kind := range desk.Kinds {
					firstDay(b, o, d, kind, lines)
				}
			}
		})
	}
}

func firstDay(b *testing.B, o *demotest.Office, d desk.Desk, kind desk.Kind, lines int) {
	b.Helper()
	ctx := o.As("gerente")
	file := sheetOf(kind, lines)
	id, err := d.Bring(ctx, desk.File{Kind: kind, Name: string(kind) + ".csv", Size: int64(len(file)), From: strings.NewReader(file)})
	if err != nil {
		b.Fatal(err)
	}
	worker, cancel := context.WithTimeout(o.Worker(), 10*time.Minute)
	defer cancel()
	measure := func(what string, do func() error) {
		peak := highest()
		start := time.Now()
		if err := do(); err != nil {
			b.Fatal(err)
		}
		took := time.Since(start)
		b.ReportMetric(float64(lines)/took.Seconds(), fmt.Sprintf("%s-%s-lines/s", kind, what))
		b.ReportMetric(float64(peak())/(1<<20), fmt.Sprintf("%s-%s-MB", kind, what))
	}
	measure("read", func() error { return d.Read(worker, id) })
	if err := d.Confirm(ctx, id); err != nil {
		problems, _ := d.Problems(ctx, id, false, 1)
		b.Fatal(err, problems)
	}
	measure("write", func() error { return d.Write(worker, id) })
	o.Read(func(ctx context.Context, c *ent.Client) error {
		if n := c.Intake.Query().Where(intake.StateEQ(desk.Written), intake.ID(id)).CountX(ctx); n != 1 {
			b.Fatal("it was not written")
		}
		return nil
	})
}

// highest samples the heap until it is asked how high it stood.
func highest() func() uint64 {
	runtime.GC()
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	stop, answer := make(chan struct{}), make(chan uint64)
	go func() {
		var most uint64
		for {
			metrics.Read(sample)
			most = max(most, sample[0].Value.Uint64())
			select {
			case <-stop:
				answer <- most
				return
			case <-time.After(5 * time.Millisecond):
			}
		}
	}()
	return func() uint64 { close(stop); return <-answer }
}

// sheetOf is a file of so many lines that have nothing wrong.
func sheetOf(kind desk.Kind, lines int) string {
	var out strings.Builder
	switch kind {
	case desk.Plans:
		out.WriteString("nome;preco;tecnologia;descida;subida;scm_valor;sva_valor\r\n")
		for i := range lines {
			fmt.Fprintf(&out, "Plano %d;1.089,90;fibra;500;250;1.000,00;89,90\r\n", i)
		}
	case desk.Customers:
		out.WriteString("cpf_cnpj;nome;nascimento;telefone;email;cep;logradouro;numero;bairro;cidade;uf;grupos;origem;observacoes\r\n")
		for i := range lines {
			fmt.Fprintf(&out, "%s;%s %s %d;14/03/1985;(91) 98%07d;cliente%d@exemplo.com.br;66035-145;Avenida Nazaré;%d;Nazaré;Belém;PA;Residencial;Indicação;\"paga na loja, \"\"sempre\"\"\"\r\n",
				cpf(i), first[i%len(first)], last[i/len(first)%len(last)], i, i, i, i%3000)
		}
	case desk.Services:
		out.WriteString("cpf_cnpj;plano;situacao;desde;forma_cobranca;dia_vencimento;tipo_cobranca;login;senha;preco;vendedor\r\n")
		for i := range lines {
			fmt.Fprintf(&out, "%s;Plano %d;habilitado;14/03/2024;Boleto com Pix;10;antecipado;cliente%d@isp;senha-%d;89,90;Loja Centro\r\n", cpf(i), i%100, i, rand.N(1_000_000))
		}
	}
	return out.String()
}

var (
	first = []string{"Ana", "João", "Maria", "José", "Conceição", "Raimundo", "Lúcia", "Antônio"}
	last  = []string{"da Silva Souza", "Pereira Lima", "do Nascimento", "Araújo Costa", "dos Santos", "Gonçalves Dias"}
)

// cpf is the i-th of invented documents whose figures hold.
func cpf(i int) string {
	digits := fmt.Sprintf("%09d", 100_000_000+i*7)
	for range 2 {
		sum := 0
		for j, d := range digits {
			sum += int(d-'0') * (len(digits) + 1 - j)
		}
		digits += fmt.Sprint(sum * 10 % 11 % 10)
	}
	return digits
}
