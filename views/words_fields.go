package views

// FieldName is what a field of a record is called, by the name history keeps it under or the one a form sends it under.
func FieldName(name string) string { return fieldNames[name] }

var fieldNames = map[string]string{
	// of a form
	"nome": "Nome", "cpf": "CPF", "cnpj": "CNPJ", "nascimento": "Nascimento", "rg_emissor": "Órgão emissor", "rg_emissao": "Emissão do RG",
	"mae": "Mãe", "pai": "Pai", "estado_civil": "Estado civil", "genero": "Gênero", "nacionalidade": "Nacionalidade", "fantasia": "Nome fantasia",
	"ie": "Inscrição estadual", "im": "Inscrição municipal", "responsavel": "Responsável", "telefone": "Telefone", "telefone2": "Outro telefone",
	"telefone3": "Terceiro telefone", "email": "E-mail", "email2": "Outro e-mail", "origem": "Origem", "grupos": "Grupos", "alerta": "Alerta",
	"observacoes": "Observações", "slug": "Endereço", "fuso": "Fuso horário", "gerente": "Gerente", "password": "Senha",

	"vencimento": "Vencimento", "valor": "Valor", "descricao": "Descrição",

	// of the history
	"name": "Nome", "trade_name": "Nome fantasia", "document": "Documento", "birth": "Nascimento", "rg": "RG", "rg_issuer": "Órgão emissor",
	"rg_issued": "Emissão do RG", "mother": "Mãe", "father": "Pai", "marital": "Estado civil", "gender": "Gênero", "nationality": "Nacionalidade",
	"state_registration": "Inscrição estadual", "city_registration": "Inscrição municipal", "responsible": "Responsável", "phones": "Telefones",
	"emails": "E-mails", "origin": "Origem", "groups": "Grupos", "notes": "Observações", "alert": "Alerta", "address": "Endereço",
	"number": "Número", "kind": "Tipo", "plan": "Plano", "price": "Preço", "status": "Situação", "template": "Modelo", "type": "Tipo", "login": "Login",
	"amount": "Valor", "due": "Vencimento", "total": "Total", "instalments": "Parcelas", "cancelled": "Parcelas canceladas", "protocol": "Protocolo", "username": "Usuário",
	"until": "Até", "days": "Dias", "rows": "Linhas", "filters": "Filtros", "made": "Incluídos", "lines": "Linhas",
}
