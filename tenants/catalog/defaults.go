package catalog

import (
	"context"
	_ "embed"
	"slices"
	"strings"
	"time"

	"enlace/ent"
	"enlace/ent/sector"
	"enlace/ent/subscription"
	"enlace/tenants/calendar"
)

// Defaults puts into a new ISP's office what every ISP starts with; all of it can be edited. It is the setup of DB.Found.
func Defaults(ctx context.Context, c *ent.Client, now time.Time) error {
	if err := c.OfficePolicy.Create().Exec(ctx); err != nil {
		return err
	}
	for _, day := range []int{1, 5, 10, 15, 20, 25, calendar.LastDay} {
		if err := c.DueDay.Create().SetDay(day).Exec(ctx); err != nil {
			return err
		}
	}
	for _, name := range []string{"Suporte", "Financeiro", "Comercial", "Campo"} {
		if err := c.Sector.Create().SetName(name).Exec(ctx); err != nil {
			return err
		}
	}
	for _, name := range []string{"Residencial", "Empresarial"} {
		if err := c.Group.Create().SetName(name).Exec(ctx); err != nil {
			return err
		}
	}
	for _, name := range []string{"Indicação", "Instagram", "Loja", "Panfleto", "WhatsApp"} {
		if err := c.Origin.Create().SetName(name).Exec(ctx); err != nil {
			return err
		}
	}
	if err := defaultTemplate(ctx, c, now); err != nil {
		return err
	}
	return defaultKinds(ctx, c)
}

// adesao is the contract a new ISP begins with, as templates are kept. Room contracts, which knows how, sees in a test that it is well formed.
//
//go:embed adesao.html
var adesao string

func defaultTemplate(ctx context.Context, c *ent.Client, now time.Time) error {
	row, err := c.ContractTemplate.Create().SetName("Contrato de adesão").Save(ctx)
	if err != nil {
		return err
	}
	return c.TemplateVersion.Create().SetTemplateID(row.ID).SetVersion(row.Version).SetBody(strings.TrimSpace(adesao)).SetMadeBy("Enlace").SetMadeAt(now).Exec(ctx)
}

func defaultKinds(ctx context.Context, c *ent.Client) error {
	if err := c.ChargeKind.Create().SetName("Taxa de Instalação").SetInstallation(true).SetSuspends(true).Exec(ctx); err != nil {
		return err
	}
	for _, name := range []string{"Equipamento", "Mudança de endereço", "Visita técnica"} {
		if err := c.ChargeKind.Create().SetName(name).Exec(ctx); err != nil {
			return err
		}
	}
	support, err := c.Sector.Query().Where(sector.Name("Suporte")).OnlyID(ctx)
	if err != nil {
		return err
	}
	if err := c.TicketType.Create().SetName("Aberto pelo assinante").SetSLAHours(24).SetSectorID(support).SetSubscriber(true).Exec(ctx); err != nil {
		return err
	}
	for name, hours := range map[string]int{"Sem conexão": 24, "Lentidão": 48, "Dúvida financeira": 72, "Mudança de plano": 72, "Outros assuntos": 72} {
		if err := c.TicketType.Create().SetName(name).SetSLAHours(hours).Exec(ctx); err != nil {
			return err
		}
	}
	waiting := []string{string(subscription.StatusAguardandoAssinatura), string(subscription.StatusAguardandoInstalacao), string(subscription.StatusAguardandoMigracao)}
	running := []string{string(subscription.StatusHabilitado), string(subscription.StatusSuspensoParcial)}
	ended := []string{string(subscription.StatusSuspensoDebito), string(subscription.StatusSuspensoPedido), string(subscription.StatusCancelado)}
	for _, kind := range []struct {
		name         string
		minutes      int
		states       []string
		installation bool
	}{
		{"Instalação", 120, waiting, true},
		{"Mudança de plano", 90, slices.Concat(waiting, running), false},
		{"Manutenção", 60, running, false},
		{"Retirada de equipamento", 45, ended, false},
	} {
		err := c.WorkOrderType.Create().SetName(kind.name).SetMinutes(kind.minutes).SetStates(kind.states).SetInstallation(kind.installation).Exec(ctx)
		if err != nil {
			return err
		}
	}
	return nil
}
