// Package views is what people see: the templates, one folder a resource; one struct a view; the Portuguese words; the browser's files.
// It decides nothing. A file is a template by its path; one that begins with _ is a part, used by others and by htmx.
package views

import (
	"embed"
	"html/template"
)

// Files are the templates.
//
//go:embed */*.html
var Files embed.FS

// View is the data of one page.
type View interface{ Page() Page }

// Page is what the shell has to know of a view.
type Page struct {
	Template string // path of its file, without .html
	Title    string
	Section  string // path of the place in the rail it belongs to
	Gate     bool   // without rail and bar: for people who are not signed in
	Public   bool   // of a gate: for subscribers and strangers, who have no way in
}

// All is every view, each with nothing in it. A template that cannot stand nothing fails when Enlace starts, not when somebody opens it.
var All = []View{Entrar{}, Painel{}, Acessos{}, Erro{}, Componentes{}, Clientes{}, Busca{}, Cliente{}, Historico{}, ClienteFinanceiro{}, Contatos{}, Servico{}, Desbloqueio{}, Cancelamento{}, Pausa{}, Desfazer{}, Em{}, Aceites{}, Convite{},
	Venda{Parts: []string{"cadastro", "endereco", "plano", "contrato", "cobranca", "os"}}, Rascunhos{}, Vinculo{}, Bot{}, TelegramToken{}, Lista{}, Configuracoes{}, Ajuste{}, Quadro{}, Feriados{}, Marca{},
	ClienteEditar{}, Enderecos{}, Endereco{}, Relatorio{}, Ano{}, Carnes{}, CarneNovo{}, Carne{}, CarneEditar{}, CarneEmail{}, CarneFaturas{}, CarneHistorico{}, Fatura{}, FaturaEmail{}, Cobranca{}, Financeiro{}, Contratos{}, Contrato{}, Modelo{}, Verificar{}, ProvedorNovo{}, Provedor{}, PrimeiroAcesso{}, OperadorHistorico{}, Importar{}, ImportarTipo{}, ImportarArquivo{}, Regua{}, Aviso{}, Poupar{}, Bancos{}, RemessaNova{}, Remessa{}, Retorno{}, Recebido{Place: &Colocar{}}, BaixaVarias{}, Pagamento{}, Caixa{}, FecharCaixa{}, Caixas{}, Correspondentes{}, Correspondente{}, CobrancaNova{}, Acordos{}, Acordo{}, AcordoNovo{}, Evento{}, EventoNovo{}, Renovar{}, Renovacao{}, Extrato{}, Conexoes{}, Trafego{}, QuemUsou{}, Rotina{}, AtendimentoNovo{}, Atendimento{Draft: &Rascunho{}}, Atendimento{}, Protocolo{}, OrdemNova{}, Ordem{}, Agenda{}, FalhaNova{}, Falha{}, FalhaEncerrar{}}

// Funcs is what templates may call.
var Funcs = template.FuncMap{
	"asset": Asset,
	"money": Money, "figures": Figures, "date": Date, "moment": Moment, "clock": Clock,
	"status": StatusOf, "word": Word,
	"hint": hint, "wide": wide, "optional": optional, "several": several, "kind": kind, "mode": mode, "complete": complete, "first": first, "good": good, "shape": shape, "check": check, "lines": lines,
	"inc": func(i int) int { return i + 1 },
}
