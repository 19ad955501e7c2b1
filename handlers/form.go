package handlers

import (
	"cmp"
	"encoding/base64"
	"errors"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/go-playground/form/v4"
	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/money"
	"enlace/views"
)

// A form is one struct: its `form` tags are the names the fields are sent under and the names a use case's Invalid speaks of. What people
// type is read by the rules of the rooms; what cannot be read is a fault of its field.
var decoder, encoder = forms()

var (
	errDate   = errors.New("date_shape")
	errMoney  = errors.New("money_shape")
	errChoice = errors.New("id_shape")
)

func forms() (*form.Decoder, *form.Encoder) {
	d, e := form.NewDecoder(), form.NewEncoder()
	d.SetMaxArraySize(500)
	typed(d, e, func(s string) (any, error) {
		if s == "" {
			return calendar.Date{}, nil
		}
		day, err := calendar.ParseTyped(s)
		return day, worded(err, errDate)
	}, func(day calendar.Date) string { return views.Date(day) })
	typed(d, e, func(s string) (any, error) {
		if s == "" {
			return money.Cents(0), nil
		}
		amount, err := money.Parse(s)
		return amount, worded(err, errMoney)
	}, money.Cents.String)
	typed(d, e, func(s string) (any, error) {
		if s == "" {
			return uuid.Nil, nil
		}
		id, err := uuid.Parse(s)
		return id, worded(err, errChoice)
	}, func(id uuid.UUID) string {
		if id == uuid.Nil {
			return ""
		}
		return id.String()
	})
	return d, e
}

// typed teaches both directions of one type.
func typed[T any](d *form.Decoder, e *form.Encoder, read func(string) (any, error), write func(T) string) {
	var zero T
	d.RegisterCustomTypeFunc(func(sent []string) (any, error) { return read(strings.TrimSpace(sent[0])) }, zero)
	e.RegisterCustomTypeFunc(func(x any) ([]string, error) { return []string{write(x.(T))}, nil }, zero)
}

func worded(err, code error) error {
	if err != nil {
		return code
	}
	return nil
}

// form is an empty form, or one filled with what in already says; in may be nil.
func (w *Web) form(c *fiber.Ctx, in any) (views.Form, error) {
	w.visit(c)
	f := views.Form{CSRF: masked(w.token(c)), Key: base64.RawURLEncoding.EncodeToString(randomBytes(16)), Typed: url.Values{}}
	if in == nil {
		return f, nil
	}
	var err error
	f.Typed, err = encoder.Encode(in)
	return f, err
}

// small is the form of a button: nothing is typed, and doing it twice is the use case's business.
func (w *Web) small(c *fiber.Ctx) views.Form { return views.Form{CSRF: masked(w.token(c))} }

// read reads what was sent into a form struct. The error is Invalid where something cannot be read; the form holds what was typed, to be
// shown again.
func (w *Web) read(c *fiber.Ctx, into any) (views.Form, error) {
	sent := posted(c)
	f := views.Form{CSRF: masked(w.token(c)), Key: sent.Get("key"), Typed: sent}
	sent.Del("csrf")
	sent.Del("key")
	err := decoder.Decode(into, sent)
	var unread form.DecodeErrors
	if !errors.As(err, &unread) {
		return f, err
	}
	var wrong tenants.Fields
	for field, err := range unread {
		code := err.Error()
		if !slices.Contains([]error{errDate, errMoney, errChoice}, err) {
			code = "number_shape"
		}
		wrong.Add(field, code)
	}
	return f, wrong.Err()
}

// wrong puts into the form what err says of it, in the order of the page, and sets the answer's status: 422 for fields, 409 when the state
// of things does not allow it. It returns false when err is nothing that people can mend in this form.
func (w *Web) wrong(c *fiber.Ctx, f *views.Form, err error) bool {
	fault := tenants.FaultOf(err)
	switch {
	case fault == nil:
		return false
	case fault.Kind == tenants.KindConflict:
		f.Problems = []views.Problem{{Sentence: views.FaultSentence(fault)}}
		f.Key = base64.RawURLEncoding.EncodeToString(randomBytes(16))
		c.Status(fiber.StatusConflict)
	case fault.Kind == tenants.KindInvalid:
		f.Problems = problems(c, *f, fault)
		c.Status(fiber.StatusUnprocessableEntity)
	default:
		return false
	}
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
		sent.Add(name, strings.ReplaceAll(clean, "\r\n", "\n"))
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
