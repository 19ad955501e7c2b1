package handlers

import (
	"github.com/gofiber/fiber/v2"

	"enlace/tenants/collection"
	"enlace/tenants/intake"
	"enlace/tenants/support"
)

// route is one line of the table.
type route struct {
	method, path string
	do           fiber.Handler
	operator     bool  // at the operator's host, and not at an ISP's
	open         bool  // to people who are not signed in
	paced        bool  // and who may not ask for many
	machine      bool  // to programs: no browser, so no token of a form; the handler proves who calls
	body         int64 // the largest body in bytes, where it is more than a form's
	file         int64 // the largest file in bytes, of a form that sends a large one
}

func get(path string, do fiber.Handler) route {
	return route{method: fiber.MethodGet, path: path, do: do}
}
func post(path string, do fiber.Handler) route {
	return route{method: fiber.MethodPost, path: path, do: do}
}

func (r route) toAnyone() route        { r.open = true; return r }
func (r route) paceAnyone() route      { r.open, r.paced = true, true; return r }
func (r route) fromPrograms() route    { r.open, r.machine = true, true; return r }
func (r route) upTo(bytes int64) route { r.body = bytes; return r }

func (r route) withFile(most int64) route { r.file = most; return r }

// routes is the whole table of an ISP's office: what can be asked, and which file answers. The operator's is operatorRoutes.
func (w *Web) routes() []route {
	table := []route{
		// entrar.go
		get("/entrar", w.entrar).toAnyone(),
		post("/entrar", w.signIn).toAnyone(),
		post("/sair", w.signOut),
		// acessos.go
		get("/acessos", w.acessos),
		post("/acessos/:id/encerrar", w.endSession),
		// tema.go
		post("/tema", w.theme),
		// painel.go
		get("/", w.painel),
		// clientes_lista.go
		get("/clientes", w.clientes),
		get("/clientes.csv", w.exportarClientes),
		post("/clientes/visoes", w.salvarVisao),
		post("/clientes/visoes/:id/esquecer", w.esquecerVisao),
		// clientes.go
		get("/buscar", w.buscar),
		// venda.go, venda_passo.go
		get("/clientes/novo", w.vender),
		post("/clientes/novo", w.venderPasso),
		get("/clientes/:id/servicos/novo", w.vender),
		post("/clientes/:id/servicos/novo", w.venderPasso),
		// rascunhos.go
		get("/rascunhos", w.rascunhos),
		post("/rascunhos/:id/descartar", w.descartar),
		// clientes.go, behind the wizard: novo is no customer
		get("/clientes/:id", w.cliente),
		// cliente_historico.go
		get("/clientes/:id/historico", w.clienteHistorico),
		get("/clientes/:id/em", w.clienteEm), // cliente_em.go
		// cliente_editar.go
		get("/clientes/:id/editar", w.editarCliente),
		post("/clientes/:id/editar", w.salvarCliente),
		post("/clientes/:id/desativar", w.desativarCliente),
		post("/clientes/:id/reativar", w.reativarCliente),
		// cliente_dados.go
		get("/clientes/:id/dados", w.clienteDados),
		get("/clientes/:id/dados.json", w.clienteDadosJSON),
		get("/clientes/:id/dados.pdf", w.clienteDadosPDF),
		// enderecos.go
		get("/clientes/:id/enderecos", w.enderecos),
		get("/clientes/:id/enderecos/novo", w.enderecoNovo),
		post("/clientes/:id/enderecos/novo", w.salvarEndereco),
		get("/clientes/:id/enderecos/:endereco", w.endereco),
		post("/clientes/:id/enderecos/:endereco", w.salvarEndereco),
		// cliente_telegram.go
		post("/clientes/:id/telegram", w.vincular),
		// cliente_contatos.go
		get("/clientes/:id/contatos", w.contatos),
		post("/clientes/:id/telegram/:vinculo/desvincular", w.desvincular),
		post("/clientes/:id/telegram-impresso/cancelar", w.cancelarLinkImpresso),
		// cliente_financeiro.go
		get("/clientes/:id/financeiro", w.clienteFinanceiro),
		// cliente_extrato.go
		get("/clientes/:id/extrato", w.clienteExtrato),
		get("/clientes/:id/extrato.csv", w.clienteExtratoCSV),
		// servicos.go
		get("/servicos/:id", w.servico),
		post("/servicos/:id/habilitar", w.habilitar),
		post("/servicos/:id/suspender", w.suspender),
		get("/servicos/:id/migracao", w.vender), // migracao.go
		post("/servicos/:id/migracao", w.venderPasso),
		post("/servicos/:id/desistir", w.desistir),
		get("/servicos/:id/titularidade", w.titularidade), // titularidade.go
		post("/servicos/:id/titularidade", w.venderPasso),
		get("/servicos/:id/titularidade/novo", w.vender),
		post("/servicos/:id/titularidade/novo", w.venderPasso),
		// titularidade_aceites.go
		post("/servicos/:id/titularidade/link", w.linkDeAceite),
		post("/servicos/:id/titularidade/efetivar", w.efetivarTroca),
		post("/servicos/:id/titularidade/desistir", w.desistirDaTroca),
		get("/aceite/:segredo", w.aceite).paceAnyone(),
		post("/aceite/:segredo", w.aceitar).paceAnyone(),
		post("/aceite/:segredo/recusar", w.recusarAceite).paceAnyone(),
		// servico_login.go
		post("/servicos/:id/login", w.darLogin),
		get("/servicos/:id/desbloqueio", w.desbloqueio),
		post("/servicos/:id/desbloqueio", w.desbloquear),

		// cancelamento.go, pausa.go
		get("/servicos/:id/cancelamento", w.cancelamento),
		post("/servicos/:id/cancelamento", w.cancelarServico),
		post("/servicos/:id/reativacao", w.reativar),
		get("/servicos/:id/pausa", w.pausa),
		post("/servicos/:id/pausa", w.pausar),
		get("/servicos/:id/desfazer", w.desfazer), // desfazer.go
		post("/servicos/:id/desfazer", w.salvarDesfazer),
		// conexoes.go, trafego.go, diagnostico.go
		get("/servicos/:id/conexoes", w.extrato),
		get("/servicos/:id/trafego", w.trafego),
		get("/servicos/:id/trafego/ao-vivo", w.trafegoAoVivo),
		get("/servicos/:id/diagnostico", w.diagnostico),
		get("/configuracoes/quem-usou", w.quemUsou),
		post("/configuracoes/quem-usou", w.procurarQuemUsou),
		// carnes.go, carne_novo.go
		get("/clientes/:id/carnes", w.carnesDoCliente),
		get("/clientes/:id/carnes/novo", w.carneNovo),
		post("/clientes/:id/carnes/novo", w.gerarCarne),
		get("/carnes", w.carnes),
		// renovar.go, before :id, which renovar is not
		get("/carnes/renovar", w.renovar),
		post("/carnes/renovar", w.renovarTodos),
		get("/carnes/renovacoes/:id.pdf", w.renovacaoPDF), // before :id, which would take the .pdf too
		get("/carnes/renovacoes/:id", w.renovacao),
		get("/carnes/renovacoes/:id/andamento", w.renovacaoAndamento),
		get("/carnes/renovacoes/:id/nao-renovados.csv", w.renovacaoFalhas),
		post("/carnes/renovacoes/:id/pausar", w.pausarRenovacao),
		post("/carnes/renovacoes/:id/continuar", w.continuarRenovacao),
		post("/carnes/renovacoes/:id/repetir", w.repetirRenovacao),
		get("/carnes/:id.pdf", w.carnePDF), // before :id, which would take the .pdf too
		get("/carnes/:id", w.carne),
		get("/carnes/:id/impressao", w.carnePapel),
		post("/carnes/:id/cancelar", w.cancelarCarne),
		// carne_editar.go
		get("/carnes/:id/editar", w.carneEditar),
		post("/carnes/:id/editar", w.salvarCarne),
		get("/faturas/:id/editar", w.faturaEditar),
		post("/faturas/:id/editar", w.salvarFatura),
		// carne_acoes.go
		get("/carnes/:id/email", w.carneEmail),
		post("/carnes/:id/email", w.enviarCarne),
		get("/carnes/:id/historico", w.carneHistorico),
		// carne_faturas.go
		get("/carnes/:id/associar", w.associar),
		post("/carnes/:id/associar", w.associarFaturas),
		get("/carnes/:id/desassociar", w.desassociar),
		post("/carnes/:id/desassociar", w.desassociarFaturas),
		// contratos.go, contrato.go
		get("/clientes/:id/contratos", w.contratosDoCliente),
		get("/servicos/:id/contratos", w.contratosDoServico),
		post("/servicos/:id/contratos", w.anexarContrato),
		get("/contratos/:id.pdf", w.contratoPDF), // before :id, which would take the .pdf too
		get("/contratos/:id", w.contrato),
		post("/contratos/:id/email", w.enviarContrato),
		post("/contratos/:id/aceite", w.aceitarContrato),
		post("/contratos/:id/desativar", w.desativarContrato),
		// verificar.go
		get("/verificar/:numero", w.verificar).paceAnyone(),
		// faturas.go, baixa.go
		get("/faturas/:id.pdf", w.faturaPDF),
		get("/faturas/:id", w.fatura),
		post("/faturas/:id/baixa", w.baixa),
		post("/faturas/:id/credito", w.usarCredito),
		// baixa_varias.go
		get("/clientes/:id/baixa", w.baixaVarias),
		post("/clientes/:id/baixa", w.receberVarias),
		// pagamento.go
		get("/pagamentos/:id", w.pagamento),
		post("/pagamentos/:id/estorno", w.estornar),
		get("/recibos/:id.pdf", w.reciboPDF),
		// caixa.go
		get("/caixa", w.caixa),
		post("/caixa/abrir", w.abrirCaixa),
		post("/caixa/movimento", w.movimentoCaixa),
		get("/caixas", w.caixas),
		get("/caixas/:id", w.caixaUm),
		get("/caixas/:id/fechar", w.fecharCaixa),
		post("/caixas/:id/fechar", w.fecharCaixaPost),
		// correspondentes.go
		get("/correspondentes", w.correspondentes),
		get("/correspondentes.csv", w.correspondentesCSV),
		get("/correspondentes/:id", w.correspondente),
		post("/correspondentes/:id/repasse", w.repasse),
		// fatura_cancelar.go
		post("/faturas/:id/cancelar", w.cancelarFatura),
		// fatura_email.go
		get("/faturas/:id/email", w.faturaEmail),
		post("/faturas/:id/email", w.enviarFatura),
		// cobrancas.go
		get("/cobrancas/:id", w.cobranca),
		// cobranca_nova.go
		get("/clientes/:id/cobrancas/nova", w.cobrancaNova),
		post("/clientes/:id/cobrancas/nova", w.gerarCobranca),
		// cobranca_acoes.go
		post("/cobrancas/:id/fatura", w.faturarCobranca),
		post("/cobrancas/:id/editar", w.editarCobranca),
		post("/cobrancas/:id/cancelar", w.cancelarCobranca),
		post("/cobrancas/:id/contestar", w.contestarCobranca),
		post("/cobrancas/:id/contestacao", w.responderContestacao),
		post("/cobrancas/:id/baixa", w.baixaCobranca),
		post("/cobrancas/:id/credito", w.usarCredito),
		// acordos.go
		get("/clientes/:id/acordos", w.acordosDoCliente),
		get("/clientes/:id/acordos/novo", w.acordoNovo),
		post("/clientes/:id/acordos/novo", w.fazerAcordo),
		get("/acordos/:id", w.acordo),
		post("/acordos/:id/cancelar", w.cancelarAcordo),
		// eventos.go
		get("/clientes/:id/eventos/novo", w.eventoNovo),
		post("/clientes/:id/eventos/novo", w.incluirEvento),
		get("/eventos/:id", w.evento),
		get("/eventos/:id/editar", w.editarEvento),
		post("/eventos/:id/editar", w.salvarEvento),
		post("/eventos/:id/cancelar", w.cancelarEvento),
		// contestacoes.go
		get("/contestacoes", w.contestacoes),
		// financeiro.go
		get("/financeiro", w.financeiro),
		// regua.go
		get("/financeiro/regua", w.regua),
		get("/clientes/:id/quitacao/:ano", w.quitacao),
		get("/faturas/:id/aviso", w.aviso),
		post("/faturas/:id/aviso", w.entregarAviso),
		get("/servicos/:id/poupar", w.poupar),
		post("/servicos/:id/poupar", w.salvarPoupar),
		// bancos.go, retorno.go
		get("/financeiro/bancos", w.bancos),
		get("/financeiro/bancos/:id/remessa", w.remessaNova),
		post("/financeiro/bancos/:id/remessa", w.gerarRemessa),
		get("/financeiro/remessas/:id.rem", w.remessaArquivo), // before :id, which would take the .rem too
		get("/financeiro/remessas/:id", w.remessa),
		post("/financeiro/retornos", w.enviarRetorno).withFile(collection.MostBytes),
		get("/financeiro/retornos/:id", w.retorno),
		get("/financeiro/retornos/:id/andamento", w.retornoAndamento),
		get("/financeiro/retornos/linhas/:id", w.retornoLinha), // retorno_linha.go
		post("/financeiro/retornos/linhas/:id", w.colocarLinha),
		// pix_recebidos.go
		get("/financeiro/pix", w.pixRecebidos),
		get("/financeiro/pix/:id", w.pixRecebido),
		post("/financeiro/pix/:id", w.colocarPix),
		get("/financeiro.csv", w.exportarFinanceiro),
		post("/financeiro/visoes", w.salvarVisaoFinanceira),
		post("/financeiro/visoes/:id/esquecer", w.esquecerVisaoFinanceira),
		// relatorios.go
		get("/relatorios/vendas", w.vendas),
		get("/relatorios/vendas.csv", w.vendasCSV),
		get("/relatorios/cancelamentos", w.cancelamentos), // relatorio_cancelamentos.go
		get("/relatorios/cancelamentos.csv", w.cancelamentosCSV),
		get("/relatorios/avaliacoes", w.avaliacoes), // relatorio_avaliacoes.go
		get("/relatorios/avaliacoes.csv", w.avaliacoesCSV),
		// recebimentos.go, financeiro_ano.go
		get("/relatorios/recebimentos", w.recebimentos),
		get("/relatorios/recebimentos.csv", w.recebimentosCSV),
		get("/relatorios/financeiro", w.financeiroAno),
		// atendimento.go
		get("/atendimentos", w.atendimentos),
		get("/clientes/:id/atendimentos", w.atendimentosDoCliente),
		// atendimento_novo.go
		get("/atendimentos/novo", w.atendimentoNovo),
		post("/atendimentos/novo", w.iniciarAtendimento),
		get("/ordens-de-servico/nova", w.ordemNova),
		// atendimento_ficha.go, behind the search: novo is no ticket
		get("/atendimentos/:id", w.atendimento),
		get("/atendimentos/:id/andamento", w.atendimentoAndamento), // atendimento_conversa.go
		post("/atendimentos/:id", w.abrirAtendimento),
		post("/atendimentos/:id/rascunho", w.guardarRascunho),
		post("/atendimentos/:id/encaminhar", w.moverAtendimento("encaminhar")),
		post("/atendimentos/:id/resolver", w.moverAtendimento("resolver")),
		post("/atendimentos/:id/reabrir", w.moverAtendimento("reabrir")),
		post("/atendimentos/:id/nota", w.moverAtendimento("nota")),
		post("/atendimentos/:id/responder", w.moverAtendimento("responder")),
		post("/atendimentos/:id/devolver", w.moverAtendimento("devolver")),
		post("/atendimentos/:id/anexos", w.anexarAtendimento).withFile(support.MostAttached),
		get("/anexos/:id", w.anexo),
		// protocolo.go
		get("/protocolo/:segredo", w.protocolo).paceAnyone(),
		post("/protocolo/:segredo/nota", w.avaliarProtocolo).paceAnyone(),
		post("/protocolo/:segredo/resposta", w.responderProtocolo).paceAnyone(),
		// ordens.go
		get("/ordens-de-servico", w.ordens),
		get("/clientes/:id/ordens-de-servico", w.ordensDoCliente),
		get("/ordens-de-servico/agenda", w.agenda),
		// ordem.go
		get("/atendimentos/:id/ordem-de-servico", w.abrirOrdemDoAtendimento),
		post("/atendimentos/:id/ordem-de-servico", w.salvarOrdemDoAtendimento),
		get("/servicos/:id/ordens-de-servico/nova", w.abrirOrdem),
		post("/servicos/:id/ordens-de-servico/nova", w.salvarOrdem),
		get("/ordens-de-servico/:id.pdf", w.ordemPDF), // before :id, which would take the .pdf too
		get("/ordens-de-servico/:id", w.ordem),
		post("/ordens-de-servico/:id/a-caminho", w.moverOrdem("a-caminho")),
		post("/ordens-de-servico/:id/assinatura", w.assinarOrdem()).upTo(2 * support.MostDrawn),
		post("/ordens-de-servico/:id/iniciar", w.moverOrdem("iniciar")),
		post("/ordens-de-servico/:id/finalizar", w.moverOrdem("finalizar")),
		post("/ordens-de-servico/:id/cancelar", w.moverOrdem("cancelar")),
		post("/ordens-de-servico/:id/nota", w.moverOrdem("nota")),
		post("/ordens-de-servico/:id/agendar", w.agendarOrdem()),
		post("/ordens-de-servico/:id/materiais", w.usarMaterial()),
		post("/ordens-de-servico/:id/materiais/:material/retirar", w.retirarMaterial),
		post("/ordens-de-servico/:id/anexos", w.anexarOrdem()).withFile(support.MostAtOnce * support.MostAttached),
		post("/ordens-de-servico/:id/habilitar", w.habilitarPelaOrdem),
		// falhas.go
		get("/falhas", w.falhas),
		get("/falhas/nova", w.falhaNova), // before :id, which nova is not
		post("/falhas/nova", w.abrirFalha),
		get("/falhas/:id", w.falha),
		get("/falhas/:id/andamento", w.falhaAndamento),
		get("/falhas/:id/encerrar", w.falhaEncerrar),
		post("/falhas/:id/encerrar", w.encerrarFalha),
		post("/falhas/:id/repetir", w.repetirFalha),
		// configuracoes.go
		get("/configuracoes", w.configuracoes),
		// rotinas.go
		get("/configuracoes/rotinas", w.rotinas),
		get("/configuracoes/rotinas/faturamento-mensal.csv", w.previaMensal),
		get("/configuracoes/rotinas/:rotina", w.rotina),
		post("/configuracoes/rotinas/:rotina/:id", w.tentarDeNovo),
		// bot.go
		get("/configuracoes/bot", w.bot),
		post("/configuracoes/bot", w.salvarBot),
		post("/configuracoes/bot/avisos/:id/repetir", w.repetirAviso),
		// bot_token.go
		get("/configuracoes/bot/token", w.botToken),
		post("/configuracoes/bot/token", w.salvarToken),
		// bot_tentativas.go
		get(tentativas, w.tentativasNoBot),
		// regras.go
		get("/configuracoes/regras", w.regras),
		post("/configuracoes/regras", w.salvarRegras),
		get("/configuracoes/vencimentos", w.vencimentos),
		post("/configuracoes/vencimentos", w.salvarVencimentos),
		get("/configuracoes/feriados", w.feriados),
		post("/configuracoes/feriados", w.incluirFeriado),
		post("/configuracoes/feriados/:id/retirar", w.retirarFeriado),
		// equipe.go
		get("/configuracoes/equipe", w.equipe),
		get("/configuracoes/equipe/novo", w.pessoaNova),
		post("/configuracoes/equipe/novo", w.contratar),
		get("/configuracoes/equipe/:id", w.pessoa),
		post("/configuracoes/equipe/:id", w.mudarPapel),
		post("/configuracoes/equipe/:id/senha", w.senhaDaPessoa),
		post("/configuracoes/equipe/:id/desativar", w.desativarPessoa),
		post("/configuracoes/equipe/:id/reativar", w.reativarPessoa),
		get("/configuracoes/permissoes", w.permissoes),
		post("/configuracoes/permissoes", w.salvarPermissoes),
		// marca.go
		get("/marca.css", w.marcaCSS).toAnyone(),
		get("/marca.png", w.marcaLogo).toAnyone(),
		get("/configuracoes/marca", w.marca),
		post("/configuracoes/marca/cor", w.salvarCor),
		post("/configuracoes/marca/logo", w.salvarLogo),
		// importar.go
		get("/configuracoes/importar", w.importar),
		get("/configuracoes/importar/:tipo.csv", w.importarModelo), // before :tipo, which would take the .csv too
		get("/configuracoes/importar/:tipo", w.importarTipo),
		post("/configuracoes/importar/:tipo", w.importarEnviar).withFile(intake.MostBytes),
		get("/configuracoes/importar/arquivos/:id", w.importarArquivo),
		get("/configuracoes/importar/arquivos/:id/andamento", w.importarAndamento),
		get("/configuracoes/importar/arquivos/:id/problemas.csv", w.importarProblemas),
		post("/configuracoes/importar/arquivos/:id/gravar", w.importarGravar),
		post("/configuracoes/importar/arquivos/:id/descartar", w.importarDescartar),
		// modelos.go
		get("/configuracoes/modelos", w.modelos),
		get("/configuracoes/modelos/novo", w.modelo),
		post("/configuracoes/modelos/novo", w.salvarModelo).upTo(templateBody),
		get("/configuracoes/modelos/:id", w.modelo),
		post("/configuracoes/modelos/:id", w.salvarModelo).upTo(templateBody),
		post("/configuracoes/modelos/:id/retirar", w.retirarModelo),
		post("/configuracoes/modelos/:id/voltar", w.voltarModelo),
		// prateleira.go, behind the rooms that are no simple list
		post("/configuracoes/contas-pix/:id/testar", w.testarConta), // conta_pix.go
		get("/configuracoes/:sala", w.prateleira),
		get("/configuracoes/:sala/novo", w.prateleiraFicha),
		post("/configuracoes/:sala/novo", w.prateleiraSalvar),
		get("/configuracoes/:sala/:id", w.prateleiraFicha),
		post("/configuracoes/:sala/:id", w.prateleiraSalvar),
		post("/configuracoes/:sala/:id/retirar", w.prateleiraRetirar),
		post("/configuracoes/:sala/:id/voltar", w.prateleiraVoltar),
	}
	table = append(table, post(webhooks+"pix/:slug/:secret/pix", w.pixWebhook).fromPrograms()) // pix_webhook.go
	table = append(table, post(webhooks+"telegram/:slug", w.telegramWebhook).fromPrograms())   // bot_webhook.go
	if w.Dev {
		table = append(table, get("/componentes", w.componentes))
	}
	return table
}

// operatorRoutes is the whole table of the operator's host.
func (w *Web) operatorRoutes() []route {
	table := []route{
		// entrar.go
		get("/entrar", w.entrar).toAnyone(),
		post("/entrar", w.signIn).toAnyone(),
		post("/sair", w.signOut),
		// acessos.go
		get("/acessos", w.acessos),
		post("/acessos/:id/encerrar", w.endSession),
		// tema.go
		post("/tema", w.theme),
		// operador.go
		get("/", w.provedores),
		get("/historico", w.operadorHistorico),
		// operador_novo.go
		get("/provedores/novo", w.provedorNovo),
		post("/provedores/novo", w.criarProvedor),
		// operador_provedor.go, behind the form: novo is no ISP
		get("/provedores/:id", w.provedor),
		// operador_mudanca.go
		post("/provedores/:id/nome", w.renomearProvedor),
		post("/provedores/:id/recursos", w.recursosDoProvedor),
		post("/provedores/:id/senha", w.senhaDoGerente),
		post("/provedores/:id/suspender", w.suspenderProvedor),
		post("/provedores/:id/reabrir", w.reabrirProvedor),
	}
	for i := range table {
		table[i].operator = true
	}
	return table
}

// Route is a line of the table, for those who walk all of it: tests, mostly.
type Route struct {
	Method, Path string
	Open         bool
}

// Routes lists what an ISP's office answers.
func (w *Web) Routes() []Route { return w.listed(false) }

// OperatorRoutes lists what the operator's host answers.
func (w *Web) OperatorRoutes() []Route { return w.listed(true) }

func (w *Web) listed(operator bool) (all []Route) {
	for _, r := range w.table {
		if r.operator == operator {
			all = append(all, Route{r.method, r.path, r.open})
		}
	}
	return all
}
