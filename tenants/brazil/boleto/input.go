package boleto

// Input holds what the banks ask for, as text because leading zeros count. The JSON names are those of the fixed vectors and of `enlace check boleto`.
// No bank reads all of it; each bank's file shows what it reads. Fields shorter than the bank's width are filled with zeros on the left.
//
// An agreement (convênio) is an Input without the title's own number: it is stored once, and Number completes it title by title.
type Input struct {
	Agencia            string `json:"agencia,omitempty"` // at Sicredi and Sicoob the cooperative
	Posto              string `json:"posto,omitempty"`
	Conta              string `json:"conta,omitempty"`
	ContaDAC           string `json:"conta_dac_supplied,omitempty"` // taken as given: a bank's register may hold a digit its own rule does not
	Carteira           string `json:"carteira,omitempty"`
	Modalidade         string `json:"modalidade,omitempty"`
	TipoCobranca       string `json:"tipo_cobranca,omitempty"`
	Convenio           string `json:"convenio,omitempty"` // its length chooses the layout of Banco do Brasil
	ConvenioCliente    string `json:"convenio_cliente,omitempty"`
	CodigoBeneficiario string `json:"codigo_beneficiario,omitempty"`
	CodigoCliente      string `json:"codigo_cliente,omitempty"`
	Beneficiario       string `json:"beneficiario,omitempty"`
	Operacao           string `json:"operacao,omitempty"`
	IOS                string `json:"ios,omitempty"`

	NossoNumero        string `json:"nosso_numero,omitempty"`
	NossoNumero17      string `json:"nosso_numero_17,omitempty"`
	NossoNumeroLivre17 bool   `json:"nosso_numero_livre_17,omitempty"`
	NossoNumeroDV      string `json:"nosso_numero_dv,omitempty"` // when given, it must equal the digit computed
	Sequencial         string `json:"sequencial,omitempty"`
	Ano                string `json:"ano,omitempty"` // two digits
	Byte               string `json:"byte,omitempty"`
	SeuNumero          string `json:"seu_numero,omitempty"`
	Parcela            string `json:"parcela,omitempty"`
}
