package catalog_test

import (
	"context"
	"io"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/history"
	"enlace/ent/plan"
	"enlace/jobs/psptest"
	"enlace/tenants"
	"enlace/tenants/brazil/cnab"
	"enlace/tenants/catalog"
	"enlace/tenants/demo/demotest"
)

// sheets are forms that are right, one a shelf; the id of the company goes into empresa.
var sheets = map[string]tenants.Typed{
	"planos": {"nome": "Rádio 50", "preco": "59,90", "tecnologia": "radio", "descida": "50", "subida": "10", "fidelidade": "0", "beneficio": "", "cidades": "1501402",
		"item_1_tipo": "scm", "item_1_nome": "Internet", "item_1_valor": "49,90", "item_2_tipo": "sva", "item_2_nome": "Suporte", "item_2_valor": "10,00"},
	"formas-de-cobranca": {"nome": "Balcão", "tipo": "counter"},
	"convenios":          {"nome": "Itaú 109", "banco": "341", "agencia": "0810", "conta": "53678", "carteira": "109", "ultimo_numero": "41"},
	"chaves-pix":         {"chave_pix": "+55 (91) 98888-7777", "recebedor": "Fibra Norte", "cidade": "Belem"},
	"contas-pix": {"nome": "Banco", "endereco": "https://pix.banco.example/api/v2", "endereco_token": "https://pix.banco.example/oauth/token", "client_id": "fibra",
		"client_secret": "um segredo do banco"},
	"empresas": {"nome": "Filial Ltda.", "cnpj": "11.222.333/0001-81", "cep": "66035-145", "logradouro": "Rua A", "numero": "1", "bairro": "Centro", "cidade": "Belém", "uf": "pa",
		"ie": "ISENTO", "telefone": "(91) 3333-4444"},
	"grupos": {"nome": "Condomínios"}, "origens": {"nome": "Rádio"}, "vendedores": {"nome": "Zélia", "comissao": "7,50"}, "setores": {"nome": "Ouvidoria"},
	"tipos-de-atendimento": {"nome": "Elogio", "prazo": "12", "do_assinante": "true"}, "tipos-de-os": {"nome": "Vistoria", "minutos": "30", "estados": "habilitado,cancelado"},
	"tipos-de-cobranca": {"nome": "Mudança de cômodo", "suspende": "true"},
	"correspondentes":   {"nome": "Mercado do Zé", "comissao": "2,00"},
}

// sheet is a right form of a shelf, with some of it typed otherwise.
func sheet(o *demotest.Office, name string, changes tenants.Typed) tenants.Typed {
	t := maps.Clone(sheets[name])
	o.Read(func(ctx context.Context, c *ent.Client) error {
		t["empresa"] = c.Company.Query().FirstIDX(ctx).String()
		if name == "contas-pix" {
			pair := psptest.NewCA(o.T).Issue("fibra", time.Now().AddDate(10, 0, 0))
			t["pix"], t["certificado"], t["chave_privada"] = c.PixKey.Query().FirstIDX(ctx).String(), pair.Certificate, pair.PrivateKey
		}
		return nil
	})
	maps.Copy(t, changes)
	return t
}

func TestEveryShelfIsAddedToChangedWithdrawnAndTold(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		desk := catalog.Desk{DB: o.DB, Vault: o.Vault}
		for name, shelf := range catalog.Shelves {
			typed := sheet(o, name, tenants.Typed{"chave": "key of " + name})
			id, err := desk.Save(o.As("gerente"), shelf, uuid.Nil, typed)
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			if again, err := desk.Save(o.As("gerente"), shelf, uuid.Nil, typed); again != id || err != nil {
				t.Errorf("%s sent twice: %s and %s, %v", name, id, again, err)
			}
			row, err := desk.Row(o.As("gerente"), shelf, id)
			if err != nil || !row.Active || len(row.Told) != 1 || row.Told[0].Event != "setting_added" {
				t.Fatalf("%s: %+v, %v", name, row, err)
			}
			same := maps.Clone(row.Typed)
			if _, err := desk.Save(o.As("gerente"), shelf, id, same); err != nil {
				t.Errorf("%s saved as it was: %v", name, err)
			}
			field := "nome"
			if name == "chaves-pix" {
				field = "recebedor"
			}
			same[field] += " B"
			if _, err := desk.Save(o.As("gerente"), shelf, id, same); err != nil {
				t.Errorf("%s changed: %v", name, err)
			}
			row, err = desk.Row(o.As("gerente"), shelf, id)
			if err != nil || len(row.Told) != 2 || row.Told[0].Before[field] == row.Told[0].After[field] || row.Typed[field] != same[field] {
				t.Errorf("%s after a change: %+v, %v", name, row, err)
			}
			for who, of := range map[context.Context]uuid.UUID{o.Stranger(): id, o.As("gerente"): demotest.Nobody} {
				_, saved := desk.Save(who, shelf, of, same)
				_, read := desk.Row(who, shelf, of)
				if demotest.Fault(saved) != "not_found" || demotest.Fault(read) != "not_found" || demotest.Fault(desk.SetActive(who, shelf, of, false)) != "not_found" {
					t.Errorf("%s of somebody else: %v, %v", name, saved, read)
				}
			}
			for _, role := range []string{"comercial", "tecnico"} {
				_, saved := desk.Save(o.As(role), shelf, id, same)
				_, read := desk.Rows(o.As(role), shelf)
				if demotest.Fault(saved) != "denied" || demotest.Fault(read) != "denied" {
					t.Errorf("%s by %s: %v, %v", name, role, saved, read)
				}
			}
			if !shelf.Withdraws() {
				continue
			}
			for _, active := range []bool{false, true} {
				if err := desk.SetActive(o.As("gerente"), shelf, id, active); err != nil {
					t.Errorf("%s: %v", name, err)
				}
				if row, err = desk.Row(o.As("gerente"), shelf, id); row.Active != active || err != nil {
					t.Errorf("%s: active %t, %v", name, row.Active, err)
				}
			}
			if row.Told[0].Event != "setting_returned" || row.Told[1].Event != "setting_withdrawn" {
				t.Errorf("%s tells %v", name, row.Told)
			}
		}
	})
}

func TestWhatWillNotDoIsRefusedBesideItsField(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		desk := catalog.Desk{DB: o.DB}
		for _, c := range []struct {
			name  string
			typed tenants.Typed
			want  string
		}{
			{"grupos", tenants.Typed{"nome": " \u202e "}, "nome: required"},
			{"grupos", tenants.Typed{"nome": " residencial "}, "nome: name_taken"},
			{"grupos", tenants.Typed{"nome": "Resi\u200bdencial\u202e"}, "nome: name_taken"}, // as it is seen
			{"origens", tenants.Typed{"nome": "Indicac\u0327a\u0303o"}, "nome: name_taken"},  // its accents typed apart
			{"grupos", tenants.Typed{"nome": strings.Repeat("é", 121)}, "nome: letters 0 120"},
			{"vendedores", tenants.Typed{"comissao": "100,01"}, "comissao: between 0 100"},
			{"vendedores", tenants.Typed{"comissao": "-1"}, "comissao: between 0 100"},
			{"correspondentes", tenants.Typed{"comissao": "dez %"}, "comissao: percent"},
			{"tipos-de-os", tenants.Typed{"estados": "habilitado,rico"}, "estados: choice"},
			{"tipos-de-os", tenants.Typed{"estados": ""}, "estados: required"},
			{"tipos-de-os", tenants.Typed{"minutos": ""}, "minutos: required"},
			{"tipos-de-atendimento", tenants.Typed{"prazo": " "}, "prazo: required"},
			{"tipos-de-atendimento", tenants.Typed{"setor": demotest.Nobody.String()}, "not_found"},
			{"planos", tenants.Typed{"nome": "Turbo 🚀"}, "nome: unprintable"}, // a contract and a carnê print it
			{"planos", tenants.Typed{"item_2_nome": "Suporte ☎"}, "item_2_nome: unprintable"},
			{"vendedores", tenants.Typed{"nome": "Zoë 王"}, "nome: unprintable"},
			{"empresas", tenants.Typed{"fantasia": "Filial 🚀"}, "fantasia: unprintable"},
			{"planos", tenants.Typed{"item_2_valor": "10,01"}, "composicao: composition_sum"},
			{"planos", tenants.Typed{"cidades": "150"}, "cidades: cities"},
			{"planos", tenants.Typed{"cidades": "Belém/PA\nMogi-Mirim"}, "cidades: cities"},
			{"planos", tenants.Typed{"fidelidade": "13"}, "fidelidade: between 0 12"},
			{"planos", tenants.Typed{"beneficio": "10,00"}, "beneficio: benefit_without_loyalty"},
			{"planos", tenants.Typed{"modelo": demotest.Nobody.String()}, "not_found"},
			{"convenios", tenants.Typed{"agencia": "08x0"}, "agencia: bank_digits"},
			{"convenios", tenants.Typed{"conta": "123456"}, "conta: bank_too_long"},
			{"convenios", tenants.Typed{"ultimo_numero": "99999999"}, "ultimo_numero: numbers_used_up"},
			{"convenios", tenants.Typed{"banco": "999"}, "banco: choice"},
			{"convenios", tenants.Typed{"conta_dv": "12"}, "conta_dv: bank_too_long"},
			{"convenios", tenants.Typed{"banco": "756", "convenio_cliente": "229385", "carteira": "1", "modalidade": "01", "agencia_dv": "3", "conta": "3666"}, "conta_dv: required"},
			{"convenios", tenants.Typed{"empresa": demotest.Nobody.String()}, "not_found"},
			{"chaves-pix", tenants.Typed{"chave_pix": "91988887777"}, "chave_pix: pix_key"},
			{"chaves-pix", tenants.Typed{"chave_pix": "financeiro@fibranorte.example"}, "chave_pix: pix_key_taken"},
			{"chaves-pix", tenants.Typed{"recebedor": strings.Repeat("A", 26)}, "recebedor: pix_receiver"},
			{"empresas", tenants.Typed{"cnpj": "12ABC34501DE36"}, "cnpj: cnpj"},
			{"empresas", tenants.Typed{"cnpj": "12ABC34501DE35"}, "cnpj: cnpj_taken"},
			{"formas-de-cobranca", tenants.Typed{"tipo": "boleto"}, "convenio: required"},
			{"formas-de-cobranca", tenants.Typed{"tipo": "pix", "pix": demotest.Nobody.String()}, "not_found"},
		} {
			_, err := desk.Save(o.As("gerente"), catalog.Shelves[c.name], uuid.Nil, sheet(o, c.name, c.typed))
			if got := demotest.Fault(err); got != c.want {
				t.Errorf("%s %v: %s, want %s", c.name, c.typed, got, c.want)
			}
		}
	})
}

func TestAConvenioThatHasNumberedKeepsItsTermsAndOnlyCountsOn(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		desk, shelf := catalog.Desk{DB: o.DB}, catalog.Shelves["convenios"]
		rows, err := desk.Rows(o.As("gerente"), shelf)
		if err != nil || len(rows) != 1 || rows[0].Typed["ultimo_numero"] == "0" {
			t.Fatalf("%v, %v", rows, err)
		}
		for change, want := range map[string]string{"agencia": "banco: agreement_numbered", "ultimo_numero": "ultimo_numero: numbers_only_grow", "nome": "", "agencia_dv": ""} {
			typed := maps.Clone(rows[0].Typed)
			typed[change] = "1"
			if _, err := desk.Save(o.As("gerente"), shelf, rows[0].ID, typed); demotest.Fault(err) != want {
				t.Errorf("%s: %v, want %q", change, err, want)
			}
		}
		typed := maps.Clone(rows[0].Typed)
		typed["agencia_dv"] = "" // told in part is not told
		if _, err := desk.Save(o.As("gerente"), shelf, rows[0].ID, typed); demotest.Fault(err) != "agencia_dv: required" {
			t.Error(err)
		}
		maps.Copy(typed, tenants.Typed{"agencia_dv": "3", "conta": "3666", "conta_dv": "8"}) // what no slip shows
		if _, err := desk.Save(o.As("gerente"), shelf, rows[0].ID, typed); err != nil {
			t.Error(err)
		}
		if r := catalog.RangeOf(rows[0]); r.Left() == 0 || r.Left()+r.Last != r.End {
			t.Errorf("%+v", r)
		}
		if err := desk.SetActive(o.As("gerente"), shelf, rows[0].ID, false); demotest.Fault(err) != "agreement_in_use" {
			t.Errorf("withdrawn under its method: %v", err)
		}
	})
}

// Every bank's form must be enough for a boleto of that bank, and with what its remessa asks, for a remessa.
func TestTheFormOfEveryBankIsEnoughForItsBoletoAndItsRemessa(t *testing.T) {
	terms := map[string]tenants.Typed{
		"001": {"convenio": "1234567", "agencia": "1234", "conta": "12345678", "carteira": "17"}, "033": {"codigo_beneficiario": "1234567", "carteira": "101"},
		"077": {"agencia": "0001", "operacao": "1234567", "carteira": "110"}, "104": {"codigo_beneficiario": "123456"},
		"237": {"agencia": "1234", "conta": "1234567", "carteira": "09"}, "341": {"agencia": "0810", "conta": "53678", "carteira": "109"},
		"748": {"agencia": "0100", "posto": "02", "beneficiario": "12345", "carteira": "1", "tipo_cobranca": "1"},
		"756": {"agencia": "4327", "convenio_cliente": "229385", "carteira": "1", "modalidade": "01"},
	}
	sent := tenants.Typed{"agencia": "4327", "agencia_dv": "x", "conta": "12345", "conta_dv": "7", "variacao": "019", "codigo_remessa": "66000009452079"}
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		desk, shelf := catalog.Desk{DB: o.DB}, catalog.Shelves["convenios"]
		for _, bank := range catalog.Banks {
			typed := tenants.Typed{"nome": "Banco " + bank, "banco": bank, "ultimo_numero": "0", "empresa": sheet(o, "convenios", nil)["empresa"]}
			maps.Copy(typed, terms[bank])
			id, err := desk.Save(o.As("gerente"), shelf, uuid.Nil, typed)
			if err != nil {
				t.Errorf("%s: %v", bank, err)
				continue
			}
			if file, err := remessaOf(o, id); err == nil || file != nil {
				t.Errorf("%s: a remessa without what it asks", bank)
			}
			for _, field := range catalog.Sent(bank) {
				typed[field] = sent[field]
			}
			if _, err := desk.Save(o.As("gerente"), shelf, id, typed); err != nil {
				t.Errorf("%s: %v", bank, err)
			}
			if _, err := remessaOf(o, id); err != nil {
				t.Errorf("%s: %v", bank, err)
			}
			row, err := desk.Row(o.As("gerente"), shelf, id)
			if err != nil || row.Typed["agencia_dv"] != "" && row.Typed["agencia_dv"] != "X" || len(row.Told) != 2 {
				t.Errorf("%s: %+v, %v", bank, row, err)
			}
		}
	})
}

// remessaOf begins a remessa under a convênio.
func remessaOf(o *demotest.Office, id uuid.UUID) (file *cnab.Remessa, err error) {
	o.Read(func(ctx context.Context, c *ent.Client) error {
		agreement := c.BankAgreement.GetX(ctx, id)
		file, err = cnab.NewRemessa(io.Discard, catalog.Sender(agreement, c.Company.GetX(ctx, agreement.CompanyID)), 1, time.Now())
		return nil
	})
	return file, err
}

func TestAPlanKeepsItsCompositionAndWhatWasSoldItsPrice(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		desk, shelf, sold := catalog.Desk{DB: o.DB}, catalog.Shelves["planos"], o.Service(o.Maria)
		row, err := desk.Row(o.As("gerente"), shelf, sold.PlanID)
		if err != nil {
			t.Fatal(err)
		}
		typed := maps.Clone(row.Typed)
		typed["preco"], typed["item_2_valor"] = "99,90", "36,97"
		if _, err := desk.Save(o.As("gerente"), shelf, row.ID, typed); err != nil {
			t.Fatal(err)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			items, err := catalog.Items(ctx, c, row.ID)
			if now := c.Plan.GetX(ctx, row.ID); now.Price != 99_90 || len(items) != 2 || items[0].Price+items[1].Price != 99_90 {
				t.Errorf("%v of %v", items, now)
			}
			if o.Service(o.Maria).Price != sold.Price {
				t.Error("what was sold changed its price")
			}
			if told := c.History.Query().Where(history.SubjectID(row.ID), history.Event("setting_changed")).OnlyX(ctx); told.Before["preco"] != row.Typed["preco"] || told.After["preco"] != "99,90" {
				t.Errorf("told: %v, %v", told.Before, told.After)
			}
			return err
		})
		if err := desk.SetActive(o.As("gerente"), shelf, row.ID, false); err != nil {
			t.Fatal(err)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			choices, err := catalog.ForSale(ctx, c)
			if there := c.Plan.Query().Where(plan.Active(true)).CountX(ctx); len(choices.Plans) != there || there != 3 {
				t.Errorf("%d are sold", len(choices.Plans))
			}
			return err
		})
	})
}
