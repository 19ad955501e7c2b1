package handlers

import (
	"encoding/base64"
	"errors"
	"net/url"
	"reflect"
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

// A form is one struct: its `form` tags are the names the fields are sent under and the names a use case's Invalid speaks of, and its order
// is the order of the list of problems. What people type is read by the rules of the rooms; what cannot be read is a fault of its field.
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
	f := views.Form{CSRF: masked(w.token(c)), Key: sent.Get("key"), Typed: sent, Order: namesOf(into)}
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

// wrong puts into the form what err says of it, in the order of its fields, and sets the answer's status: 422 for fields, 409 when the state
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
		f.Problems = problems(*f, fault)
		c.Status(fiber.StatusUnprocessableEntity)
	default:
		return false
	}
	return true
}

func problems(f views.Form, fault *tenants.Fault) (all []views.Problem) {
	names := make([]string, 0, len(fault.Fields))
	for name := range fault.Fields {
		names = append(names, name)
	}
	place := func(name string) int {
		if i := slices.Index(f.Order, name); i >= 0 {
			return i
		}
		return len(f.Order)
	}
	slices.SortFunc(names, func(a, b string) int {
		if d := place(a) - place(b); d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	for _, name := range names {
		named := map[string]string{"value": f.Typed.Get(name)}
		for arg, value := range fault.Args {
			named[arg] = value
		}
		p := views.Problem{Field: name, Sentence: views.Sentence(fault.Fields[name], named)}
		if !slices.Contains(f.Order, name) { // the page has no such field to link to
			p.Field = ""
		}
		all = append(all, p)
	}
	return all
}

// namesOf lists the names of a form struct's fields.
func namesOf(in any) (names []string) {
	t := reflect.TypeOf(in).Elem()
	for i := range t.NumField() {
		if name, _, _ := strings.Cut(t.Field(i).Tag.Get("form"), ","); name != "" {
			names = append(names, name)
		}
	}
	return names
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
