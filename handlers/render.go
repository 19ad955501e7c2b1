package handlers

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"html/template"
	"io"
	"net/http"
	"strings"
	"sync"

	"github.com/gofiber/fiber/v2"
	engine "github.com/gofiber/template/html/v2"

	"enlace/tenants"
	"enlace/tenants/staff"
	"enlace/views"
)

// templates parses every template, once for all offices of a process, and renders every view with nothing in it: a broken one fails here. It also
// escapes them all, which html/template does at the first rendering and not safely beside another.
var templates = sync.OnceValues(func() (*engine.Engine, error) {
	e := engine.NewFileSystem(http.FS(views.Files), ".html")
	e.AddFuncMap(views.Funcs)
	if err := e.Load(); err != nil {
		return nil, err
	}
	for _, v := range views.All {
		if err := e.Render(io.Discard, v.Page().Template, v); err != nil {
			return nil, err
		}
	}
	for _, layout := range []string{"layouts/desk", "layouts/gate"} {
		if err := e.Render(io.Discard, layout, views.Shell{}); err != nil {
			return nil, err
		}
	}
	return e, nil
})

// show answers with a view: the whole document, or for htmx its part. The part is rendered first and the shell around it then, each without
// a layout: the engine's own layouts share one function among all renderings, and a page with one and a page without take each other's.
func (w *Web) show(c *fiber.Ctx, v views.View) error {
	page := v.Page()
	if c.Locals(refusedKey) != nil { // the list of problems stands above the fields whose labels it says: the first printing only learns them
		if err := w.engine.Render(io.Discard, page.Template, v); err != nil {
			return err
		}
	}
	var part bytes.Buffer
	if err := w.engine.Render(&part, page.Template, v); err != nil {
		return err
	}
	c.Vary("HX-Request")
	c.Type("html", "utf-8")
	if partial(c) {
		return c.Send(part.Bytes())
	}
	shell, layout := w.shell(c, page), "layouts/desk"
	if page.Gate {
		layout = "layouts/gate"
	}
	shell.Body = template.HTML(part.String()) // our own template has just escaped it
	var whole bytes.Buffer
	if err := w.engine.Render(&whole, layout, shell); err != nil {
		return err
	}
	return c.Send(whole.Bytes())
}

// part answers htmx with one part of a page, by the path of its template.
func (w *Web) part(c *fiber.Ctx, name string, data any) error {
	var b bytes.Buffer
	if err := w.engine.Render(&b, name, data); err != nil {
		return err
	}
	c.Vary("HX-Request")
	c.Type("html", "utf-8")
	return c.Send(b.Bytes())
}

// partial says whether htmx asked for a part to swap in. A boosted link and a page brought back from the history want the whole.
func partial(c *fiber.Ctx) bool {
	return c.Get("HX-Request") == "true" && c.Get("HX-Boosted") != "true" && c.Get("HX-History-Restore-Request") != "true"
}

func (w *Web) shell(c *fiber.Ctx, page views.Page) views.Shell {
	isp, _ := tenants.From(c.UserContext())
	s := views.Shell{Page: page, ISP: isp.Name, Operator: atOperator(c), Form: w.small(c)}
	if theme := c.Cookies(w.cookieName("tema")); theme == "light" || theme == "dark" {
		s.Theme = theme
	}
	w.dress(c, &s)
	var may map[staff.Permission]bool
	if in := session(c); in != nil {
		s.Person = &views.Person{Name: in.Actor.Name, Role: views.Word("users.role", in.Actor.Role)}
		s.Drafts, s.Waiting, may = in.Drafts, in.Waiting, in.Granted
	}
	if !page.Gate {
		s.Toast = w.heard(c)
	}
	return s.Furnish(may)
}

// say leaves a sentence for the next page: what has just been done, with amount and name, and where to undo it while that is possible.
func (w *Web) say(c *fiber.Ctx, toast views.Toast) {
	text, err := json.Marshal(toast)
	if err != nil {
		return
	}
	value := base64.RawURLEncoding.EncodeToString(text)
	w.setCookie(c, "aviso", value+"."+w.sign("toast", value))
}

// heard takes the sentence that was left, once.
func (w *Web) heard(c *fiber.Ctx) (toast views.Toast) {
	kept := c.Cookies(w.cookieName("aviso"))
	if kept == "" {
		return toast
	}
	w.dropCookie(c, "aviso")
	value, signature, _ := strings.Cut(kept, ".")
	text, err := base64.RawURLEncoding.DecodeString(value)
	if err != nil || signature != w.sign("toast", value) || json.Unmarshal(text, &toast) != nil {
		return views.Toast{}
	}
	return toast
}
