package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"

	"enlace/tenants/money"
)

// OfficePolicy is how one ISP bills, suspends and trusts; one row an ISP. Never harder on the subscriber than the law.
type OfficePolicy struct{ ent.Schema }

func (OfficePolicy) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (OfficePolicy) Fields() []ent.Field {
	return []ent.Field{
		field.Enum("proration_base").NamedValues("Thirty", "30", "Real", "real").Default("30"),
		field.Int("antecedence_days").Default(10).Comment("the monthly run issues so many days before the due date"),
		field.Int64("minimum_invoice").GoType(money.Cents(0)).Default(500).Comment("below it an invoice waits for the next one"),
		field.Int("notice_days").Default(15).Comment("from a stored notice to a suspension; the law's minimum is 15"),
		field.Bool("partial_step").Default(false).Comment("slow the service down before cutting it"),
		field.Int("partial_days").Default(30).Comment("how long it is slow before it is cut"),
		field.Int("remind_days").Default(3).Comment("before the due date, an invoice is called to mind; 0 never"),
		field.Bool("invoice_emails").Default(true).Comment("an invoice that is issued goes to its customer by e-mail"),
		field.Int("trust_staff_days").Default(5).Comment("the longest trust unblock staff may give"),
		field.Bool("trust_subscriber").Default(false).Comment("the ISP's own switch beside the operator's"),
		field.Bool("waits_signature").Default(false).Comment("a sale begins as aguardando_assinatura"),
		field.Bool("pix_on_slips").Default(true).Comment("a slip without the bank's own Pix carries the ISP's"),
		field.Bool("bot_cpf_only").Default(false).Comment("the bot accepts a CPF alone, masked and rate-limited"),
		field.Int("discount_cap").Default(3000).Comment("how far a sale may go below the plan's price, in hundredths of a percent of it"),
		field.Int("undo_hours").Default(24),
		field.Int("pause_min_days").Default(30),
		field.Int("pause_max_days").Default(120),
		field.Bool("outage_credit").Default(true).Comment("the days of an outage are given back by themselves"),
		field.Int("outage_hours").Default(0).Comment("of an outage that lasts at least so long; 0: of every one of more than half an hour"),
		field.Int64("install_fee").GoType(money.Cents(0)).Default(0).Comment("what a sale begins with as its Taxa de Instalação; zero asks none"),
		field.String("accent").Optional().Comment("brand colour, #rrggbb"),
		field.UUID("logo_id", uuid.UUID{}).Annotations(References("files")).Optional().Nillable().Comment("PNG of the brand, at most 20 KB"),
	}
}

func (OfficePolicy) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id").Unique(),
	}
}
