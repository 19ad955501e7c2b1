package views

// settings are the names of the fields of the settings, as their history tells them.
var settings = map[string]string{
	"nome": "Nome", "preco": "Preço", "tecnologia": "Tecnologia", "descida": "Download", "subida": "Upload", "contrato": "Emite contrato", "modelo": "Modelo de contrato",
	"fidelidade": "Fidelidade", "beneficio": "Benefício", "cidades": "Cidades", "comissao": "Comissão", "prazo": "Prazo", "setor": "Setor", "do_assinante": "É o que o assinante abre", "minutos": "Duração", "estados": "Estados",
	"instalacao": "É instalação", "suspende": "Suspende por débito", "empresa": "Empresa", "tipo": "Tipo", "convenio": "Convênio", "pix": "Chave Pix", "banco": "Banco",
	"hibrido": "Boleto com Pix do banco", "ultimo_numero": "Último nosso número", "chave_pix": "Chave", "recebedor": "Recebedor", "cidade": "Cidade",
	"conta_pix": "Conta Pix", "endereco": "Endereço", "endereco_token": "Endereço do token", "client_id": "Client ID", "certificado_ate": "Validade do certificado", "segredo": "Segredo",
	"fantasia": "Nome fantasia", "cnpj": "CNPJ", "ie": "IE", "im": "IM", "cep": "CEP", "logradouro": "Logradouro", "numero": "Número", "complemento": "Complemento",
	"bairro": "Bairro", "uf": "UF", "ibge": "Código do IBGE", "telefone": "Telefone", "email": "E-mail",
	"agencia": "Agência", "posto": "Posto", "conta": "Conta", "carteira": "Carteira", "modalidade": "Modalidade", "tipo_cobranca": "Tipo de cobrança",
	"convenio_cliente": "Código do cliente", "codigo_beneficiario": "Código do beneficiário", "codigo_cliente": "Código do cliente", "beneficiario": "Código do beneficiário", "operacao": "Operação",
	"agencia_dv": "Dígito da agência", "conta_dv": "Dígito da conta", "variacao": "Variação da carteira", "codigo_remessa": "Código na remessa",
	"proporcional": "Proporcional", "antecedencia": "Antecedência", "fatura_minima": "Fatura mínima", "aviso": "Aviso antes de suspender", "reducao": "Suspensão parcial antes", "reducao_dias": "Tempo reduzido", "lembrete": "Lembrete antes do vencimento",
	"confianca_dias": "Desbloqueio pela equipe", "confianca_bot": "Desbloqueio pelo assinante", "aceite": "Aguarda assinatura", "pix_no_boleto": "Pix no boleto",
	"fatura_email": "Fatura por e-mail", "so_cpf": "Bot só com CPF", "desfazer": "Desfazer", "pausa_minima": "Suspensão a pedido mais curta", "pausa_maxima": "Suspensão a pedido mais longa",
	"falha_devolve": "Devolve os dias de falhas", "falha_horas": "Falhas a partir de, em horas",
	"autenticador": "Message-Authenticator", "fabricante": "Fabricante", "porta_coa": "Porta de CoA", "intervalo": "Intervalo dos relatos",
	"pool_suspensos": "Pool dos suspensos", "cgnat_privada": "CGNAT, rede privada", "cgnat_publica": "CGNAT, rede pública", "cgnat_portas": "CGNAT, portas por assinante",
	"pool": "Pool de endereços", "sessao_horas": "Sessão mais longa, em horas",
	"saudacao": "Saudação", "contato": "Outros contatos", "despedida": "Despedida", "silencio_de": "Silêncio a partir de", "silencio_ate": "Silêncio até", "conversa_horas": "O bot volta depois de, em horas",
	"bot_carne": "Carnê em PDF", "bot_suporte": "Abrir atendimento", "bot_atendente": "Falar com atendente", "bot_contrato": "Contrato",
	"bot_plano": "Troca de plano", "bot_vencimento": "Troca de vencimento", "bot_contestar": "Contestar cobrança",
	"taxa": "Taxa de Instalação", "desconto_maximo": "Desconto máximo, em %", "dias": "Dias", "cor": "Cor", "logo": "Logomarca",
}

// FeatureOfBot is what a feature of the bot lets a subscriber do.
func FeatureOfBot(feature string) string { return botFeatures[feature] }

var botFeatures = map[string]string{
	"carne": "O carnê inteiro, para imprimir", "suporte": "Com protocolo; responder ao que já está aberto continua",
	"atendente": "O bot se cala, e a conversa vai para o atendimento", "contrato": "Ver e aceitar", "plano": "Pedir outro plano, com a prévia do valor",
	"vencimento": "Mudar o dia de vencimento", "contestar": "Contestar uma cobrança; por outros meios continua possível",
}

// switches are the fields that are on or off.
var switches = map[string]bool{"contrato": true, "instalacao": true, "suspende": true, "hibrido": true, "reducao": true, "confianca_bot": true, "aceite": true, "falha_devolve": true, "do_assinante": true,
	"pix_no_boleto": true, "so_cpf": true, "fatura_email": true,
	"bot_carne": true, "bot_suporte": true, "bot_atendente": true, "bot_contrato": true, "bot_plano": true, "bot_vencimento": true, "bot_contestar": true}

// settingWords are the fields whose values have words.
var settingWords = map[string]string{"tecnologia": "plans.technology", "banco": "bank", "proporcional": "office_policies.proration_base",
	"fabricante": "nas.vendor", "autenticador": "nas.authenticator"}

// Setting is the name of a field of the settings.
func Setting(field string) string { return settings[field] }

// TermHint is what a bank calls one of its fields, or what it may hold.
func TermHint(bank, field string) string { return termHints[bank+" "+field] }

var termHints = map[string]string{
	"001 convenio": "4, 6 ou 7 números; o tamanho decide a numeração", "341 codigo_cliente": "só nas carteiras que o pedem",
	"748 agencia": "a cooperativa, 4 números", "748 tipo_cobranca": "1, com registro; 3, sem", "748 beneficiario": "5 números",
	"756 agencia": "a cooperativa, 4 números", "756 modalidade": "01, simples", "077 agencia": "0001", "077 operacao": "7 números",
	"033 codigo_beneficiario": "7 números", "104 codigo_beneficiario": "6 ou 7 números",
	"001 variacao": "3 números", "033 codigo_remessa": "o código de transmissão, 15 números", "237 codigo_remessa": "o código da empresa",
}

// rooms are the lists of the settings: what each is called, how one more of it is, and what it is for.
var rooms = map[string]RoomWords{
	"planos":               {"Planos", "Novo plano", "Incluir plano", "o que se vende, com preço e composição"},
	"formas-de-cobranca":   {"Formas de cobrança", "Nova forma de cobrança", "Incluir forma de cobrança", "como as faturas são recebidas"},
	"convenios":            {"Convênios", "Novo convênio", "Incluir convênio", "os contratos de boleto com os bancos"},
	"chaves-pix":           {"Chaves Pix", "Nova chave Pix", "Incluir chave", "para onde vai o Pix do provedor"},
	"contas-pix":           {"Contas Pix", "Nova conta Pix", "Incluir conta", "o acesso à API Pix do banco: cobranças registradas e baixa automática"},
	"empresas":             {"Empresas", "Nova empresa", "Incluir empresa", "quem emite contratos e boletos"},
	"grupos":               {"Grupos", "Novo grupo", "Incluir grupo", "como os clientes são reunidos"},
	"origens":              {"Origens", "Nova origem", "Incluir origem", "por onde um cliente conheceu o provedor"},
	"vendedores":           {"Vendedores", "Novo vendedor", "Incluir vendedor", "quem vende, e sua comissão"},
	"setores":              {"Setores", "Novo setor", "Incluir setor", "para onde um atendimento é enviado"},
	"tipos-de-atendimento": {"Tipos de atendimento", "Novo tipo de atendimento", "Incluir tipo", "o assunto, e em quanto tempo se resolve"},
	"tipos-de-os":          {"Tipos de ordem de serviço", "Novo tipo de ordem de serviço", "Incluir tipo", "a visita, sua duração e em que estados cabe"},
	"tipos-de-cobranca":    {"Tipos de cobrança", "Novo tipo de cobrança", "Incluir tipo", "o motivo de uma cobrança avulsa, e se suspende"},
	"concentradores":       {"Concentradores", "Novo concentrador", "Incluir concentrador", "os equipamentos que conectam os assinantes (NAS)"},
	"correspondentes":      {"Correspondentes", "Novo correspondente", "Incluir correspondente", "quem recebe pelo provedor, e sua comissão"},
	"modelos":              {"Modelos de contrato", "Novo modelo", "Incluir modelo", "o texto dos contratos, com os campos que cada venda preenche"},
	"equipe":               {"Equipe", "Nova pessoa", "Incluir pessoa", "quem entra, e com que papel"},
	"importar":             {"Importar", "Importar arquivo", "Importar", "planos, clientes e serviços de outro sistema, em CSV"},
}

// PSPHint is what to do about how a PSP answered; "" when there is nothing.
func PSPHint(answer string) string { return pspHints[answer] }

var pspHints = map[string]string{
	"credentials": "Confira o Client ID, o Client Secret e o certificado, e se o banco liberou a API Pix para eles.",
	"unreachable": "Confira os endereços. Se estiverem certos, o banco está fora do ar: tentamos de novo sozinhos.",
	"refused":     "O banco conhece o acesso mas não aceita a chave: confira se ela é desta conta.",
}

// RoomWords are the words of a list of the settings.
type RoomWords struct{ Label, New, Add, For string }

// Room is the words of a list by the last part of its address.
func Room(name string) RoomWords { return rooms[name] }

// SetupHint is why a new ISP needs something.
func SetupHint(name string) string { return setupHints[name] }

var setupHints = map[string]string{
	"empresas": "o CNPJ que emite contratos e boletos", "formas-de-cobranca": "boleto, Pix ou loja: toda venda pede uma",
	"planos": "o que se vende; antes dele não há venda", "vendedores": "quem vende, para a comissão e o relatório", "equipe": "quem mais entra, cada um com sua senha e seu papel",
	"importar": "para quem vem de outro sistema: planos, clientes e serviços em CSV",
}
