package customers_test

import (
	"context"
	"testing"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/customers"
	"enlace/tenants/tenanttest"
)

var today = calendar.On(2026, 11, 23)

func person(cpf, name string) tenants.Typed {
	return tenants.Typed{"tipo": "pf", "nome": name, "cpf": cpf, "nascimento": "14/03/1990", "telefone": "(91) 98888-7777", "email": "Cliente@Exemplo.com.br"}
}

func add(o *tenanttest.Office, ctx context.Context, t tenants.Typed) (added *ent.Customer, err error) {
	return added, o.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		var wrong tenants.Fields
		r := customers.ReadRegistration(t, today, &wrong)
		if err := wrong.Err(); err != nil {
			return err
		}
		added, err = customers.Add(ctx, c, o.DB.Now(), r)
		return err
	})
}

func TestOneRecordADocument(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		first, err := add(o, o.Ctx(), person("529.982.247-25", "Maria Demonstração"))
		if err != nil || first.Document != "52998224725" || first.Number != 1 {
			t.Fatalf("%v, %v", first, err)
		}
		_, err = add(o, o.Ctx(), person("52998224725", "Outra Maria"))
		fault := tenants.FaultOf(err)
		if fault == nil || fault.Fields["cpf"] != "document_taken" || fault.Args["customer"] != first.ID.String() {
			t.Errorf("a second record was answered %v", err)
		}
		if other, err := add(o, o.OtherCtx(), person("52998224725", "Maria")); err != nil || other.Number != 1 {
			t.Errorf("the same CPF in another ISP: %v, %v", other, err)
		}
	})
}

func TestCustomersAreFoundByWhatPeopleRemember(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		for cpf, name := range map[string]string{"529.982.247-25": "Maria Demonstração", "111.444.777-35": "João Suspenso"} {
			if _, err := add(o, o.Ctx(), person(cpf, name)); err != nil {
				t.Fatal(err)
			}
		}
		search := func(ctx context.Context, query string) (names []string) {
			err := o.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
				found, err := customers.Search(ctx, c, query, 10)
				for _, one := range found {
					names = append(names, one.Name)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			return names
		}
		for _, query := range []string{"maria", "MARIA dem", "demonstracao", "Demonstração", "529.982.247-25", "52998224", "dem mar"} {
			if got := search(o.Ctx(), query); len(got) != 1 || got[0] != "Maria Demonstração" {
				t.Errorf("%q found %v", query, got)
			}
			if got := search(o.OtherCtx(), query); len(got) != 0 {
				t.Errorf("a stranger's %q found %v", query, got)
			}
		}
		if got := search(o.Ctx(), "98888-7777"); len(got) != 2 {
			t.Errorf("a telephone found %v", got)
		}
		for _, query := range []string{"", "  ", "xyz", "maria joão", "%", "'; DROP TABLE customers; --"} {
			if got := search(o.Ctx(), query); len(got) != 0 {
				t.Errorf("%q found %v", query, got)
			}
		}
	})
}

func TestEveryWrongFieldIsNamedAtOnce(t *testing.T) {
	read := func(t tenants.Typed) tenants.Fields {
		var wrong tenants.Fields
		customers.ReadRegistration(t, today, &wrong)
		return wrong
	}
	for field, want := range map[string]string{"nome": "required", "cpf": "required", "nascimento": "required", "telefone": "required"} {
		if got := read(tenants.Typed{"tipo": "pf"})[field]; got != want {
			t.Errorf("empty %s: %q", field, got)
		}
	}
	wrong := read(tenants.Typed{"tipo": "pf", "nome": "\u202e\u200b", "cpf": "111", "nascimento": "30/02/1990", "telefone": "123", "email": "x@", "email2": "ana@padaria-são.com.br"})
	for field, want := range map[string]string{"nome": "required", "cpf": "cpf", "nascimento": "date", "telefone": "phone", "email": "email", "email2": "email_letters"} {
		if wrong[field] != want {
			t.Errorf("%s: %q, want %q", field, wrong[field], want)
		}
	}
	if wrong := read(tenants.Typed{"tipo": "pf", "nascimento": "24/11/2026"}); wrong["nascimento"] != "future" {
		t.Errorf("born tomorrow: %v", wrong)
	}
	if wrong := read(tenants.Typed{"tipo": "pf", "nascimento": "24/11/1990", "rg_emissao": "23/11/1990"}); wrong["rg_emissao"] != "before_birth" {
		t.Errorf("an RG before its holder: %v", wrong)
	}
	for _, field := range []string{"nome", "mae", "rg", "rg_emissor", "nacionalidade"} {
		if wrong := read(tenants.Typed{"tipo": "pf", field: "Ana 🚀"}); wrong[field] != "unprintable" {
			t.Errorf("%s that no contract prints: %q", field, wrong[field])
		}
	}
	company := read(tenants.Typed{"tipo": "pj", "nome": "Padaria", "cnpj": "12abc34501de35", "telefone": "9133334444"})
	if company.Err() != nil {
		t.Errorf("a company with letters in its CNPJ: %v", company)
	}
	if wrong := read(tenants.Typed{"tipo": "x"}); wrong["tipo"] != "choice" {
		t.Errorf("another kind: %v", wrong)
	}
}

func TestAForeignGroupOrOriginIsNotFound(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		theirs := tenanttest.Sow(t, o.DB, o.OtherCtx())
		for field, id := range map[string]string{"origem": theirs["origins"].String(), "grupos": theirs["groups"].String()} {
			form := person("529.982.247-25", "Maria")
			form[field] = id
			if fault := tenants.FaultOf(func() error { _, err := add(o, o.Ctx(), form); return err }()); fault == nil || fault.Kind != tenants.KindNotFound {
				t.Errorf("%s of another ISP was answered %v", field, fault)
			}
			form[field] = "qualquer"
			if fault := tenants.FaultOf(func() error { _, err := add(o, o.Ctx(), form); return err }()); fault == nil || fault.Kind != tenants.KindNotFound {
				t.Errorf("%s that is no id was answered %v", field, fault)
			}
		}
	})
}
