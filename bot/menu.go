package bot

import (
	"context"

	"enlace/ent"
	"enlace/tenants/subscribers"
)

// menuKeys is the menu. Its buttons do what the commands do.
var menuKeys = keys{
	row(press(labelInvoices, "faturas"), press(labelServices, "servicos")),
	row(press(labelBooklet, "carne"), press(labelUnblock, "desbloquear")),
	row(press(labelSupport, "suporte"), press(labelRecord, "meusdados")),
	row(press(labelHelp, "ajuda")),
}

var (
	menuKey   = press(labelMenu, "menu")
	cancelKey = press(labelCancel, "cancelar")
)

func (v *visit) menu(context.Context) (notes, error) {
	return v.page(greeting(subscribers.FirstName(v.customers[0]), v.isp.Name, v.face.Greeting), menuKeys), nil
}

func (v *visit) help(context.Context) (notes, error) {
	return v.page(helpText(v.face), keys{row(press(labelAttendant, toAttendant)), row(menuKey)}), nil
}

// services is Serviços Contratados, each with its state and the trust it runs on.
func (v *visit) services(ctx context.Context) (notes, error) {
	return v.each(ctx, func(ctx context.Context, _ *ent.Customer) (notes, error) {
		services, err := v.reception.subscribers.Services(ctx)
		return v.page(servicesText(services, v.isp.Zone), keys{row(menuKey)}), err
	})
}
