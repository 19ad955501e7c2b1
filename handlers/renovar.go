package handlers

import (
	"context"
	"fmt"
	"io"
	"net/url"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"enlace/ent/renewal"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/files"
	"enlace/views"
)

const renewing = "/carnes/renovar"

// renewalFilters are the fields of the list, in its address.
var renewalFilters = []string{"ate", "plano", "parcelas"}

// renovar is Carnês a renovar, with what the renewal of all of them would come to.
func (w *Web) renovar(c *fiber.Ctx) error {
	t, f := w.asked(c)
	return w.showRenewables(c, t, f, w.form(c))
}

// renovarTodos begins the renewal of all that the list showed.
func (w *Web) renovarTodos(c *fiber.Ctx) error {
	t, f := w.typed(c)
	f.Order = renewalFilters
	var wrong tenants.Fields
	in := billing.ReadRenewalOrder(t, w.DB.Today(c.UserContext()), &wrong)
	err := wrong.Err()
	if err == nil && in.Shown == "" {
		return w.redirect(c, renewing+"?"+url.Values{"ate": {t["ate"]}, "plano": {t["plano"]}, "parcelas": {t["parcelas"]}}.Encode())
	}
	var begun uuid.UUID
	if err == nil {
		begun, err = w.billing().StartRenewal(c.UserContext(), in)
	}
	if err != nil {
		if w.wrong(c, &f, err) {
			return w.showRenewables(c, t, w.form(c), f)
		}
		return err
	}
	return w.redirect(c, renewalAt(begun))
}

func renewalAt(id uuid.UUID) string { return "/carnes/renovacoes/" + id.String() }

// showRenewables shows the list; order is the form of its button, perhaps one that was refused.
func (w *Web) showRenewables(c *fiber.Ctx, t tenants.Typed, f, order views.Form) error {
	var wrong tenants.Fields
	today := w.DB.Today(c.UserContext())
	in := billing.ReadRenewalOrder(t, today, &wrong)
	for name, value := range map[string]string{"ate": in.Until.BR(), "parcelas": fmt.Sprint(in.Instalments), "plano": t["plano"]} {
		if _, typed := t[name]; !typed {
			t[name] = value
		}
		f.Typed.Set(name, t[name])
		order.Typed.Set(name, t[name])
	}
	f.Order, order.Order = renewalFilters, renewalFilters
	page := max(1, c.QueryInt("pagina", 1))
	list, err := w.billing().Renewables(c.UserContext(), in, page)
	if err != nil {
		return err
	}
	v := views.Renovar{Head: views.Head{Crumbs: []views.Link{{Label: "Carnês", Href: "/carnes"}}, Here: "Carnês a renovar", Title: "Carnês a renovar",
		Facts: fmt.Sprintf("o último período acaba em até %d dias, ou já acabou; nenhum carnê se renova sozinho", billing.RenewalDays)},
		Plans: []views.Option{{Label: "Todos"}}, Empty: views.Empty{Title: "Nenhum carnê a renovar", Why: "Até este dia nenhum carnê acaba.", Next: views.Link{Label: "Ver carnês", Href: "/carnes"}}}
	for _, row := range list.Plans {
		v.Plans = append(v.Plans, views.Option{Value: row.ID.String(), Label: row.Name})
	}
	for _, row := range list.Batches {
		state := views.StatusOf("renewals.state", string(row.State))
		v.Batches = append(v.Batches, views.Entry{Text: "Até " + row.Until.BR(), Href: renewalAt(row.ID), Status: &state,
			Memo: plural(row.Total, "carnê", "carnês") + " · " + views.Moment(row.CreatedAt.In(zoneOf(c))) + ", " + row.UserName})
	}
	if err := wrong.Err(); err != nil {
		w.wrong(c, &f, err)
	} else if len(list.Rows) > 0 {
		v.Preview = renewalPreview(list)
		v.Pager = pager(c, page, billing.PageSize, list.Count+list.Refused)
	}
	if v.Preview != nil && list.Count > 0 {
		v.Seen, v.Count, v.Total = list.Seen(), plural(list.Count, "carnê", "carnês"), views.Figures(list.Total)
		v.Button = fmt.Sprintf("Renovar %s de %s", v.Count, views.Money(list.Total))
		if list.Refused > 0 {
			v.Refused = plural(list.Refused, "não pode ser renovado", "não podem ser renovados") + "."
		}
	}
	v.Form, v.Order = f, order
	return w.show(c, v)
}

// renewalPreview is what ends and what would follow it.
func renewalPreview(list *billing.Renewables) *views.Preview {
	t := views.Table{Caption: "Carnês a renovar", Tight: true, Columns: []views.Column{{Label: "Cliente"}, {Label: "Cobrado até", Named: true}, {Label: "1º vencimento", Named: true, Wide: true},
		{Label: "Antes, R$", Right: true, Named: true}, {Label: "Agora, R$", Right: true, Named: true}, {Label: "Carnê, R$", Right: true, Main: true}}}
	for _, one := range list.Rows {
		sub := one.Subscription
		who := views.Cell{Text: one.Customer.Name, Href: "/clientes/" + sub.CustomerID.String() + "/carnes", Who: true, Memo: fmt.Sprintf("%s, serviço %d", one.Plan.Name, sub.Number)}
		now := views.Cell{Text: views.Figures(one.New), Strong: one.New != one.Old && one.Old > 0}
		if one.Old > 0 && one.New != one.Old {
			now.Memo = views.Signed(one.New - one.Old)
		}
		row := []views.Cell{who, {Text: sub.BilledUntil.BR(), Num: true}, {Text: one.Asked.FirstDue.BR(), Num: true}, {Text: views.Figures(one.Old), Muted: one.Old == 0}, now, {Text: views.Figures(one.Total)}}
		if one.Fault != nil {
			row[5] = views.Cell{Text: "não", Muted: true, Memo: faultSaid(one.Fault)}
		}
		t.Rows = append(t.Rows, row)
	}
	t.Foot = []views.Cell{{Text: "Total de " + plural(list.Count, "carnê", "carnês")}, {}, {}, {}, {}, {Text: views.Figures(list.Total)}}
	return &views.Preview{Title: plural(list.Count, "carnê", "carnês"), Tag: "prévia: nada foi gravado", Table: t}
}

// faultSaid is what a fault says, by its field where it has one.
func faultSaid(fault *tenants.Fault) string {
	for _, code := range fault.Fields {
		return views.Sentence(code, fault.Args)
	}
	return views.FaultSentence(fault)
}

// renovacao shows how a renewal stands.
func (w *Web) renovacao(c *fiber.Ctx) error { return w.showRenewal(c, nil) }

func (w *Web) renewalStanding(c *fiber.Ctx, page int) (s billing.RenewalStanding, err error) {
	one, err := id(c, "id")
	if err != nil {
		return s, err
	}
	return w.billing().Renewal(c.UserContext(), one, page)
}

func (w *Web) showRenewal(c *fiber.Ctx, refused *views.Form) error {
	page := max(1, c.QueryInt("pagina", 1))
	s, err := w.renewalStanding(c, page)
	if err != nil {
		return err
	}
	own, tag := renewalAt(s.ID), views.StatusOf("renewals.state", string(s.State))
	v := views.Renovacao{Head: views.Head{Crumbs: []views.Link{{Label: "Carnês", Href: "/carnes"}, {Label: "Carnês a renovar", Href: renewing}}, Here: "Até " + s.Until.BR(),
		Title: "Renovação até " + s.Until.BR(), Facts: plural(s.Total, "carnê", "carnês") + " · começada em " + views.Moment(s.CreatedAt.In(zoneOf(c))) + " por " + s.UserName, Tag: &tag},
		Form: w.small(c), Sheet: own + "/nao-renovados.csv", Pager: pager(c, page, billing.PageSize, s.Failed), Over: s.State == renewal.StateDone,
		Facts: []views.Fact{{Term: "Até", Text: s.Until.BR(), Num: true}, {Term: "Carnês", Text: views.Number(s.Total), Num: true}, {Term: "Parcelas", Text: fmt.Sprint(s.Instalments), Num: true}}}
	if refused != nil {
		v.Form = *refused
	}
	v.Batch = renewalBatch(s, w.DB.Now())
	for i := range v.Batch.Do {
		v.Batch.Do[i].Post = &v.Form
	}
	if v.Over {
		v.Verdict = renewalVerdict(s)
		if s.Size > 0 {
			v.Do = append(v.Do, views.Link{Label: "Abrir PDF de todos", Href: own + ".pdf", Go: true})
		}
		if s.Failed > 0 {
			v.Do = append(v.Do, views.Link{Label: "Repetir os que falharam", Href: own + "/repetir", Post: &v.Form})
		}
	}
	v.Failures = views.Table{Caption: "Carnês que não foram renovados", Columns: []views.Column{{Label: "Cliente"}, {Label: "Por quê", Named: true}}}
	for _, one := range s.Failures {
		v.Failures.Rows = append(v.Failures.Rows, []views.Cell{{Text: one.Customer.Name, Href: "/clientes/" + one.CustomerID.String() + "/carnes", Who: true}, {Text: views.Sentence(one.Code, one.Args)}})
	}
	return w.show(c, v)
}

func renewalVerdict(s billing.RenewalStanding) views.Verdict {
	v := views.Verdict{Class: "ok", Said: plural(s.Done, "carnê renovado", "carnês renovados")}
	if s.Failed > 0 {
		v.Class = "warn"
		v.Proof = []views.Link{{Label: plural(s.Failed, "não foi renovado", "não foram renovados") + ": o motivo de cada um está abaixo."}}
	}
	return v
}

// renewalBatch is how far the workers are.
func renewalBatch(s billing.RenewalStanding, now time.Time) views.Batch {
	own := renewalAt(s.ID)
	b := views.Batch{Title: "Renovando carnês", State: "um de cada vez", Done: s.Done + s.Failed, Total: s.Total, Failed: s.Failed, Why: "o motivo de cada um está na lista abaixo", Note: "Pode sair desta página: o trabalho continua."}
	switch s.State {
	case renewal.StatePrinting:
		b.Title, b.State, b.Done, b.Total = "Imprimindo todos", "um PDF só", s.Printed, s.Renewal.Done
	case renewal.StatePaused:
		b.State, b.Note = "pausada", "O que foi feito está feito; o resto espera."
		b.Do = []views.Link{{Label: "Continuar", Href: own + "/continuar", Go: true}}
		if s.Failed > 0 {
			b.Do = append(b.Do, views.Link{Label: "Repetir os que falharam", Href: own + "/repetir"})
		}
	case renewal.StateRunning:
		b.Do = []views.Link{{Label: "Pausar", Href: own + "/pausar"}}
	}
	if s.Busy() {
		b.Self = own + "/andamento"
	}
	if spent := now.Sub(s.ChangedAt); s.Busy() && b.Done > 0 {
		b.Left = aboutLeft(spent * time.Duration(b.Total-b.Done) / time.Duration(b.Done))
	}
	return b
}

// renovacaoAndamento answers htmx, which asks each second; when the work is over it leads to the whole page.
func (w *Web) renovacaoAndamento(c *fiber.Ctx) error {
	s, err := w.renewalStanding(c, 1)
	if err != nil {
		return err
	}
	if !partial(c) || !s.Busy() {
		return w.redirect(c, renewalAt(s.ID))
	}
	b, f := renewalBatch(s, w.DB.Now()), w.small(c)
	for i := range b.Do {
		b.Do[i].Post = &f
	}
	return w.part(c, "shared/_batch", b)
}

func (w *Web) pausarRenovacao(c *fiber.Ctx) error {
	return w.renewalStep(c, "Renovação pausada.", w.billing().PauseRenewal)
}

func (w *Web) continuarRenovacao(c *fiber.Ctx) error {
	return w.renewalStep(c, "A renovação continua.", w.billing().ResumeRenewal)
}

func (w *Web) repetirRenovacao(c *fiber.Ctx) error {
	return w.renewalStep(c, "Os que podem ser renovados agora entraram de novo.", w.billing().RetryRenewal)
}

func (w *Web) renewalStep(c *fiber.Ctx, said string, do func(context.Context, uuid.UUID) error) error {
	one, err := id(c, "id")
	if err != nil {
		return err
	}
	f := w.small(c)
	if err := do(c.UserContext(), one); err != nil {
		if w.wrong(c, &f, err) {
			return w.showRenewal(c, &f)
		}
		return err
	}
	w.say(c, views.Toast{Said: said})
	return w.redirect(c, renewalAt(one))
}

// renovacaoFalhas is the list of what failed as a sheet.
func (w *Web) renovacaoFalhas(c *fiber.Ctx) error {
	s, err := w.renewalStanding(c, 0)
	if err != nil {
		return err
	}
	return sendSheet(c, "nao-renovados.csv", []string{"Número", "Cliente", "Por quê"}, func(row func(...string) error) error {
		for _, one := range s.Failures {
			if err := row(fmt.Sprint(one.Customer.Number), one.Customer.Name, views.Sentence(one.Code, one.Args)); err != nil {
				return err
			}
		}
		return nil
	})
}

// renovacaoPDF streams the file of all carnês, piece by piece.
func (w *Web) renovacaoPDF(c *fiber.Ctx) error {
	one, err := id(c, "id")
	if err != nil {
		return err
	}
	ctx, done := w.after(c) // the answer goes out when the request is over
	name, size, content, err := w.billing().RenewalPDF(ctx, one)
	if err != nil {
		done()
		return err
	}
	c.Set(fiber.HeaderContentType, files.PDF)
	c.Set(fiber.HeaderContentDisposition, "inline; filename*=UTF-8''"+url.PathEscape(name))
	c.Set(fiber.HeaderContentSecurityPolicy, policy+"; object-src 'self'")
	c.Context().SetBodyStream(closing{content, done}, int(size))
	return nil
}

// closing is a reader that says when it is done with.
type closing struct {
	io.Reader
	done func()
}

// Close is called when the answer has gone out, or will not.
func (c closing) Close() error { c.done(); return nil }
