package handlers_test

import (
	"net/http"
	"net/url"
	"testing"

	"enlace/handlers/handlerstest"
)

func TestAFormIsTakenFromItsOwnPageOnly(t *testing.T) {
	handlerstest.OnSQLite(t, func(t *testing.T, s *handlerstest.Site) {
		b := s.As("comercial")
		mine := b.Get("/").Form("Sair").Values.Get("csrf")
		others := s.As("comercial").Get("/").Form("Sair").Values.Get("csrf")
		visitors := s.Browser().Get("/entrar").Form("Entrar").Values.Get("csrf")
		if mine == "" || mine == b.Get("/").Form("Sair").Values.Get("csrf") {
			t.Error("the token is written alike twice")
		}
		for name, page := range map[string]*handlerstest.Page{
			"none":                   b.Post("/sair", url.Values{}),
			"nonsense":               b.Post("/sair", url.Values{"csrf": {"x"}}),
			"another session's":      b.Post("/sair", url.Values{"csrf": {others}}),
			"a visitor's":            b.Post("/sair", url.Values{"csrf": {visitors}}),
			"in the address":         b.Post("/sair?csrf="+url.QueryEscape(mine), url.Values{}),
			"another site":           b.With("Origin", "https://mau.example").Post("/sair", url.Values{"csrf": {mine}}),
			"no site":                b.With("Origin", "null").Post("/sair", url.Values{"csrf": {mine}}),
			"another ISP":            b.With("Origin", "http://ondasul.localhost").Post("/sair", url.Values{"csrf": {mine}}),
			"said to be cross-site":  b.With("Sec-Fetch-Site", "cross-site").Post("/sair", url.Values{"csrf": {mine}}),
			"said to be a neighbour": b.With("Sec-Fetch-Site", "same-site").Post("/sair", url.Values{"csrf": {mine}}),
		} {
			if page.Status != http.StatusForbidden || !page.Has("Envie de novo") {
				t.Errorf("%s: %d %s", name, page.Status, page.H1())
			}
		}
		if page := b.Post("/sair", url.Values{"csrf": {mine}}); page.Path != "/entrar" {
			t.Errorf("its own: %d %s", page.Status, page.H1())
		}
	})
}

func TestNobodySignsInAnotherByAForgedForm(t *testing.T) {
	handlerstest.OnSQLite(t, func(t *testing.T, s *handlerstest.Site) {
		in := url.Values{"email": {s.Hire("suporte")}, "password": {handlerstest.Password}}
		s.Browser().Post("/entrar", in).Want(http.StatusForbidden)
		in.Set("csrf", s.Browser().Get("/entrar").Form("Entrar").Values.Get("csrf"))
		s.Browser().Post("/entrar", in).Want(http.StatusForbidden)
	})
}
