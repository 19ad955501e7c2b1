package handlers_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/handlers/handlerstest"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/intake"
	"enlace/tenants/tenanttest"
)

func TestEverybodyCanUseTheImportAtEveryWidth(t *testing.T) {
	t.Parallel()
	o := demotest.OpenSQLite(t)
	s := handlerstest.Open(t, &tenanttest.Office{DB: o.DB, Here: o.Here, Other: o.Other})
	d, manager := intake.Desk{DB: o.DB, Vault: o.Vault}, o.As("gerente")
	bring := func(kind intake.Kind, name, text string, read bool) uuid.UUID {
		t.Helper()
		id, err := d.Bring(manager, intake.File{Kind: kind, Name: name, Size: int64(len(text)), From: strings.NewReader(text)})
		if err == nil && read {
			err = d.Read(o.Worker(), id)
		}
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	good := bring(intake.Customers, "clientes.csv", importedCustomers, true)
	bad := bring(intake.Customers, "clientes-exportados-do-sistema-antigo-em-novembro-versao-final.csv", "cpf_cnpj;nome;nascimento;telefone\n"+
		strings.Repeat("390.533.447-06;;31/02/1985;"+strings.Repeat("nome comprido demais ", 6)+"\n", 40), true)
	cut := bring(intake.Services, "servicos.csv", "cpf;plano;status;salario\n1;2;3;4\n", true)
	waits := bring(intake.Plans, "planos.csv", "nome\n"+strings.Repeat("a\n", 1000), false)
	written := bring(intake.Customers, "clientes-da-filial.csv", "cpf_cnpj;nome;nascimento;telefone\n390.533.447-05;Ana;14/03/1985;91988887777\n", true)
	if err := d.Confirm(manager, written); err != nil {
		t.Fatal(err)
	}
	if err := d.Write(o.Worker(), written); err != nil {
		t.Fatal(err)
	}
	c := s.Chrome()
	c.Open("/entrar").TabTo("E-mail").Type(s.Hire("gerente")).TabTo("Senha").Type(handlerstest.Password).Enter()
	look := atEveryWidth(t, c)
	look("importar", "/configuracoes/importar", "Importar")
	look("importar-clientes", "/configuracoes/importar/clientes", "Importar clientes")
	look("importar-servicos", "/configuracoes/importar/servicos", "Importar serviços")
	file := func(id uuid.UUID) string { return "/configuracoes/importar/arquivos/" + id.String() }
	look("importar-conferido", file(good), "clientes.csv")
	look("importar-a-corrigir", file(bad), "clientes-exportados-do-sistema-antigo-em-novembro-versao-final.csv")
	look("importar-recusado", file(cut), "servicos.csv")
	look("importar-conferindo", file(waits), "planos.csv")
	look("importar-pronto", file(written), "clientes-da-filial.csv")
	c.Look(1366, 768, false).Open("/configuracoes/importar/clientes").TabTo("Enviar e conferir").Enter()
	c.Picture("importar-erro-1366")
	for _, violation := range c.Violations() {
		t.Errorf("refused: %s", violation)
	}
}

// With script the page follows the worker by itself, and shows the report when it is there.
func TestThePageFollowsTheWorker(t *testing.T) {
	t.Parallel()
	o := demotest.OpenSQLite(t)
	s := handlerstest.Open(t, &tenanttest.Office{DB: o.DB, Here: o.Here, Other: o.Other})
	d := intake.Desk{DB: o.DB, Vault: o.Vault}
	text := "cpf_cnpj;nome;nascimento;telefone\n" + strings.Repeat("1;a;;\n", 3_000)
	id, err := d.Bring(o.As("gerente"), intake.File{Kind: intake.Customers, Name: "clientes.csv", Size: int64(len(text)), From: strings.NewReader(text)})
	if err != nil {
		t.Fatal(err)
	}
	c := s.Chrome()
	c.Open("/entrar").TabTo("E-mail").Type(s.Hire("gerente")).TabTo("Senha").Type(handlerstest.Password).Enter()
	c.Open("/configuracoes/importar/arquivos/" + id.String())
	waitFor := func(text string) {
		t.Helper()
		for range 100 {
			if strings.Contains(handlerstest.Eval[string](c, `document.body?.innerText ?? ''`), text) {
				return
			}
			time.Sleep(100 * time.Millisecond)
		}
		t.Fatalf("the page never says %q", text)
	}
	waitFor("0 de 3.000")
	// A transaction that is under way: what it writes nobody sees, how far it is everybody does.
	o.Write(func(ctx context.Context, _ *ent.Client) error {
		if err := o.DB.Tell(ctx, id, 2_000); err != nil {
			return err
		}
		waitFor("2.000 de 3.000")
		return nil
	})
	if err := d.Read(o.Worker(), id); err != nil {
		t.Fatal(err)
	}
	waitFor("3.000 linhas a corrigir")
}
