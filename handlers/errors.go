package handlers

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"enlace/tenants"
	"enlace/tenants/staff"
	"enlace/views"
)

// refuse answers an error with a calm page and the right status. What is our fault gets an id that is found in the log, and nothing of it
// is shown.
func (w *Web) refuse(c *fiber.Ctx, err error) error {
	if requestID(c) == "" { // refused before the door was reached
		c.Locals(idKey, newID())
		w.headers(c)
	}
	status, v := w.said(c, err)
	if status == fiber.StatusRequestEntityTooLarge { // refused before anybody knows who sends it
		v.Back = views.Link{Label: "Voltar ao formulário", Href: c.Path()}
	}
	if status >= fiber.StatusInternalServerError {
		v.ID = requestID(c)
		w.Log.Error("failed", "id", v.ID, "method", c.Method(), "path", pathOf(c), "error", err)
	}
	isp, _ := tenants.From(c.UserContext())
	if v.ISP, v.SignedIn = isp.Name, session(c) != nil; !v.SignedIn && v.Back == home { // the office is not a stranger's
		v.Back = views.Link{}
	}
	if v.Back == home && atOperator(c) {
		v.Back.Label = "Ver os provedores"
	}
	c.Status(status)
	if err := w.show(c, v); err != nil {
		w.Log.Error("no error page", "id", requestID(c), "error", err)
		return c.Status(fiber.StatusInternalServerError).SendString("Algo deu errado. Código: " + requestID(c))
	}
	return nil
}

var home = views.Link{Label: "Ir para o Painel", Href: "/"}

// said is the one table from an error to a status and a page.
func (w *Web) said(c *fiber.Ctx, err error) (int, views.Erro) {
	var wait *staff.TooMany
	var often *tooMany
	var refused *fiber.Error
	var none *absent
	fault := tenants.FaultOf(err)
	switch {
	case errors.Is(err, errStranger):
		return fiber.StatusNotFound, views.Erro{Title: "Nenhum provedor neste endereço", Said: "Confira o endereço do seu provedor; ele começa pelo nome dele."}
	case errors.Is(err, errForged):
		back := home
		if session(c) == nil {
			back = views.Link{Label: "Entrar", Href: "/entrar"}
		}
		return fiber.StatusForbidden, views.Erro{Title: "Envie de novo", Said: views.Sentence("form_again", nil), Back: back}
	case errors.As(err, &wait):
		c.Set(fiber.HeaderRetryAfter, strconv.Itoa(int(math.Ceil(wait.Wait.Seconds()))))
		return fiber.StatusTooManyRequests, views.Erro{Title: "Muitas tentativas", Said: fmt.Sprintf("Por segurança, espere %s e tente de novo. Se esqueceu a senha, peça uma nova.", minutes(wait.Wait.Minutes()))}
	case errors.As(err, &often):
		c.Set(fiber.HeaderRetryAfter, strconv.Itoa(int(math.Ceil(often.wait.Seconds()))))
		return fiber.StatusTooManyRequests, views.Erro{Title: "Muitas consultas", Said: "Espere " + minutes(often.wait.Minutes()) + " e tente de novo."}
	case errors.As(err, &none):
		return fiber.StatusNotFound, none.page
	case errors.Is(err, context.DeadlineExceeded):
		return fiber.StatusServiceUnavailable, views.Erro{Title: "Demorou demais", Said: "Nada foi gravado. Tente de novo em instantes.", Back: home}
	case fault != nil:
		return w.faulty(c, fault)
	case errors.As(err, &refused):
		return refused.Code, refusal(refused.Code)
	}
	return fiber.StatusInternalServerError, refusal(fiber.StatusInternalServerError)
}

func (w *Web) faulty(c *fiber.Ctx, f *tenants.Fault) (int, views.Erro) {
	switch f.Kind {
	case tenants.KindNotFound:
		return fiber.StatusNotFound, refusal(fiber.StatusNotFound)
	case tenants.KindDenied:
		if err := w.Staff.Denied(c.UserContext(), staff.Permission(f.Args["permission"])); err != nil {
			w.Log.Error("denial not noted", "id", requestID(c), "error", err)
		}
		return fiber.StatusForbidden, views.Erro{Title: "Você não tem permissão", Said: views.FaultSentence(f) + ". O gerente pode dar.", Back: home}
	case tenants.KindConflict:
		return fiber.StatusConflict, views.Erro{Title: "Não é possível agora", Said: views.FaultSentence(f), Back: home}
	}
	return fiber.StatusUnprocessableEntity, views.Erro{Title: "Há algo a corrigir", Said: views.FaultSentence(f), Back: home}
}

func refusal(status int) views.Erro {
	switch status {
	case fiber.StatusMethodNotAllowed:
		return views.Erro{Title: "Não se pede assim", Said: "Este endereço não recebe este pedido. Volte e use os botões da página.", Back: home}
	case fiber.StatusNotFound:
		return views.Erro{Title: "Página não encontrada", Said: "O endereço não existe aqui, ou o que havia nele não existe mais.", Back: home}
	case fiber.StatusRequestEntityTooLarge:
		return views.Erro{Title: "Envio grande demais", Said: "O que foi enviado passa do tamanho aceito nesta página.", Back: home}
	case fiber.StatusInternalServerError:
		return views.Erro{Title: "Algo deu errado", Said: "A falha é nossa e já foi registrada. Nada foi gravado pela metade.", Back: home}
	}
	return views.Erro{Title: "Não foi possível", Said: "O pedido do navegador não foi entendido. Volte e tente de novo.", Back: home}
}

func minutes(m float64) string {
	if n := int(math.Ceil(m)); n > 1 {
		return strconv.Itoa(n) + " minutos"
	}
	return "1 minuto"
}

// absent is NotFound in words of its own, for people who do not know the office.
type absent struct{ page views.Erro }

func (e *absent) Error() string { return "nothing is there: " + e.page.Title }

// absentIf tells a stranger in those words that nothing is there.
func absentIf(err error, title, said string) error {
	if fault := tenants.FaultOf(err); fault != nil && fault.Kind == tenants.KindNotFound {
		return &absent{views.Erro{Title: title, Said: said, Public: true}}
	}
	return err
}
