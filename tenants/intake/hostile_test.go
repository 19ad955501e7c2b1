package intake_test

import (
	"strings"
	"testing"

	"context"
	"enlace/ent"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/intake"
)

const customerHead = "cpf_cnpj;nome;nascimento;telefone\n"

func TestWhatIsNoCSVIsRefusedWhenItIsSent(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		for text, want := range map[string]string{
			"": "arquivo: file_empty", "PK\x03\x04resto de uma planilha": "arquivo: file_spreadsheet", "\xd0\xcf\x11\xe0velha": "arquivo: file_spreadsheet",
			"\xff\xfec\x00p\x00f\x00": "arquivo: file_utf16", customerHead + "a\x00b": "arquivo: file_no_csv",
		} {
			_, err := deskOf(o).Bring(o.As("gerente"), intake.File{Kind: intake.Customers, Name: "clientes.csv", From: strings.NewReader(text)})
			if got := demotest.Fault(err); got != want {
				t.Errorf("%q: %s, want %s", text, got, want)
			}
		}
		if _, err := deskOf(o).Bring(o.As("gerente"), intake.File{Kind: "faturas", Name: "a.csv", From: strings.NewReader("a")}); demotest.Fault(err) != "not_found" {
			t.Error(err)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if c.Intake.Query().CountX(ctx) != 0 || c.UploadPiece.Query().CountX(ctx) != 0 {
				t.Error("something of it was kept")
			}
			return nil
		})
	})
}

func TestAFileThatCannotBeReadSaysWhereAndChangesNothing(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		good := "390.533.447-05;Ana;14/03/1985;91988887777\n"
		for _, c := range []struct {
			text string
			want []string
		}{
			{customerHead, []string{"1  file_no_lines"}},
			{"\n\r\n ;\n", []string{"1  file_empty"}},
			{"\n\nsalário\n" + good, []string{"1 salário column_unknown", "1 cpf_cnpj column_missing", "1 nome column_missing", "1 nascimento column_missing", "1 telefone column_missing"}},
			{"cpf_cnpj;nome;nascimento;telefone;salário;Nome\n" + good, []string{"1 salário column_unknown", "1 nome column_twice"}},
			{strings.Repeat("nome;", 200) + "\n" + good, []string{"1  cells_many"}},
			{customerHead + good + "1;\"Ana;x\n" + strings.Repeat(good, 3), []string{"3  quotes_open"}},
			{customerHead + good + "1;" + strings.Repeat("x", 1<<20) + ";1;2\n" + good, []string{"3  cell_long"}},
			{customerHead + good + "1;\"" + strings.Repeat("x", 1<<20) + "\";1;2\n" + good, []string{"3  quotes_open"}},
			{strings.Repeat("\xfe\x12", 5000), []string{"1  column_unknown"}},
		} {
			s := bring(t, o, intake.Customers, c.text)
			got := problems(t, o, s.ID, false)
			if s.State != intake.Refused || len(got) < len(c.want) {
				t.Errorf("%.40q is %s: %q", c.text, s.State, got)
				continue
			}
			for i, want := range c.want {
				if !strings.HasPrefix(got[i], strings.Split(want, "  ")[0]) || !strings.HasSuffix(got[i], want[strings.LastIndexByte(want, ' '):]) {
					t.Errorf("%.40q: %q, want %q", c.text, got[i], want)
				}
			}
			if err := deskOf(o).Confirm(o.As("gerente"), s.ID); demotest.Fault(err) != "intake_errors" {
				t.Errorf("%.40q may be written: %v", c.text, err)
			}
		}
	})
}

// A formula is a text like another: it is kept as it was typed, and every list we write takes its sting.
func TestAFormulaIsKeptAsTheTextItIs(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		write(t, o, intake.Customers, customerHead+"390.533.447-05;'=HYPERLINK(1);14/03/1985;'+55 91 98888-7777\n")
		o.Read(func(ctx context.Context, c *ent.Client) error {
			all := c.Customer.Query().AllX(ctx)
			for _, one := range all {
				if one.Document == "39053344705" && one.Name != "=HYPERLINK(1)" {
					t.Errorf("%q", one.Name)
				}
			}
			return nil
		})
	})
}

func TestEveryModelIsReadWithoutAnUnknownColumn(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		for _, kind := range intake.Kinds {
			var model strings.Builder
			if err := intake.Model(&model, kind); err != nil {
				t.Fatal(err)
			}
			s := bring(t, o, kind, model.String())
			if s.State != intake.Read || s.Lines != 1 {
				t.Errorf("%s: %s, %d lines, %q", kind, s.State, s.Lines, problems(t, o, s.ID, false))
			}
			// What the example names is in the demonstration, whose Maria and whose plan are there already.
			want := map[intake.Kind]string{intake.Plans: "2 nome name_taken", intake.Customers: "2 cpf_cnpj customer_there, 2 nome example_line", intake.Services: ""}[kind]
			if got := strings.Join(problems(t, o, s.ID, false), ", "); got != want {
				t.Errorf("%s: %s", kind, got)
			}
			if said := strings.Join(problems(t, o, s.ID, true), ", "); kind == intake.Plans && said != "2 nome example_kept" {
				t.Errorf("of the example of a plan: %s", said)
			}
		}
	})
}

func TestMoreProblemsThanAnyoneReadsAreCountedAndTheFirstOfThemNamed(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		s := bring(t, o, intake.Customers, customerHead+strings.Repeat("1;;x;y\n", 1_500))
		if named := len(problems(t, o, s.ID, false)); s.Errors != 6_000 || s.Good != 0 || named != intake.Named(s.Errors) || named != 5_000 {
			t.Errorf("%d errors, %d named", s.Errors, named)
		}
	})
}
