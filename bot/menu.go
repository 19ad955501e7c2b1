package bot

import "context"

// menuKeys is the menu. Its buttons do what the commands do.
var menuKeys = keys{
	row(press(labelInvoices, "faturas"), press(labelServices, "servicos")),
	row(press(labelBooklet, "carne"), press(labelUnblock, "desbloquear")),
	row(press(labelSupport, "suporte"), press(labelRecord, "meusdados")),
	row(press(labelContract, "contrato"), press(labelHelp, "ajuda")),
}

var (
	menuKey   = press(labelMenu, "menu")
	cancelKey = press(labelCancel, "cancelar")
)

func (v *visit) menu(context.Context) (notes, error) {
	return v.page(greeting(v.customers, v.isp.Name, v.face.Greeting), menuKeys), nil
}

func (v *visit) help(context.Context) (notes, error) {
	return v.page(helpText(v.face), keys{row(press(labelAttendant, toAttendant)), row(menuKey)}), nil
}
