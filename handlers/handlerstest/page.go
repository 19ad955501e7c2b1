package handlerstest

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// Page is what a browser shows.
type Page struct {
	Path   string // where the browser ended up
	Status int
	Header http.Header
	Body   string
	Doc    *goquery.Document // of an HTML page

	t       testing.TB
	browser *Browser
}

// Want fails the test unless the page has that status; it returns the page.
func (p *Page) Want(status int) *Page {
	p.t.Helper()
	if p.Status != status {
		p.t.Fatalf("%s: %d, want %d: %s", p.Path, p.Status, status, p.H1())
	}
	return p
}

// Text is what a person reads within the elements of a selector, its spaces made single.
func (p *Page) Text(selector string) string {
	if p.Doc == nil {
		return ""
	}
	return clean(p.Doc.Find(selector).Text())
}

func clean(text string) string { return strings.Join(strings.Fields(text), " ") }

// Has says whether the page says that.
func (p *Page) Has(text string) bool { return strings.Contains(p.Text("body"), text) }

// H1 is the head of the page.
func (p *Page) H1() string { return p.Text("h1") }

// Toast is what the page says has just been done.
func (p *Page) Toast() string { return p.Text(".en-toast") }

// Problems are the sentences of the list of problems.
func (p *Page) Problems() (all []string) {
	if p.Doc != nil {
		p.Doc.Find(".en-errsum li").Each(func(_ int, li *goquery.Selection) { all = append(all, clean(li.Text())) })
	}
	return all
}

// Click follows the link that reads so.
func (p *Page) Click(label string) *Page {
	p.t.Helper()
	link := p.Doc.Find("a[href]").FilterFunction(func(_ int, a *goquery.Selection) bool { return clean(a.Text()) == label }).First()
	href, there := link.Attr("href")
	if !there {
		p.t.Fatalf("%s has no link %q", p.Path, label)
	}
	base, _ := url.Parse("http://" + p.browser.host + p.Path)
	to, err := base.Parse(href)
	if err != nil {
		p.t.Fatal(err)
	}
	return p.browser.Get(to.RequestURI())
}

// Press sends the small form whose button reads so.
func (p *Page) Press(button string) *Page {
	p.t.Helper()
	return p.Form(button).Submit()
}

// Form is the form whose button reads so, with all that is in it already.
func (p *Page) Form(button string) *Form {
	p.t.Helper()
	pressed := p.Doc.Find("button").FilterFunction(func(_ int, b *goquery.Selection) bool {
		text := clean(b.Text())
		return text == button || strings.HasPrefix(text, button+": ") // what it comes to is not its name
	}).First()
	form := pressed.Closest("form")
	if form.Length() == 0 {
		p.t.Fatalf("%s has no form with a button %q: %s", p.Path, button, p.H1())
	}
	f := &Form{page: p, form: form, Values: url.Values{}}
	form.Find("input[name], select[name], textarea[name]").Each(func(_ int, field *goquery.Selection) { f.fill(field) })
	if name, named := pressed.Attr("name"); named {
		f.Values.Set(name, pressed.AttrOr("value", ""))
	}
	return f
}

// Form is a form of a page as a person fills it in.
type Form struct {
	Values url.Values
	page   *Page
	form   *goquery.Selection
}

// fill takes over what a field holds when the page opens.
func (f *Form) fill(field *goquery.Selection) {
	name, _ := field.Attr("name")
	_, off := field.Attr("disabled")
	_, checked := field.Attr("checked")
	switch kind := field.AttrOr("type", ""); {
	case off:
	case goquery.NodeName(field) == "select":
		chosen := field.Find("option[selected]")
		if chosen.Length() == 0 {
			chosen = field.Find("option").First()
		}
		f.Values.Add(name, chosen.AttrOr("value", clean(chosen.Text())))
	case goquery.NodeName(field) == "textarea":
		f.Values.Add(name, field.Text())
	case kind != "checkbox" && kind != "radio" || checked:
		f.Values.Add(name, field.AttrOr("value", ""))
	}
}

// Set types into a field, found by its label or its name. For a list or a choice it takes the answer that reads so, for a switch "sim" or "não".
func (f *Form) Set(label, value string) *Form {
	f.page.t.Helper()
	field := f.find(label)
	name := field.AttrOr("name", "")
	switch kind := field.AttrOr("type", ""); {
	case goquery.NodeName(field) == "select":
		option := field.Find("option").FilterFunction(func(_ int, o *goquery.Selection) bool { return clean(o.Text()) == value })
		f.pick(name, label, value, option)
	case kind == "radio":
		option := f.form.Find("input[type=radio]:not([disabled])").FilterFunction(func(_ int, o *goquery.Selection) bool {
			return o.AttrOr("name", "") == name && clean(o.Closest("label").Find("b").Text()) == value
		})
		f.pick(name, label, value, option)
	case kind == "checkbox" && value != "sim":
		f.Values.Del(name)
	case kind == "checkbox":
		f.Values.Set(name, field.AttrOr("value", "on"))
	default:
		f.Values.Set(name, value)
	}
	return f
}

func (f *Form) pick(name, label, value string, option *goquery.Selection) {
	f.page.t.Helper()
	if option.Length() == 0 {
		f.page.t.Fatalf("%s: %q has no answer %q", f.page.Path, label, value)
	}
	f.Values.Set(name, option.First().AttrOr("value", value))
}

// find finds a field by its label, by the legend of its choice, or by its name.
func (f *Form) find(label string) *goquery.Selection {
	f.page.t.Helper()
	called := func(_ int, s *goquery.Selection) bool {
		text := clean(s.Text())
		return text == label || strings.HasPrefix(text, label+" (opcional)") || clean(s.Find("b").First().Text()) == label
	}
	if named := f.form.Find("label").FilterFunction(called).First(); named.Length() > 0 && named.AttrOr("for", "") != "" {
		if field := f.form.Find("[id='" + named.AttrOr("for", "") + "']"); field.Length() > 0 {
			return field.First()
		}
	}
	if group := f.form.Find("legend").FilterFunction(called).First().Parent(); group.Length() > 0 {
		return group.Find("input").First()
	}
	field := f.form.Find("[name='" + label + "']").First()
	if field.Length() == 0 {
		f.page.t.Fatalf("%s: the form has no field %q", f.page.Path, label)
	}
	return field
}

// Error is what the page says of a field, found by its label or its name.
func (f *Form) Error(label string) string {
	f.page.t.Helper()
	return clean(f.find(label).Closest(".en-f").Find(".en-err").Contents().Not(".visually-hidden").Text())
}

// Value is what a field holds.
func (f *Form) Value(label string) string {
	f.page.t.Helper()
	return f.Values.Get(f.find(label).AttrOr("name", ""))
}

// Submit sends the form to where it goes.
func (f *Form) Submit() *Page {
	f.page.t.Helper()
	action := f.form.AttrOr("action", f.page.Path)
	if strings.EqualFold(f.form.AttrOr("method", "get"), "post") {
		return f.page.browser.Post(action, f.Values)
	}
	return f.page.browser.Get(action + "?" + f.Values.Encode())
}
