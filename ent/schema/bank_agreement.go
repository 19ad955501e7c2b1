package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"
)

// BankAgreement is a convênio of a company with a bank, under which boletos are numbered.
type BankAgreement struct{ ent.Schema }

func (BankAgreement) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (BankAgreement) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("company_id", uuid.UUID{}).Annotations(References("companies")),
		field.String("bank").Comment("COMPE code, three digits"),
		field.String("agency"),
		field.String("agency_digit").Optional(),
		field.String("account"),
		field.String("account_digit").Optional(),
		field.String("wallet").Comment("carteira"),
		field.String("beneficiary").Optional().Comment("convênio or código do beneficiário, as the bank calls it"),
		field.String("post").Optional().Comment("posto (Sicredi)"),
		field.String("modality").Optional().Comment("modalidade (Sicoob)"),
		field.Bool("hybrid").Default(false).Comment("the bank puts its own Pix on the boleto"),
		field.Int64("next_number").Default(1).Comment("next nosso número of the bank's range; taken by a conditional update"),
		field.Int("number_year").Default(0).Comment("of the range, where the bank numbers by year"),
		field.Int("remessa_number").Default(0).Comment("last CNAB file written"),
		field.Bool("active").Default(true),
	}
}

func (BankAgreement) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "company_id", "bank", "agency", "account", "wallet").Unique(),
	}
}
