package views

// MigratedPage is what becomes of an invoice in a migration; nothing says that it asks for nothing after it, and so has no boleto.
func MigratedPage(does string, nothing bool) string {
	switch {
	case nothing && does == "reprices":
		return "preço novo, nada a pagar"
	case nothing && does == "reissued":
		return "cancelada e reemitida, nada a pagar"
	}
	return map[string]string{"stands": "como está", "reprices": "preço novo, boleto novo", "reissued": "cancelada e reemitida, com o mesmo vencimento",
		"ends": "cancelada; os dias entram nas próximas"}[does]
}

// MigrationGoes is where the difference of a migration goes.
func MigrationGoes(to string) string {
	return map[string]string{"next": "Na próxima fatura", "loose": "Cobrança avulsa", "credit": "Crédito do cliente", "": "Nada a cobrar"}[to]
}

// OpenBooklet explains what may become of an open carnê.
func OpenBooklet(choice string) string {
	return map[string]string{"reprice": "As parcelas a vencer tomam o preço novo, com boletos novos; a diferença do período corrente é uma cobrança avulsa",
		"reissue": "As parcelas a vencer são canceladas e saem em outro carnê, do fim do período corrente em diante",
		"keep":    "O preço antigo vale até o fim do carnê; a diferença não é cobrada"}[choice]
}
