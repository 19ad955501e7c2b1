package handlers

import (
	"cmp"
	"encoding/base64"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"enlace/tenants"
	"enlace/views"
)

// The names a form's fields are sent under are the names a use case's Invalid speaks of. What people type is read by the rules of the rooms
// (tenants.Typed); here it is only carried, and shown again.

// form is an empty form.
func (w *Web) form(c *fiber.Ctx) views.Form {
	w.visit(c)
	return views.Form{CSRF: masked(w.token(c)), Key: formKey(), Owner: w.owner(c), Typed: url.Values{}}
}

// formKey is a new form's own: the same key twice is the same form sent twice.
func formKey() string { return base64.RawURLEncoding.EncodeToString(randomBytes(16)) }

// small is the form of a button: nothing is typed, and doing it twice is the use case's business.
func (w *Web) small(c *fiber.Ctx) views.Form { return views.Form{CSRF: masked(w.token(c))} }

// typed is what was sent, as the rooms read it, and the form that shows it again. Several answers of one name are joined by commas; the
// form's key is what was typed in "chave".
func (w *Web) typed(c *fiber.Ctx) (tenants.Typed, views.Form) {
	sent := posted(c)
	f := views.Form{CSRF: masked(w.token(c)), Key: sent.Get("key"), Owner: w.owner(c), Typed: sent}
	sent.Del("csrf")
	sent.Del("key")
	sent.Del("dono")
	t := tenants.Typed{"chave": f.Key}
	for name, values := range sent {
		t[name] = strings.Join(values, ",")
	}
	w.sayToday(c, t)
	return t, f
}

// sayToday says which day is meant where somebody has typed hoje.
func (w *Web) sayToday(c *fiber.Ctx, t tenants.Typed) {
	for _, typed := range t {
		if strings.EqualFold(strings.TrimSpace(typed), tenants.Today) {
			isp, _ := tenants.From(c.UserContext())
			t[tenants.Today] = isp.Today(w.DB.Now()).BR()
			return
		}
	}
}

// asked is a form filled from the address of the page, for what may be asked by GET.
func (w *Web) asked(c *fiber.Ctx) (tenants.Typed, views.Form) {
	t, f := tenants.Typed{}, w.form(c)
	c.Request().URI().QueryArgs().VisitAll(func(name, value []byte) {
		t[string(name)] = strings.ReplaceAll(strings.ToValidUTF8(string(value), ""), "\x00", "")
	})
	f.Typed = valuesOf(t)
	w.sayToday(c, t)
	return t, f
}

func valuesOf(t tenants.Typed) url.Values {
	v := url.Values{}
	for name, typed := range t {
		v.Set(name, typed)
	}
	return v
}

// wrong puts into the form what err says of it, in the order of the page, and sets the answer's status: 422 for fields, 409 when the state
// of things does not allow it. It returns false when err is nothing that people can mend in this form.
func (w *Web) wrong(c *fiber.Ctx, f *views.Form, err error) bool {
	fault := tenants.FaultOf(err)
	switch {
	case fault == nil:
		return false
	case fault.Kind == tenants.KindConflict:
		f.Refuse(views.Problem{Sentence: views.FaultSentence(fault)})
		f.Key = formKey()
		c.Status(fiber.StatusConflict)
	case fault.Kind == tenants.KindInvalid:
		f.Refuse(problems(c, *f, fault)...)
		c.Status(fiber.StatusUnprocessableEntity)
	default:
		return false
	}
	c.Locals(refusedKey, true)
	return true
}

// problems are the faults of the fields, in the order of the page: as the form says it, else as the browser sent it, which is the same but
// for what is left out when empty. What the page has no field for is said without a link.
func problems(c *fiber.Ctx, f views.Form, fault *tenants.Fault) (all []views.Problem) {
	order := f.Order
	if order == nil {
		c.Request().PostArgs().VisitAll(func(name, _ []byte) { order = append(order, string(name)) })
	}
	place := func(name string) int {
		if i := slices.Index(order, name); i >= 0 {
			return i
		}
		return len(order)
	}
	names := slices.SortedFunc(maps.Keys(fault.Fields), func(a, b string) int {
		return cmp.Or(cmp.Compare(place(a), place(b)), strings.Compare(a, b))
	})
	for _, name := range names {
		named := map[string]string{"value": f.Typed.Get(name)}
		maps.Copy(named, fault.Args)
		p := views.Problem{Field: name, Sentence: views.Sentence(fault.Fields[name], named)}
		if owner := fault.Args["customer"]; owner != "" && fault.Fields[name] == "document_taken" {
			p.Ways = []views.Link{{Label: "Ver cliente", Href: "/clientes/" + owner}, {Label: "Adicionar Serviços", Href: "/clientes/" + owner + "/servicos/novo"}}
		}
		if f.Order != nil && !slices.Contains(f.Order, name) {
			p.Field = ""
		}
		all = append(all, p)
	}
	return all
}

// posted is what the body of the request says, and never its address. Both stores take valid text only, so that is what it is made.
func posted(c *fiber.Ctx) url.Values {
	sent := url.Values{}
	add := func(name, value string) {
		clean := strings.ReplaceAll(strings.ToValidUTF8(value, "\uFFFD"), "\x00", "")
		sent.Add(strings.ReplaceAll(strings.ToValidUTF8(name, "\uFFFD"), "\x00", ""), strings.ReplaceAll(clean, "\r\n", "\n"))
	}
	if multipart, err := c.MultipartForm(); err == nil {
		for name, values := range multipart.Value {
			for _, value := range values {
				add(name, value)
			}
		}
		return sent
	}
	c.Request().PostArgs().VisitAll(func(name, value []byte) { add(string(name), string(value)) })
	return sent
}

// id reads the id of a path. What is no id is not found, as one of another ISP is.
func id(c *fiber.Ctx, name string) (uuid.UUID, error) {
	id, err := uuid.Parse(c.Params(name))
	if err != nil {
		return uuid.Nil, tenants.NotFound()
	}
	return id, nil
}
