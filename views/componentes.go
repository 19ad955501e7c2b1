package views

import "net/url"

// Componentes is every part on one page, with what it has to stand: long names, nothing, errors, refusals. Screens are built only of these.
type Componentes struct {
	Head      Head
	Figures   []Figure
	Slip      Slip
	Suspended Slip
	Chips     []Chip
	Table     Table
	Pager     Pager
	Steps     []Step
	Kinds     []Option
	Form      Form
	Sexes     []Option
	Modes     []Option
	Fees      []Option
	Sum       Sum
	Preview   Preview
	History   []Happening
	Verdicts  []Verdict
	Diagnosis Diagnosis
	Batch     Batch
	Empty     Empty
	Drafts    []Entry
	Today     []Entry
	Bars      Bars
	Columns   Columns
	Statuses  []Status
	Tabs      []Link
}

// Page of the components.
func (v Componentes) Page() Page {
	return Page{Template: "componentes/componentes", Title: v.Form.Title("Componentes")}
}

// Showroom fills the page of the components.
func Showroom(f Form) Componentes {
	f.Typed = url.Values{"name": {"Francisca das Chagas Monteiro de Vasconcelos"}, "cpf": {"529.982.247-2"}, "zip": {"66025-000"},
		"gender": {"f"}, "mode": {"antecipado"}, "fee": {"upfront"}, "booklet": {"true"}}
	f.Refuse(Problem{Field: "cpf", Sentence: "O CPF 529.982.247-2 tem 10 dígitos; são 11"}, Problem{Field: "phone", Sentence: "Informe um telefone com DDD"})
	none := "#"
	open, paid, late := StatusOf("invoice", "aberta"), StatusOf("invoice", "paga"), StatusOf("invoice", "vencida")
	on := Status{Word: "conectado há 3 dias", Class: "ok", Bare: true}
	trust := Status{Word: "Em confiança até 26/11, 08:00", Class: "wait"}
	v := Componentes{Form: f,
		Head: Head{Crumbs: []Link{{Label: "Clientes", Href: "/clientes"}}, Here: "Componentes", Title: "Componentes",
			Facts: "as partes de que cada tela é feita · só em desenvolvimento", Do: []Link{{Label: "Abrir Atendimento", Href: none, Go: true}, {Label: "Carnê Bancário", Href: none}}},
		Tabs: []Link{{Label: "Serviços", Href: none, Current: true}, {Label: "Financeiro", Href: none}, {Label: "Carnês", Href: none}, {Label: "Atendimentos", Href: none}, {Label: "OS", Href: none}, {Label: "Contratos", Href: none}, {Label: "Históricos", Href: none}},
		Figures: []Figure{{"Recebido", "1.094.203,88", "10.871 faturas · Pix 58 %, boleto 33 %, loja 9 %", true}, {"A receber em novembro", "88.340,10", "904 faturas ainda no prazo", true},
			{"Em atraso", "41.816,54", "398 faturas · 3,4 % do mês", true}, {"Suspensos por débito", "214", "17 pagaram hoje e já voltaram", false}},
		Slip: Slip{Status: StatusOf("subscriptions.status", "habilitado"), Price: "89,90", Terms: "todo dia 10, antecipado, por carnê", Title: "Fibra 500 Mega",
			Facts: []Fact{{Term: "Instalação", Text: "Rua das Acácias, 120, ap. 31, Batista Campos, Belém"}, {Term: "Login", Text: "maria@fibranorte", Mono: true, Status: &on},
				{Term: "Contrato", Text: "2024/000318", Href: none, After: ", aceito em 14/03/2024"}},
			Actions: []Link{{Label: "Ver", Href: none}, {Label: "Contratos", Href: none}, {Label: "Tráfego Tempo Real", Href: none}},
			More: More{Can: []Link{{Label: "Migrar para Outro Serviço", Href: none}, {Label: "Migrar para Outro Cliente", Href: none}, {Label: "Suspender a pedido", Href: none}, {Label: "Cancelar serviço", Href: none}},
				Cannot: []Reason{{"Desbloqueio em Confiança", "o serviço não está suspenso."}, {"Habilitar", "já está Habilitado."}}}},
		Suspended: Slip{Status: StatusOf("subscriptions.status", "suspenso_debito"), Beside: &trust, Price: "99,90", Terms: "todo dia 30, antecipado, boleto com Pix", Title: "Fibra 300 Mega",
			Facts: []Fact{{Term: "Suspenso em", Text: "18/11/2026, aviso de 31/10 entregue no Telegram"}, {Term: "Em atraso", Text: "2026-10877", Href: none, After: ", R$\u00a099,90 de 30/10", Memo: "hoje R$\u00a0102,68: multa 1,99 e juros de 24 dias 0,79"}}},
		Chips: []Chip{{"Todos", none, "12.408", true}, {"Habilitado", none, "11.962", false}, {"Aguardando", none, "87", false}, {"Suspenso por Débito", none, "214", false}, {"Cancelado", none, "109", false}},
		Table: Table{Caption: "Faturas", Columns: []Column{{Label: "Cliente", Href: none, Sorted: "ascending"}, {Label: "Bairro", Wide: true}, {Label: "Situação"}, {Label: "Vencimento", Right: true, Named: true, Roomy: true}, {Label: "Valor, R$", Right: true, Main: true}},
			Rows: [][]Cell{
				{{Text: "Antônia Ferreira de Albuquerque Nascimento", Href: none, Who: true, Memo: "1.187 · CPF 704.***.***-18"}, {Text: "Marco, Belém"}, {Status: &open}, {Text: "27/11/2026"}, {Text: "89,90"}},
				{{Text: "Condomínio Residencial Jardim das Mangueiras, Bloco B", Href: none, Who: true, Memo: "1.021 · CNPJ 12.ABC.345/01DE-35"}, {Text: "Nazaré, Belém"}, {Status: &paid}, {Text: "10/11/2026"}, {Text: "0,00", Muted: true}},
				{{Text: "João Suspenso", Href: none, Who: true, Memo: "1.043 · CPF 111.***.***-35"}, {Text: "Pedreira, Belém"}, {Status: &late}, {Text: "30/10/2026"}, {Text: "102,68", Strong: true}}},
			Foot: []Cell{{Text: "Total"}, {}, {}, {}, {Text: "192,58"}}},
		Pager: Pager{Said: "1 a 3 de 12.408", After: none},
		Steps: []Step{{Label: "Cadastro", Href: none, Done: true}, {Label: "Endereço", Href: none, Done: true}, {Label: "Plano", Now: true}, {Label: "Contrato"}, {Label: "Cobrança"}, {Label: "Ordem de Serviço"}},
		Kinds: []Option{{Label: "Pessoa Física", Value: "pf", Chosen: true}, {Label: "Pessoa Jurídica", Value: "pj"}},
		Sexes: []Option{{Value: "", Label: "Escolha"}, {Value: "f", Label: "Feminino"}, {Value: "m", Label: "Masculino"}},
		Modes: []Option{{Value: "antecipado", Label: "Antecipado", Memo: "A fatura de 10/12 paga de 10/12 a 10/01"}, {Value: "postecipado", Label: "Postecipado", Memo: "A fatura de 10/12 paga de 10/11 a 10/12"}},
		Fees:  []Option{{Value: "none", Label: "Não cobrar"}, {Value: "first_invoices", Label: "Com a primeira mensalidade", Why: "o cliente usa carnê. Cobre à vista ou desligue o carnê."}, {Value: "upfront", Label: "À vista na instalação: R$\u00a0100,00", Memo: "Cobrança avulsa com vencimento na data da OS, sem boleto"}},
		Sum: Sum{Title: "O que será cobrado", Tag: "prévia", Label: "Total no ano", Full: "1.217,75", Lines: []Line{{"Taxa de Instalação", "na data da OS, 27/11, à vista", "100,00"},
			{"Carnê, 1ª parcela, 10/12", "13 de 30 dias × R$\u00a089,90 = 38,95, mais o mês inteiro de 10/12 a 10/01", "128,85"}, {"Parcelas 2 a 12", "11 × R$\u00a089,90, de 10/01 a 10/11/2027", "988,90"}}},
		Statuses: []Status{StatusOf("subscriptions.status", "habilitado"), StatusOf("subscriptions.status", "aguardando_instalacao"), StatusOf("subscriptions.status", "suspenso_parcial"), StatusOf("subscriptions.status", "suspenso_debito"), StatusOf("subscriptions.status", "cancelado"), trust, on},
		Empty:    Empty{"Nenhum carnê termina nos próximos 45 dias", "Um carnê não renova sozinho: 45 dias antes da última parcela ele aparece aqui.", Link{Label: "Ver todos os carnês", Href: none}},
		Drafts:   []Entry{{Text: "Novo cliente, 2 de 6", Href: none, Memo: "Lívia Santana · hoje às 09:58"}, {Text: "Migração de serviço, 1 de 3", Href: none, Memo: "Condomínio Jardim das Mangueiras · ontem"}},
	}
	return v.facts(none)
}

// facts fills what is told rather than asked: money, history, diagnosis, work under way, charts.
func (v Componentes) facts(none string) Componentes {
	done, running, planned := Status{"Feita", "ok", true}, Status{"Em execução", "wait", true}, Status{"Agendada", "off", true}
	v.Today = []Entry{{When: "08:00", Text: "Josefa Batista Moura", Memo: "Edson Lira · Marco", Status: &done}, {When: "10:30", Text: "Cláudio Menezes", Memo: "Edson Lira · Pedreira", Status: &running},
		{When: "14:00", Text: "Ótica Boa Vista ME", Memo: "Davi Paixão · Umarizal", Status: &planned}}
	v.Preview = Preview{Title: "O que muda no dinheiro", Tag: "prévia: nada foi gravado", Next: "A fatura de 10/11, já paga, não muda.",
		Table: Table{Caption: "Prévia", Tight: true, Columns: []Column{{Label: "Linha"}, {Label: "Antes", Right: true, Named: true}, {Label: "Depois", Right: true, Named: true}, {Label: "Diferença, R$", Right: true, Main: true}},
			Rows: [][]Cell{{{Text: "Fibra 300, o que não será usado", Memo: "99,90 − 13 de 30 dias × 99,90 (43,29), de 23/11 a 10/12"}, {Text: "0,00", Muted: true}, {Text: "−56,61"}, {Text: "−56,61", Minus: true}},
				{{Text: "Fibra 500, de 23/11 a 10/12", Memo: "129,90 − 13 de 30 dias × 129,90 (56,29)"}, {Text: "0,00", Muted: true}, {Text: "73,61"}, {Text: "+73,61"}},
				{{Text: "Mensalidade de 10/12 a 10/01", Memo: "mês inteiro, preço novo"}, {Text: "99,90"}, {Text: "129,90"}, {Text: "+30,00"}}},
			Foot: []Cell{{Text: "Fatura de 10/12/2026"}, {Text: "99,90"}, {Text: "146,90"}, {Text: "+47,00"}}}}
	v.History = []Happening{{Sentence: "Fatura 2026-10411 paga por Pix: R$\u00a089,90", When: "10/11/2026 às 09:12", Who: "sistema"},
		{Sentence: "Desbloqueio em Confiança até 26/11, 08:00", Reason: "Pagou hoje no correspondente; apresentou o comprovante.", When: "09/11/2026 às 16:40", Who: "Carla Nunes, web"},
		{Sentence: "Carnê emitido: 12 × R$\u00a089,90", When: "04/09/2026 às 10:03", Who: "Ana Prado, web"}}
	debt := Verdict{"bad", "Sem internet porque está Suspenso por Débito", []Link{{Label: "Fatura "}, {Label: "2026-10877", Href: none}, {Label: ", R$\u00a099,90, vencida há 24 dias."}}}
	v.Verdicts = []Verdict{{"warn", "Este cliente já tem uma OS aberta", []Link{{Label: "OS 1.204, retirada de equipamento", Href: none}, {Label: ", 25/11 às 14:00, Edson Lira"}}},
		{"ok", "Tudo certo com este serviço", []Link{{Label: "Conectado há 3 dias, nenhuma fatura vencida."}}},
		{"", "Termina quinta, 26/11/2026, às 08:00", []Link{{Label: "Se ainda houver dívida, volta a Suspenso por Débito."}}}}
	suspended, away := StatusOf("subscriptions.status", "suspenso_debito"), StatusOf("connection", "desconectado")
	v.Diagnosis = Diagnosis{At: "10:47", Refresh: none, Verdict: debt, Parts: []Part{
		{Title: "Tráfego Tempo Real", Traffic: NewCurve("Tráfego dos últimos sete dias: cai a zero em 18/11", []int64{24, 20, 32, 24, 38, 28, 34, 26, 0, 0, 0, 0, 0, 0}, "sem tráfego desde 18/11, 08:00")},
		{Title: "Extrato de Conexões", Rows: []Pair{{Cell{Text: "17/11 02:10 a 18/11 08:00"}, Cell{Text: "↓ 11,4 GB ↑ 0,9 GB", Muted: true}}}},
		{Title: "Autenticações na Última Semana", Week: []Day{{"ter", "1", "aceita", "yes"}, {"qua", "9", "recus.", "no"}, {"qui", "14", "recus.", "no"}, {"sex", "14", "recus.", "no"}, {"sáb", "12", "recus.", "no"}, {"dom", "14", "recus.", "no"}, {"hoje", "6", "recus.", "no"}}},
		{Title: "Status e Período", Rows: []Pair{{Cell{Status: &suspended}, Cell{Text: "desde 18/11, há 5 dias", Muted: true}}}},
		{Title: "Status da Conexão", Rows: []Pair{{Cell{Status: &away}, Cell{Text: "último IP 100.64.12.8", Muted: true}}}},
		{Title: "OS dos últimos três meses", Failed: "Não foi possível ler agora; as outras partes estão em dia."},
		{Title: "Faturas Vencidas", Rows: []Pair{{Cell{Text: "2026-10877", Href: none}, Cell{Text: "R$\u00a0102,68", Strong: true}}}, Memo: "99,90 + multa 1,99 + juros de 24 dias 0,79"}}}
	v.Batch = Batch{Title: "Carnês de dezembro", State: "em andamento", Done: 312, Total: 1000, Left: "cerca de 2 min", Note: "Pode sair desta página; avisamos no fim.", Failed: 2, Why: "CEP do pagador em branco.",
		Fix: []Link{{Label: "Corrigir e repetir", Href: none}, {Label: "Baixar a lista", Href: none}}, Do: []Link{{Label: "Pausar", Href: none}}}
	v.Bars = NewBars([]string{"Indicação", "Instagram", "Porta a porta", "Loja", "WhatsApp"}, []string{"15 vendas", "10 vendas", "7 vendas", "4 vendas", "2 vendas"}, []int64{15, 10, 7, 4, 2})
	var points []Point
	for i, amount := range []int64{9, 14, 62, 58, 71, 64, 18, 11, 96, 140, 98, 66, 55, 17, 12, 74, 61, 57, 49, 13, 12, 8, 29} {
		p := Point{Amount: amount}
		switch i {
		case 0, 4, 9, 14, 19:
			p.Label = number(i + 1)
		case 22:
			p.Label, p.Value, p.Hot = "hoje", "29", true
		}
		if i == 9 {
			p.Value, p.Hot = "140", true
		}
		points = append(points, p)
	}
	v.Columns = NewColumns("Recebido por dia em novembro: o maior dia foi 10, com R$\u00a0140 mil; hoje R$\u00a029 mil", points, 150,
		Table{Caption: "Recebido por dia", Tight: true, Columns: []Column{{Label: "Dia"}, {Label: "R$\u00a0mil", Right: true, Main: true}}, Rows: [][]Cell{{{Text: "10/11"}, {Text: "140"}}, {{Text: "23/11"}, {Text: "29"}}}})
	return v
}
