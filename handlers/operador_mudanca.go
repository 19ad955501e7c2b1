package handlers

import (
	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"enlace/tenants/platform"
	"enlace/views"
)

func (w *Web) renomearProvedor(c *fiber.Ctx) error {
	isp, err := w.ispOf(c)
	if err != nil {
		return err
	}
	t, f := w.typed(c)
	if err := w.Platform.Rename(c.UserContext(), isp.ID, t); err != nil {
		if w.wrong(c, &f, err) {
			return w.showISP(c, isp, ispForms{rename: &f})
		}
		return err
	}
	return w.changedISP(c, isp.ID, "Nome salvo.")
}

func (w *Web) recursosDoProvedor(c *fiber.Ctx) error {
	isp, err := w.ispOf(c)
	if err != nil {
		return err
	}
	t, _ := w.typed(c)
	has := map[platform.Feature]bool{}
	for _, f := range platform.Features {
		has[f] = t.Yes(string(f))
	}
	if err := w.Platform.SetFeatures(c.UserContext(), isp.ID, has); err != nil {
		return err
	}
	return w.changedISP(c, isp.ID, "Recursos salvos.")
}

// senhaDoGerente makes a gerente who has not come in yet a new password and shows it.
func (w *Web) senhaDoGerente(c *fiber.Ctx) error {
	isp, err := w.ispOf(c)
	if err != nil {
		return err
	}
	made, err := w.Platform.ManagerPassword(c.UserContext(), isp.ID)
	if err != nil {
		return err
	}
	return w.showPassword(c, isp.Name, isp.Slug, "Senha nova do gerente", made)
}

func (w *Web) suspenderProvedor(c *fiber.Ctx) error {
	isp, err := w.ispOf(c)
	if err != nil {
		return err
	}
	t, f := w.typed(c)
	if err := w.Platform.Suspend(c.UserContext(), isp.ID, t); err != nil {
		if w.wrong(c, &f, err) {
			return w.showISP(c, isp, ispForms{suspend: &f})
		}
		return err
	}
	return w.changedISP(c, isp.ID, isp.Name+" está suspenso.")
}

func (w *Web) reabrirProvedor(c *fiber.Ctx) error {
	isp, err := w.ispOf(c)
	if err != nil {
		return err
	}
	if err := w.Platform.Reopen(c.UserContext(), isp.ID); err != nil {
		return err
	}
	return w.changedISP(c, isp.ID, isp.Name+" está aberto.")
}

// changedISP has this process know at once what others know within seconds, and goes back to the ISP's page.
func (w *Web) changedISP(c *fiber.Ctx, isp uuid.UUID, said string) error {
	w.hosts.forget()
	w.say(c, views.Toast{Said: said})
	return w.redirect(c, "/provedores/"+isp.String())
}
