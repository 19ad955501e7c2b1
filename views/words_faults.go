package views

// faults are the sentences of the codes. Each says what is wrong and, where it can, what is needed.
var faults = map[string]string{
	"invalid":   "Há algo a corrigir",
	"not_found": "Isto não existe aqui",
	"denied":    "Falta a permissão: {permission}",

	// any form
	"required":       "Preencha este campo",
	"unknown_choice": "Escolha uma das opções",
	"date_shape":     "“{value}” não é uma data: use dia/mês/ano, como 10/12/2026",
	"money_shape":    "“{value}” não é um valor: use reais e centavos, como 89,90",
	"number_shape":   "“{value}” não é um número inteiro",
	"id_shape":       "Escolha uma das opções",
	"form_again":     "Esta página ficou aberta por muito tempo ou em outra aba. Confira e envie de novo",

	"choice":       "Escolha uma das opções",
	"text":         "Há letras que não podem ser lidas; digite de novo",
	"too_long":     "O texto é longo demais",
	"date":         "“{value}” não é uma data: use dia/mês/ano, como 10/12/2026",
	"amount":       "“{value}” não é um valor: use reais e centavos, como 89,90",
	"negative":     "O valor não pode ser negativo",
	"positive":     "Informe um valor maior que zero",
	"range":        "“{value}” está fora do que é possível",
	"past":         "A data já passou",
	"future":       "A data ainda não chegou",
	"hour":         "Informe a hora, como 14:00",
	"reason_short": "Escreva o motivo, com pelo menos 5 letras",

	// cliente
	"cpf":            "O CPF {value} não confere: confira os 11 dígitos",
	"cnpj":           "O CNPJ {value} não confere: são 14 letras ou números",
	"document_taken": "Já é de {name}: adicione um novo serviço a esse cliente",
	"birth":          "Confira a data de nascimento",
	"phone":          "“{value}” não é um telefone: use DDD e número, como (91) 98888-7777",
	"email":          "“{value}” não é um e-mail: use algo como nome@exemplo.com.br",
	"cep":            "O CEP tem 8 números",
	"uf":             "Use a sigla do estado, como PA",
	"ibge":           "O código do IBGE da cidade tem 7 números e começa pelo do estado",

	// venda
	"draft_changed":       "Este rascunho foi mudado em outra aba. Abra-o de novo em Rascunhos",
	"plan_withdrawn":      "Este plano não é mais vendido",
	"plan_not_here":       "Este plano não é vendido nesta cidade",
	"seller_withdrawn":    "Este vendedor não vende mais",
	"method_withdrawn":    "Esta forma de cobrança não é mais usada",
	"template_withdrawn":  "Este modelo de contrato não é mais usado",
	"due_day":             "Escolha um dia de 1 a 28 da lista, ou o último dia do mês",
	"fee_with_booklet":    "Com carnê a taxa não vai na mensalidade: cobre à vista ou desligue o carnê",
	"discount_over_price": "O desconto é maior que o preço",
	"discount_cap":        "O desconto passa dos {percent} % que o provedor permite: o menor preço é {floor}",
	"technician_busy":     "O técnico já tem a OS {number} às {at}: mude a hora, ou ligue “Marcar mesmo assim”",
	"customer_inactive":   "{name} está desativado: reative o cadastro antes de vender um serviço",
	"type_not_permitted":  "{type} não é permitida para um serviço {status}",

	// serviço
	"transition":    "Um serviço {from} não passa a {to}",
	"trust_state":   "O serviço não está suspenso por débito",
	"trust_open":    "O serviço já está liberado em confiança",
	"trust_days":    "A data passa do prazo que o provedor permite",
	"trust_used":    "A liberação deste mês já foi usada; a próxima é a partir de {next}",
	"trust_off":     "O provedor não oferece a liberação pelo assinante",
	"trust_nothing": "Nenhum serviço está suspenso por débito",
	"no_debt":       "Não há fatura vencida que suspenda",
	"no_notice":     "Nenhum aviso de débito foi registrado",
	"notice_young":  "O aviso precisa ter {days} dias: só a partir de {from}",
	"no_cut_day":    "Em {day} não se corta: é sexta, fim de semana, feriado ou véspera",
	"spared":        "O cliente está marcado para não ser bloqueado",
	"login_taken":   "Este login já é de outro serviço",

	// the same form sent twice
	"key_reused": "Este formulário já foi enviado com outros dados. Abra a página de novo para enviar estes",

	// provedor
	"slug_shape":     "O endereço tem de 2 a 32 letras minúsculas, números ou hífens",
	"slug_reserved":  "Este endereço é reservado",
	"slug_taken":     "Já há um provedor com este endereço",
	"zone_unknown":   "Escolha um fuso horário do Brasil, como America/Sao_Paulo",
	"isp_unfinished": "A criação deste provedor foi interrompida: crie-o de novo com o mesmo endereço",
	"manager_came":   "Alguém da equipe já entrou: agora o próprio provedor cuida das senhas dele",

	// um provedor em um arquivo
	"file_there":     "O arquivo {file} já existe: dê outro nome ou apague-o antes",
	"isp_there":      "Este provedor, ou parte dele, já está nesta instalação",
	"not_an_export":  "O arquivo não foi escrito por enlace tenant export",
	"export_version": "O arquivo é de outra versão do Enlace: exporte e importe com a mesma",
	"export_damaged": "O arquivo está danificado: exporte de novo",

	// equipe
	"sign_in_wrong":   "E-mail ou senha não conferem",
	"email_shape":     "Informe um e-mail, como nome@provedor.com.br",
	"email_taken":     "Já há uma pessoa com este e-mail",
	"password_short":  "A senha tem pelo menos 8 caracteres",
	"password_long":   "A senha tem no máximo 128 caracteres",
	"disable_self":    "Ninguém desativa o próprio acesso",
	"role_self":       "Ninguém muda o próprio papel",
	"last_manager":    "É o único gerente com acesso: dê o papel a outra pessoa antes",
	"permission_kept": "O gerente não perde esta permissão: ninguém poderia devolvê-la",

	// planos e formas de cobrança
	"loyalty_months":  "A fidelidade vai de 0 a 12 meses",
	"composition_sum": "A composição soma {sum} e o preço é {price}: os dois precisam ser iguais",
	"name_taken":      "Já há um item com este nome nesta lista",
	"cities":          "Use os códigos do IBGE, de 7 números, separados por vírgula",

	"benefit_without_loyalty": "Sem fidelidade não há benefício a devolver",
	"installation_kind_stays": "A Taxa de Instalação não sai da lista: as vendas cobram por ela",
	"bank_digits":             "“{value}” tem algo que não é número",
	"bank_too_long":           "“{value}” é longo demais para este banco",
	"bank_value":              "O banco não usa “{value}” aqui",
	"numbers_used_up":         "A faixa de nosso número deste convênio acabou",
	"agreement_numbered":      "Já há boletos deste convênio: banco, empresa e dados ficam. Faça um convênio novo",
	"numbers_only_grow":       "O último nosso número só aumenta: um número usado pagaria o boleto de outra pessoa",
	"agreement_numbering":     "Um boleto acaba de ser numerado. Abra a página de novo",
	"agreement_in_use":        "Uma forma de cobrança usa este convênio: retire-a antes",
	"company_in_use":          "Uma forma de cobrança é desta empresa: retire-a antes",
	"cnpj_taken":              "Já há uma empresa com este CNPJ",
	"pix_key_taken":           "Esta chave já está na lista",
	"method_kind_stays":       "O tipo não muda: faça outra forma de cobrança e retire esta",
	"another_company":         "É de outra empresa: escolha um da mesma",

	// regras
	"advance_days":     "A antecedência vai de 5 a 30 dias",
	"notice_days":      "O aviso tem de 15 a 90 dias: a lei não permite menos de 15",
	"trust_staff_days": "O desbloqueio pela equipe vai de 1 a 30 dias",
	"undo_hours":       "O prazo de desfazer vai de 0 a 72 horas",
	"pause_min_days":   "A suspensão a pedido mais curta vai de 1 a 30 dias: não se exige mais de 30",
	"pause_max_days":   "A suspensão a pedido mais longa vai de 120 a 365 dias: não se permite menos de 120",

	// marca
	"colour":      "“{value}” não é uma cor: use seis letras ou números, como #27418f",
	"accent_pale": "“{value}” fica clara demais para ler sobre branco ({contrast}:1, e são 4,5:1). A mais próxima que serve é {darker}",
	"logo_png":    "A logomarca da marca é um arquivo PNG inteiro; SVG não é aceito, porque pode carregar programas",
	"logo_heavy":  "A logomarca tem no máximo 20 KB",

	"plan_name_taken": "Já há um plano com este nome",
	"bank_terms":      "O banco não aceita estes dados: {reason}",
	"pix_key":         "Confira a chave Pix",
	"holiday_taken":   "Já há um feriado neste dia e lugar",
	"logo_format":     "A logomarca é um arquivo PNG ou JPEG inteiro",
	"logo_size":       "A logomarca tem no máximo 512 KB e dois milhões de pontos",
	"pix_receiver":    "O nome de quem recebe tem até 25 letras",

	// contrato
	"unknown_field":         "O modelo não conhece o campo “{field}”: confira a lista de campos",
	"open_field":            "Um campo não abre ou não fecha: “{field}”. Um campo se escreve {{cliente.nome}}",
	"unprintable":           "O papel não tem o sinal {sign}: tire-o do texto",
	"no_such_customer":      "Nenhum cliente com serviço foi encontrado por “{value}”",
	"company_withdrawn":     "Esta empresa não é mais usada",
	"contract_of_cancelled": "Um serviço cancelado não recebe contrato",
	"before_contract":       "O aceite não pode vir antes da emissão do contrato",
	"contract_inactive":     "Este contrato já foi desativado",
	"contract_accepted":     "Este contrato já foi marcado como aceito",
	"template_changed":      "Outra pessoa mudou este modelo agora mesmo. Abra a página de novo",

	// rede
	"login_shape":    "O login tem letras minúsculas, números, ponto, hífen, sublinhado e @",
	"has_login":      "Este serviço já tem um login",
	"password_shape": "A senha da conexão tem só letras, números e sinais, sem espaços",
	"address_shape":  "“{value}” não é um endereço IP",
	"secret_short":   "O segredo é curto demais",
	"nas_taken":      "Já há um equipamento com este endereço",

	// carnê, cobrança, fatura, baixa
	"first_due_before_start":   "O 1º vencimento não pode vir antes do início de uso",
	"first_due_too_far":        "O 1º vencimento fica a mais de dois meses do início: aproxime as duas datas",
	"first_due_covers_nothing": "Até este vencimento não há dia a cobrar: no postecipado, escolha o seguinte",
	"cancelled_bills_nothing":  "Um serviço cancelado não gera cobrança",
	"not_by_booklet":           "Este serviço não usa carnê: ligue Usa Carnê na cobrança dele",
	"billed_meanwhile":         "Outra pessoa cobrou este período agora mesmo. Confira a prévia de novo",
	"preview_stale":            "O carnê agora soma {total}, e não o que a prévia mostrava. Confira as parcelas e gere de novo",
	"already_billed":           "Já há cobrança até {until}: comece nesse dia ou depois",
	"method_prints_nothing":    "A forma de cobrança deste serviço não imprime boleto nem Pix",
	"bank_instalments":         "O banco não aceita tantas parcelas de uma vez",
	"numbers_exhausted":        "O convênio {agreement} não tem mais números de boleto",
	"booklet_cancelled":        "Este carnê já foi cancelado",
	"invoice_cancelled":        "Esta fatura foi cancelada",
	"invoice_paid":             "Esta fatura já está paga",
	"not_overdue":              "Esta fatura não está vencida",
	"nothing_to_print":         "Não há parcela aberta para imprimir",

	// Telegram
	"bot_token":    "Confira o token: o BotFather o mostra assim, 123456789:AAE…",
	"bot_username": "Confira o nome do bot: ele termina em bot",
	"no_bot":       "Este provedor ainda não tem um bot do Telegram",

	// cadastro
	"customer_changed": "Outra pessoa mudou este cadastro enquanto você o editava. O que ficou diferente está abaixo; salve de novo para valer o seu",
	"customer_served":  "Este cliente ainda tem um serviço: cancele o serviço antes de desativar o cadastro",
	"view_taken":       "Você já tem uma visão com este nome",
}
