package bot

import (
	"fmt"
	"strings"
	"time"

	"enlace/ent"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/status"
	"enlace/tenants/subscribers"
)

// said of services

const (
	noServices   = "Não há serviço ativo no seu cadastro."
	whichService = "Sobre qual serviço?"
)

var states = map[status.State]string{
	status.WaitingSignature:    "Aguardando assinatura",
	status.WaitingInstallation: "Aguardando instalação",
	status.WaitingMigration:    "Aguardando migração",
	status.Enabled:             "Habilitado",
	status.Slowed:              "Suspenso Parcialmente",
	status.SuspendedDebt:       "Suspenso por Débito",
	status.Paused:              "Suspenso a Pedido",
	status.Cancelled:           "Cancelado",
}

func servicesText(services []subscribers.Service, zone *time.Location) string {
	if len(services) == 0 {
		return noServices
	}
	lines := []string{"Serviços Contratados:"}
	for _, s := range services {
		monthly, memo := billing.MonthlyOf(s.Subscription)
		price := monthly.BRL() + " por mês"
		if memo != "" {
			price += " (" + memo + ")"
		}
		line := fmt.Sprintf("<b>%s</b>, %s\n%s", safe(s.Plan.Name), price, states[s.Status])
		if s.Grant != nil {
			line += ", em confiança até " + moment(s.Grant.Until.In(zone))
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n\n")
}

// serviceText is one service with all that is known of it; at is where it is installed, or nil.
func serviceText(s subscribers.Service, at *ent.Address, zone *time.Location) string {
	lines := []string{servicesText([]subscribers.Service{s}, zone), "", fmt.Sprintf("Velocidade: %s de download, %s de upload", speed(s.Plan.DownKbps), speed(s.Plan.UpKbps))}
	if at != nil {
		lines = append(lines, "Endereço: "+safe(strings.Trim(fmt.Sprintf("%s, %s, %s, %s", at.Street, at.HouseNumber, at.District, at.City), ", ")))
	}
	return strings.Join(append(lines, "Vencimento: "+dueOn(s.DueDay)), "\n")
}

// speed is as people say it: 500 Mega, 1,5 Mega.
func speed(kbps int) string {
	return strings.Replace(strings.TrimSuffix(fmt.Sprintf("%.1f", float64(kbps)/1000), ".0"), ".", ",", 1) + " Mega"
}

func dueOn(day int) string {
	if day == calendar.LastDay {
		return "último dia do mês"
	}
	return fmt.Sprintf("todo dia %d", day)
}

func serviceLabel(s subscribers.Service, of *ent.Customer, several bool) string {
	label := fmt.Sprintf("%s, nº %d", s.Plan.Name, s.Number)
	if several {
		label = subscribers.FirstName(of) + ": " + label
	}
	return label
}
