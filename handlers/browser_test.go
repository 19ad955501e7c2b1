package handlers_test

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"enlace/handlers/handlerstest"
	"enlace/tenants/tenanttest"
)

func TestSigningInByKeyboardAlone(t *testing.T) {
	for _, script := range []bool{true, false} {
		t.Run(fmt.Sprintf("script %v", script), func(t *testing.T) {
			t.Parallel()
			s := handlerstest.Open(t, tenanttest.SQLite(t))
			email := s.Hire("comercial")
			c := s.Chrome()
			if !script {
				c.WithoutScript()
			}
			const focused = `document.activeElement !== document.body` // the browser sets it when it has drawn the page
			c.Open("/").Await(focused)
			if c.H1() != "Entrar" || c.Focused() != "E-mail" {
				t.Fatalf("%q, and the focus is on %q", c.H1(), c.Focused())
			}
			c.Type(email).TabTo("Senha").Type("errada-errada").Enter().Await(focused)
			if c.H1() != "Entrar" {
				t.Errorf("after a refusal the browser is at %q", c.H1())
			}
			c.TabTo("Senha").Type(handlerstest.Password).TabTo("Entrar").Enter()
			if c.H1() != "Bom dia, Ana" {
				t.Fatalf("came to %q", c.H1())
			}
			c.Open("/componentes").TabTo("Outras Opções").Type(kb.Enter)
			if !handlerstest.Eval[bool](c, `document.querySelector('.en-slip .en-more').open`) {
				t.Error("Enter does not open Outras Opções")
			}
			c.Open("/").TabTo("Sair").Enter()
			if c.H1() != "Entrar" {
				t.Errorf("after Sair: %q", c.H1())
			}
		})
	}
}

func TestEverybodyCanUseThePagesAtEveryWidth(t *testing.T) {
	t.Parallel()
	s := handlerstest.Open(t, tenanttest.SQLite(t))
	email := s.Hire("comercial")
	c := s.Chrome()
	look := atEveryWidth(t, c)
	look("entrar", "/entrar", "Entrar")
	c.Open("/entrar").TabTo("E-mail").Type(email).TabTo("Senha").Type("errada-errada").Enter().Picture("entrar-erro")
	c.TabTo("Senha").Type(handlerstest.Password).Enter()
	look("painel", "/", "Bom dia, Ana")
	look("componentes", "/componentes", "Componentes")
	look("acessos", "/acessos", "Seus acessos")
	look("nada", "/nada", "Página não encontrada")
	c.Look(360, 800, false).Open("/#menu").Picture("menu-360")
	for _, violation := range c.Violations() {
		t.Errorf("menu: %s", violation)
	}
}

// atEveryWidth looks at a page as everybody has it: wide, on a tablet, on a phone, down to 320 pixels, light and, of the same page, dark. It is opened
// once: how wide a window is only the style sheet asks.
func atEveryWidth(t *testing.T, c *handlerstest.Chrome) func(name, path, h1 string) {
	t.Helper()
	return func(name, path, h1 string) {
		c.Look(1366, 900, false).Open(path)
		if c.H1() != h1 || handlerstest.Eval[int](c, `document.querySelectorAll('h1').length`) != 1 {
			t.Fatalf("%s: shows %q", name, c.H1())
		}
		for _, width := range []int{1366, 768, 360} {
			height, at := 900, fmt.Sprintf("%s-%d-", name, width)
			if width == 360 {
				height = 800
			}
			for _, violation := range c.Look(width, height, false).Violations() {
				t.Errorf("%sclaro: %s", at, violation)
			}
			if n := c.Sideways(); n > 0 {
				t.Errorf("%sclaro: %d pixels wider than the window", at, n)
			}
			c.Picture(at + "claro")
			for _, violation := range c.Look(width, height, true).Pale() {
				t.Errorf("%sescuro: %s", at, violation)
			}
			c.Picture(at + "escuro")
		}
		if n := c.Look(320, 640, false).Sideways(); n > 0 {
			t.Errorf("%s: %d pixels wider than a window of 320", name, n)
		}
	}
}
