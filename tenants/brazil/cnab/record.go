package cnab

import (
	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// record is all that a line of a remessa can speak of: the file and its sender, the batch, and in the records of a title the order.
type record struct {
	Sender
	Order
	nsa       int64 // the file's number
	writtenOn calendar.Date
	clock     string // HHMMSS
	movement  string // the order's command, in the bank's own code
	figures   string // the order's nosso número, as the file has it

	batch    int64 // its number, from 1
	sequence int64 // of the record in the batch (CNAB 240) or in the file (CNAB 400), from 1
	records  int64 // of the batch, with header and trailer
	titles   int64 // of the batch, in CNAB 400 of the file
	nominal  money.Cents
	total    int64 // records of the file
}

// What the columns of a remessa hold. A refusal gives these names.
var (
	fileNumber   = part[record, int64]{"number", func(r *record) *int64 { return &r.nsa }}
	fileDate     = part[record, calendar.Date]{"at", func(r *record) *calendar.Date { return &r.writtenOn }}
	fileClock    = part[record, string]{"at", func(r *record) *string { return &r.clock }}
	holderName   = part[record, string]{"name", func(r *record) *string { return &r.Name }}
	holderCNPJ   = part[record, string]{"cnpj", func(r *record) *string { return &r.CNPJ }}
	holderCode   = part[record, string]{"code", func(r *record) *string { return &r.Code }}
	branch       = part[record, string]{"terms.agencia", func(r *record) *string { return &r.Terms.Agencia }}
	branchDigit  = part[record, string]{"branch_digit", func(r *record) *string { return &r.BranchDigit }}
	account      = part[record, string]{"terms.conta", func(r *record) *string { return &r.Terms.Conta }}
	accountDigit = part[record, string]{"account_digit", func(r *record) *string { return &r.AccountDigit }}
	wallet       = part[record, string]{"terms.carteira", func(r *record) *string { return &r.Terms.Carteira }}
	convenio     = part[record, string]{"terms.convenio", func(r *record) *string { return &r.Terms.Convenio }}
	beneficiary  = part[record, string]{"terms.codigo_beneficiario", func(r *record) *string { return &r.Terms.CodigoBeneficiario }}
	modality     = part[record, string]{"terms.modalidade", func(r *record) *string { return &r.Terms.Modalidade }}
	variation    = part[record, string]{"variation", func(r *record) *string { return &r.Variation }}

	batchNumber = part[record, int64]{"orders", func(r *record) *int64 { return &r.batch }}
	sequence    = part[record, int64]{"orders", func(r *record) *int64 { return &r.sequence }}
	batchSize   = part[record, int64]{"orders", func(r *record) *int64 { return &r.records }}
	titleCount  = part[record, int64]{"orders", func(r *record) *int64 { return &r.titles }}
	fileSize    = part[record, int64]{"orders", func(r *record) *int64 { return &r.total }}
	titleSum    = part[record, money.Cents]{"orders", func(r *record) *money.Cents { return &r.nominal }}

	command       = part[record, string]{"command", func(r *record) *string { return &r.movement }}
	ourNumber     = part[record, string]{"nosso_numero", func(r *record) *string { return &r.figures }}
	seuNumero     = part[record, string]{"document", func(r *record) *string { return &r.Document }}
	mark          = part[record, string]{"control", func(r *record) *string { return &r.Control }}
	issuedOn      = part[record, calendar.Date]{"issued_on", func(r *record) *calendar.Date { return &r.IssuedOn }}
	dueOn         = part[record, calendar.Date]{"due", func(r *record) *calendar.Date { return &r.Due }}
	amount        = part[record, money.Cents]{"amount", func(r *record) *money.Cents { return &r.Amount }}
	rebated       = part[record, money.Cents]{"rebate", func(r *record) *money.Cents { return &r.Rebate }}
	payerName     = part[record, string]{"payer.name", func(r *record) *string { return &r.Payer.Name }}
	payerDocument = part[record, string]{"payer.document", func(r *record) *string { return &r.Payer.Document }}
	payerStreet   = part[record, string]{"payer.street", func(r *record) *string { return &r.Payer.Street }}
	payerDistrict = part[record, string]{"payer.district", func(r *record) *string { return &r.Payer.District }}
	payerCEP      = part[record, string]{"payer.cep", func(r *record) *string { return &r.Payer.CEP }}
	payerCity     = part[record, string]{"payer.city", func(r *record) *string { return &r.Payer.City }}
	payerUF       = part[record, string]{"payer.uf", func(r *record) *string { return &r.Payer.UF }}
	discountUntil = part[record, calendar.Date]{"discount_until", func(r *record) *calendar.Date { return &r.DiscountUntil }}
)
