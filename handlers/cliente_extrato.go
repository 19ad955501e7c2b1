package handlers

import (
	"fmt"
	"strings"

	"github.com/gofiber/fiber/v2"

	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/money"
	"enlace/views"
)

// clienteExtrato is a customer's account over some days, for the screen and for paper.
func (w *Web) clienteExtrato(c *fiber.Ctx) error {
	s, f, err := w.statement(c)
	if err != nil {
		return err
	}
	own := "/clientes/" + s.Customer.ID.String()
	v := views.Extrato{Head: w.customerHead(c, s.Customer), Tabs: views.CustomerTabs(s.Customer.ID.String(), own+"/financeiro"), Action: own + "/extrato", Form: f,
		Figures: []views.Figure{{Label: "Saldo em " + s.From.DayMonth(), Value: views.Figures(s.Opening), Memo: "antes do período", Money: true},
			{Label: "Saldo em " + s.To.DayMonth(), Value: views.Figures(s.Closing), Memo: balance(s.Closing), Money: true},
			{Label: "Depois de " + s.To.DayMonth(), Value: views.Figures(s.Later), Memo: "cobranças a vencer", Money: true}},
		Table: statementTable(s), Empty: views.Empty{Title: "Nada neste período", Why: "Escolha outros dias."},
		Note: "Cada cobrança está no dia do seu vencimento, e cada baixa no dia em que entrou. Cobranças canceladas não aparecem."}
	v.Head.Crumbs = append(v.Head.Crumbs, views.Link{Label: s.Customer.Name, Href: own}, views.Link{Label: "Financeiro", Href: own + "/financeiro"})
	v.Head.Here, v.Head.Title = "Extrato", "Extrato de "+s.Customer.Name
	v.Head.Facts += " · de " + views.Date(s.From) + " a " + views.Date(s.To)
	v.Head.Do = []views.Link{{Label: "Exportar CSV", Href: fmt.Sprintf("%s/extrato.csv?de=%s&ate=%s", own, s.From, s.To)}}
	return w.show(c, v)
}

// statement reads the statement that the address asks for, and the form that asks for it again.
func (w *Web) statement(c *fiber.Ctx) (s *billing.Statement, f views.Form, err error) {
	of, err := id(c, "id")
	if err != nil {
		return nil, f, err
	}
	t, f := w.asked(c)
	isp, _ := tenants.From(c.UserContext())
	from, to := billing.ReadStatement(t, isp.Today(w.DB.Now()))
	f.Typed.Set("de", from.String())
	f.Typed.Set("ate", to.String())
	s, err = w.billing().Statement(c.UserContext(), of, from, to)
	return s, f, err
}

// balance says whose a balance is.
func balance(b money.Cents) string {
	switch {
	case b > 0:
		return "o cliente deve"
	case b < 0:
		return "crédito do cliente"
	}
	return "nada em aberto"
}

func statementTable(s *billing.Statement) views.Table {
	t := views.Table{Caption: "Lançamentos", Columns: []views.Column{{Label: "Data"}, {Label: "Lançamento"}, {Label: "Débito, R$", Right: true, Named: true}, {Label: "Crédito, R$", Right: true, Named: true}, {Label: "Saldo, R$", Right: true, Main: true}}}
	figure := func(amount money.Cents) views.Cell {
		if amount == 0 {
			return views.Cell{}
		}
		return views.Cell{Text: views.Figures(amount), Num: true}
	}
	for _, line := range s.Lines {
		what := views.Cell{Text: statementWords(line), Memo: line.Memo}
		switch {
		case line.Charge != nil && line.Charge.InvoiceID != nil:
			what.Href = "/faturas/" + line.Charge.InvoiceID.String()
		case line.Charge != nil:
			what.Href = "/cobrancas/" + line.Charge.ID.String()
		case line.Payment != nil && line.Payment.InvoiceID != nil:
			what.Href = "/faturas/" + line.Payment.InvoiceID.String()
		}
		if line.Payment != nil && line.Debit > 0 {
			what.Memo = "o débito é de multa e juros"
		}
		t.Rows = append(t.Rows, []views.Cell{{Text: line.On.BR(), Num: true}, what, figure(line.Debit), figure(line.Credit), {Text: views.Figures(line.Balance), Num: true, Minus: line.Balance < 0}})
	}
	var debit, credit money.Cents
	for _, line := range s.Lines {
		debit, credit = debit+line.Debit, credit+line.Credit
	}
	t.Foot = []views.Cell{{Text: "No período"}, {}, {Text: views.Figures(debit)}, {Text: views.Figures(credit)}, {Text: views.Figures(s.Closing)}}
	return t
}

// statementWords says what a line is; of a payment also how it came.
func statementWords(line billing.StatementLine) string {
	if line.Payment == nil {
		return line.What
	}
	return line.What + ", " + strings.ToLower(views.Word("payments.source", string(line.Payment.Source)))
}

// clienteExtratoCSV is the same account for a spreadsheet.
func (w *Web) clienteExtratoCSV(c *fiber.Ctx) error {
	s, _, err := w.statement(c)
	if err != nil {
		return err
	}
	return sendSheet(c, fmt.Sprintf("extrato-%d.csv", s.Customer.Number), []string{"Data", "Lançamento", "Memória", "Débito", "Crédito", "Saldo"}, func(row func(...string) error) error {
		if err := row(s.From.BR(), "Saldo anterior", "", "", "", s.Opening.String()); err != nil {
			return err
		}
		for _, line := range s.Lines {
			if err := row(line.On.BR(), statementWords(line), line.Memo, line.Debit.String(), line.Credit.String(), line.Balance.String()); err != nil {
				return err
			}
		}
		return nil
	})
}
