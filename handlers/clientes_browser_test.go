package handlers_test

import (
	"strings"
	"testing"

	"enlace/handlers/handlerstest"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/tenanttest"
)

func TestEverybodyCanUseThePagesOfACustomerAtEveryWidth(t *testing.T) {
	t.Parallel()
	o := demotest.OpenSQLite(t)
	s := handlerstest.Open(t, &tenanttest.Office{DB: o.DB, Here: o.Here, Other: o.Other})
	email := s.Hire("gerente")
	c := s.Chrome()
	c.Open("/entrar").TabTo("E-mail").Type(email).TabTo("Senha").Type(handlerstest.Password).Enter()
	own := "/clientes/" + o.Maria.ID.String()
	look := atEveryWidth(t, c)
	look("clientes", "/clientes", "Clientes")
	look("cliente-editar", own+"/editar", "Editar cadastro")
	look("enderecos", own+"/enderecos", "Endereços de "+o.Maria.Name)
	look("endereco-novo", own+"/enderecos/novo", "Adicionar endereço")
	look("historico", own+"/historico", "Históricos de "+o.Maria.Name)
	look("dados", own+"/dados", "Dados pessoais de "+o.Maria.Name)
	look("vendas", "/relatorios/vendas?de=2015-01", "Vendas")
}

func TestACustomerOnPaperHasNoButtons(t *testing.T) {
	c, o := desk(t, "comercial")
	c.Open("/clientes/" + o.Maria.ID.String()).Paper()
	said := handlerstest.Eval[string](c, `document.body.innerText`)
	if !strings.Contains(said, "Maria Demonstração") {
		t.Errorf("the paper says %s", said)
	}
	for _, word := range []string{"Adicionar Serviços", "Ver\n", "Editar", "Menu Históricos", "Ir para o conteúdo"} {
		if strings.Contains(said, word) {
			t.Errorf("the paper says %q", word)
		}
	}
}
