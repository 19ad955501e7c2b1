package views_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"entgo.io/ent/schema/field"

	"enlace/ent"
	"enlace/ent/migrate"
	"enlace/tenants"
	"enlace/tenants/bots"
	"enlace/tenants/intake"
	"enlace/tenants/platform"
	"enlace/tenants/staff"
	"enlace/tenants/status"
	"enlace/views"
)

// unseen are values of the database that no person ever reads.
var unseen = map[string]bool{"outbox.queue": true, "ledger_entries.account": true}

func TestEveryValueOfTheDatabaseHasAWord(t *testing.T) {
	tried := 0
	for _, table := range migrate.Tables {
		for _, column := range table.Columns {
			kind := table.Name + "." + column.Name
			if kind == "permissions.role" {
				kind = "users.role"
			}
			if column.Type != field.TypeEnum || unseen[kind] {
				continue
			}
			for _, value := range column.Enums {
				tried++
				if views.Word(kind, value) == "" {
					t.Errorf("%s %s has no word", kind, value)
				}
			}
		}
	}
	if tried < 80 {
		t.Fatalf("only %d values were tried", tried)
	}
}

func TestEveryStatusHasAShape(t *testing.T) {
	shapes := map[string]bool{"ok": true, "wait": true, "warn": true, "bad": true, "off": true}
	for _, table := range migrate.Tables {
		for _, column := range table.Columns {
			if column.Type != field.TypeEnum || column.Name != "status" {
				continue
			}
			for _, value := range column.Enums {
				if s := views.StatusOf(table.Name+".status", value); !shapes[s.Class] {
					t.Errorf("%s %s has the shape %q", table.Name, value, s.Class)
				}
			}
		}
	}
}

func TestWhatTheOperatorChoosesFromHasWords(t *testing.T) {
	for _, zone := range platform.Zones {
		if views.Word("isp.zone", zone) == "" {
			t.Errorf("%s has no word", zone)
		}
	}
	for _, f := range platform.Features {
		if views.Word("isp.feature", string(f)) == "" || views.FeatureHint(string(f)) == "" {
			t.Errorf("%s has no words", f)
		}
	}
	for _, state := range platform.States {
		if s := views.StatusOf("isp", string(state)); s.Word == "" || s.Class == "" {
			t.Errorf("%s is shown as %v", state, s)
		}
	}
	if views.Permission(platform.Permission) == "" {
		t.Error("what an operator may has no sentence")
	}
}

func TestEveryPermissionHasASentence(t *testing.T) {
	for _, p := range staff.Permissions {
		if views.Permission(p) == "" {
			t.Errorf("%s has no sentence", p)
		}
	}
}

// codes finds every code the rooms give a fault: of Invalid, Conflict and Fields.Add, and of an event of the history.
func codes(t *testing.T) (faults, events map[string]token.Position) {
	t.Helper()
	faults, events = map[string]token.Position{}, map[string]token.Position{}
	files := token.NewFileSet()
	err := filepath.WalkDir("../tenants", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(files, name, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				if code, ok := faultCode(n); ok {
					faults[code] = files.Position(n.Pos())
				}
			case *ast.KeyValueExpr:
				if key, ok := n.Key.(*ast.Ident); ok && key.Name == "Event" {
					if code, ok := text(n.Value); ok {
						events[code] = files.Position(n.Pos())
					}
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return faults, events
}

func faultCode(call *ast.CallExpr) (string, bool) {
	name := ""
	switch f := call.Fun.(type) {
	case *ast.Ident:
		name = f.Name
	case *ast.SelectorExpr:
		name = f.Sel.Name
	}
	switch {
	case name == "Conflict" && len(call.Args) == 1:
		return text(call.Args[0])
	case (name == "Invalid" || name == "Add") && len(call.Args) == 2, (name == "wrong" || name == "warn") && len(call.Args) >= 2:
		return text(call.Args[1])
	}
	return "", false
}

func text(e ast.Expr) (string, bool) {
	literal, ok := e.(*ast.BasicLit)
	if !ok || literal.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(literal.Value)
	return s, err == nil
}

func TestEveryFaultHasASentence(t *testing.T) {
	faults, _ := codes(t)
	if len(faults) < 10 {
		t.Fatalf("only %d codes were found", len(faults))
	}
	unknown := views.Sentence("a code that nobody gives", nil)
	for code, at := range faults {
		if views.Sentence(code, nil) == unknown {
			t.Errorf("%s: %q has no sentence", at, code)
		}
	}
}

func TestEveryEventHasASentence(t *testing.T) {
	_, events := codes(t)
	for code, at := range events {
		if views.Event(code, nil) == code {
			t.Errorf("%s: %q has no sentence", at, code)
		}
	}
}

func TestAnEventSaysNothingOfMoneyThatDidNotMove(t *testing.T) {
	for want, after := range map[string]map[string]any{
		"Serviço cancelado, Preço: fatura final de R$\u00a017,32, multa de fidelidade de R$\u00a038,63": {"cancel_reason": "preco", "total": 1732.0, "credit": 0.0, "penalty": 3863.0, "spared": 0.0},
		"Serviço cancelado, Preço, crédito de R$\u00a021,31":                                            {"cancel_reason": "preco", "total": 0.0, "credit": 2131.0, "penalty": 0.0},
		"Serviço {number} importado de {total}: Plano por R$\u00a00,00, ":                               {},
	} {
		e := &ent.History{Event: "service_cancelled", After: after}
		if len(after) == 0 { // and what somebody typed names nothing
			e = &ent.History{Event: "service_imported", After: map[string]any{"number": "{number}", "from": "{total}", "total": 100.0, "plan": "Plano", "price": 0.0, "status": ""}}
		}
		if said := views.Happened(e); said != want {
			t.Errorf("it says %q, want %q", said, want)
		}
	}
}

func TestEveryColumnOfAFileHasWords(t *testing.T) {
	for _, kind := range intake.Kinds {
		if views.Intake(kind).Label == "" || views.StatusOf("intakes.state", string(intake.Reading)).Word == "" {
			t.Errorf("%s has no words", kind)
		}
		for _, column := range intake.Columns[kind] {
			if views.IntakeColumn(kind, column.Name) == "" {
				t.Errorf("%s: %s has no words", kind, column.Name)
			}
		}
	}
}

func TestEveryMoveOfAServiceHasASentence(t *testing.T) {
	for _, e := range []status.Event{status.Sign, status.Enable, status.Slow, status.Suspend, status.Pay, status.Pause, status.Resume, status.GiveUp, status.Cancel, status.Undo, status.HandOver} {
		if views.Event("status_"+string(e), nil) == "status_"+string(e) {
			t.Errorf("that a service was moved by %s has no sentence", e)
		}
	}
}

func TestWhatAServiceIsAskedInVainIsSaidInTheOfficesWords(t *testing.T) {
	for _, e := range []status.Event{status.Enable, status.Suspend} {
		for _, state := range status.States {
			if status.Allowed(e, state) {
				continue
			}
			if said := views.FaultSentence(tenants.FaultOf(status.Forbidden(e, state))); strings.Contains(said, "não passa a") {
				t.Errorf("%s of one that is %s: %q", e, state, said)
			}
		}
	}
}

func TestSentencesNameWhatTheFaultNames(t *testing.T) {
	if got := views.Sentence("date", map[string]string{"value": "31/02"}); got != "“31/02” não é uma data: use dia/mês/ano, como 10/12/2026" {
		t.Error(got)
	}
	if got, want := views.Sentence("phone", map[string]string{"value": "\u202e 12\u200b {name}\n" + strings.Repeat("9", 5000), "name": "Ana"}), "“12 {name} "+strings.Repeat("9", 70)+"…” não é"; !strings.HasPrefix(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if got := views.Sentence("transition", map[string]string{"from": "suspenso_debito", "to": "habilitado"}); !strings.Contains(got, "Suspenso por Débito") || !strings.Contains(got, "Habilitado") {
		t.Error(got)
	}
	if got := views.Sentence("denied", map[string]string{"permission": "sell"}); !strings.Contains(got, "vender e editar clientes") {
		t.Error(got)
	}
}

func TestFiguresAndDatesAreWrittenAsTheOfficeDoes(t *testing.T) {
	at := time.Date(2026, 11, 23, 9, 5, 0, 0, time.UTC)
	for got, want := range map[string]string{
		views.Money(111775):           "R$\u00a01.117,75",
		views.Figures(-5661):          "\u221256,61",
		views.Signed(7361):            "+73,61",
		views.Signed(-5661):           "\u221256,61",
		views.Signed(0):               "0,00",
		views.Moment(at):              "23/11/2026 às 09:05",
		views.Clock(at):               "09:05",
		views.Greeting(9):             "Bom dia",
		views.Greeting(12):            "Boa tarde",
		views.Greeting(18):            "Boa noite",
		views.FirstName(" Ana Prado"): "Ana",
		views.Browser("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140 Safari/537.36 Edg/140"): "Edge no Windows",
		views.Browser("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1"):              "Safari no iPhone",
		views.Browser("curl/8"): "Outro navegador",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestWhyABotDoesNotAnswerIsToldInWords(t *testing.T) {
	for code, want := range map[string]string{bots.DeadToken: "O Telegram não reconhece o token", bots.WebhookRefused + "bad webhook": "O Telegram não aceita chamar este endereço: bad webhook",
		bots.TelegramNo + "400": "O Telegram recusou a mensagem (código 400)", bots.ChatClosed: "O assinante bloqueou", "": ""} {
		if got := views.BotFailure(code); !strings.HasPrefix(got, want) || code == "" && got != "" {
			t.Errorf("%q: %q", code, got)
		}
	}
}
