package views

// StatusOf is the status of a value of a table's column: its word, shape and ground. The kind is "table.column" for what the database
// holds, and a name of ours for what is derived.
func StatusOf(kind, value string) Status { return states[kind][value] }

// Word is the word of a value alone.
func Word(kind, value string) string { return states[kind][value].Word }

// states is the one table from a value to what is seen. Words without a class are never shown as a status.
var states = map[string]map[string]Status{
	"subscriptions.status": {
		"aguardando_assinatura": {Word: "Aguardando Assinatura", Class: "wait"},
		"aguardando_instalacao": {Word: "Aguardando Instalação", Class: "wait"},
		"habilitado":            {Word: "Habilitado", Class: "ok"},
		"suspenso_parcial":      {Word: "Suspenso Parcialmente", Class: "warn"},
		"suspenso_debito":       {Word: "Suspenso por Débito", Class: "bad"},
		"suspenso_pedido":       {Word: "Suspenso a Pedido", Class: "off"},
		"aguardando_migracao":   {Word: "Aguardando Migração", Class: "wait"},
		"cancelado":             {Word: "Cancelado", Class: "off"},
	},
	"found": { // by its number
		"invoice": {Word: "Fatura"}, "booklet": {Word: "Carnê"}, "contract": {Word: "Contrato"},
		"service": {Word: "Serviço"}, "ticket": {Word: "Atendimento"}, "work_order": {Word: "Ordem de serviço"},
	},
	"plan_changes.open_booklet": {
		"reprice": {Word: "Reajustar as parcelas"}, "reissue": {Word: "Cancelar e reemitir"}, "keep": {Word: "Manter como está"},
	},
	"invoice": { // derived, in this order
		"cancelada":      {Word: "Cancelada", Class: "off"},
		"paga":           {Word: "Paga", Class: "ok"},
		"em_contestacao": {Word: "Em contestação", Class: "warn"},
		"vencida":        {Word: "Vencida", Class: "bad"},
		"paga_em_parte":  {Word: "Paga em parte", Class: "warn"},
		"aberta":         {Word: "Aberta", Class: "wait"},
	},
	"booklet": { // derived, in this order
		"cancelado": {Word: "Cancelado", Class: "off"},
		"quitado":   {Word: "Quitado", Class: "ok"},
		"vencido":   {Word: "Com parcela vencida", Class: "bad"},
		"aberto":    {Word: "Aberto", Class: "wait"},
	},
	"contract": { // derived, in this order
		"desativado": {Word: "Desativado", Class: "off"},
		"aceito":     {Word: "Aceito", Class: "ok"},
		"emitido":    {Word: "Aguarda aceite", Class: "wait"},
	},
	"return": { // derived
		"lendo": {Word: "Dando baixa", Class: "wait"},
		"lido":  {Word: "Lido", Class: "ok"},
	},
	"remessa_orders.command": {
		"register": {Word: "Registra o boleto"}, "cancel": {Word: "Baixa o boleto"}, "grant_rebate": {Word: "Concede abatimento"}, "cancel_rebate": {Word: "Retira o abatimento"},
	},
	"bank_return_lines.outcome": {
		"paid":       {Word: "Baixada", Class: "ok"},
		"credited":   {Word: "Virou crédito", Class: "warn"},
		"registered": {Word: "Registrado", Class: "ok"},
		"refused":    {Word: "Recusado pelo banco", Class: "bad"},
		"withdrawn":  {Word: "Baixado pelo banco", Class: "off"},
		"fee":        {Word: "Tarifa", Class: "off"},
		"noted":      {Word: "Só informa", Class: "off"},
		"repeated":   {Word: "Já tinha vindo", Class: "off"},
		"unknown":    {Word: "Sem boleto nosso", Class: "bad"},
		"damaged":    {Word: "Com defeito", Class: "bad"},
	},
	"rung": { // of the régua, derived
		"a_avisar":  {Word: "A avisar", Class: "wait"},
		"avisado":   {Word: "Avisado", Class: "warn"},
		"poupado":   {Word: "Não bloquear", Class: "off"},
		"reduzido":  {Word: "Suspenso Parcialmente", Class: "warn"},
		"suspenso":  {Word: "Suspenso por Débito", Class: "bad"},
		"rescisao":  {Word: "Pode ser rescindido", Class: "bad"},
		"sem_corte": {Word: "Sem corte", Class: "off"},
	},
	"tick_runs": { // derived
		"running": {Word: "Em andamento", Class: "wait"},
		"done":    {Word: "Feita", Class: "ok"},
		"failed":  {Word: "Feita em parte", Class: "warn"},
	},
	"emails.status": {
		"waiting": {Word: "A caminho", Class: "wait"},
		"sent":    {Word: "Enviado", Class: "ok"},
		"failed":  {Word: "Não enviado", Class: "bad"},
	},
	"tickets.status": {
		"rascunho":           {Word: "Rascunho", Class: "wait"},
		"aguardando_analise": {Word: "Aguardando Análise", Class: "wait"},
		"pendente":           {Word: "Pendente", Class: "warn"},
		"finalizado":         {Word: "Finalizado", Class: "ok"},
	},
	"outages.kind": {"place": {Word: "Cidade ou bairro"}, "nas": {Word: "Concentrador"}, "list": {Word: "Lista de clientes"}},
	"outages.state": {
		"starting": {Word: "Avisando", Class: "bad"},
		"open":     {Word: "Em andamento", Class: "bad"},
		"ending":   {Word: "Encerrando", Class: "wait"},
		"over":     {Word: "Encerrada", Class: "ok"},
	},
	"outage_services.state": {
		"waiting": {Word: "Sem sinal", Class: "bad"},
		"down":    {Word: "Sem sinal", Class: "bad"},
		"up":      {Word: "De volta", Class: "ok"},
		"failed":  {Word: "Não devolvido", Class: "warn"},
	},
	"telegram_messages.kind": {
		"issued": {Word: "Fatura emitida"}, "due_soon": {Word: "Lembrete de vencimento"}, "overdue": {Word: "Aviso de débito"}, "suspended": {Word: "Suspensão"},
		"restored": {Word: "Volta do serviço"}, "trust_ending": {Word: "Fim do desbloqueio em confiança"}, "answered": {Word: "Atendimento"}, "visit_booked": {Word: "Visita marcada"},
		"visit_coming": {Word: "Técnico a caminho"}, "outage": {Word: "Falha"}, "decided": {Word: "Acordo, contestação ou titularidade"},
	},
	"telegram_messages.status": {
		"waiting": {Word: "A caminho", Class: "wait"},
		"sent":    {Word: "Enviada", Class: "ok"},
		"failed":  {Word: "Não enviada", Class: "bad"},
	},
	"work_orders.status": {
		"aguardando_agendamento": {Word: "Aguardando agendamento", Class: "wait"},
		"agendada":               {Word: "Agendada", Class: "off"},
		"em_execucao":            {Word: "Em execução", Class: "wait"},
		"finalizada":             {Word: "Finalizada", Class: "ok"},
		"cancelada":              {Word: "Cancelada", Class: "off"},
	},
	"visit": {
		"late": {Word: "Atrasada", Class: "bad"},
	},
	"ticket.end": {"aguardando_analise": {Word: "Aguardando Análise"}, "pendente": {Word: "Pendente (Abertura de OS)"}, "finalizado": {Word: "Resolvido"}},
	"ticket.end_memo": {"aguardando_analise": {Word: "Outra pessoa ou setor continua"}, "pendente": {Word: "Avançar leva à Ordem de Serviço"},
		"finalizado": {Word: "Pede a descrição do fechamento"}},
	"attachments.kind": {"document": {Word: "Documento"}, "photo": {Word: "Foto"}, "signature": {Word: "Assinatura do cliente"}},
	"material.unit":    {"un": {Word: "unidades"}, "m": {Word: "metros"}, "cx": {Word: "caixas"}},
	"connection": {
		"conectado":    {Word: "Conectado", Class: "ok"},
		"desconectado": {Word: "Desconectado", Class: "off"},
	},
	"users.role": {
		"gerente": {Word: "gerente"}, "comercial": {Word: "comercial"}, "financeiro": {Word: "financeiro"},
		"suporte": {Word: "suporte"}, "tecnico": {Word: "técnico"}, "operador": {Word: "operador"},
	},
	"isp": { // derived
		"open":       {Word: "Aberto", Class: "ok"},
		"suspended":  {Word: "Suspenso", Class: "bad"},
		"unfinished": {Word: "Criação interrompida", Class: "wait"},
	},
	"isp.feature":              {"trust_self_service": {Word: "Desbloqueio em Confiança pelo assinante"}},
	"operator_actions.channel": {"web": {Word: "web"}, "job": {Word: "servidor"}},
	"isp.zone": {
		"America/Sao_Paulo": {Word: "Brasília, Goiás, Sudeste e Sul"}, "America/Bahia": {Word: "Bahia"}, "America/Recife": {Word: "Pernambuco"},
		"America/Fortaleza": {Word: "Ceará, Maranhão, Paraíba, Piauí e Rio Grande do Norte"}, "America/Maceio": {Word: "Alagoas e Sergipe"},
		"America/Belem": {Word: "Amapá e leste do Pará"}, "America/Santarem": {Word: "Oeste do Pará"}, "America/Araguaina": {Word: "Tocantins"},
		"America/Manaus": {Word: "Amazonas"}, "America/Eirunepe": {Word: "Oeste do Amazonas"}, "America/Cuiaba": {Word: "Mato Grosso"},
		"America/Campo_Grande": {Word: "Mato Grosso do Sul"}, "America/Porto_Velho": {Word: "Rondônia"}, "America/Boa_Vista": {Word: "Roraima"},
		"America/Rio_Branco": {Word: "Acre"}, "America/Noronha": {Word: "Fernando de Noronha"},
	},
	"saved_views.list":   {"customers": {Word: "Clientes"}, "receivables": {Word: "Financeiro"}},
	"receivables.state":  {"vencidas": {Word: "Vencidas"}, "abertas": {Word: "A vencer"}, "parte": {Word: "Pagas em parte"}, "contestadas": {Word: "Em contestação"}, "todas": {Word: "Todas em aberto"}, "pagas": {Word: "Pagas no mês"}},
	"receivables.bucket": {"1-15": {Word: "1 a 15 dias"}, "16-30": {Word: "16 a 30 dias"}, "31-60": {Word: "31 a 60 dias"}, "61-90": {Word: "61 a 90 dias"}, "mais-de-90": {Word: "mais de 90 dias"}},
	"reports.by": {"origem": {Word: "Origem"}, "grupo": {Word: "Grupo"}, "vendedor": {Word: "Vendedor"}, "plano": {Word: "Plano"}, "motivo": {Word: "Motivo"}, "meses": {Word: "Meses de vida"},
		"setor": {Word: "Setor"}, "atendente": {Word: "Atendente"}, "mes": {Word: "Mês"}},
	"reports.life": { // how long a cancelled service lived, in months
		"nunca": {Word: "Nunca habilitado"}, "3": {Word: "Menos de 3 meses"}, "6": {Word: "3 a 6 meses"}, "12": {Word: "6 a 12 meses"}, "24": {Word: "1 a 2 anos"}, "mais": {Word: "2 anos ou mais"},
	},
	"receipts.by": {"dia": {Word: "Dia"}, "meio": {Word: "Meio"}, "usuario": {Word: "Usuário"}, "forma": {Word: "Forma de cobrança"}},
	"history.subject": { // kinds of thing, derived
		"customer": {Word: "Cadastro"}, "address": {Word: "Endereços"}, "subscription": {Word: "Serviços"}, "contract": {Word: "Contratos"},
		"booklet": {Word: "Carnês"}, "invoice": {Word: "Faturas"}, "charge": {Word: "Cobranças"}, "receipt": {Word: "Recibos"}, "agreement": {Word: "Acordos"}, "declaration": {Word: "Quitações"}, "ticket": {Word: "Atendimentos"}, "work_order": {Word: "Ordens de serviço"},
		"telegram_link": {Word: "Telegram"}, "telegram_invite": {Word: "Links do Telegram"},
	},
	"customer":       {"inactive": {Word: "Desativado", Class: "off"}}, // derived
	"customers.kind": {"pf": {Word: "Pessoa Física"}, "pj": {Word: "Pessoa Jurídica"}},
	"customers.marital": {"solteiro": {Word: "Solteiro(a)"}, "casado": {Word: "Casado(a)"}, "uniao_estavel": {Word: "União estável"},
		"separado": {Word: "Separado(a)"}, "divorciado": {Word: "Divorciado(a)"}, "viuvo": {Word: "Viúvo(a)"}},
	"customers.gender":       {"feminino": {Word: "Feminino"}, "masculino": {Word: "Masculino"}, "outro": {Word: "Outro"}},
	"contacts.kind":          {"phone": {Word: "Telefone"}, "email": {Word: "E-mail"}},
	"subscriptions.made_by":  {"import": {Word: "Importação"}, "sale": {Word: "Venda"}, "migration": {Word: "Migração"}},
	"subscriptions.ended_by": {"cancellation": {Word: "Cancelamento"}, "migration": {Word: "Migração"}},
	"undo.kind":              {"cancellation": {Word: "Desfazer o Cancelamento"}, "migration": {Word: "Desfazer a Migração"}, "transfer": {Word: "Desfazer a Troca de Titularidade"}, "trust": {Word: "Desfazer o Desbloqueio"}},
	"undo.next": {
		"cancellation": {Word: "O serviço conecta de novo, como antes do cancelamento; os boletos já impressos voltam a valer. Uma migração que esperava por ele não volta."},
		"migration":    {Word: "O serviço antigo volta com o login, os atendimentos, as OS e o contrato dele, e os boletos já impressos voltam a valer."},
		"transfer":     {Word: "O serviço volta a quem o tinha, com o login, os atendimentos e as OS em aberto, os contratos e o acesso pelo Telegram; os boletos dele já impressos voltam a valer. O cadastro do outro fica."},
		"trust":        {Word: "O serviço volta agora à suspensão em que estava. Não conta como promessa não cumprida; a liberação do mês, se era a do assinante, fica usada."},
	},
	"undo.does":  {"ends": {Word: "cancelada"}, "revives": {Word: "volta a valer"}, "returns": {Word: "volta ao valor de antes"}},
	"deeds.kind": {"cancellation": {Word: "Cancelamento"}, "migration": {Word: "Migração"}},
	"cancellations.reason": {
		"preco": {Word: "Preço"}, "concorrente": {Word: "Foi para outro provedor"}, "mudanca": {Word: "Mudança de endereço"}, "sem_uso": {Word: "Não usa mais"},
		"qualidade": {Word: "Qualidade do serviço"}, "inadimplencia": {Word: "Débito, suspenso há 60 dias"}, "arrependimento": {Word: "Arrependimento em 7 dias"},
		"inviavel": {Word: "Não foi possível atender"}, "falecimento": {Word: "Falecimento"}, "outro": {Word: "Outro"},
	},
	"cancellations.state_before": {
		"aguardando_assinatura": {Word: "Aguardando Assinatura"}, "aguardando_instalacao": {Word: "Aguardando Instalação"}, "habilitado": {Word: "Habilitado"},
		"suspenso_parcial": {Word: "Suspenso Parcialmente"}, "suspenso_debito": {Word: "Suspenso por Débito"}, "suspenso_pedido": {Word: "Suspenso a Pedido"}, "aguardando_migracao": {Word: "Aguardando Migração"},
	},
	"cancel.spared": { // why no loyalty penalty is charged
		"fault": {Word: "a causa é do provedor"}, "death": {Word: "o titular faleceu"}, "regret": {Word: "corre o prazo de 7 dias para se arrepender"}, "waived": {Word: "foi dispensada"},
	},
	"subscriptions.mode":          {"antecipado": {Word: "Antecipado"}, "postecipado": {Word: "Postecipado"}},
	"booklets.mode":               {"antecipado": {Word: "Antecipado"}, "postecipado": {Word: "Postecipado"}},
	"transfers.mode":              {"antecipado": {Word: "Antecipado"}, "postecipado": {Word: "Postecipado"}},
	"subscriptions.fee_choice":    {"none": {Word: "Não cobrar"}, "first_invoices": {Word: "Com a primeira mensalidade"}, "upfront": {Word: "À vista na instalação"}},
	"subscription_addresses.role": {"cadastral": {Word: "Cadastro"}, "cobranca": {Word: "Cobrança"}, "fiscal": {Word: "Fiscal"}, "instalacao": {Word: "Instalação"}},
	"billing_methods.kind":        {"boleto": {Word: "Boleto"}, "pix": {Word: "Pix"}, "counter": {Word: "Loja"}},
	"payments.source":             {"counter": {Word: "loja"}, "correspondent": {Word: "correspondente"}, "boleto": {Word: "boleto"}, "pix": {Word: "Pix"}, "credit": {Word: "crédito"}, "agreement": {Word: "acordo"}},
	"payments.form":               handedForms, "receipts.form": handedForms, "till_counts.form": handedForms, "handovers.form": handedForms,
	"till_entries.kind":       {"supply": {Word: "Suprimento"}, "withdrawal": {Word: "Sangria"}},
	"till":                    {"open": {Word: "Aberto", Class: "wait"}, "closed": {Word: "Fechado", Class: "ok"}, "differs": {Word: "Com diferença", Class: "warn"}}, // derived
	"payment":                 {"undone": {Word: "Estornada", Class: "off"}, "undoes": {Word: "Estorno", Class: "off"}, "stands": {Word: "Recebida", Class: "ok"}},    // derived
	"contests.channel":        {"counter": {Word: "Loja"}, "phone": {Word: "Telefone"}, "email": {Word: "E-mail"}, "telegram": {Word: "Telegram"}, "regulator": {Word: "Anatel ou Procon"}},
	"contest_answers.outcome": {"upheld": {Word: "procedente", Class: "ok"}, "rejected": {Word: "improcedente", Class: "off"}},
	"agreement": { // derived, in this order
		"cancelado": {Word: "Cancelado", Class: "off"},
		"quitado":   {Word: "Quitado", Class: "ok"},
		"quebrado":  {Word: "Quebrado", Class: "bad"},
		"em_dia":    {Word: "Em dia", Class: "wait"},
	},
	"event": { // derived, in this order
		"cancelado": {Word: "Cancelado", Class: "off"},
		"cobrado":   {Word: "Cobrado", Class: "ok"},
		"aberto":    {Word: "Em aberto", Class: "wait"},
	},
	"bank": {"001": {Word: "Banco do Brasil"}, "033": {Word: "Santander"}, "077": {Word: "Inter"}, "104": {Word: "Caixa"}, "237": {Word: "Bradesco"},
		"341": {Word: "Itaú"}, "748": {Word: "Sicredi"}, "756": {Word: "Sicoob"}},
	"access":       {"true": {Word: "Com acesso", Class: "ok"}, "false": {Word: "Desativado", Class: "off"}},
	"setup":        {"true": {Word: "Pronto", Class: "ok"}, "false": {Word: "Falta", Class: "wait"}, "optional": {Word: "Opcional", Class: "off"}},
	"intake":       {"a_corrigir": {Word: "A corrigir", Class: "bad"}}, // derived
	"intakes.kind": {"planos": {Word: "Planos"}, "clientes": {Word: "Clientes"}, "servicos": {Word: "Serviços"}},
	"intakes.state": {"reading": {Word: "Conferindo", Class: "wait"}, "read": {Word: "Conferido", Class: "wait"}, "writing": {Word: "Importando", Class: "wait"},
		"written": {Word: "Importado", Class: "ok"}, "refused": {Word: "Recusado", Class: "bad"}},
	"setting":       {"true": {Word: "Em uso", Class: "ok"}, "false": {Word: "Retirado", Class: "off"}},
	"pix_keys.kind": {"cpf": {Word: "CPF"}, "cnpj": {Word: "CNPJ"}, "phone": {Word: "Telefone"}, "email": {Word: "E-mail"}, "evp": {Word: "Chave aleatória"}},
	"psp_accounts.answer": {"untried": {Word: "Ainda não testada", Class: "wait"}, "accepted": {Word: "Aceita", Class: "ok"}, "credentials": {Word: "Credenciais recusadas", Class: "bad"},
		"unreachable": {Word: "Sem resposta", Class: "warn"}, "refused": {Word: "Chave recusada", Class: "bad"}},
	"pix_charges.kind": {"cob": {Word: "Imediata"}, "cobv": {Word: "Com vencimento"}},
	"pix_charges.status": {"asked": {Word: "Pedida ao banco", Class: "wait"}, "active": {Word: "Ativa", Class: "wait"}, "paid": {Word: "Paga", Class: "ok"}, "refused": {Word: "Recusada pelo banco", Class: "bad"},
		"withdrawn": {Word: "A retirar", Class: "wait"}, "removed": {Word: "Retirada", Class: "off"}},
	"pix_receipts.status": {"told": {Word: "A conferir", Class: "wait"}, "settled": {Word: "Baixado", Class: "ok"}, "stranger": {Word: "De nenhuma fatura", Class: "warn"},
		"unknown": {Word: "O banco não conhece", Class: "bad"}, "returned": {Word: "Devolvido", Class: "off"}},
	"nas.vendor":          {"mikrotik": {Word: "MikroTik"}, "huawei": {Word: "Huawei"}, "cisco": {Word: "Cisco"}, "juniper": {Word: "Juniper"}, "accel": {Word: "accel-ppp"}},
	"renewal_items.state": {"waiting": {Word: "Na fila"}, "done": {Word: "Renovado"}, "failed": {Word: "Não renovado"}},
	"renewals.state": {"running": {Word: "Renovando", Class: "wait"}, "paused": {Word: "Pausada", Class: "off"}, "printing": {Word: "Imprimindo", Class: "wait"},
		"done": {Word: "Pronta", Class: "ok"}},
	"plans.technology":  {"fibra": {Word: "Fibra"}, "radio": {Word: "Rádio"}, "cabo": {Word: "Cabo"}, "satelite": {Word: "Satélite"}},
	"plan_items.kind":   {"scm": {Word: "SCM"}, "sva": {Word: "SVA"}},
	"charge_items.kind": {"scm": {Word: "SCM"}, "sva": {Word: "SVA"}, "other": {Word: "Outros"}},
	"charges.kind": {
		"recurring": {Word: "Mensalidade"}, "installation": {Word: "Taxa de Instalação"}, "loose": {Word: "Cobrança Avulsa"},
		"late": {Word: "Multa e juros"}, "credit": {Word: "Crédito"}, "agreement": {Word: "Acordo"}, "penalty": {Word: "Multa de fidelidade"}, "event": {Word: "Serviço"},
	},
	"settlements.kind":               {"principal": {Word: "Principal"}, "fine": {Word: "Multa"}, "interest": {Word: "Juros"}},
	"suspensions.kind":               {"parcial": {Word: "Parcial"}, "debito": {Word: "Por débito"}, "pedido": {Word: "A pedido"}},
	"trust_grants.channel":           {"staff": {Word: "equipe"}, "subscriber": {Word: "assinante"}},
	"trust_grants.outcome":           {"paid": {Word: "Pago"}, "expired": {Word: "Venceu"}, "undone": {Word: "Desfeito"}},
	"tickets.channel":                {"staff": {Word: "equipe"}, "telegram": {Word: "Telegram"}},
	"notices.channel":                {"telegram": {Word: "Telegram"}, "email": {Word: "e-mail"}, "letter": {Word: "carta"}},
	"history.actor":                  {"user": {Word: "equipe"}, "subscriber": {Word: "assinante"}, "system": {Word: "sistema"}},
	"history.channel":                {"web": {Word: "web"}, "telegram": {Word: "Telegram"}, "job": {Word: "sistema"}},
	"nas.authenticator":              {"auto": {Word: "Automático"}, "sim": {Word: "Sim"}, "nao": {Word: "Não"}},
	"telegram_invites.kind":          {"shown": {Word: "mostrado"}, "printed": {Word: "impresso"}},
	"office_policies.proration_base": {"30": {Word: "Mês de 30 dias"}, "real": {Word: "Dias reais do mês"}},
	"telegram_links.way":             {"shown": {Word: "por link mostrado"}, "printed": {Word: "por link impresso"}, "phone": {Word: "pelo próprio número"}},

	"telegram_attempts.kind": {
		"link": {Word: "Links que não valem"}, "card": {Word: "Números de outra pessoa"}, "proof": {Word: "Confirmações erradas"},
		"cpf": {Word: "CPFs sem nada a pagar"}, "cpf_seen": {Word: "CPFs com fatura mostrada"}, "shut": {Word: "Depois do limite"},
	},
}

// handedForms are the formas de pagamento.
var handedForms = map[string]Status{"cash": {Word: "Dinheiro"}, "debit_card": {Word: "Cartão de débito"}, "credit_card": {Word: "Cartão de crédito"}, "pix": {Word: "Pix na loja"},
	"transfer": {Word: "Transferência"}, "cheque": {Word: "Cheque"}}
