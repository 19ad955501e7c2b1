package handlers_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"enlace/handlers"
	"enlace/handlers/handlerstest"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// order is what a form of the test's own asks for.
type order struct {
	Name   string
	Due    calendar.Date
	Amount money.Cents
	Parts  int
	Plan   uuid.UUID
	Carnet bool
}

func readOrder(t tenants.Typed, wrong *tenants.Fields) order {
	return order{t.Text(wrong, "name"), t.Date(wrong, "due"), t.Cents(wrong, "amount"), t.Int(wrong, "parts", 0, 60), t.ID("plan"), t.Yes("carnet")}
}

// sent sends a form to a page that reads it, asks more of it, and says what became of it.
func sent(t *testing.T, s *handlerstest.Site, values url.Values, then func(order) error) (in order, form handlers.Shown, status int) {
	t.Helper()
	s = with(t, s, "POST", "/pedido", func(w *handlers.Web, c *fiber.Ctx) error {
		typed, f := handlers.Typed(w, c)
		var wrong tenants.Fields
		in = readOrder(typed, &wrong)
		err := wrong.Err()
		if err == nil {
			err = then(in)
		}
		handlers.Wrong(w, c, &f, err)
		form = f
		return c.SendString("")
	})
	b := s.As("comercial")
	values.Set("csrf", b.Get("/").Form("Sair").Values.Get("csrf"))
	return in, form, b.Post("/pedido", values).Status
}

func nothing(order) error { return nil }

func TestAFormIsReadAsTheOfficeTypes(t *testing.T) {
	handlerstest.OnSQLite(t, func(t *testing.T, s *handlerstest.Site) {
		id := uuid.New()
		in, form, status := sent(t, s, url.Values{"name": {"Ana\x00 \xffPrado"}, "due": {"10/12/2026"}, "amount": {" R$ 1.117,75 "}, "parts": {"12"}, "plan": {id.String()}, "carnet": {"true"}, "key": {"k1"}}, nothing)
		if status != http.StatusOK || in.Due.BR() != "10/12/2026" || in.Amount != 111775 || in.Parts != 12 || in.Plan != id || !in.Carnet || in.Name != "Ana \uFFFDPrado" {
			t.Errorf("%d, %+v", status, in)
		}
		if form.Key != "k1" || form.Typed.Has("csrf") || form.Typed.Has("key") {
			t.Errorf("%+v", form)
		}
		if in, _, _ := sent(t, s, url.Values{"due": {" Hoje "}}, nothing); in.Due != s.Here.Today(s.DB.Now()) {
			t.Errorf("hoje is %s", in.Due.BR())
		}
		if in, _, status := sent(t, s, url.Values{}, nothing); status != http.StatusOK || in != (order{}) {
			t.Errorf("an empty form: %d, %+v", status, in)
		}
	})
}

func TestWhatCannotBeReadIsAFaultOfItsFieldAndStays(t *testing.T) {
	handlerstest.OnSQLite(t, func(t *testing.T, s *handlerstest.Site) {
		_, form, status := sent(t, s, url.Values{"due": {"31/02/2026"}, "amount": {"muito"}, "parts": {"doze"}}, nothing)
		said := map[string]string{}
		for _, p := range form.Problems {
			said[p.Field] = p.Sentence
		}
		if status != http.StatusUnprocessableEntity || len(said) != 3 || !strings.Contains(said["due"], "“31/02/2026” não é uma data") || !strings.Contains(said["amount"], "“muito”") ||
			said["parts"] != "Use um número de 0 a 60" || form.Typed.Get("amount") != "muito" {
			t.Errorf("%d, %v", status, said)
		}
	})
}

func TestWhatAUseCaseSaysStandsAtItsFieldInTheOrderOfThePage(t *testing.T) {
	handlerstest.OnSQLite(t, func(t *testing.T, s *handlerstest.Site) {
		_, form, status := sent(t, s, url.Values{"name": {""}, "amount": {"0,00"}}, func(order) error {
			var wrong tenants.Fields
			wrong.Add("amount", "positive")
			wrong.Add("name", "required")
			return wrong.Err()
		})
		var fields []string
		for _, p := range form.Problems {
			fields = append(fields, p.Field)
		}
		slices.Sort(fields) // url.Values are sent sorted: amount, name
		if status != http.StatusUnprocessableEntity || !slices.Equal(fields, []string{"amount", "name"}) || form.Problems[0].Field != "amount" {
			t.Errorf("%d, %v", status, form.Problems)
		}
		_, form, status = sent(t, s, url.Values{"key": {"k1"}}, func(order) error { return tenants.Conflict("key_reused") })
		if status != http.StatusConflict || len(form.Problems) != 1 || form.Problems[0].Field != "" || form.Key == "k1" {
			t.Errorf("%d, %+v", status, form)
		}
		if _, form, status = sent(t, s, url.Values{}, func(order) error { return tenants.NotFound() }); status != http.StatusOK || form.Problems != nil {
			t.Errorf("what is no fault of the form: %d, %v", status, form.Problems)
		}
	})
}
