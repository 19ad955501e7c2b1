package views

// Routine is the words of what the night does by itself, by the last part of its address.
func Routine(slug string) RoomWords { return routines[slug] }

var routines = map[string]RoomWords{
	"faturamento-mensal":   {Label: "Faturamento mensal", For: "faz as faturas dos serviços sem carnê"},
	"migracoes-esquecidas": {Label: "Migrações esquecidas", For: "desfaz o pedido de migração que ninguém habilitou no prazo"},
	"quitacoes-anuais":     {Label: "Quitações anuais", For: "declara, em maio, que o ano anterior está pago (Lei 12.007)"},
	"limpeza-de-arquivos":  {Label: "Limpeza de importações", For: "apaga os arquivos de importações terminadas"},
	"limpeza-de-conexoes":  {Label: "Limpeza de conexões", For: "apaga o registro de conexões depois de um ano e as autenticações depois de 15 dias"},
	"conciliacao-pix":      {Label: "Conciliação de Pix", For: "busca no banco os Pix que o aviso não trouxe"},
	"trocas-sem-aceite":    {Label: "Trocas de titularidade sem aceite", For: "desiste das trocas que os dois não aceitaram em 7 dias"},
	"lembretes":            {Label: "Lembretes de vencimento", For: "lembra as faturas que vão vencer"},
	"avisos-de-debito":     {Label: "Avisos de débito", For: "avisa de faturas vencidas, com prova"},
	"suspensoes":           {Label: "Suspensões por débito", For: "suspende quem deve, quando a lei deixa"},
}
