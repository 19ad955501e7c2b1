package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"

	"enlace/tenants/brazil/boleto"
)

// BankAgreement is a convênio of a company with a bank, under which boletos are numbered.
type BankAgreement struct{ ent.Schema }

func (BankAgreement) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (BankAgreement) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("company_id", uuid.UUID{}).Annotations(References("companies")),
		field.String("name").Comment("as the ISP calls it"),
		field.String("bank").Comment("COMPE code, three digits"),
		field.JSON("terms", boleto.Input{}).Comment("what the bank asks of every title under the agreement"),
		field.String("branch_digit").Default("").Comment("of the agência; this and the next three are what the bank's remessa asks beside the terms, empty until they are told"),
		field.String("account_digit").Default("").Comment("of the conta"),
		field.String("variation").Default("").Comment("variação da carteira, at Banco do Brasil"),
		field.String("sender_code").Default("").Comment("código de transmissão at Santander, código da empresa at Bradesco"),
		field.Bool("hybrid").Default(false).Comment("the bank puts its own Pix on the boleto"),
		field.Int64("last_number").Default(0).Comment("last nosso número given; the next is taken by a conditional update"),
		field.Int("number_year").Default(0).Comment("of the range, where the bank numbers by year"),
		field.Int("remessa_number").Default(0).Comment("last CNAB file written"),
		field.Bool("active").Default(true),
	}
}

func (BankAgreement) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "name").Unique(),
	}
}
