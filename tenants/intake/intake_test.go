package intake_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"golang.org/x/text/encoding/charmap"

	"enlace/ent"
	"enlace/ent/address"
	"enlace/ent/contact"
	"enlace/ent/customer"
	"enlace/ent/history"
	"enlace/ent/networklogin"
	"enlace/ent/outbox"
	"enlace/ent/plan"
	"enlace/ent/planitem"
	"enlace/ent/subscription"
	"enlace/ent/subscriptionaddress"
	"enlace/ent/suspension"
	"enlace/tenants/calendar"
	"enlace/tenants/customers"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/intake"
)

func deskOf(o *demotest.Office) intake.Desk { return intake.Desk{DB: o.DB, Vault: o.Vault} }

// bring sends a file and has it read.
func bring(t testing.TB, o *demotest.Office, kind intake.Kind, text string) intake.Standing {
	t.Helper()
	d := deskOf(o)
	id, err := d.Bring(o.As("gerente"), intake.File{Kind: kind, Name: string(kind) + ".csv", Size: int64(len(text)), From: strings.NewReader(text)})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Read(o.Worker(), id); err != nil {
		t.Fatal(err)
	}
	return standing(t, o, id)
}

func standing(t testing.TB, o *demotest.Office, id uuid.UUID) intake.Standing {
	t.Helper()
	s, err := deskOf(o).Standing(o.As("gerente"), id)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// problems are those of a report, each as "line column code".
func problems(t testing.TB, o *demotest.Office, id uuid.UUID, warnings bool) (all []string) {
	t.Helper()
	found, err := deskOf(o).Problems(o.As("gerente"), id, warnings, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range found {
		all = append(all, fmt.Sprintf("%d %s %s", p.Line, p.Column, p.Code))
	}
	return all
}

// write brings a file all the way in.
func write(t testing.TB, o *demotest.Office, kind intake.Kind, text string) intake.Standing {
	t.Helper()
	s := bring(t, o, kind, text)
	if err := deskOf(o).Confirm(o.As("gerente"), s.ID); err != nil {
		t.Fatalf("%v: %v", err, problems(t, o, s.ID, false))
	}
	if err := deskOf(o).Write(o.Worker(), s.ID); err != nil {
		t.Fatal(err)
	}
	if s = standing(t, o, s.ID); s.State != intake.Written {
		t.Fatalf("it is %s: %v", s.State, problems(t, o, s.ID, false))
	}
	return s
}

func countCustomers(o *demotest.Office) (n int) {
	o.Read(func(ctx context.Context, c *ent.Client) error { n = c.Customer.Query().CountX(ctx); return nil })
	return n
}

const somePlans = "Nome;Preço;Tecnologia;Download;Upload;SCM;SVA;fidelidade\r\nRádio 20;1.059,90;Rádio;20 Mega;5;1.000,00;59,90;0\r\n"

const someCustomers = "\ufeffTELEFONE,Nome,CPF/CNPJ,Nascimento,E-mail,CEP,Logradouro,Número,Bairro,Cidade,UF,Grupos,Origem,Estado civil,Observações\n" +
	"91 98888-7777,\"Cunha, Conceição \"\"Ceça\"\"\",390.533.447-05,1985-03-14 00:00:00,ceca@exemplo.com.br,66035-145,Rua Um,,Nazaré,Belém,PA,residencial|EMPRESARIAL,indicacao,Casado(a),\"linha um\nlinha dois\"\n" +
	"(91) 3222-1111,Padaria Ltda,12.ABC.345/01DE-35,,,,,,,,,,,,\n"

const someServices = "cpf_cnpj\tplano\tsituacao\tdesde\tforma_cobranca\tdia_vencimento\ttipo_cobranca\tlogin\tsenha\tpreco\tcep\tlogradouro\tnumero\tbairro\tcidade\tuf\tmotivo\tcobrado_ate\r\n" +
	"39053344705\trádio 20\tHabilitado\t14/03/2024\tBOLETO COM PIX\t10\tAntecipado\tceca\tsegredo 1\t\t\t\t\t\t\t\t\t\r\n" +
	"39053344705\tFibra 300 Mega\tSuspenso por Débito\t01/11/2026\tPix\túltimo dia\tpostecipado\tceca2\tsegredo2\t79,90\t66050000\tTravessa Dois\t9\tUmarizal\tBelém\tPA\tnão pagou\t\r\n" +
	"12ABC34501DE35\tFibra 300 Mega\tcancelado\t01/02/2025\tNa loja\t5\tantecipado\t\t\t\t66050-000\tRua Três\t1\tUmarizal\tBelém\tPA\tmudou-se\t\r\n" +
	"12ABC34501DE35\tFibra 500 Mega\taguardando instalação\t20/11/2026\tNa loja\t5\tantecipado\tpadaria\tsegredo4\t\t66050-000\tRua Três\t1\tUmarizal\tBelém\tPA\t\t\r\n"

func TestPlansCustomersAndServicesOfAnotherSystemComeIn(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		latin, err := charmap.Windows1252.NewEncoder().String(somePlans)
		if err != nil {
			t.Fatal(err)
		}
		write(t, o, intake.Plans, latin)
		write(t, o, intake.Customers, someCustomers)
		s := write(t, o, intake.Services, someServices)
		if s.Good != 4 || s.Errors != 0 {
			t.Errorf("%d good, %d errors", s.Good, s.Errors)
		}
		today := o.DB.Today(o.As("gerente"))
		o.Read(func(ctx context.Context, c *ent.Client) error {
			radio := c.Plan.Query().Where(plan.Name("Rádio 20")).OnlyX(ctx)
			items := c.PlanItem.Query().Where(planitem.PlanID(radio.ID)).Order(planitem.ByPosition()).AllX(ctx)
			if radio.Price != 1059_90 || radio.DownKbps != 20_000 || len(items) != 2 || items[0].Price != 1000_00 || items[1].Kind != planitem.KindSva {
				t.Errorf("%v %v", radio, items)
			}
			ceca := c.Customer.Query().Where(customer.Document("39053344705")).OnlyX(ctx)
			if ceca.Name != `Cunha, Conceição "Ceça"` || ceca.Marital != "casado" || ceca.Notes != "linha um\nlinha dois" || ceca.Birth.BR() != "14/03/1985" || ceca.OriginID == nil {
				t.Errorf("%v", ceca)
			}
			if phone := c.Contact.Query().Where(contact.CustomerID(ceca.ID), contact.KindEQ(contact.KindPhone)).OnlyX(ctx); phone.Value != "+5591988887777" {
				t.Error(phone.Value)
			}
			told := c.History.Query().Where(history.SubjectID(ceca.ID)).OnlyX(ctx)
			if told.Event != "customer_imported" || told.Channel != history.ChannelJob || told.ActorID == nil || told.After["from"] != "clientes.csv" {
				t.Errorf("%v", told)
			}
			subs := c.Subscription.Query().Where(subscription.CustomerID(ceca.ID)).Order(subscription.ByNumber()).AllX(ctx)
			first, second := subs[0], subs[1]
			if first.Status != subscription.StatusHabilitado || first.Price != 1059_90 || first.EnabledOn.BR() != "14/03/2024" || first.SoldOn != first.EnabledOn ||
				first.MadeBy != subscription.MadeByImport || first.BilledUntil != calendar.NextDue(today, 10) || second.Number != first.Number+1 {
				t.Errorf("%v", first)
			}
			if second.Status != subscription.StatusSuspensoDebito || second.DueDay != calendar.LastDay || second.BilledUntil != calendar.AddMonths(calendar.NextDue(today, 31), -1, 31) {
				t.Errorf("%v", second)
			}
			stretch := c.Suspension.Query().Where(suspension.SubscriptionID(second.ID)).OnlyX(ctx)
			if stretch.Kind != suspension.KindDebito || stretch.FromDay.BR() != "01/11/2026" || stretch.EndedAt != nil || stretch.Reason != "não pagou" {
				t.Errorf("%v", stretch)
			}
			uses := c.SubscriptionAddress.Query().Where(subscriptionaddress.SubscriptionID(second.ID)).AllX(ctx)
			for _, use := range uses {
				at := c.Address.Query().Where(address.ID(use.AddressID)).OnlyX(ctx)
				if want := map[bool]string{true: "Travessa Dois", false: "Rua Um"}[use.Role == subscriptionaddress.RoleInstalacao]; at.Street != want {
					t.Errorf("%s is at %s", use.Role, at.Street)
				}
			}
			login := c.NetworkLogin.Query().Where(networklogin.Login("ceca")).OnlyX(ctx)
			if password, err := o.Vault.Open(o.As("gerente"), "network login", login.Password); err != nil || password != "segredo 1" || len(uses) != 4 {
				t.Errorf("%q, %v, %d addresses", password, err, len(uses))
			}
			for _, query := range []string{"ceça", "ceca2", "travessa dois", "98888-7777", "390.533.447-05", "cunha rua um"} {
				if found, err := customers.Search(ctx, c, query, 5); err != nil || len(found) != 1 || found[0].ID != ceca.ID {
					t.Errorf("%q finds %v, %v", query, found, err)
				}
			}
			bakery := c.Customer.Query().Where(customer.Document("12ABC34501DE35")).OnlyX(ctx)
			ended := c.Subscription.Query().Where(subscription.CustomerID(bakery.ID), subscription.StatusEQ(subscription.StatusCancelado)).OnlyX(ctx)
			waits := c.Subscription.Query().Where(subscription.CustomerID(bakery.ID), subscription.StatusEQ(subscription.StatusAguardandoInstalacao)).OnlyX(ctx)
			if ended.CancelledOn.BR() != "01/02/2025" || ended.CancelReason != "mudou-se" || !waits.EnabledOn.IsZero() || !waits.BilledUntil.IsZero() {
				t.Errorf("%v\n%v", ended, waits)
			}
			if n := c.UploadPiece.Query().CountX(ctx); n != 0 {
				t.Errorf("%d pieces of files are still there", n)
			}
			return nil
		})
		for _, again := range []struct {
			kind intake.Kind
			text string
			want []string
		}{
			{intake.Plans, somePlans, []string{"2 nome name_taken"}},
			{intake.Customers, someCustomers, []string{"2 cpf_cnpj customer_there", "4 cpf_cnpj customer_there"}},
			{intake.Services, someServices, []string{"2 login login_taken", "3 login login_taken", "5 login login_taken"}},
		} {
			if got := problems(t, o, bring(t, o, again.kind, again.text).ID, false); !slices.Equal(got, again.want) {
				t.Errorf("%s again: %q", again.kind, got)
			}
		}
	})
}

func TestAReportSaysOfEveryLineWhatIsWrong(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		for _, c := range []struct {
			name           string
			kind           intake.Kind
			text           string
			errors, warned []string
		}{
			{"clientes", intake.Customers, "cpf_cnpj;nome;nascimento;telefone;email;grupos;origem;uf;cep;rg_emissao\n" +
				"529.982.247-25;Maria Outra;14/03/1985;91988887777;;;;;;\n" + // Maria is in the demonstration
				"39053344705;Ana;14/03/1985;91988887777;;;;;;\n" +
				"390.533.447-05;Bia;14/03/1985;91988887777;;;;;;\n" +
				"390.533.447-06;Caio;31/02/1985;abc;nada;Nenhum;Lua;;;\n" +
				";;;;;;;;;\n" +
				"1;;01/01/1800;;;;;;;\n" +
				"6800855;Zeros;14/03/1985;91988887777;;;;;;\n" +
				"39053344705;Davi;14/03/1985;91988887777;;;;;;;sobra\n" +
				"\"39053344705\"x;E\n" +
				"529982247;" + strings.Repeat("a", 200) + ";14/03/1985;91988887777;;;;XX;1;\n",
				[]string{"2 cpf_cnpj customer_there", "4 cpf_cnpj twice_in_file", "5 cpf_cnpj cpf", "5 nascimento date", "5 telefone phone", "5 email email", "5 grupos name_unknown", "5 origem name_unknown",
					"7 cpf_cnpj cpf", "7 nome required", "7 nascimento birth", "7 telefone required", "8 cpf_cnpj cpf", "9  cells_many", "10  quotes_shape",
					"11 cpf_cnpj cpf", "11 nome letters 0 120", "11 cep cep", "11 logradouro required", "11 bairro required", "11 cidade required", "11 uf uf"}, nil},
			{"servicos", intake.Services, "cpf;plano;situacao;desde;forma_cobranca;dia_vencimento;tipo_cobranca;login;senha;carne;preco;desconto\n" +
				"529.982.247-25;Fibra 500 Mega;habilitado;14/03/2024;Pix;10;antecipado;maria@fibranorte;x;;;\n" +
				"529.982.247-25;Fibra 500 Mega;habilitado;14/03/2024;Pix;7;antecipado;;;;;\n" +
				"390.533.447-05;Nenhum;dormindo;amanhã;Cheque;31;depois;com espaço;;talvez;abc;\n" +
				"529.982.247-25;Fibra 500 Mega;habilitado;14/03/2099;Pix;29;antecipado;novo;y;sim;10,00;20,00\n" +
				"529.982.247-25;;;;;;;novo;y;;;\n",
				[]string{"2 login login_taken", "4 cpf_cnpj customer_missing", "4 plano name_unknown", "4 situacao state_unknown", "4 desde date", "4 forma_cobranca name_unknown", "4 dia_vencimento due_day", "4 tipo_cobranca choice",
					"4 login login_shape", "4 senha required", "4 preco amount", "4 carne yes_no",
					"5 desde future", "5 dia_vencimento due_day", "5 desconto discount_over_price",
					"6 plano required", "6 situacao required", "6 desde required", "6 forma_cobranca required", "6 dia_vencimento required", "6 tipo_cobranca required", "6 login twice_in_file"},
				[]string{"3 plano service_there", "3 dia_vencimento due_day_not_offered", "3 login login_missing"}},
			{"planos", intake.Plans, "nome;preco;tecnologia;descida;subida;scm_valor;sva_valor;modelo;fidelidade\n" +
				"Fibra 300 mega;89,90;fibra;500;250;89,90;;;\n" + // of the demonstration
				"Novo;89,90;fibra;500;250;80,00;10,00;;13\n" +
				"novo ;0;pombo;x;;;;Nenhum;\n",
				[]string{"2 nome name_taken", "3 scm_valor composition_sum", "3 fidelidade between 0 12", "4 nome twice_in_file", "4 preco positive", "4 tecnologia choice", "4 descida between 0 100000", "4 subida positive", "4 modelo name_unknown"}, nil},
		} {
			s := bring(t, o, c.kind, c.text)
			if got := problems(t, o, s.ID, false); !slices.Equal(got, c.errors) {
				t.Errorf("%s:\n got %q\nwant %q", c.name, got, c.errors)
			}
			if got := problems(t, o, s.ID, true); c.warned != nil && !slices.Equal(got, c.warned) {
				t.Errorf("%s warns %q", c.name, got)
			}
			if err := deskOf(o).Confirm(o.As("gerente"), s.ID); demotest.Fault(err) != "intake_errors" {
				t.Errorf("%s may be written: %v", c.name, err)
			}
		}
	})
}

func TestAReportKeepsNoPassword(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		secret := "segredo " + strings.Repeat("x", 200)
		s := bring(t, o, intake.Services, "cpf;plano;situacao;desde;forma_cobranca;dia_vencimento;tipo_cobranca;login;senha\n52998224725;Fibra 500 Mega;habilitado;14/03/2024;Pix;10;antecipado;nova;"+secret+"\n")
		found, err := deskOf(o).Problems(o.As("gerente"), s.ID, false, 1)
		if err != nil || len(found) != 1 || found[0].Column != "senha" || found[0].Typed != "" {
			t.Errorf("%v, %v", found, err)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if piece := c.UploadPiece.Query().OnlyX(ctx); strings.Contains(piece.Content, "segredo") || strings.Contains(piece.Content, "52998224725") {
				t.Error("what was sent lies open")
			}
			return nil
		})
	})
}

func TestOneIntakeHoweverOftenItIsSentAndConfirmed(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		ctx, d, before := o.As("gerente"), deskOf(o), countCustomers(o)
		many := func(do func() error) {
			t.Helper()
			var wg sync.WaitGroup
			for range 100 {
				wg.Go(func() {
					if err := do(); err != nil {
						t.Error(err)
					}
				})
			}
			wg.Wait()
		}
		many(func() error {
			_, err := d.Bring(ctx, intake.File{Kind: intake.Customers, Name: "clientes.csv", Size: int64(len(someCustomers)), From: strings.NewReader(someCustomers), Key: "one form"})
			return err
		})
		all, err := d.List(ctx)
		if err != nil || len(all) != 1 {
			t.Fatalf("%d intakes, %v", len(all), err)
		}
		id := all[0].ID
		if err := d.Confirm(ctx, id); demotest.Fault(err) != "intake_reading" {
			t.Errorf("it may be written before it is read: %v", err)
		}
		if err := d.Read(o.Worker(), id); err != nil {
			t.Fatal(err)
		}
		many(func() error { return d.Confirm(ctx, id) })
		many(func() error { return d.Write(o.Worker(), id) })
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if n := c.Customer.Query().CountX(ctx); n != before+2 {
				t.Errorf("%d customers, want the %d and two of the file", n, before)
			}
			if n := c.Outbox.Query().Where(outbox.Kind(intake.WriteFile)).CountX(ctx); n != 1 {
				t.Errorf("a worker is asked %d times", n)
			}
			return nil
		})
	})
}

func TestAFileOfAnotherISPIsNotThereAndAClerkMayNot(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		d, id := deskOf(o), bring(t, o, intake.Customers, someCustomers).ID
		for who, want := range map[context.Context]string{o.Stranger(): "not_found", o.As("comercial"): "denied"} {
			_, err := d.Standing(who, id)
			_, listed := d.Problems(who, id, false, 1)
			for _, err := range []error{err, listed, d.Confirm(who, id), d.Discard(who, id)} {
				if demotest.Fault(err) != want {
					t.Errorf("%v, want %s", err, want)
				}
			}
		}
		if _, err := d.Bring(o.As("comercial"), intake.File{Kind: intake.Customers, Name: "a.csv", From: strings.NewReader("a")}); demotest.Fault(err) != "denied" {
			t.Error(err)
		}
		if all, err := d.List(o.Stranger()); err != nil || len(all) != 0 {
			t.Errorf("a stranger sees %v, %v", all, err)
		}
		if s := standing(t, o, id); s.State != intake.Read {
			t.Error(s.State)
		}
	})
}

func TestWhenTheISPHasChangedSinceTheReportNothingIsWritten(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		d, ctx, before := deskOf(o), o.As("gerente"), countCustomers(o)
		first, second := bring(t, o, intake.Customers, someCustomers), bring(t, o, intake.Customers, someCustomers)
		for _, s := range []intake.Standing{first, second} {
			if err := d.Confirm(ctx, s.ID); err != nil {
				t.Fatal(err)
			}
			if err := d.Write(o.Worker(), s.ID); err != nil {
				t.Fatal(err)
			}
		}
		if s := standing(t, o, second.ID); s.State != intake.Reading {
			t.Fatalf("it is %s", s.State)
		}
		if err := d.Read(o.Worker(), second.ID); err != nil {
			t.Fatal(err)
		}
		if got := problems(t, o, second.ID, false); len(got) != 2 || got[0] != "2 cpf_cnpj customer_there" {
			t.Errorf("%q", got)
		}
		if err := d.Discard(ctx, first.ID); demotest.Fault(err) != "intake_written" {
			t.Error(err)
		}
		if err := d.Discard(ctx, second.ID); err != nil {
			t.Fatal(err)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if c.Customer.Query().CountX(ctx) != before+2 || c.UploadPiece.Query().CountX(ctx) != 0 || c.Intake.Query().CountX(ctx) != 1 {
				t.Error("something is left of what was discarded")
			}
			return nil
		})
	})
}

func TestWhatIsKeptLongEnoughIsThrownAway(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		d := deskOf(o)
		written := write(t, o, intake.Customers, someCustomers)
		bring(t, o, intake.Plans, somePlans)
		for _, c := range []struct {
			pass                      time.Duration
			intakes, pieces, problems int
		}{{intake.Kept - time.Hour, 2, 1, 1}, {2 * time.Hour, 1, 0, 0}} {
			o.Pass(c.pass)
			if _, err := d.Sweep(o.Worker()); err != nil {
				t.Fatal(err)
			}
			o.Read(func(ctx context.Context, client *ent.Client) error {
				if n := client.Intake.Query().CountX(ctx); n != c.intakes {
					t.Errorf("%d intakes, want %d", n, c.intakes)
				}
				if n := client.UploadPiece.Query().CountX(ctx); n != c.pieces {
					t.Errorf("%d pieces, want %d", n, c.pieces)
				}
				if n := client.IntakeProblem.Query().CountX(ctx); n != c.problems { // the bakery comes without an address
					t.Errorf("%d problems, want %d", n, c.problems)
				}
				return nil
			})
		}
		if s := standing(t, o, written.ID); s.State != intake.Written {
			t.Error(s.State)
		}
	})
}

func TestBrokenAtAnyStatementAFileIsWrittenWholeOrNotAtAll(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		d := deskOf(o)
		for _, file := range []struct {
			kind intake.Kind
			text string
		}{{intake.Plans, somePlans}, {intake.Customers, someCustomers}, {intake.Services, someServices}} {
			id, err := d.Bring(o.As("gerente"), intake.File{Kind: file.kind, Name: "a.csv", Size: 1, From: strings.NewReader(file.text)})
			if err != nil {
				t.Fatal(err)
			}
			read := func() error { return d.Read(o.Worker(), id) }
			if file.kind == intake.Customers { // the three are read alike
				o.AllOrNothing(t, 8, read)
			} else if err := read(); err != nil {
				t.Fatal(err)
			}
			if err := d.Confirm(o.As("gerente"), id); err != nil {
				t.Fatal(err)
			}
			o.AllOrNothing(t, 12, func() error { return d.Write(o.Worker(), id) })
			if s := standing(t, o, id); s.State != intake.Written {
				t.Errorf("%s is %s", file.kind, s.State)
			}
		}
	})
}
