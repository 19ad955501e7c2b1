package handlers

import (
	"crypto/hmac"
	"encoding/base64"
	"encoding/json"
	"net/url"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"enlace/tenants"
	"enlace/tenants/sales"
	"enlace/tenants/staff"
	"enlace/views"
)

// A page of a wizard outlives the session it was opened in. Sent without one it is not done, but carried through the sign-in and put into
// the draft of the person who typed it: the page has their signature, which only we can have made, so nobody else is given it, and nobody
// can have it sent for them. Nothing but the draft is written.

// heldMost is how many bytes the sign-in carries; a page that is longer is not, and only its draft is opened again.
const heldMost = 64 << 10

// held is a page of a wizard that came without a session.
type held struct {
	Path  string
	Typed url.Values
}

// owner signs who types into a form.
func (w *Web) owner(c *fiber.Ctx) string {
	if s := session(c); s != nil {
		return w.signOwner(c, s)
	}
	return ""
}

func (w *Web) signOwner(c *fiber.Ctx, s *staff.Session) string {
	isp, _ := tenants.From(c.UserContext())
	return w.sign("owner", isp.Slug+"\x00"+s.Actor.ID.String())
}

// hold keeps what was typed for the sign-in that follows; nothing when it comes from elsewhere, is unsigned or too long.
func (w *Web) hold(c *fiber.Ctx) string {
	sent := posted(c)
	if !w.sameOrigin(c) || sent.Get("dono") == "" {
		return ""
	}
	text, err := json.Marshal(held{c.Path(), sent})
	if err != nil || len(text) > heldMost {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(text)
}

// giveBack puts what was held into its draft, if the person who has just signed in is the one who typed it, and says where it is now.
func (w *Web) giveBack(c *fiber.Ctx, s *staff.Session, text string) (to string, given bool) {
	var kept held
	if raw, err := base64.RawURLEncoding.DecodeString(text); err != nil || json.Unmarshal(raw, &kept) != nil {
		return "", false
	}
	if !hmac.Equal([]byte(kept.Typed.Get("dono")), []byte(w.signOwner(c, s))) {
		return "", false
	}
	way, known := courseAt(kept.Path)
	if !known {
		return "", false
	}
	t := tenants.Typed{}
	for name, values := range kept.Typed {
		t[name] = strings.Join(values, ",")
	}
	in, err := way.progress(t)
	if err != nil {
		return "", false
	}
	in.Leaving = true
	draft, err := w.sales().SaveStep(s.As(c.UserContext()), in)
	if err != nil {
		return "", false
	}
	w.say(c, views.Toast{Said: "O que você digitou está aqui. Confira e avance."})
	return way.path(draft, in.Page), true
}

// courseAt is the wizard whose pages are at a path.
func courseAt(path string) (course, bool) {
	if path == addCustomer.at {
		return addCustomer, true
	}
	text, _ := strings.CutPrefix(path, "/clientes/")
	text, _ = strings.CutSuffix(text, "/servicos/novo")
	id, err := uuid.Parse(text)
	way := addService(id)
	return way, err == nil && way.at == path
}

// progress is a page as it was sent; what is about the page itself is taken out of what was typed.
func (way course) progress(t tenants.Typed) (in sales.Progress, err error) {
	in = sales.Progress{Wizard: way.wizard, Holder: way.holder, Leaving: t["acao"] == "sair", Typed: t}
	if in.Draft, err = draftID(t["rascunho"]); err != nil {
		return in, err
	}
	in.Shown = t["previa"]
	in.Version, _ = strconv.Atoi(t["versao"])
	number, _ := strconv.Atoi(t["passo"])
	in.Page = min(max(1, number), way.wizard.Last())
	for _, own := range []string{"rascunho", "versao", "passo", "acao", "chave", "key", "csrf", "dono", "previa"} {
		delete(t, own)
	}
	return in, nil
}
