-- +goose Up
-- create "tenants" table
CREATE TABLE "tenants" ("id" uuid NOT NULL, "slug" character varying NOT NULL, "name" character varying NOT NULL, "zone" character varying NOT NULL, "trust_self_service" boolean NOT NULL DEFAULT false, "active" boolean NOT NULL DEFAULT true, "created_at" timestamptz NOT NULL, "founded_at" timestamptz NULL, PRIMARY KEY ("id"));
-- create index "tenants_slug_key" to table: "tenants"
CREATE UNIQUE INDEX "tenants_slug_key" ON "tenants" ("slug");
-- create "operator_sessions" table
CREATE TABLE "operator_sessions" ("id" uuid NOT NULL, "operator_id" uuid NOT NULL, "token_hash" bytea NOT NULL, "csrf" character varying NOT NULL, "created_at" timestamptz NOT NULL, "seen_at" timestamptz NOT NULL, "expires_at" timestamptz NOT NULL, "ended_at" timestamptz NULL, "ip" character varying NULL, "agent" character varying NULL, PRIMARY KEY ("id"));
-- create index "operator_sessions_token_hash_key" to table: "operator_sessions"
CREATE UNIQUE INDEX "operator_sessions_token_hash_key" ON "operator_sessions" ("token_hash");
-- create index "operatorsession_operator_id" to table: "operator_sessions"
CREATE INDEX "operatorsession_operator_id" ON "operator_sessions" ("operator_id");
-- create "operator_actions" table
CREATE TABLE "operator_actions" ("id" uuid NOT NULL, "isp_id" uuid NULL, "event" character varying NOT NULL, "at" timestamptz NOT NULL, "operator_id" uuid NULL, "operator_name" character varying NOT NULL, "channel" character varying NOT NULL, "reason" character varying NULL, "before" jsonb NULL, "after" jsonb NULL, PRIMARY KEY ("id"));
-- create index "operatoraction_at" to table: "operator_actions"
CREATE INDEX "operatoraction_at" ON "operator_actions" ("at");
-- create index "operatoraction_isp_id_at" to table: "operator_actions"
CREATE INDEX "operatoraction_isp_id_at" ON "operator_actions" ("isp_id", "at");
-- create "operators" table
CREATE TABLE "operators" ("id" uuid NOT NULL, "email" character varying NOT NULL, "name" character varying NOT NULL, "password_hash" character varying NOT NULL, "signed_in_at" timestamptz NULL, PRIMARY KEY ("id"));
-- create index "operators_email_key" to table: "operators"
CREATE UNIQUE INDEX "operators_email_key" ON "operators" ("email");
-- create "progress" table
CREATE TABLE "progress" ("id" uuid NOT NULL, "done" bigint NOT NULL, PRIMARY KEY ("id"));
-- create "origins" table
CREATE TABLE "origins" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "name" character varying NOT NULL, "active" boolean NOT NULL DEFAULT true, PRIMARY KEY ("id"), CONSTRAINT "origins_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "origin_tenant_id_name" to table: "origins"
CREATE UNIQUE INDEX "origin_tenant_id_name" ON "origins" ("tenant_id", "name");
-- create index "origins_of_tenant" to table: "origins"
CREATE UNIQUE INDEX "origins_of_tenant" ON "origins" ("tenant_id", "id");
-- create "customers" table
CREATE TABLE "customers" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "number" bigint NOT NULL, "kind" character varying NOT NULL, "name" character varying NOT NULL, "trade_name" character varying NULL, "document" character varying NOT NULL, "birth" date NULL, "rg" character varying NULL, "rg_issuer" character varying NULL, "rg_issued" date NULL, "mother" character varying NULL, "father" character varying NULL, "marital" character varying NULL, "gender" character varying NULL, "nationality" character varying NULL, "state_registration" character varying NULL, "city_registration" character varying NULL, "responsible" character varying NULL, "origin_id" uuid NULL, "notes" text NULL, "alert" text NULL, "active" boolean NOT NULL DEFAULT true, "version" bigint NOT NULL DEFAULT 1, PRIMARY KEY ("id"), CONSTRAINT "customers_origin" FOREIGN KEY ("tenant_id", "origin_id") REFERENCES "origins" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "customers_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "customer_tenant_id_active_name_number_id" to table: "customers"
CREATE INDEX "customer_tenant_id_active_name_number_id" ON "customers" ("tenant_id", "active", "name", "number", "id");
-- create index "customer_tenant_id_active_number_id" to table: "customers"
CREATE INDEX "customer_tenant_id_active_number_id" ON "customers" ("tenant_id", "active", "number", "id");
-- create index "customer_tenant_id_document" to table: "customers"
CREATE UNIQUE INDEX "customer_tenant_id_document" ON "customers" ("tenant_id", "document");
-- create index "customer_tenant_id_number" to table: "customers"
CREATE UNIQUE INDEX "customer_tenant_id_number" ON "customers" ("tenant_id", "number");
-- create index "customer_tenant_id_origin_id_active_name_number_id" to table: "customers"
CREATE INDEX "customer_tenant_id_origin_id_active_name_number_id" ON "customers" ("tenant_id", "origin_id", "active", "name", "number", "id");
-- create index "customers_of_tenant" to table: "customers"
CREATE UNIQUE INDEX "customers_of_tenant" ON "customers" ("tenant_id", "id");
-- create "addresses" table
CREATE TABLE "addresses" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "customer_id" uuid NOT NULL, "cep" character varying NOT NULL, "street" character varying NOT NULL, "house_number" character varying NOT NULL, "complement" character varying NULL, "district" character varying NOT NULL, "city" character varying NOT NULL, "town" character varying NOT NULL, "uf" character varying NOT NULL, "ibge" character varying NULL, "landmark" character varying NULL, PRIMARY KEY ("id"), CONSTRAINT "addresses_customer" FOREIGN KEY ("tenant_id", "customer_id") REFERENCES "customers" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "addresses_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "address_tenant_id_customer_id" to table: "addresses"
CREATE INDEX "address_tenant_id_customer_id" ON "addresses" ("tenant_id", "customer_id");
-- create index "address_tenant_id_town_customer_id" to table: "addresses"
CREATE INDEX "address_tenant_id_town_customer_id" ON "addresses" ("tenant_id", "town", "customer_id");
-- create index "addresses_of_tenant" to table: "addresses"
CREATE UNIQUE INDEX "addresses_of_tenant" ON "addresses" ("tenant_id", "id");
-- create "debt_agreements" table
CREATE TABLE "debt_agreements" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "number" bigint NOT NULL, "customer_id" uuid NOT NULL, "made_on" date NOT NULL, "made_at" timestamptz NOT NULL, "principal" bigint NOT NULL, "late" bigint NOT NULL, "discount" bigint NOT NULL DEFAULT 0, "instalments" bigint NOT NULL, "reason" character varying NULL, "cancelled_at" timestamptz NULL, "cancel_reason" character varying NULL, PRIMARY KEY ("id"), CONSTRAINT "debt_agreements_customer" FOREIGN KEY ("tenant_id", "customer_id") REFERENCES "customers" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "debt_agreements_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "debt_agreements_of_tenant" to table: "debt_agreements"
CREATE UNIQUE INDEX "debt_agreements_of_tenant" ON "debt_agreements" ("tenant_id", "id");
-- create index "debtagreement_tenant_id_customer_id" to table: "debt_agreements"
CREATE INDEX "debtagreement_tenant_id_customer_id" ON "debt_agreements" ("tenant_id", "customer_id");
-- create index "debtagreement_tenant_id_number" to table: "debt_agreements"
CREATE UNIQUE INDEX "debtagreement_tenant_id_number" ON "debt_agreements" ("tenant_id", "number");
-- create "charge_kinds" table
CREATE TABLE "charge_kinds" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "name" character varying NOT NULL, "installation" boolean NOT NULL DEFAULT false, "suspends" boolean NOT NULL DEFAULT false, "active" boolean NOT NULL DEFAULT true, PRIMARY KEY ("id"), CONSTRAINT "charge_kinds_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "charge_kinds_of_tenant" to table: "charge_kinds"
CREATE UNIQUE INDEX "charge_kinds_of_tenant" ON "charge_kinds" ("tenant_id", "id");
-- create index "chargekind_tenant_id_name" to table: "charge_kinds"
CREATE UNIQUE INDEX "chargekind_tenant_id_name" ON "charge_kinds" ("tenant_id", "name");
-- create "files" table
CREATE TABLE "files" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "name" character varying NOT NULL, "content_type" character varying NOT NULL, "size" bigint NOT NULL, "sha256" character varying NOT NULL, "content" bytea NOT NULL, "created_at" timestamptz NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "files_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "file_tenant_id_sha256" to table: "files"
CREATE INDEX "file_tenant_id_sha256" ON "files" ("tenant_id", "sha256");
-- create index "files_of_tenant" to table: "files"
CREATE UNIQUE INDEX "files_of_tenant" ON "files" ("tenant_id", "id");
-- create "companies" table
CREATE TABLE "companies" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "name" character varying NOT NULL, "trade_name" character varying NULL, "cnpj" character varying NOT NULL, "state_registration" character varying NULL, "city_registration" character varying NULL, "cep" character varying NOT NULL, "street" character varying NOT NULL, "house_number" character varying NOT NULL, "complement" character varying NULL, "district" character varying NOT NULL, "city" character varying NOT NULL, "uf" character varying NOT NULL, "ibge" character varying NULL, "phone" character varying NULL, "email" character varying NULL, "logo_id" uuid NULL, "active" boolean NOT NULL DEFAULT true, PRIMARY KEY ("id"), CONSTRAINT "companies_logo" FOREIGN KEY ("tenant_id", "logo_id") REFERENCES "files" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "companies_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "companies_of_tenant" to table: "companies"
CREATE UNIQUE INDEX "companies_of_tenant" ON "companies" ("tenant_id", "id");
-- create index "company_tenant_id_cnpj" to table: "companies"
CREATE UNIQUE INDEX "company_tenant_id_cnpj" ON "companies" ("tenant_id", "cnpj");
-- create "bank_agreements" table
CREATE TABLE "bank_agreements" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "company_id" uuid NOT NULL, "name" character varying NOT NULL, "bank" character varying NOT NULL, "terms" jsonb NOT NULL, "branch_digit" character varying NOT NULL DEFAULT '', "account_digit" character varying NOT NULL DEFAULT '', "variation" character varying NOT NULL DEFAULT '', "sender_code" character varying NOT NULL DEFAULT '', "hybrid" boolean NOT NULL DEFAULT false, "last_number" bigint NOT NULL DEFAULT 0, "number_year" bigint NOT NULL DEFAULT 0, "remessa_number" bigint NOT NULL DEFAULT 0, "active" boolean NOT NULL DEFAULT true, PRIMARY KEY ("id"), CONSTRAINT "bank_agreements_company" FOREIGN KEY ("tenant_id", "company_id") REFERENCES "companies" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "bank_agreements_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "bank_agreements_of_tenant" to table: "bank_agreements"
CREATE UNIQUE INDEX "bank_agreements_of_tenant" ON "bank_agreements" ("tenant_id", "id");
-- create index "bankagreement_tenant_id_name" to table: "bank_agreements"
CREATE UNIQUE INDEX "bankagreement_tenant_id_name" ON "bank_agreements" ("tenant_id", "name");
-- create "pix_keys" table
CREATE TABLE "pix_keys" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "company_id" uuid NOT NULL, "kind" character varying NOT NULL, "key" character varying NOT NULL, "name" character varying NOT NULL, "city" character varying NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "pix_keys_company" FOREIGN KEY ("tenant_id", "company_id") REFERENCES "companies" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "pix_keys_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "pix_keys_of_tenant" to table: "pix_keys"
CREATE UNIQUE INDEX "pix_keys_of_tenant" ON "pix_keys" ("tenant_id", "id");
-- create index "pixkey_tenant_id_key" to table: "pix_keys"
CREATE UNIQUE INDEX "pixkey_tenant_id_key" ON "pix_keys" ("tenant_id", "key");
-- create "psp_accounts" table
CREATE TABLE "psp_accounts" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "name" character varying NOT NULL, "pix_key_id" uuid NOT NULL, "base_url" character varying NOT NULL, "token_url" character varying NOT NULL, "client_id" character varying NOT NULL, "client_secret" character varying NOT NULL, "certificate" text NOT NULL, "private_key" text NOT NULL, "certificate_until" timestamptz NOT NULL, "webhook_secret" character varying NOT NULL, "webhook_hash" character varying NOT NULL, "answer" character varying NOT NULL DEFAULT 'untried', "answered_at" timestamptz NULL, "read_until" timestamptz NULL, "active" boolean NOT NULL DEFAULT true, PRIMARY KEY ("id"), CONSTRAINT "psp_accounts_pix_key" FOREIGN KEY ("tenant_id", "pix_key_id") REFERENCES "pix_keys" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "psp_accounts_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "psp_accounts_of_tenant" to table: "psp_accounts"
CREATE UNIQUE INDEX "psp_accounts_of_tenant" ON "psp_accounts" ("tenant_id", "id");
-- create index "pspaccount_tenant_id_name" to table: "psp_accounts"
CREATE UNIQUE INDEX "pspaccount_tenant_id_name" ON "psp_accounts" ("tenant_id", "name");
-- create "billing_methods" table
CREATE TABLE "billing_methods" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "company_id" uuid NOT NULL, "name" character varying NOT NULL, "kind" character varying NOT NULL, "agreement_id" uuid NULL, "pix_key_id" uuid NULL, "psp_account_id" uuid NULL, "active" boolean NOT NULL DEFAULT true, PRIMARY KEY ("id"), CONSTRAINT "billing_methods_agreement" FOREIGN KEY ("tenant_id", "agreement_id") REFERENCES "bank_agreements" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "billing_methods_company" FOREIGN KEY ("tenant_id", "company_id") REFERENCES "companies" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "billing_methods_pix_key" FOREIGN KEY ("tenant_id", "pix_key_id") REFERENCES "pix_keys" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "billing_methods_psp_account" FOREIGN KEY ("tenant_id", "psp_account_id") REFERENCES "psp_accounts" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "billing_methods_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "billing_methods_of_tenant" to table: "billing_methods"
CREATE UNIQUE INDEX "billing_methods_of_tenant" ON "billing_methods" ("tenant_id", "id");
-- create index "billingmethod_tenant_id_name" to table: "billing_methods"
CREATE UNIQUE INDEX "billingmethod_tenant_id_name" ON "billing_methods" ("tenant_id", "name");
-- create "contract_templates" table
CREATE TABLE "contract_templates" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "name" character varying NOT NULL, "version" bigint NOT NULL DEFAULT 1, "active" boolean NOT NULL DEFAULT true, PRIMARY KEY ("id"), CONSTRAINT "contract_templates_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "contract_templates_of_tenant" to table: "contract_templates"
CREATE UNIQUE INDEX "contract_templates_of_tenant" ON "contract_templates" ("tenant_id", "id");
-- create index "contracttemplate_tenant_id_name" to table: "contract_templates"
CREATE UNIQUE INDEX "contracttemplate_tenant_id_name" ON "contract_templates" ("tenant_id", "name");
-- create "plans" table
CREATE TABLE "plans" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "name" character varying NOT NULL, "price" bigint NOT NULL, "technology" character varying NOT NULL, "down_kbps" bigint NOT NULL, "up_kbps" bigint NOT NULL, "emits_contract" boolean NOT NULL DEFAULT true, "template_id" uuid NULL, "loyalty_months" bigint NOT NULL DEFAULT 0, "loyalty_benefit" bigint NOT NULL DEFAULT 0, "cities" jsonb NOT NULL, "pool" character varying NOT NULL DEFAULT '', "session_hours" bigint NOT NULL DEFAULT 0, "active" boolean NOT NULL DEFAULT true, PRIMARY KEY ("id"), CONSTRAINT "plans_template" FOREIGN KEY ("tenant_id", "template_id") REFERENCES "contract_templates" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "plans_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "plan_tenant_id_name" to table: "plans"
CREATE UNIQUE INDEX "plan_tenant_id_name" ON "plans" ("tenant_id", "name");
-- create index "plans_of_tenant" to table: "plans"
CREATE UNIQUE INDEX "plans_of_tenant" ON "plans" ("tenant_id", "id");
-- create "sectors" table
CREATE TABLE "sectors" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "name" character varying NOT NULL, "active" boolean NOT NULL DEFAULT true, PRIMARY KEY ("id"), CONSTRAINT "sectors_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "sector_tenant_id_name" to table: "sectors"
CREATE UNIQUE INDEX "sector_tenant_id_name" ON "sectors" ("tenant_id", "name");
-- create index "sectors_of_tenant" to table: "sectors"
CREATE UNIQUE INDEX "sectors_of_tenant" ON "sectors" ("tenant_id", "id");
-- create "users" table
CREATE TABLE "users" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "name" character varying NOT NULL, "email" character varying NOT NULL, "password_hash" character varying NOT NULL, "role" character varying NOT NULL, "sector_id" uuid NULL, "active" boolean NOT NULL DEFAULT true, "signed_in_at" timestamptz NULL, PRIMARY KEY ("id"), CONSTRAINT "users_sector" FOREIGN KEY ("tenant_id", "sector_id") REFERENCES "sectors" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "users_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "user_tenant_id_email" to table: "users"
CREATE UNIQUE INDEX "user_tenant_id_email" ON "users" ("tenant_id", "email");
-- create index "users_of_tenant" to table: "users"
CREATE UNIQUE INDEX "users_of_tenant" ON "users" ("tenant_id", "id");
-- create "sellers" table
CREATE TABLE "sellers" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "name" character varying NOT NULL, "user_id" uuid NULL, "commission" bigint NOT NULL DEFAULT 0, "active" boolean NOT NULL DEFAULT true, PRIMARY KEY ("id"), CONSTRAINT "sellers_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "sellers_user" FOREIGN KEY ("tenant_id", "user_id") REFERENCES "users" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "seller_tenant_id_name" to table: "sellers"
CREATE UNIQUE INDEX "seller_tenant_id_name" ON "sellers" ("tenant_id", "name");
-- create index "sellers_of_tenant" to table: "sellers"
CREATE UNIQUE INDEX "sellers_of_tenant" ON "sellers" ("tenant_id", "id");
-- create "subscriptions" table
CREATE TABLE "subscriptions" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "number" bigint NOT NULL, "customer_id" uuid NOT NULL, "plan_id" uuid NOT NULL, "seller_id" uuid NULL, "origin_id" uuid NULL, "made_by" character varying NOT NULL DEFAULT 'sale', "chain_id" uuid NULL, "ended_by" character varying NULL, "status" character varying NOT NULL, "status_since" timestamptz NOT NULL, "price" bigint NOT NULL, "discount_fixed" bigint NOT NULL DEFAULT 0, "discount_percent" bigint NOT NULL DEFAULT 0, "discount_months" bigint NOT NULL DEFAULT 0, "whole_billed" bigint NOT NULL DEFAULT 0, "sold_on" date NOT NULL, "enabled_on" date NULL, "held_from" date NULL, "due_day_before" bigint NULL, "cancelled_on" date NULL, "cancel_reason" character varying NULL, "loyalty_from" date NULL, "loyalty_to" date NULL, "loyalty_benefit" bigint NOT NULL DEFAULT 0, "method_id" uuid NOT NULL, "due_day" bigint NOT NULL, "mode" character varying NOT NULL, "booklet" boolean NOT NULL DEFAULT false, "separate_invoice" boolean NOT NULL DEFAULT false, "separate_note" boolean NOT NULL DEFAULT false, "fee_choice" character varying NOT NULL, "fee" bigint NOT NULL DEFAULT 0, "fee_parts" bigint NOT NULL DEFAULT 0, "billed_until" date NULL, "no_block_until" date NULL, "never_block" boolean NOT NULL DEFAULT false, "block_reason" character varying NULL, PRIMARY KEY ("id"), CONSTRAINT "subscriptions_customer" FOREIGN KEY ("tenant_id", "customer_id") REFERENCES "customers" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "subscriptions_method" FOREIGN KEY ("tenant_id", "method_id") REFERENCES "billing_methods" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "subscriptions_origin" FOREIGN KEY ("tenant_id", "origin_id") REFERENCES "origins" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "subscriptions_plan" FOREIGN KEY ("tenant_id", "plan_id") REFERENCES "plans" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "subscriptions_seller" FOREIGN KEY ("tenant_id", "seller_id") REFERENCES "sellers" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "subscriptions_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "subscription_tenant_id_chain_id" to table: "subscriptions"
CREATE INDEX "subscription_tenant_id_chain_id" ON "subscriptions" ("tenant_id", "chain_id") WHERE (chain_id IS NOT NULL);
-- create index "subscription_tenant_id_customer_id" to table: "subscriptions"
CREATE INDEX "subscription_tenant_id_customer_id" ON "subscriptions" ("tenant_id", "customer_id");
-- create index "subscription_tenant_id_ended_by_cancelled_on_enabled_on_price" to table: "subscriptions"
CREATE INDEX "subscription_tenant_id_ended_by_cancelled_on_enabled_on_price" ON "subscriptions" ("tenant_id", "ended_by", "cancelled_on", "enabled_on", "price");
-- create index "subscription_tenant_id_made_by_enabled_on_price" to table: "subscriptions"
CREATE INDEX "subscription_tenant_id_made_by_enabled_on_price" ON "subscriptions" ("tenant_id", "made_by", "enabled_on", "price");
-- create index "subscription_tenant_id_made_by_sold_on_origin_id" to table: "subscriptions"
CREATE INDEX "subscription_tenant_id_made_by_sold_on_origin_id" ON "subscriptions" ("tenant_id", "made_by", "sold_on", "origin_id");
-- create index "subscription_tenant_id_number" to table: "subscriptions"
CREATE UNIQUE INDEX "subscription_tenant_id_number" ON "subscriptions" ("tenant_id", "number");
-- create index "subscription_tenant_id_plan_id_status_customer_id" to table: "subscriptions"
CREATE INDEX "subscription_tenant_id_plan_id_status_customer_id" ON "subscriptions" ("tenant_id", "plan_id", "status", "customer_id");
-- create index "subscription_tenant_id_status_billed_until" to table: "subscriptions"
CREATE INDEX "subscription_tenant_id_status_billed_until" ON "subscriptions" ("tenant_id", "status", "billed_until") WHERE booklet;
-- create index "subscription_tenant_id_status_customer_id" to table: "subscriptions"
CREATE INDEX "subscription_tenant_id_status_customer_id" ON "subscriptions" ("tenant_id", "status", "customer_id");
-- create index "subscription_tenant_id_status_status_since" to table: "subscriptions"
CREATE INDEX "subscription_tenant_id_status_status_since" ON "subscriptions" ("tenant_id", "status", "status_since");
-- create index "subscriptions_of_tenant" to table: "subscriptions"
CREATE UNIQUE INDEX "subscriptions_of_tenant" ON "subscriptions" ("tenant_id", "id");
-- create "booklets" table
CREATE TABLE "booklets" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "number" bigint NOT NULL, "customer_id" uuid NOT NULL, "subscription_id" uuid NOT NULL, "start_on" date NOT NULL, "first_due" date NOT NULL, "instalments" bigint NOT NULL, "mode" character varying NOT NULL, "issued_at" timestamptz NOT NULL, "cancelled_at" timestamptz NULL, "cancel_reason" character varying NULL, "file_id" uuid NULL, "version" bigint NOT NULL DEFAULT 1, PRIMARY KEY ("id"), CONSTRAINT "booklets_customer" FOREIGN KEY ("tenant_id", "customer_id") REFERENCES "customers" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "booklets_file" FOREIGN KEY ("tenant_id", "file_id") REFERENCES "files" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "booklets_subscription" FOREIGN KEY ("tenant_id", "subscription_id") REFERENCES "subscriptions" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "booklets_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "booklet_tenant_id_customer_id" to table: "booklets"
CREATE INDEX "booklet_tenant_id_customer_id" ON "booklets" ("tenant_id", "customer_id");
-- create index "booklet_tenant_id_number" to table: "booklets"
CREATE UNIQUE INDEX "booklet_tenant_id_number" ON "booklets" ("tenant_id", "number");
-- create index "booklet_tenant_id_subscription_id" to table: "booklets"
CREATE INDEX "booklet_tenant_id_subscription_id" ON "booklets" ("tenant_id", "subscription_id");
-- create index "booklets_of_tenant" to table: "booklets"
CREATE UNIQUE INDEX "booklets_of_tenant" ON "booklets" ("tenant_id", "id");
-- create "invoices" table
CREATE TABLE "invoices" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "number" bigint NOT NULL, "customer_id" uuid NOT NULL, "subscription_id" uuid NULL, "booklet_id" uuid NULL, "instalment" bigint NOT NULL DEFAULT 0, "method_id" uuid NOT NULL, "due" date NOT NULL, "issued_at" timestamptz NOT NULL, "reminded_on" date NULL, "noticed_on" date NULL, "cancelled_at" timestamptz NULL, "cancel_reason" character varying NULL, "version" bigint NOT NULL DEFAULT 1, "paid_at" timestamptz NULL, PRIMARY KEY ("id"), CONSTRAINT "invoices_booklet" FOREIGN KEY ("tenant_id", "booklet_id") REFERENCES "booklets" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "invoices_customer" FOREIGN KEY ("tenant_id", "customer_id") REFERENCES "customers" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "invoices_method" FOREIGN KEY ("tenant_id", "method_id") REFERENCES "billing_methods" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "invoices_subscription" FOREIGN KEY ("tenant_id", "subscription_id") REFERENCES "subscriptions" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "invoices_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "invoice_tenant_id_booklet_id_instalment" to table: "invoices"
CREATE INDEX "invoice_tenant_id_booklet_id_instalment" ON "invoices" ("tenant_id", "booklet_id", "instalment");
-- create index "invoice_tenant_id_customer_id_due" to table: "invoices"
CREATE INDEX "invoice_tenant_id_customer_id_due" ON "invoices" ("tenant_id", "customer_id", "due");
-- create index "invoice_tenant_id_due" to table: "invoices"
CREATE INDEX "invoice_tenant_id_due" ON "invoices" ("tenant_id", "due");
-- create index "invoice_tenant_id_due_number_customer_id" to table: "invoices"
CREATE INDEX "invoice_tenant_id_due_number_customer_id" ON "invoices" ("tenant_id", "due", "number", "customer_id") WHERE ((paid_at IS NULL) AND (cancelled_at IS NULL));
-- create index "invoice_tenant_id_noticed_on_due" to table: "invoices"
CREATE INDEX "invoice_tenant_id_noticed_on_due" ON "invoices" ("tenant_id", "noticed_on", "due") WHERE ((paid_at IS NULL) AND (cancelled_at IS NULL));
-- create index "invoice_tenant_id_number" to table: "invoices"
CREATE UNIQUE INDEX "invoice_tenant_id_number" ON "invoices" ("tenant_id", "number");
-- create index "invoice_tenant_id_paid_at" to table: "invoices"
CREATE INDEX "invoice_tenant_id_paid_at" ON "invoices" ("tenant_id", "paid_at") WHERE (paid_at IS NOT NULL);
-- create index "invoices_of_tenant" to table: "invoices"
CREATE UNIQUE INDEX "invoices_of_tenant" ON "invoices" ("tenant_id", "id");
-- create "charges" table
CREATE TABLE "charges" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "number" bigint NOT NULL, "customer_id" uuid NOT NULL, "subscription_id" uuid NULL, "invoice_id" uuid NULL, "late_invoice_id" uuid NULL, "kind" character varying NOT NULL, "charge_kind_id" uuid NULL, "suspends" boolean NOT NULL DEFAULT false, "description" character varying NOT NULL, "period_from" date NULL, "period_to" date NULL, "whole" boolean NOT NULL DEFAULT false, "competence" date NULL, "due" date NOT NULL, "amount" bigint NOT NULL, "settled" bigint NOT NULL DEFAULT 0, "closed_at" timestamptz NULL, "memo" character varying NOT NULL, "position" bigint NOT NULL, "created_at" timestamptz NOT NULL, "cancelled_at" timestamptz NULL, "cancel_reason" character varying NULL, "passed_on_at" timestamptz NULL, "contested_at" timestamptz NULL, "contest_answered_at" timestamptz NULL, PRIMARY KEY ("id"), CONSTRAINT "charges_charge_kind" FOREIGN KEY ("tenant_id", "charge_kind_id") REFERENCES "charge_kinds" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "charges_customer" FOREIGN KEY ("tenant_id", "customer_id") REFERENCES "customers" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "charges_invoice" FOREIGN KEY ("tenant_id", "invoice_id") REFERENCES "invoices" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "charges_late_invoice" FOREIGN KEY ("tenant_id", "late_invoice_id") REFERENCES "invoices" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "charges_subscription" FOREIGN KEY ("tenant_id", "subscription_id") REFERENCES "subscriptions" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "charges_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "charge_tenant_id_customer_id" to table: "charges"
CREATE INDEX "charge_tenant_id_customer_id" ON "charges" ("tenant_id", "customer_id");
-- create index "charge_tenant_id_due_amount" to table: "charges"
CREATE INDEX "charge_tenant_id_due_amount" ON "charges" ("tenant_id", "due", "amount") WHERE (cancelled_at IS NULL);
-- create index "charge_tenant_id_due_amount_settled" to table: "charges"
CREATE INDEX "charge_tenant_id_due_amount_settled" ON "charges" ("tenant_id", "due", "amount", "settled") WHERE ((closed_at IS NULL) AND (cancelled_at IS NULL) AND (invoice_id IS NOT NULL));
-- create index "charge_tenant_id_due_number_amount_settled" to table: "charges"
CREATE INDEX "charge_tenant_id_due_number_amount_settled" ON "charges" ("tenant_id", "due", "number", "amount", "settled") WHERE ((closed_at IS NULL) AND (cancelled_at IS NULL) AND (invoice_id IS NULL));
-- create index "charge_tenant_id_invoice_id" to table: "charges"
CREATE INDEX "charge_tenant_id_invoice_id" ON "charges" ("tenant_id", "invoice_id");
-- create index "charge_tenant_id_invoice_id_due" to table: "charges"
CREATE INDEX "charge_tenant_id_invoice_id_due" ON "charges" ("tenant_id", "invoice_id", "due") WHERE ((contested_at IS NOT NULL) AND (contest_answered_at IS NULL) AND (cancelled_at IS NULL));
-- create index "charge_tenant_id_late_invoice_id" to table: "charges"
CREATE INDEX "charge_tenant_id_late_invoice_id" ON "charges" ("tenant_id", "late_invoice_id") WHERE (late_invoice_id IS NOT NULL);
-- create index "charge_tenant_id_number" to table: "charges"
CREATE UNIQUE INDEX "charge_tenant_id_number" ON "charges" ("tenant_id", "number");
-- create index "charge_tenant_id_subscription_id_due" to table: "charges"
CREATE INDEX "charge_tenant_id_subscription_id_due" ON "charges" ("tenant_id", "subscription_id", "due") WHERE ((closed_at IS NULL) AND (cancelled_at IS NULL));
-- create index "charge_tenant_id_subscription_id_period_from_kind" to table: "charges"
CREATE UNIQUE INDEX "charge_tenant_id_subscription_id_period_from_kind" ON "charges" ("tenant_id", "subscription_id", "period_from", "kind") WHERE (((kind)::text = 'recurring'::text) AND (cancelled_at IS NULL) AND (passed_on_at IS NULL));
-- create index "charges_of_tenant" to table: "charges"
CREATE UNIQUE INDEX "charges_of_tenant" ON "charges" ("tenant_id", "id");
-- create "correspondents" table
CREATE TABLE "correspondents" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "name" character varying NOT NULL, "commission" bigint NOT NULL DEFAULT 0, "active" boolean NOT NULL DEFAULT true, "version" bigint NOT NULL DEFAULT 1, PRIMARY KEY ("id"), CONSTRAINT "correspondents_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "correspondent_tenant_id_name" to table: "correspondents"
CREATE UNIQUE INDEX "correspondent_tenant_id_name" ON "correspondents" ("tenant_id", "name");
-- create index "correspondents_of_tenant" to table: "correspondents"
CREATE UNIQUE INDEX "correspondents_of_tenant" ON "correspondents" ("tenant_id", "id");
-- create "receipts" table
CREATE TABLE "receipts" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "number" bigint NOT NULL, "customer_id" uuid NOT NULL, "amount" bigint NOT NULL, "form" character varying NOT NULL, "paid_on" date NOT NULL, "at" timestamptz NOT NULL, "user_id" uuid NULL, PRIMARY KEY ("id"), CONSTRAINT "receipts_customer" FOREIGN KEY ("tenant_id", "customer_id") REFERENCES "customers" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "receipts_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "receipts_user" FOREIGN KEY ("tenant_id", "user_id") REFERENCES "users" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "receipt_tenant_id_number" to table: "receipts"
CREATE UNIQUE INDEX "receipt_tenant_id_number" ON "receipts" ("tenant_id", "number");
-- create index "receipts_of_tenant" to table: "receipts"
CREATE UNIQUE INDEX "receipts_of_tenant" ON "receipts" ("tenant_id", "id");
-- create "tills" table
CREATE TABLE "tills" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "number" bigint NOT NULL, "user_id" uuid NOT NULL, "day" date NOT NULL, "opening" bigint NOT NULL, "opened_at" timestamptz NOT NULL, "closed_at" timestamptz NULL, "closed_by" uuid NULL, "reason" character varying NULL, "version" bigint NOT NULL DEFAULT 1, PRIMARY KEY ("id"), CONSTRAINT "tills_closed_by" FOREIGN KEY ("tenant_id", "closed_by") REFERENCES "users" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "tills_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "tills_user" FOREIGN KEY ("tenant_id", "user_id") REFERENCES "users" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "till_tenant_id_day" to table: "tills"
CREATE INDEX "till_tenant_id_day" ON "tills" ("tenant_id", "day");
-- create index "till_tenant_id_number" to table: "tills"
CREATE UNIQUE INDEX "till_tenant_id_number" ON "tills" ("tenant_id", "number");
-- create index "till_tenant_id_user_id" to table: "tills"
CREATE UNIQUE INDEX "till_tenant_id_user_id" ON "tills" ("tenant_id", "user_id") WHERE (closed_at IS NULL);
-- create index "tills_of_tenant" to table: "tills"
CREATE UNIQUE INDEX "tills_of_tenant" ON "tills" ("tenant_id", "id");
-- create "payments" table
CREATE TABLE "payments" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "source" character varying NOT NULL, "external_id" character varying NOT NULL, "amount" bigint NOT NULL, "paid_on" date NOT NULL, "received_at" timestamptz NOT NULL, "customer_id" uuid NOT NULL, "invoice_id" uuid NULL, "user_id" uuid NULL, "form" character varying NULL, "receipt_id" uuid NULL, "till_id" uuid NULL, "correspondent_id" uuid NULL, PRIMARY KEY ("id"), CONSTRAINT "payments_correspondent" FOREIGN KEY ("tenant_id", "correspondent_id") REFERENCES "correspondents" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "payments_customer" FOREIGN KEY ("tenant_id", "customer_id") REFERENCES "customers" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "payments_invoice" FOREIGN KEY ("tenant_id", "invoice_id") REFERENCES "invoices" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "payments_receipt" FOREIGN KEY ("tenant_id", "receipt_id") REFERENCES "receipts" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "payments_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "payments_till" FOREIGN KEY ("tenant_id", "till_id") REFERENCES "tills" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "payments_user" FOREIGN KEY ("tenant_id", "user_id") REFERENCES "users" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "payment_tenant_id_correspondent_id_paid_on" to table: "payments"
CREATE INDEX "payment_tenant_id_correspondent_id_paid_on" ON "payments" ("tenant_id", "correspondent_id", "paid_on") WHERE (correspondent_id IS NOT NULL);
-- create index "payment_tenant_id_customer_id" to table: "payments"
CREATE INDEX "payment_tenant_id_customer_id" ON "payments" ("tenant_id", "customer_id");
-- create index "payment_tenant_id_invoice_id" to table: "payments"
CREATE INDEX "payment_tenant_id_invoice_id" ON "payments" ("tenant_id", "invoice_id");
-- create index "payment_tenant_id_paid_on" to table: "payments"
CREATE INDEX "payment_tenant_id_paid_on" ON "payments" ("tenant_id", "paid_on");
-- create index "payment_tenant_id_receipt_id" to table: "payments"
CREATE INDEX "payment_tenant_id_receipt_id" ON "payments" ("tenant_id", "receipt_id") WHERE (receipt_id IS NOT NULL);
-- create index "payment_tenant_id_source_external_id" to table: "payments"
CREATE UNIQUE INDEX "payment_tenant_id_source_external_id" ON "payments" ("tenant_id", "source", "external_id");
-- create index "payment_tenant_id_till_id" to table: "payments"
CREATE INDEX "payment_tenant_id_till_id" ON "payments" ("tenant_id", "till_id") WHERE (till_id IS NOT NULL);
-- create index "payments_of_tenant" to table: "payments"
CREATE UNIQUE INDEX "payments_of_tenant" ON "payments" ("tenant_id", "id");
-- create "agreement_debts" table
CREATE TABLE "agreement_debts" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "agreement_id" uuid NOT NULL, "payment_id" uuid NOT NULL, "invoice_id" uuid NULL, "charge_id" uuid NULL, PRIMARY KEY ("id"), CONSTRAINT "agreement_debts_agreement" FOREIGN KEY ("tenant_id", "agreement_id") REFERENCES "debt_agreements" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "agreement_debts_charge" FOREIGN KEY ("tenant_id", "charge_id") REFERENCES "charges" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "agreement_debts_invoice" FOREIGN KEY ("tenant_id", "invoice_id") REFERENCES "invoices" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "agreement_debts_payment" FOREIGN KEY ("tenant_id", "payment_id") REFERENCES "payments" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "agreement_debts_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "agreementdebt_tenant_id_agreement_id" to table: "agreement_debts"
CREATE INDEX "agreementdebt_tenant_id_agreement_id" ON "agreement_debts" ("tenant_id", "agreement_id");
-- create index "agreementdebt_tenant_id_invoice_id" to table: "agreement_debts"
CREATE INDEX "agreementdebt_tenant_id_invoice_id" ON "agreement_debts" ("tenant_id", "invoice_id");
-- create index "agreementdebt_tenant_id_payment_id" to table: "agreement_debts"
CREATE INDEX "agreementdebt_tenant_id_payment_id" ON "agreement_debts" ("tenant_id", "payment_id");
-- create "agreement_instalments" table
CREATE TABLE "agreement_instalments" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "agreement_id" uuid NOT NULL, "invoice_id" uuid NOT NULL, "place" bigint NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "agreement_instalments_agreement" FOREIGN KEY ("tenant_id", "agreement_id") REFERENCES "debt_agreements" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "agreement_instalments_invoice" FOREIGN KEY ("tenant_id", "invoice_id") REFERENCES "invoices" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "agreement_instalments_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "agreementinstalment_tenant_id_agreement_id_place" to table: "agreement_instalments"
CREATE UNIQUE INDEX "agreementinstalment_tenant_id_agreement_id_place" ON "agreement_instalments" ("tenant_id", "agreement_id", "place");
-- create index "agreementinstalment_tenant_id_invoice_id" to table: "agreement_instalments"
CREATE UNIQUE INDEX "agreementinstalment_tenant_id_invoice_id" ON "agreement_instalments" ("tenant_id", "invoice_id");
-- create "contests" table
CREATE TABLE "contests" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "customer_id" uuid NOT NULL, "charge_id" uuid NOT NULL, "channel" character varying NOT NULL, "reason" character varying NOT NULL, "at" timestamptz NOT NULL, "answer_by" date NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "contests_charge" FOREIGN KEY ("tenant_id", "charge_id") REFERENCES "charges" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "contests_customer" FOREIGN KEY ("tenant_id", "customer_id") REFERENCES "customers" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "contests_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "contest_tenant_id_answer_by" to table: "contests"
CREATE INDEX "contest_tenant_id_answer_by" ON "contests" ("tenant_id", "answer_by");
-- create index "contest_tenant_id_charge_id" to table: "contests"
CREATE UNIQUE INDEX "contest_tenant_id_charge_id" ON "contests" ("tenant_id", "charge_id");
-- create index "contest_tenant_id_customer_id" to table: "contests"
CREATE INDEX "contest_tenant_id_customer_id" ON "contests" ("tenant_id", "customer_id");
-- create index "contests_of_tenant" to table: "contests"
CREATE UNIQUE INDEX "contests_of_tenant" ON "contests" ("tenant_id", "id");
-- create "nas" table
CREATE TABLE "nas" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "name" character varying NOT NULL, "address" character varying NOT NULL, "secret" character varying NOT NULL, "authenticator" character varying NOT NULL DEFAULT 'auto', "authenticator_seen" boolean NOT NULL DEFAULT false, "vendor" character varying NOT NULL DEFAULT 'mikrotik', "coa_port" bigint NOT NULL DEFAULT 3799, "interim_seconds" bigint NOT NULL DEFAULT 300, "walled_pool" character varying NOT NULL DEFAULT '', "cgnat_private" character varying NOT NULL DEFAULT '', "cgnat_public" character varying NOT NULL DEFAULT '', "cgnat_ports" bigint NOT NULL DEFAULT 0, "active" boolean NOT NULL DEFAULT true, PRIMARY KEY ("id"), CONSTRAINT "nas_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "nas_of_tenant" to table: "nas"
CREATE UNIQUE INDEX "nas_of_tenant" ON "nas" ("tenant_id", "id");
-- create index "nas_tenant_id_address" to table: "nas"
CREATE UNIQUE INDEX "nas_tenant_id_address" ON "nas" ("tenant_id", "address");
-- create "outages" table
CREATE TABLE "outages" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "number" bigint NOT NULL, "title" character varying NOT NULL, "kind" character varying NOT NULL, "city" character varying NULL, "district" character varying NULL, "nas_id" uuid NULL, "state" character varying NOT NULL, "began_at" timestamptz NOT NULL, "ended_at" timestamptz NULL, "ending" text NULL, "close_tickets" boolean NOT NULL DEFAULT true, "credits" boolean NOT NULL DEFAULT false, "total" bigint NOT NULL, "done" bigint NOT NULL DEFAULT 0, "failed" bigint NOT NULL DEFAULT 0, "told" bigint NOT NULL DEFAULT 0, "tickets" bigint NOT NULL DEFAULT 0, "credited" bigint NOT NULL DEFAULT 0, "credit" bigint NOT NULL DEFAULT 0, "user_id" uuid NOT NULL, "user_name" character varying NOT NULL, "user_role" character varying NOT NULL, "created_at" timestamptz NOT NULL, "changed_at" timestamptz NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "outages_nas" FOREIGN KEY ("tenant_id", "nas_id") REFERENCES "nas" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "outages_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "outages_user" FOREIGN KEY ("tenant_id", "user_id") REFERENCES "users" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "outage_tenant_id_number" to table: "outages"
CREATE UNIQUE INDEX "outage_tenant_id_number" ON "outages" ("tenant_id", "number");
-- create index "outage_tenant_id_state_began_at" to table: "outages"
CREATE INDEX "outage_tenant_id_state_began_at" ON "outages" ("tenant_id", "state", "began_at");
-- create index "outages_of_tenant" to table: "outages"
CREATE UNIQUE INDEX "outages_of_tenant" ON "outages" ("tenant_id", "id");
-- create "ticket_types" table
CREATE TABLE "ticket_types" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "name" character varying NOT NULL, "sla_hours" bigint NOT NULL DEFAULT 48, "sector_id" uuid NULL, "subscriber" boolean NOT NULL DEFAULT false, "active" boolean NOT NULL DEFAULT true, PRIMARY KEY ("id"), CONSTRAINT "ticket_types_sector" FOREIGN KEY ("tenant_id", "sector_id") REFERENCES "sectors" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "ticket_types_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "ticket_types_of_tenant" to table: "ticket_types"
CREATE UNIQUE INDEX "ticket_types_of_tenant" ON "ticket_types" ("tenant_id", "id");
-- create index "tickettype_tenant_id" to table: "ticket_types"
CREATE UNIQUE INDEX "tickettype_tenant_id" ON "ticket_types" ("tenant_id") WHERE subscriber;
-- create index "tickettype_tenant_id_name" to table: "ticket_types"
CREATE UNIQUE INDEX "tickettype_tenant_id_name" ON "ticket_types" ("tenant_id", "name");
-- create "tickets" table
CREATE TABLE "tickets" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "protocol" character varying NOT NULL, "customer_id" uuid NOT NULL, "subscription_id" uuid NOT NULL, "type_id" uuid NULL, "status" character varying NOT NULL, "channel" character varying NOT NULL, "user_id" uuid NULL, "assignee_id" uuid NULL, "sector_id" uuid NULL, "opening" text NULL, "closing" text NULL, "diagnosis" jsonb NULL, "opened_at" timestamptz NOT NULL, "touched_at" timestamptz NOT NULL, "due_at" timestamptz NULL, "closed_at" timestamptz NULL, "rating" bigint NULL, "rating_text" text NULL, "talk_chat" bigint NULL, "talk_until" timestamptz NULL, "waits_since" timestamptz NULL, "moved_at" timestamptz NULL, "outage_id" uuid NULL, PRIMARY KEY ("id"), CONSTRAINT "tickets_assignee" FOREIGN KEY ("tenant_id", "assignee_id") REFERENCES "users" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "tickets_customer" FOREIGN KEY ("tenant_id", "customer_id") REFERENCES "customers" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "tickets_outage" FOREIGN KEY ("tenant_id", "outage_id") REFERENCES "outages" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "tickets_sector" FOREIGN KEY ("tenant_id", "sector_id") REFERENCES "sectors" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "tickets_subscription" FOREIGN KEY ("tenant_id", "subscription_id") REFERENCES "subscriptions" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "tickets_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "tickets_type" FOREIGN KEY ("tenant_id", "type_id") REFERENCES "ticket_types" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "tickets_user" FOREIGN KEY ("tenant_id", "user_id") REFERENCES "users" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "ticket_tenant_id_assignee_id_opened_at" to table: "tickets"
CREATE INDEX "ticket_tenant_id_assignee_id_opened_at" ON "tickets" ("tenant_id", "assignee_id", "opened_at");
-- create index "ticket_tenant_id_customer_id" to table: "tickets"
CREATE INDEX "ticket_tenant_id_customer_id" ON "tickets" ("tenant_id", "customer_id");
-- create index "ticket_tenant_id_opened_at_protocol" to table: "tickets"
CREATE INDEX "ticket_tenant_id_opened_at_protocol" ON "tickets" ("tenant_id", "opened_at", "protocol");
-- create index "ticket_tenant_id_outage_id" to table: "tickets"
CREATE INDEX "ticket_tenant_id_outage_id" ON "tickets" ("tenant_id", "outage_id") WHERE (outage_id IS NOT NULL);
-- create index "ticket_tenant_id_protocol" to table: "tickets"
CREATE UNIQUE INDEX "ticket_tenant_id_protocol" ON "tickets" ("tenant_id", "protocol");
-- create index "ticket_tenant_id_sector_id_opened_at" to table: "tickets"
CREATE INDEX "ticket_tenant_id_sector_id_opened_at" ON "tickets" ("tenant_id", "sector_id", "opened_at");
-- create index "ticket_tenant_id_status_due_at" to table: "tickets"
CREATE INDEX "ticket_tenant_id_status_due_at" ON "tickets" ("tenant_id", "status", "due_at");
-- create index "ticket_tenant_id_status_opened_at" to table: "tickets"
CREATE INDEX "ticket_tenant_id_status_opened_at" ON "tickets" ("tenant_id", "status", "opened_at");
-- create index "ticket_tenant_id_subscription_id" to table: "tickets"
CREATE INDEX "ticket_tenant_id_subscription_id" ON "tickets" ("tenant_id", "subscription_id");
-- create index "ticket_tenant_id_talk_chat" to table: "tickets"
CREATE INDEX "ticket_tenant_id_talk_chat" ON "tickets" ("tenant_id", "talk_chat") WHERE (talk_chat IS NOT NULL);
-- create index "ticket_tenant_id_user_id_subscription_id" to table: "tickets"
CREATE UNIQUE INDEX "ticket_tenant_id_user_id_subscription_id" ON "tickets" ("tenant_id", "user_id", "subscription_id") WHERE ((status)::text = 'rascunho'::text);
-- create index "ticket_tenant_id_waits_since" to table: "tickets"
CREATE INDEX "ticket_tenant_id_waits_since" ON "tickets" ("tenant_id", "waits_since") WHERE (waits_since IS NOT NULL);
-- create index "tickets_of_tenant" to table: "tickets"
CREATE UNIQUE INDEX "tickets_of_tenant" ON "tickets" ("tenant_id", "id");
-- create "work_order_types" table
CREATE TABLE "work_order_types" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "name" character varying NOT NULL, "minutes" bigint NOT NULL DEFAULT 60, "states" jsonb NOT NULL, "installation" boolean NOT NULL DEFAULT false, "active" boolean NOT NULL DEFAULT true, PRIMARY KEY ("id"), CONSTRAINT "work_order_types_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "work_order_types_of_tenant" to table: "work_order_types"
CREATE UNIQUE INDEX "work_order_types_of_tenant" ON "work_order_types" ("tenant_id", "id");
-- create index "workordertype_tenant_id_name" to table: "work_order_types"
CREATE UNIQUE INDEX "workordertype_tenant_id_name" ON "work_order_types" ("tenant_id", "name");
-- create "work_orders" table
CREATE TABLE "work_orders" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "number" bigint NOT NULL, "customer_id" uuid NOT NULL, "subscription_id" uuid NOT NULL, "ticket_id" uuid NULL, "type_id" uuid NOT NULL, "status" character varying NOT NULL, "technician_id" uuid NULL, "helper_id" uuid NULL, "starts_at" timestamptz NULL, "minutes" bigint NOT NULL DEFAULT 60, "description" text NOT NULL, "opened_at" timestamptz NOT NULL, "on_way_at" timestamptz NULL, "began_at" timestamptz NULL, "finished_at" timestamptz NULL, "done" text NULL, "signed_by" character varying NULL, PRIMARY KEY ("id"), CONSTRAINT "work_orders_customer" FOREIGN KEY ("tenant_id", "customer_id") REFERENCES "customers" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "work_orders_helper" FOREIGN KEY ("tenant_id", "helper_id") REFERENCES "users" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "work_orders_subscription" FOREIGN KEY ("tenant_id", "subscription_id") REFERENCES "subscriptions" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "work_orders_technician" FOREIGN KEY ("tenant_id", "technician_id") REFERENCES "users" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "work_orders_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "work_orders_ticket" FOREIGN KEY ("tenant_id", "ticket_id") REFERENCES "tickets" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "work_orders_type" FOREIGN KEY ("tenant_id", "type_id") REFERENCES "work_order_types" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "work_orders_of_tenant" to table: "work_orders"
CREATE UNIQUE INDEX "work_orders_of_tenant" ON "work_orders" ("tenant_id", "id");
-- create index "workorder_tenant_id_customer_id" to table: "work_orders"
CREATE INDEX "workorder_tenant_id_customer_id" ON "work_orders" ("tenant_id", "customer_id");
-- create index "workorder_tenant_id_helper_id_starts_at" to table: "work_orders"
CREATE INDEX "workorder_tenant_id_helper_id_starts_at" ON "work_orders" ("tenant_id", "helper_id", "starts_at");
-- create index "workorder_tenant_id_number" to table: "work_orders"
CREATE UNIQUE INDEX "workorder_tenant_id_number" ON "work_orders" ("tenant_id", "number");
-- create index "workorder_tenant_id_starts_at" to table: "work_orders"
CREATE INDEX "workorder_tenant_id_starts_at" ON "work_orders" ("tenant_id", "starts_at");
-- create index "workorder_tenant_id_status" to table: "work_orders"
CREATE INDEX "workorder_tenant_id_status" ON "work_orders" ("tenant_id", "status");
-- create index "workorder_tenant_id_technician_id_starts_at" to table: "work_orders"
CREATE INDEX "workorder_tenant_id_technician_id_starts_at" ON "work_orders" ("tenant_id", "technician_id", "starts_at");
-- create index "workorder_tenant_id_ticket_id" to table: "work_orders"
CREATE INDEX "workorder_tenant_id_ticket_id" ON "work_orders" ("tenant_id", "ticket_id");
-- create "attachments" table
CREATE TABLE "attachments" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "ticket_id" uuid NULL, "work_order_id" uuid NULL, "contest_id" uuid NULL, "file_id" uuid NOT NULL, "kind" character varying NOT NULL, "user_id" uuid NULL, "at" timestamptz NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "attachments_contest" FOREIGN KEY ("tenant_id", "contest_id") REFERENCES "contests" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "attachments_file" FOREIGN KEY ("tenant_id", "file_id") REFERENCES "files" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "attachments_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "attachments_ticket" FOREIGN KEY ("tenant_id", "ticket_id") REFERENCES "tickets" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "attachments_user" FOREIGN KEY ("tenant_id", "user_id") REFERENCES "users" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "attachments_work_order" FOREIGN KEY ("tenant_id", "work_order_id") REFERENCES "work_orders" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "attachment_tenant_id_contest_id" to table: "attachments"
CREATE INDEX "attachment_tenant_id_contest_id" ON "attachments" ("tenant_id", "contest_id") WHERE (contest_id IS NOT NULL);
-- create index "attachment_tenant_id_ticket_id" to table: "attachments"
CREATE INDEX "attachment_tenant_id_ticket_id" ON "attachments" ("tenant_id", "ticket_id");
-- create index "attachment_tenant_id_work_order_id" to table: "attachments"
CREATE INDEX "attachment_tenant_id_work_order_id" ON "attachments" ("tenant_id", "work_order_id");
-- create "auth_attempts" table
CREATE TABLE "auth_attempts" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "subscription_id" uuid NULL, "nas_id" uuid NOT NULL, "login" character varying NOT NULL, "accepted" boolean NOT NULL DEFAULT false, "reason" character varying NULL, "at" timestamptz NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "auth_attempts_nas" FOREIGN KEY ("tenant_id", "nas_id") REFERENCES "nas" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "auth_attempts_subscription" FOREIGN KEY ("tenant_id", "subscription_id") REFERENCES "subscriptions" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "auth_attempts_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "authattempt_tenant_id_at" to table: "auth_attempts"
CREATE INDEX "authattempt_tenant_id_at" ON "auth_attempts" ("tenant_id", "at");
-- create index "authattempt_tenant_id_subscription_id_at" to table: "auth_attempts"
CREATE INDEX "authattempt_tenant_id_subscription_id_at" ON "auth_attempts" ("tenant_id", "subscription_id", "at");
-- create "bank_returns" table
CREATE TABLE "bank_returns" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "agreement_id" uuid NOT NULL, "name" character varying NOT NULL, "sha256" character varying NOT NULL, "sequence" character varying NOT NULL, "written_on" date NULL, "lines" bigint NOT NULL, "brought_by" character varying NOT NULL, "brought_at" timestamptz NOT NULL, "finished_at" timestamptz NULL, PRIMARY KEY ("id"), CONSTRAINT "bank_returns_agreement" FOREIGN KEY ("tenant_id", "agreement_id") REFERENCES "bank_agreements" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "bank_returns_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "bank_returns_of_tenant" to table: "bank_returns"
CREATE UNIQUE INDEX "bank_returns_of_tenant" ON "bank_returns" ("tenant_id", "id");
-- create index "bankreturn_tenant_id_agreement_id_sha256" to table: "bank_returns"
CREATE UNIQUE INDEX "bankreturn_tenant_id_agreement_id_sha256" ON "bank_returns" ("tenant_id", "agreement_id", "sha256");
-- create index "bankreturn_tenant_id_brought_at" to table: "bank_returns"
CREATE INDEX "bankreturn_tenant_id_brought_at" ON "bank_returns" ("tenant_id", "brought_at");
-- create "slips" table
CREATE TABLE "slips" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "invoice_id" uuid NOT NULL, "agreement_id" uuid NULL, "amount" bigint NOT NULL, "due" date NOT NULL, "our_number" character varying NULL, "barcode" character varying NULL, "linha" character varying NULL, "txid" character varying NOT NULL, "pix_payload" character varying NULL, "pix_static" character varying NULL, "pix_location" character varying NULL, "issued_at" timestamptz NOT NULL, "cancelled_at" timestamptz NULL, "untold" boolean NOT NULL DEFAULT true, "sent_at" timestamptz NULL, "registered_at" timestamptz NULL, "refused" character varying NULL, "rebate" bigint NOT NULL DEFAULT 0, "withdrawn_at" timestamptz NULL, PRIMARY KEY ("id"), CONSTRAINT "slips_agreement" FOREIGN KEY ("tenant_id", "agreement_id") REFERENCES "bank_agreements" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "slips_invoice" FOREIGN KEY ("tenant_id", "invoice_id") REFERENCES "invoices" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "slips_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "slip_tenant_id_agreement_id_issued_at" to table: "slips"
CREATE INDEX "slip_tenant_id_agreement_id_issued_at" ON "slips" ("tenant_id", "agreement_id", "issued_at") WHERE (untold AND (agreement_id IS NOT NULL));
-- create index "slip_tenant_id_agreement_id_our_number" to table: "slips"
CREATE UNIQUE INDEX "slip_tenant_id_agreement_id_our_number" ON "slips" ("tenant_id", "agreement_id", "our_number");
-- create index "slip_tenant_id_invoice_id" to table: "slips"
CREATE INDEX "slip_tenant_id_invoice_id" ON "slips" ("tenant_id", "invoice_id");
-- create index "slip_tenant_id_txid" to table: "slips"
CREATE UNIQUE INDEX "slip_tenant_id_txid" ON "slips" ("tenant_id", "txid");
-- create index "slips_of_tenant" to table: "slips"
CREATE UNIQUE INDEX "slips_of_tenant" ON "slips" ("tenant_id", "id");
-- create "bank_return_lines" table
CREATE TABLE "bank_return_lines" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "return_id" uuid NOT NULL, "line" bigint NOT NULL, "position" bigint NOT NULL, "outcome" character varying NOT NULL, "movement" character varying NULL, "reasons" character varying NULL, "our_number" character varying NULL, "document" character varying NULL, "occurred_on" date NULL, "credited_on" date NULL, "received" bigint NOT NULL DEFAULT 0, "fee" bigint NOT NULL DEFAULT 0, "credit" bigint NOT NULL DEFAULT 0, "forgiven" bigint NOT NULL DEFAULT 0, "slip_id" uuid NULL, "payment_id" uuid NULL, "column" bigint NOT NULL DEFAULT 0, "problem" character varying NULL, PRIMARY KEY ("id"), CONSTRAINT "bank_return_lines_payment" FOREIGN KEY ("tenant_id", "payment_id") REFERENCES "payments" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "bank_return_lines_return" FOREIGN KEY ("tenant_id", "return_id") REFERENCES "bank_returns" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "bank_return_lines_slip" FOREIGN KEY ("tenant_id", "slip_id") REFERENCES "slips" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "bank_return_lines_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "bankreturnline_tenant_id_return_id_outcome" to table: "bank_return_lines"
CREATE INDEX "bankreturnline_tenant_id_return_id_outcome" ON "bank_return_lines" ("tenant_id", "return_id", "outcome");
-- create index "bankreturnline_tenant_id_return_id_position" to table: "bank_return_lines"
CREATE UNIQUE INDEX "bankreturnline_tenant_id_return_id_position" ON "bank_return_lines" ("tenant_id", "return_id", "position");
-- create "batches" table
CREATE TABLE "batches" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "kind" character varying NOT NULL, "subject_id" uuid NOT NULL, "total" bigint NOT NULL, "done" bigint NOT NULL DEFAULT 0, "failed" bigint NOT NULL DEFAULT 0, "created_at" timestamptz NOT NULL, "finished_at" timestamptz NULL, "failure" character varying NULL, PRIMARY KEY ("id"), CONSTRAINT "batches_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "batch_tenant_id_subject_id" to table: "batches"
CREATE INDEX "batch_tenant_id_subject_id" ON "batches" ("tenant_id", "subject_id");
-- create "billing_events" table
CREATE TABLE "billing_events" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "customer_id" uuid NOT NULL, "subscription_id" uuid NOT NULL, "description" character varying NOT NULL, "amount" bigint NOT NULL, "parts" bigint NOT NULL, "memo" character varying NULL, "from_month" date NOT NULL, "created_at" timestamptz NOT NULL, "cancelled_at" timestamptz NULL, "cancel_reason" character varying NULL, PRIMARY KEY ("id"), CONSTRAINT "billing_events_customer" FOREIGN KEY ("tenant_id", "customer_id") REFERENCES "customers" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "billing_events_subscription" FOREIGN KEY ("tenant_id", "subscription_id") REFERENCES "subscriptions" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "billing_events_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "billing_events_of_tenant" to table: "billing_events"
CREATE UNIQUE INDEX "billing_events_of_tenant" ON "billing_events" ("tenant_id", "id");
-- create index "billingevent_tenant_id_customer_id" to table: "billing_events"
CREATE INDEX "billingevent_tenant_id_customer_id" ON "billing_events" ("tenant_id", "customer_id");
-- create index "billingevent_tenant_id_subscription_id" to table: "billing_events"
CREATE INDEX "billingevent_tenant_id_subscription_id" ON "billing_events" ("tenant_id", "subscription_id");
-- create "billing_event_parts" table
CREATE TABLE "billing_event_parts" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "event_id" uuid NOT NULL, "subscription_id" uuid NOT NULL, "place" bigint NOT NULL, "month" date NOT NULL, "amount" bigint NOT NULL, "charge_id" uuid NULL, "cancelled_at" timestamptz NULL, PRIMARY KEY ("id"), CONSTRAINT "billing_event_parts_charge" FOREIGN KEY ("tenant_id", "charge_id") REFERENCES "charges" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "billing_event_parts_event" FOREIGN KEY ("tenant_id", "event_id") REFERENCES "billing_events" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "billing_event_parts_subscription" FOREIGN KEY ("tenant_id", "subscription_id") REFERENCES "subscriptions" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "billing_event_parts_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "billingeventpart_tenant_id_charge_id" to table: "billing_event_parts"
CREATE INDEX "billingeventpart_tenant_id_charge_id" ON "billing_event_parts" ("tenant_id", "charge_id") WHERE (charge_id IS NOT NULL);
-- create index "billingeventpart_tenant_id_event_id_place" to table: "billing_event_parts"
CREATE UNIQUE INDEX "billingeventpart_tenant_id_event_id_place" ON "billing_event_parts" ("tenant_id", "event_id", "place");
-- create index "billingeventpart_tenant_id_subscription_id_month" to table: "billing_event_parts"
CREATE INDEX "billingeventpart_tenant_id_subscription_id_month" ON "billing_event_parts" ("tenant_id", "subscription_id", "month") WHERE ((charge_id IS NULL) AND (cancelled_at IS NULL));
-- create "cancellations" table
CREATE TABLE "cancellations" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "subscription_id" uuid NOT NULL, "customer_id" uuid NOT NULL, "reason" character varying NOT NULL, "note" character varying NOT NULL, "offer" character varying NULL, "day" date NOT NULL, "state_before" character varying NOT NULL, "penalty" bigint NOT NULL DEFAULT 0, "spared" bigint NOT NULL DEFAULT 0, "spared_why" character varying NULL, "invoice_id" uuid NULL, "work_order_id" uuid NULL, "at" timestamptz NOT NULL, "undone_at" timestamptz NULL, PRIMARY KEY ("id"), CONSTRAINT "cancellations_customer" FOREIGN KEY ("tenant_id", "customer_id") REFERENCES "customers" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "cancellations_invoice" FOREIGN KEY ("tenant_id", "invoice_id") REFERENCES "invoices" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "cancellations_subscription" FOREIGN KEY ("tenant_id", "subscription_id") REFERENCES "subscriptions" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "cancellations_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "cancellations_work_order" FOREIGN KEY ("tenant_id", "work_order_id") REFERENCES "work_orders" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "cancellation_tenant_id_day" to table: "cancellations"
CREATE INDEX "cancellation_tenant_id_day" ON "cancellations" ("tenant_id", "day");
-- create index "cancellation_tenant_id_subscription_id" to table: "cancellations"
CREATE UNIQUE INDEX "cancellation_tenant_id_subscription_id" ON "cancellations" ("tenant_id", "subscription_id") WHERE (undone_at IS NULL);
-- create "charge_items" table
CREATE TABLE "charge_items" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "charge_id" uuid NOT NULL, "kind" character varying NOT NULL, "name" character varying NOT NULL, "amount" bigint NOT NULL, "position" bigint NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "charge_items_charge" FOREIGN KEY ("tenant_id", "charge_id") REFERENCES "charges" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "charge_items_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "chargeitem_tenant_id_charge_id" to table: "charge_items"
CREATE INDEX "chargeitem_tenant_id_charge_id" ON "charge_items" ("tenant_id", "charge_id");
-- create "connections" table
CREATE TABLE "connections" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "nas_id" uuid NOT NULL, "subscription_id" uuid NULL, "customer_id" uuid NULL, "login" character varying NOT NULL, "acct_session_id" character varying NOT NULL, "opening" character varying NOT NULL DEFAULT '', "ipv4" character varying NULL, "ipv6" character varying NULL, "ipv6_delegated" character varying NULL, "public_ip" character varying NULL, "port_from" bigint NOT NULL DEFAULT 0, "port_to" bigint NOT NULL DEFAULT 0, "calling_station" character varying NOT NULL DEFAULT '', "nas_port" character varying NOT NULL DEFAULT '', "started_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, "seconds" bigint NOT NULL DEFAULT 0, "ended_at" timestamptz NULL, "cause" character varying NOT NULL DEFAULT '', "bytes_up" bigint NOT NULL DEFAULT 0, "bytes_down" bigint NOT NULL DEFAULT 0, "profile" character varying NOT NULL DEFAULT '', "traffic" jsonb NULL, PRIMARY KEY ("id"), CONSTRAINT "connections_customer" FOREIGN KEY ("tenant_id", "customer_id") REFERENCES "customers" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "connections_nas" FOREIGN KEY ("tenant_id", "nas_id") REFERENCES "nas" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "connections_subscription" FOREIGN KEY ("tenant_id", "subscription_id") REFERENCES "subscriptions" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "connections_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "connection_open" to table: "connections"
CREATE UNIQUE INDEX "connection_open" ON "connections" ("tenant_id", "nas_id", "acct_session_id") WHERE (ended_at IS NULL);
-- create index "connection_tenant_id_ended_at" to table: "connections"
CREATE INDEX "connection_tenant_id_ended_at" ON "connections" ("tenant_id", "ended_at") WHERE (ended_at IS NOT NULL);
-- create index "connection_tenant_id_ipv4_started_at" to table: "connections"
CREATE INDEX "connection_tenant_id_ipv4_started_at" ON "connections" ("tenant_id", "ipv4", "started_at") WHERE (ipv4 IS NOT NULL);
-- create index "connection_tenant_id_ipv6_delegated_started_at" to table: "connections"
CREATE INDEX "connection_tenant_id_ipv6_delegated_started_at" ON "connections" ("tenant_id", "ipv6_delegated", "started_at") WHERE (ipv6_delegated IS NOT NULL);
-- create index "connection_tenant_id_ipv6_started_at" to table: "connections"
CREATE INDEX "connection_tenant_id_ipv6_started_at" ON "connections" ("tenant_id", "ipv6", "started_at") WHERE (ipv6 IS NOT NULL);
-- create index "connection_tenant_id_nas_id_acct_session_id" to table: "connections"
CREATE INDEX "connection_tenant_id_nas_id_acct_session_id" ON "connections" ("tenant_id", "nas_id", "acct_session_id");
-- create index "connection_tenant_id_public_ip_started_at" to table: "connections"
CREATE INDEX "connection_tenant_id_public_ip_started_at" ON "connections" ("tenant_id", "public_ip", "started_at") WHERE (public_ip IS NOT NULL);
-- create index "connection_tenant_id_subscription_id_started_at" to table: "connections"
CREATE INDEX "connection_tenant_id_subscription_id_started_at" ON "connections" ("tenant_id", "subscription_id", "started_at");
-- create "contacts" table
CREATE TABLE "contacts" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "customer_id" uuid NOT NULL, "kind" character varying NOT NULL, "value" character varying NOT NULL, "position" bigint NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "contacts_customer" FOREIGN KEY ("tenant_id", "customer_id") REFERENCES "customers" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "contacts_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "contact_tenant_id_customer_id_kind_value" to table: "contacts"
CREATE UNIQUE INDEX "contact_tenant_id_customer_id_kind_value" ON "contacts" ("tenant_id", "customer_id", "kind", "value");
-- create index "contact_tenant_id_kind_value" to table: "contacts"
CREATE INDEX "contact_tenant_id_kind_value" ON "contacts" ("tenant_id", "kind", "value");
-- create "contest_answers" table
CREATE TABLE "contest_answers" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "contest_id" uuid NOT NULL, "outcome" character varying NOT NULL, "reason" character varying NOT NULL, "refund" bigint NOT NULL DEFAULT 0, "due" date NULL, "at" timestamptz NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "contest_answers_contest" FOREIGN KEY ("tenant_id", "contest_id") REFERENCES "contests" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "contest_answers_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "contestanswer_tenant_id_contest_id" to table: "contest_answers"
CREATE UNIQUE INDEX "contestanswer_tenant_id_contest_id" ON "contest_answers" ("tenant_id", "contest_id");
-- create "contracts" table
CREATE TABLE "contracts" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "number" bigint NOT NULL, "subscription_id" uuid NOT NULL, "customer_id" uuid NOT NULL, "company_id" uuid NOT NULL, "template_id" uuid NOT NULL, "template_version" bigint NOT NULL, "term_months" bigint NOT NULL DEFAULT 0, "body" text NOT NULL, "body_hash" character varying NOT NULL, "printed" jsonb NOT NULL, "file_id" uuid NULL, "issued_at" timestamptz NOT NULL, "accepted_at" timestamptz NULL, "accepted_on" date NULL, "accepted_by" character varying NULL, "acceptance" character varying NULL, "accepted_file_id" uuid NULL, "deactivated_at" timestamptz NULL, "deactivation_reason" character varying NULL, PRIMARY KEY ("id"), CONSTRAINT "contracts_accepted_file" FOREIGN KEY ("tenant_id", "accepted_file_id") REFERENCES "files" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "contracts_company" FOREIGN KEY ("tenant_id", "company_id") REFERENCES "companies" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "contracts_customer" FOREIGN KEY ("tenant_id", "customer_id") REFERENCES "customers" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "contracts_file" FOREIGN KEY ("tenant_id", "file_id") REFERENCES "files" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "contracts_subscription" FOREIGN KEY ("tenant_id", "subscription_id") REFERENCES "subscriptions" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "contracts_template" FOREIGN KEY ("tenant_id", "template_id") REFERENCES "contract_templates" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "contracts_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "contract_tenant_id_customer_id" to table: "contracts"
CREATE INDEX "contract_tenant_id_customer_id" ON "contracts" ("tenant_id", "customer_id");
-- create index "contract_tenant_id_number" to table: "contracts"
CREATE UNIQUE INDEX "contract_tenant_id_number" ON "contracts" ("tenant_id", "number");
-- create index "contract_tenant_id_subscription_id" to table: "contracts"
CREATE INDEX "contract_tenant_id_subscription_id" ON "contracts" ("tenant_id", "subscription_id");
-- create index "contracts_of_tenant" to table: "contracts"
CREATE UNIQUE INDEX "contracts_of_tenant" ON "contracts" ("tenant_id", "id");
-- create "credits" table
CREATE TABLE "credits" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "customer_id" uuid NOT NULL, "subscription_id" uuid NULL, "amount" bigint NOT NULL, "payment_id" uuid NULL, "memo" character varying NOT NULL, "created_at" timestamptz NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "credits_customer" FOREIGN KEY ("tenant_id", "customer_id") REFERENCES "customers" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "credits_payment" FOREIGN KEY ("tenant_id", "payment_id") REFERENCES "payments" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "credits_subscription" FOREIGN KEY ("tenant_id", "subscription_id") REFERENCES "subscriptions" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "credits_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "credit_tenant_id_customer_id_created_at" to table: "credits"
CREATE INDEX "credit_tenant_id_customer_id_created_at" ON "credits" ("tenant_id", "customer_id", "created_at");
-- create index "credit_tenant_id_payment_id" to table: "credits"
CREATE UNIQUE INDEX "credit_tenant_id_payment_id" ON "credits" ("tenant_id", "payment_id") WHERE (payment_id IS NOT NULL);
-- create index "credits_of_tenant" to table: "credits"
CREATE UNIQUE INDEX "credits_of_tenant" ON "credits" ("tenant_id", "id");
-- create "credit_uses" table
CREATE TABLE "credit_uses" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "credit_id" uuid NOT NULL, "charge_id" uuid NULL, "payment_id" uuid NULL, "amount" bigint NOT NULL, "at" timestamptz NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "credit_uses_charge" FOREIGN KEY ("tenant_id", "charge_id") REFERENCES "charges" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "credit_uses_credit" FOREIGN KEY ("tenant_id", "credit_id") REFERENCES "credits" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "credit_uses_payment" FOREIGN KEY ("tenant_id", "payment_id") REFERENCES "payments" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "credit_uses_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "credituse_tenant_id_credit_id" to table: "credit_uses"
CREATE INDEX "credituse_tenant_id_credit_id" ON "credit_uses" ("tenant_id", "credit_id");
-- create index "credituse_tenant_id_payment_id" to table: "credit_uses"
CREATE INDEX "credituse_tenant_id_payment_id" ON "credit_uses" ("tenant_id", "payment_id") WHERE (payment_id IS NOT NULL);
-- create "groups" table
CREATE TABLE "groups" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "name" character varying NOT NULL, "active" boolean NOT NULL DEFAULT true, PRIMARY KEY ("id"), CONSTRAINT "groups_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "group_tenant_id_name" to table: "groups"
CREATE UNIQUE INDEX "group_tenant_id_name" ON "groups" ("tenant_id", "name");
-- create index "groups_of_tenant" to table: "groups"
CREATE UNIQUE INDEX "groups_of_tenant" ON "groups" ("tenant_id", "id");
-- create "customer_groups" table
CREATE TABLE "customer_groups" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "customer_id" uuid NOT NULL, "group_id" uuid NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "customer_groups_customer" FOREIGN KEY ("tenant_id", "customer_id") REFERENCES "customers" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "customer_groups_group" FOREIGN KEY ("tenant_id", "group_id") REFERENCES "groups" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "customer_groups_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "customergroup_tenant_id_customer_id_group_id" to table: "customer_groups"
CREATE UNIQUE INDEX "customergroup_tenant_id_customer_id_group_id" ON "customer_groups" ("tenant_id", "customer_id", "group_id");
-- create index "customergroup_tenant_id_group_id_customer_id" to table: "customer_groups"
CREATE INDEX "customergroup_tenant_id_group_id_customer_id" ON "customer_groups" ("tenant_id", "group_id", "customer_id");
-- create "emails" table
CREATE TABLE "emails" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "customer_id" uuid NULL, "about" character varying NOT NULL, "about_id" uuid NOT NULL, "to" character varying NOT NULL, "reply_to" character varying NULL, "subject" character varying NOT NULL, "text" text NOT NULL, "files" jsonb NOT NULL, "status" character varying NOT NULL DEFAULT 'waiting', "tries" bigint NOT NULL DEFAULT 0, "error" character varying NULL, "created_at" timestamptz NOT NULL, "sent_at" timestamptz NULL, PRIMARY KEY ("id"), CONSTRAINT "emails_customer" FOREIGN KEY ("tenant_id", "customer_id") REFERENCES "customers" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "emails_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "email_tenant_id_about_id_created_at" to table: "emails"
CREATE INDEX "email_tenant_id_about_id_created_at" ON "emails" ("tenant_id", "about_id", "created_at");
-- create index "emails_of_tenant" to table: "emails"
CREATE UNIQUE INDEX "emails_of_tenant" ON "emails" ("tenant_id", "id");
-- create "declarations" table
CREATE TABLE "declarations" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "customer_id" uuid NOT NULL, "year" bigint NOT NULL, "amount" bigint NOT NULL, "day" date NOT NULL, "body" text NOT NULL, "email_id" uuid NULL, "at" timestamptz NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "declarations_customer" FOREIGN KEY ("tenant_id", "customer_id") REFERENCES "customers" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "declarations_email" FOREIGN KEY ("tenant_id", "email_id") REFERENCES "emails" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "declarations_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "declaration_tenant_id_customer_id_year" to table: "declarations"
CREATE UNIQUE INDEX "declaration_tenant_id_customer_id_year" ON "declarations" ("tenant_id", "customer_id", "year");
-- create "deeds" table
CREATE TABLE "deeds" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "kind" character varying NOT NULL, "subscription_id" uuid NOT NULL, "to_id" uuid NULL, "customer_id" uuid NOT NULL, "at" timestamptz NOT NULL, "changed" jsonb NOT NULL, "undone_at" timestamptz NULL, "undone_reason" character varying NULL, PRIMARY KEY ("id"), CONSTRAINT "deeds_customer" FOREIGN KEY ("tenant_id", "customer_id") REFERENCES "customers" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "deeds_subscription" FOREIGN KEY ("tenant_id", "subscription_id") REFERENCES "subscriptions" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "deeds_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "deeds_to" FOREIGN KEY ("tenant_id", "to_id") REFERENCES "subscriptions" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "deed_tenant_id_subscription_id" to table: "deeds"
CREATE UNIQUE INDEX "deed_tenant_id_subscription_id" ON "deeds" ("tenant_id", "subscription_id") WHERE (undone_at IS NULL);
-- create index "deed_tenant_id_to_id" to table: "deeds"
CREATE INDEX "deed_tenant_id_to_id" ON "deeds" ("tenant_id", "to_id") WHERE (to_id IS NOT NULL);
-- create "drafts" table
CREATE TABLE "drafts" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "user_id" uuid NOT NULL, "kind" character varying NOT NULL, "step" bigint NOT NULL DEFAULT 1, "data" jsonb NOT NULL, "title" character varying NULL, "version" bigint NOT NULL DEFAULT 1, "created_at" timestamptz NOT NULL, "updated_at" timestamptz NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "drafts_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "drafts_user" FOREIGN KEY ("tenant_id", "user_id") REFERENCES "users" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "draft_tenant_id_user_id" to table: "drafts"
CREATE INDEX "draft_tenant_id_user_id" ON "drafts" ("tenant_id", "user_id");
-- create "due_days" table
CREATE TABLE "due_days" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "day" bigint NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "due_days_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "dueday_tenant_id_day" to table: "due_days"
CREATE UNIQUE INDEX "dueday_tenant_id_day" ON "due_days" ("tenant_id", "day");
-- create "handovers" table
CREATE TABLE "handovers" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "correspondent_id" uuid NOT NULL, "amount" bigint NOT NULL, "commission" bigint NOT NULL, "form" character varying NOT NULL, "day" date NOT NULL, "at" timestamptz NOT NULL, "note" character varying NULL, "user_id" uuid NULL, "till_id" uuid NULL, PRIMARY KEY ("id"), CONSTRAINT "handovers_correspondent" FOREIGN KEY ("tenant_id", "correspondent_id") REFERENCES "correspondents" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "handovers_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "handovers_till" FOREIGN KEY ("tenant_id", "till_id") REFERENCES "tills" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "handovers_user" FOREIGN KEY ("tenant_id", "user_id") REFERENCES "users" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "handover_tenant_id_correspondent_id_day" to table: "handovers"
CREATE INDEX "handover_tenant_id_correspondent_id_day" ON "handovers" ("tenant_id", "correspondent_id", "day");
-- create index "handover_tenant_id_till_id" to table: "handovers"
CREATE INDEX "handover_tenant_id_till_id" ON "handovers" ("tenant_id", "till_id") WHERE (till_id IS NOT NULL);
-- create "history" table
CREATE TABLE "history" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "customer_id" uuid NULL, "subject" character varying NOT NULL, "subject_id" uuid NOT NULL, "event" character varying NOT NULL, "at" timestamptz NOT NULL, "actor" character varying NOT NULL, "actor_id" uuid NULL, "actor_name" character varying NOT NULL, "channel" character varying NOT NULL, "reason" character varying NULL, "before" jsonb NULL, "after" jsonb NULL, PRIMARY KEY ("id"), CONSTRAINT "history_customer" FOREIGN KEY ("tenant_id", "customer_id") REFERENCES "customers" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "history_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "history_tenant_id_customer_id_at" to table: "history"
CREATE INDEX "history_tenant_id_customer_id_at" ON "history" ("tenant_id", "customer_id", "at");
-- create index "history_tenant_id_subject_id_at" to table: "history"
CREATE INDEX "history_tenant_id_subject_id_at" ON "history" ("tenant_id", "subject_id", "at");
-- create "idempotency_keys" table
CREATE TABLE "idempotency_keys" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "action" character varying NOT NULL, "key" character varying NOT NULL, "answer" character varying NOT NULL, "created_at" timestamptz NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "idempotency_keys_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "idempotencykey_tenant_id_action_key" to table: "idempotency_keys"
CREATE UNIQUE INDEX "idempotencykey_tenant_id_action_key" ON "idempotency_keys" ("tenant_id", "action", "key");
-- create "intakes" table
CREATE TABLE "intakes" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "kind" character varying NOT NULL, "name" character varying NOT NULL, "size" bigint NOT NULL, "latin" boolean NOT NULL, "state" character varying NOT NULL, "lines" bigint NOT NULL, "good" bigint NOT NULL DEFAULT 0, "errors" bigint NOT NULL DEFAULT 0, "warnings" bigint NOT NULL DEFAULT 0, "user_id" uuid NOT NULL, "user_name" character varying NOT NULL, "user_role" character varying NOT NULL, "created_at" timestamptz NOT NULL, "changed_at" timestamptz NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "intakes_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "intakes_user" FOREIGN KEY ("tenant_id", "user_id") REFERENCES "users" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "intake_tenant_id_created_at" to table: "intakes"
CREATE INDEX "intake_tenant_id_created_at" ON "intakes" ("tenant_id", "created_at");
-- create index "intakes_of_tenant" to table: "intakes"
CREATE UNIQUE INDEX "intakes_of_tenant" ON "intakes" ("tenant_id", "id");
-- create "intake_problems" table
CREATE TABLE "intake_problems" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "intake_id" uuid NOT NULL, "position" bigint NOT NULL, "warning" boolean NOT NULL, "line" bigint NOT NULL, "column" character varying NULL, "typed" character varying NULL, "code" character varying NOT NULL, "args" jsonb NULL, PRIMARY KEY ("id"), CONSTRAINT "intake_problems_intake" FOREIGN KEY ("tenant_id", "intake_id") REFERENCES "intakes" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "intake_problems_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "intakeproblem_tenant_id_intake_id_position" to table: "intake_problems"
CREATE INDEX "intakeproblem_tenant_id_intake_id_position" ON "intake_problems" ("tenant_id", "intake_id", "position");
-- create "ledger_entries" table
CREATE TABLE "ledger_entries" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "posting_id" uuid NOT NULL, "account" character varying NOT NULL, "customer_id" uuid NULL, "charge_id" uuid NULL, "payment_id" uuid NULL, "amount" bigint NOT NULL, "day" date NOT NULL, "at" timestamptz NOT NULL, "memo" character varying NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "ledger_entries_charge" FOREIGN KEY ("tenant_id", "charge_id") REFERENCES "charges" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "ledger_entries_customer" FOREIGN KEY ("tenant_id", "customer_id") REFERENCES "customers" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "ledger_entries_payment" FOREIGN KEY ("tenant_id", "payment_id") REFERENCES "payments" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "ledger_entries_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "ledgerentry_tenant_id_account_day_amount_payment_id" to table: "ledger_entries"
CREATE INDEX "ledgerentry_tenant_id_account_day_amount_payment_id" ON "ledger_entries" ("tenant_id", "account", "day", "amount", "payment_id");
-- create index "ledgerentry_tenant_id_charge_id" to table: "ledger_entries"
CREATE INDEX "ledgerentry_tenant_id_charge_id" ON "ledger_entries" ("tenant_id", "charge_id");
-- create index "ledgerentry_tenant_id_customer_id_at" to table: "ledger_entries"
CREATE INDEX "ledgerentry_tenant_id_customer_id_at" ON "ledger_entries" ("tenant_id", "customer_id", "at");
-- create index "ledgerentry_tenant_id_payment_id" to table: "ledger_entries"
CREATE INDEX "ledgerentry_tenant_id_payment_id" ON "ledger_entries" ("tenant_id", "payment_id") WHERE (payment_id IS NOT NULL);
-- create index "ledgerentry_tenant_id_posting_id" to table: "ledger_entries"
CREATE INDEX "ledgerentry_tenant_id_posting_id" ON "ledger_entries" ("tenant_id", "posting_id");
-- create "local_holidays" table
CREATE TABLE "local_holidays" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "day" date NOT NULL, "name" character varying NOT NULL, "uf" character varying NOT NULL DEFAULT '', "ibge" character varying NOT NULL DEFAULT '', PRIMARY KEY ("id"), CONSTRAINT "local_holidays_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "localholiday_tenant_id_day_uf_ibge" to table: "local_holidays"
CREATE UNIQUE INDEX "localholiday_tenant_id_day_uf_ibge" ON "local_holidays" ("tenant_id", "day", "uf", "ibge");
-- create "network_logins" table
CREATE TABLE "network_logins" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "subscription_id" uuid NOT NULL, "login" character varying NOT NULL, "password" character varying NOT NULL, "active" boolean NOT NULL DEFAULT true, PRIMARY KEY ("id"), CONSTRAINT "network_logins_subscription" FOREIGN KEY ("tenant_id", "subscription_id") REFERENCES "subscriptions" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "network_logins_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "networklogin_tenant_id_login" to table: "network_logins"
CREATE UNIQUE INDEX "networklogin_tenant_id_login" ON "network_logins" ("tenant_id", "login");
-- create index "networklogin_tenant_id_subscription_id" to table: "network_logins"
CREATE INDEX "networklogin_tenant_id_subscription_id" ON "network_logins" ("tenant_id", "subscription_id");
-- create "notices" table
CREATE TABLE "notices" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "customer_id" uuid NOT NULL, "invoice_id" uuid NOT NULL, "channel" character varying NOT NULL, "destination" character varying NOT NULL, "email_id" uuid NULL, "body" text NOT NULL, "day" date NOT NULL, "at" timestamptz NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "notices_customer" FOREIGN KEY ("tenant_id", "customer_id") REFERENCES "customers" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "notices_email" FOREIGN KEY ("tenant_id", "email_id") REFERENCES "emails" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "notices_invoice" FOREIGN KEY ("tenant_id", "invoice_id") REFERENCES "invoices" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "notices_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "notice_tenant_id_customer_id" to table: "notices"
CREATE INDEX "notice_tenant_id_customer_id" ON "notices" ("tenant_id", "customer_id");
-- create index "notice_tenant_id_invoice_id" to table: "notices"
CREATE INDEX "notice_tenant_id_invoice_id" ON "notices" ("tenant_id", "invoice_id");
-- create index "notices_of_tenant" to table: "notices"
CREATE UNIQUE INDEX "notices_of_tenant" ON "notices" ("tenant_id", "id");
-- create "office_policies" table
CREATE TABLE "office_policies" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "proration_base" character varying NOT NULL DEFAULT '30', "antecedence_days" bigint NOT NULL DEFAULT 10, "minimum_invoice" bigint NOT NULL DEFAULT 500, "notice_days" bigint NOT NULL DEFAULT 15, "partial_step" boolean NOT NULL DEFAULT false, "partial_days" bigint NOT NULL DEFAULT 30, "remind_days" bigint NOT NULL DEFAULT 3, "invoice_emails" boolean NOT NULL DEFAULT true, "trust_staff_days" bigint NOT NULL DEFAULT 5, "trust_subscriber" boolean NOT NULL DEFAULT false, "waits_signature" boolean NOT NULL DEFAULT false, "pix_on_slips" boolean NOT NULL DEFAULT true, "bot_cpf_only" boolean NOT NULL DEFAULT false, "discount_cap" bigint NOT NULL DEFAULT 3000, "undo_hours" bigint NOT NULL DEFAULT 24, "pause_min_days" bigint NOT NULL DEFAULT 30, "pause_max_days" bigint NOT NULL DEFAULT 120, "outage_credit" boolean NOT NULL DEFAULT true, "outage_hours" bigint NOT NULL DEFAULT 0, "install_fee" bigint NOT NULL DEFAULT 0, "accent" character varying NULL, "logo_id" uuid NULL, PRIMARY KEY ("id"), CONSTRAINT "office_policies_logo" FOREIGN KEY ("tenant_id", "logo_id") REFERENCES "files" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "office_policies_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "officepolicy_tenant_id" to table: "office_policies"
CREATE UNIQUE INDEX "officepolicy_tenant_id" ON "office_policies" ("tenant_id");
-- create "outage_services" table
CREATE TABLE "outage_services" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "outage_id" uuid NOT NULL, "customer_id" uuid NOT NULL, "subscription_id" uuid NOT NULL, "state" character varying NOT NULL DEFAULT 'waiting', "told" boolean NOT NULL DEFAULT false, "from_day" date NULL, "until_day" date NULL, "credit" bigint NOT NULL DEFAULT 0, "memo" character varying NULL, "code" character varying NULL, "args" jsonb NULL, PRIMARY KEY ("id"), CONSTRAINT "outage_services_customer" FOREIGN KEY ("tenant_id", "customer_id") REFERENCES "customers" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "outage_services_outage" FOREIGN KEY ("tenant_id", "outage_id") REFERENCES "outages" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "outage_services_subscription" FOREIGN KEY ("tenant_id", "subscription_id") REFERENCES "subscriptions" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "outage_services_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "outageservice_tenant_id_customer_id" to table: "outage_services"
CREATE INDEX "outageservice_tenant_id_customer_id" ON "outage_services" ("tenant_id", "customer_id");
-- create index "outageservice_tenant_id_outage_id_state_customer_id" to table: "outage_services"
CREATE INDEX "outageservice_tenant_id_outage_id_state_customer_id" ON "outage_services" ("tenant_id", "outage_id", "state", "customer_id");
-- create index "outageservice_tenant_id_outage_id_subscription_id" to table: "outage_services"
CREATE UNIQUE INDEX "outageservice_tenant_id_outage_id_subscription_id" ON "outage_services" ("tenant_id", "outage_id", "subscription_id");
-- create index "outageservice_tenant_id_subscription_id" to table: "outage_services"
CREATE INDEX "outageservice_tenant_id_subscription_id" ON "outage_services" ("tenant_id", "subscription_id");
-- create "outbox" table
CREATE TABLE "outbox" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "kind" character varying NOT NULL, "queue" character varying NOT NULL, "payload" jsonb NOT NULL, "attempt" bigint NOT NULL DEFAULT 0, "next_at" timestamptz NOT NULL, "taken_at" timestamptz NULL, "done_at" timestamptz NULL, "last_error" character varying NULL, "created_at" timestamptz NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "outbox_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "outbox_tenant_id_queue" to table: "outbox"
CREATE INDEX "outbox_tenant_id_queue" ON "outbox" ("tenant_id", "queue") WHERE ((taken_at IS NOT NULL) AND (done_at IS NULL));
-- create index "outbox_tenant_id_queue_next_at" to table: "outbox"
CREATE INDEX "outbox_tenant_id_queue_next_at" ON "outbox" ("tenant_id", "queue", "next_at") WHERE (done_at IS NULL);
-- create "paper_pieces" table
CREATE TABLE "paper_pieces" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "paper_id" uuid NOT NULL, "position" bigint NOT NULL, "content" bytea NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "paper_pieces_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "paperpiece_tenant_id_paper_id_position" to table: "paper_pieces"
CREATE UNIQUE INDEX "paperpiece_tenant_id_paper_id_position" ON "paper_pieces" ("tenant_id", "paper_id", "position");
-- create "permissions" table
CREATE TABLE "permissions" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "role" character varying NOT NULL, "action" character varying NOT NULL, "allowed" boolean NOT NULL DEFAULT false, PRIMARY KEY ("id"), CONSTRAINT "permissions_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "permission_tenant_id_role_action" to table: "permissions"
CREATE UNIQUE INDEX "permission_tenant_id_role_action" ON "permissions" ("tenant_id", "role", "action");
-- create "pix_charges" table
CREATE TABLE "pix_charges" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "slip_id" uuid NOT NULL, "account_id" uuid NOT NULL, "txid" character varying NOT NULL, "kind" character varying NULL, "status" character varying NOT NULL DEFAULT 'asked', "refusal" character varying NOT NULL DEFAULT '', "asked_at" timestamptz NOT NULL, "answered_at" timestamptz NULL, PRIMARY KEY ("id"), CONSTRAINT "pix_charges_account" FOREIGN KEY ("tenant_id", "account_id") REFERENCES "psp_accounts" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "pix_charges_slip" FOREIGN KEY ("tenant_id", "slip_id") REFERENCES "slips" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "pix_charges_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "pixcharge_tenant_id_slip_id" to table: "pix_charges"
CREATE UNIQUE INDEX "pixcharge_tenant_id_slip_id" ON "pix_charges" ("tenant_id", "slip_id");
-- create index "pixcharge_tenant_id_status_id" to table: "pix_charges"
CREATE INDEX "pixcharge_tenant_id_status_id" ON "pix_charges" ("tenant_id", "status", "id");
-- create index "pixcharge_tenant_id_txid" to table: "pix_charges"
CREATE UNIQUE INDEX "pixcharge_tenant_id_txid" ON "pix_charges" ("tenant_id", "txid");
-- create "pix_receipts" table
CREATE TABLE "pix_receipts" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "account_id" uuid NOT NULL, "end_to_end" character varying NOT NULL, "pending" boolean NOT NULL DEFAULT true, "status" character varying NOT NULL DEFAULT 'told', "txid" character varying NOT NULL DEFAULT '', "amount" bigint NOT NULL DEFAULT 0, "returned" bigint NOT NULL DEFAULT 0, "paid_at" timestamptz NULL, "slip_id" uuid NULL, "told_at" timestamptz NOT NULL, "read_at" timestamptz NULL, PRIMARY KEY ("id"), CONSTRAINT "pix_receipts_account" FOREIGN KEY ("tenant_id", "account_id") REFERENCES "psp_accounts" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "pix_receipts_slip" FOREIGN KEY ("tenant_id", "slip_id") REFERENCES "slips" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "pix_receipts_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "pixreceipt_tenant_id_end_to_end" to table: "pix_receipts"
CREATE UNIQUE INDEX "pixreceipt_tenant_id_end_to_end" ON "pix_receipts" ("tenant_id", "end_to_end");
-- create index "pixreceipt_tenant_id_told_at" to table: "pix_receipts"
CREATE INDEX "pixreceipt_tenant_id_told_at" ON "pix_receipts" ("tenant_id", "told_at");
-- create "plan_changes" table
CREATE TABLE "plan_changes" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "from_id" uuid NOT NULL, "to_id" uuid NOT NULL, "immediate" boolean NOT NULL DEFAULT false, "open_booklet" character varying NULL, "override_reason" character varying NULL, "requested_at" timestamptz NOT NULL, "expires_on" date NULL, "done_at" timestamptz NULL, "given_up_at" timestamptz NULL, "given_up_reason" character varying NULL, PRIMARY KEY ("id"), CONSTRAINT "plan_changes_from" FOREIGN KEY ("tenant_id", "from_id") REFERENCES "subscriptions" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "plan_changes_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "plan_changes_to" FOREIGN KEY ("tenant_id", "to_id") REFERENCES "subscriptions" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "planchange_tenant_id_expires_on" to table: "plan_changes"
CREATE INDEX "planchange_tenant_id_expires_on" ON "plan_changes" ("tenant_id", "expires_on") WHERE ((done_at IS NULL) AND (given_up_at IS NULL));
-- create index "planchange_tenant_id_from_id" to table: "plan_changes"
CREATE UNIQUE INDEX "planchange_tenant_id_from_id" ON "plan_changes" ("tenant_id", "from_id") WHERE (given_up_at IS NULL);
-- create index "planchange_tenant_id_to_id" to table: "plan_changes"
CREATE UNIQUE INDEX "planchange_tenant_id_to_id" ON "plan_changes" ("tenant_id", "to_id");
-- create "plan_items" table
CREATE TABLE "plan_items" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "plan_id" uuid NOT NULL, "kind" character varying NOT NULL, "name" character varying NOT NULL, "price" bigint NOT NULL, "position" bigint NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "plan_items_plan" FOREIGN KEY ("tenant_id", "plan_id") REFERENCES "plans" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "plan_items_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "planitem_tenant_id_plan_id" to table: "plan_items"
CREATE INDEX "planitem_tenant_id_plan_id" ON "plan_items" ("tenant_id", "plan_id");
-- create "reactivations" table
CREATE TABLE "reactivations" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "from_id" uuid NOT NULL, "to_id" uuid NOT NULL, "at" timestamptz NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "reactivations_from" FOREIGN KEY ("tenant_id", "from_id") REFERENCES "subscriptions" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "reactivations_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "reactivations_to" FOREIGN KEY ("tenant_id", "to_id") REFERENCES "subscriptions" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "reactivation_tenant_id_from_id" to table: "reactivations"
CREATE UNIQUE INDEX "reactivation_tenant_id_from_id" ON "reactivations" ("tenant_id", "from_id");
-- create index "reactivation_tenant_id_to_id" to table: "reactivations"
CREATE UNIQUE INDEX "reactivation_tenant_id_to_id" ON "reactivations" ("tenant_id", "to_id");
-- create "remessas" table
CREATE TABLE "remessas" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "agreement_id" uuid NOT NULL, "number" bigint NOT NULL, "file_id" uuid NOT NULL, "orders" bigint NOT NULL, "registered" bigint NOT NULL, "written_at" timestamptz NOT NULL, "written_by" character varying NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "remessas_agreement" FOREIGN KEY ("tenant_id", "agreement_id") REFERENCES "bank_agreements" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "remessas_file" FOREIGN KEY ("tenant_id", "file_id") REFERENCES "files" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "remessas_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "remessa_tenant_id_agreement_id_number" to table: "remessas"
CREATE UNIQUE INDEX "remessa_tenant_id_agreement_id_number" ON "remessas" ("tenant_id", "agreement_id", "number");
-- create index "remessa_tenant_id_written_at" to table: "remessas"
CREATE INDEX "remessa_tenant_id_written_at" ON "remessas" ("tenant_id", "written_at");
-- create index "remessas_of_tenant" to table: "remessas"
CREATE UNIQUE INDEX "remessas_of_tenant" ON "remessas" ("tenant_id", "id");
-- create "remessa_orders" table
CREATE TABLE "remessa_orders" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "remessa_id" uuid NOT NULL, "slip_id" uuid NOT NULL, "position" bigint NOT NULL, "command" character varying NOT NULL, "amount" bigint NOT NULL, "rebate" bigint NOT NULL, "due" date NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "remessa_orders_remessa" FOREIGN KEY ("tenant_id", "remessa_id") REFERENCES "remessas" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "remessa_orders_slip" FOREIGN KEY ("tenant_id", "slip_id") REFERENCES "slips" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "remessa_orders_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "remessaorder_tenant_id_remessa_id_position" to table: "remessa_orders"
CREATE UNIQUE INDEX "remessaorder_tenant_id_remessa_id_position" ON "remessa_orders" ("tenant_id", "remessa_id", "position");
-- create index "remessaorder_tenant_id_slip_id" to table: "remessa_orders"
CREATE INDEX "remessaorder_tenant_id_slip_id" ON "remessa_orders" ("tenant_id", "slip_id");
-- create "renewals" table
CREATE TABLE "renewals" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "state" character varying NOT NULL, "until" date NOT NULL, "instalments" bigint NOT NULL, "total" bigint NOT NULL, "done" bigint NOT NULL DEFAULT 0, "failed" bigint NOT NULL DEFAULT 0, "printed" bigint NOT NULL DEFAULT 0, "size" bigint NOT NULL DEFAULT 0, "user_id" uuid NOT NULL, "user_name" character varying NOT NULL, "user_role" character varying NOT NULL, "created_at" timestamptz NOT NULL, "changed_at" timestamptz NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "renewals_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "renewals_user" FOREIGN KEY ("tenant_id", "user_id") REFERENCES "users" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "renewal_tenant_id_created_at" to table: "renewals"
CREATE INDEX "renewal_tenant_id_created_at" ON "renewals" ("tenant_id", "created_at");
-- create index "renewals_of_tenant" to table: "renewals"
CREATE UNIQUE INDEX "renewals_of_tenant" ON "renewals" ("tenant_id", "id");
-- create "renewal_items" table
CREATE TABLE "renewal_items" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "renewal_id" uuid NOT NULL, "position" bigint NOT NULL, "customer_id" uuid NOT NULL, "subscription_id" uuid NOT NULL, "start_on" date NOT NULL, "first_due" date NOT NULL, "amount" bigint NOT NULL, "state" character varying NOT NULL DEFAULT 'waiting', "booklet_id" uuid NULL, "code" character varying NULL, "args" jsonb NULL, PRIMARY KEY ("id"), CONSTRAINT "renewal_items_booklet" FOREIGN KEY ("tenant_id", "booklet_id") REFERENCES "booklets" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "renewal_items_customer" FOREIGN KEY ("tenant_id", "customer_id") REFERENCES "customers" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "renewal_items_renewal" FOREIGN KEY ("tenant_id", "renewal_id") REFERENCES "renewals" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "renewal_items_subscription" FOREIGN KEY ("tenant_id", "subscription_id") REFERENCES "subscriptions" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "renewal_items_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "renewalitem_tenant_id_renewal_id_position" to table: "renewal_items"
CREATE UNIQUE INDEX "renewalitem_tenant_id_renewal_id_position" ON "renewal_items" ("tenant_id", "renewal_id", "position");
-- create index "renewalitem_tenant_id_renewal_id_subscription_id" to table: "renewal_items"
CREATE UNIQUE INDEX "renewalitem_tenant_id_renewal_id_subscription_id" ON "renewal_items" ("tenant_id", "renewal_id", "subscription_id");
-- create index "renewalitem_tenant_id_subscription_id" to table: "renewal_items"
CREATE INDEX "renewalitem_tenant_id_subscription_id" ON "renewal_items" ("tenant_id", "subscription_id") WHERE ((state)::text = 'waiting'::text);
-- create "reversals" table
CREATE TABLE "reversals" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "payment_id" uuid NOT NULL, "reverses_id" uuid NOT NULL, "reason" character varying NOT NULL, "at" timestamptz NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "reversals_payment" FOREIGN KEY ("tenant_id", "payment_id") REFERENCES "payments" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "reversals_reverses" FOREIGN KEY ("tenant_id", "reverses_id") REFERENCES "payments" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "reversals_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "reversal_tenant_id_payment_id" to table: "reversals"
CREATE UNIQUE INDEX "reversal_tenant_id_payment_id" ON "reversals" ("tenant_id", "payment_id");
-- create index "reversal_tenant_id_reverses_id" to table: "reversals"
CREATE UNIQUE INDEX "reversal_tenant_id_reverses_id" ON "reversals" ("tenant_id", "reverses_id");
-- create "saved_views" table
CREATE TABLE "saved_views" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "user_id" uuid NOT NULL, "list" character varying NOT NULL DEFAULT 'customers', "name" character varying NOT NULL, "filters" text NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "saved_views_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "saved_views_user" FOREIGN KEY ("tenant_id", "user_id") REFERENCES "users" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "savedview_tenant_id_user_id_list_name" to table: "saved_views"
CREATE UNIQUE INDEX "savedview_tenant_id_user_id_list_name" ON "saved_views" ("tenant_id", "user_id", "list", "name");
-- create "search_words" table
CREATE TABLE "search_words" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "customer_id" uuid NOT NULL, "word" character varying NOT NULL COLLATE "C", "name" character varying NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "search_words_customer" FOREIGN KEY ("tenant_id", "customer_id") REFERENCES "customers" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "search_words_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "searchword_tenant_id_customer_id_word" to table: "search_words"
CREATE UNIQUE INDEX "searchword_tenant_id_customer_id_word" ON "search_words" ("tenant_id", "customer_id", "word");
-- create index "searchword_tenant_id_word_name_customer_id" to table: "search_words"
CREATE INDEX "searchword_tenant_id_word_name_customer_id" ON "search_words" ("tenant_id", "word", "name", "customer_id");
-- create "sequences" table
CREATE TABLE "sequences" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "name" character varying NOT NULL, "year" bigint NOT NULL DEFAULT 0, "last" bigint NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "sequences_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "sequence_tenant_id_name_year" to table: "sequences"
CREATE UNIQUE INDEX "sequence_tenant_id_name_year" ON "sequences" ("tenant_id", "name", "year");
-- create "sessions" table
CREATE TABLE "sessions" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "user_id" uuid NOT NULL, "name" character varying NOT NULL, "role" character varying NOT NULL, "token_hash" bytea NOT NULL, "csrf" character varying NOT NULL, "created_at" timestamptz NOT NULL, "seen_at" timestamptz NOT NULL, "expires_at" timestamptz NOT NULL, "ended_at" timestamptz NULL, "ip" character varying NULL, "agent" character varying NULL, PRIMARY KEY ("id"), CONSTRAINT "sessions_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "sessions_user" FOREIGN KEY ("tenant_id", "user_id") REFERENCES "users" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "session_tenant_id_token_hash" to table: "sessions"
CREATE UNIQUE INDEX "session_tenant_id_token_hash" ON "sessions" ("tenant_id", "token_hash");
-- create index "session_tenant_id_user_id" to table: "sessions"
CREATE INDEX "session_tenant_id_user_id" ON "sessions" ("tenant_id", "user_id");
-- create "settlements" table
CREATE TABLE "settlements" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "payment_id" uuid NOT NULL, "charge_id" uuid NULL, "invoice_id" uuid NULL, "kind" character varying NOT NULL, "amount" bigint NOT NULL, "at" timestamptz NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "settlements_charge" FOREIGN KEY ("tenant_id", "charge_id") REFERENCES "charges" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "settlements_invoice" FOREIGN KEY ("tenant_id", "invoice_id") REFERENCES "invoices" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "settlements_payment" FOREIGN KEY ("tenant_id", "payment_id") REFERENCES "payments" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "settlements_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "settlement_tenant_id_charge_id" to table: "settlements"
CREATE INDEX "settlement_tenant_id_charge_id" ON "settlements" ("tenant_id", "charge_id");
-- create index "settlement_tenant_id_invoice_id" to table: "settlements"
CREATE INDEX "settlement_tenant_id_invoice_id" ON "settlements" ("tenant_id", "invoice_id");
-- create index "settlement_tenant_id_payment_id" to table: "settlements"
CREATE INDEX "settlement_tenant_id_payment_id" ON "settlements" ("tenant_id", "payment_id");
-- create "subscription_addresses" table
CREATE TABLE "subscription_addresses" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "subscription_id" uuid NOT NULL, "role" character varying NOT NULL, "address_id" uuid NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "subscription_addresses_address" FOREIGN KEY ("tenant_id", "address_id") REFERENCES "addresses" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "subscription_addresses_subscription" FOREIGN KEY ("tenant_id", "subscription_id") REFERENCES "subscriptions" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "subscription_addresses_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "subscriptionaddress_tenant_id_subscription_id_role" to table: "subscription_addresses"
CREATE UNIQUE INDEX "subscriptionaddress_tenant_id_subscription_id_role" ON "subscription_addresses" ("tenant_id", "subscription_id", "role");
-- create "suspensions" table
CREATE TABLE "suspensions" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "subscription_id" uuid NOT NULL, "kind" character varying NOT NULL, "from_day" date NOT NULL, "until_day" date NULL, "at" timestamptz NOT NULL, "ended_at" timestamptz NULL, "credited_at" timestamptz NULL, "notice_id" uuid NULL, "reason" character varying NULL, PRIMARY KEY ("id"), CONSTRAINT "suspensions_notice" FOREIGN KEY ("tenant_id", "notice_id") REFERENCES "notices" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "suspensions_subscription" FOREIGN KEY ("tenant_id", "subscription_id") REFERENCES "subscriptions" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "suspensions_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "suspension_tenant_id_subscription_id" to table: "suspensions"
CREATE UNIQUE INDEX "suspension_tenant_id_subscription_id" ON "suspensions" ("tenant_id", "subscription_id") WHERE (ended_at IS NULL);
-- create "telegram_attempts" table
CREATE TABLE "telegram_attempts" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "day" date NOT NULL, "chat_id" bigint NOT NULL, "kind" character varying NOT NULL, "times" bigint NOT NULL, "last_at" timestamptz NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "telegram_attempts_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "telegramattempt_tenant_id_day_chat_id_kind" to table: "telegram_attempts"
CREATE UNIQUE INDEX "telegramattempt_tenant_id_day_chat_id_kind" ON "telegram_attempts" ("tenant_id", "day", "chat_id", "kind");
-- create "telegram_bots" table
CREATE TABLE "telegram_bots" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "token" character varying NOT NULL, "username" character varying NOT NULL, "failure" character varying NULL, "last_update" bigint NOT NULL DEFAULT 0, "greeting" text NULL, "contact" text NULL, "farewell" text NULL, "off" jsonb NULL, "quiet_from" bigint NOT NULL DEFAULT 21, "quiet_until" bigint NOT NULL DEFAULT 8, "talk_hours" bigint NOT NULL DEFAULT 12, "updated_at" timestamptz NOT NULL, "polled_by" character varying NULL, "polled_until" timestamptz NULL, "paced_until" timestamptz NULL, PRIMARY KEY ("id"), CONSTRAINT "telegram_bots_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "telegrambot_tenant_id" to table: "telegram_bots"
CREATE UNIQUE INDEX "telegrambot_tenant_id" ON "telegram_bots" ("tenant_id");
-- create "telegram_dialogs" table
CREATE TABLE "telegram_dialogs" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "chat_id" bigint NOT NULL, "step" character varying NOT NULL, "data" jsonb NOT NULL, "expires_at" timestamptz NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "telegram_dialogs_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "telegramdialog_tenant_id_chat_id" to table: "telegram_dialogs"
CREATE UNIQUE INDEX "telegramdialog_tenant_id_chat_id" ON "telegram_dialogs" ("tenant_id", "chat_id");
-- create "telegram_invites" table
CREATE TABLE "telegram_invites" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "token_hash" bytea NOT NULL, "customer_id" uuid NOT NULL, "kind" character varying NOT NULL, "created_at" timestamptz NOT NULL, "expires_at" timestamptz NULL, "used_at" timestamptz NULL, PRIMARY KEY ("id"), CONSTRAINT "telegram_invites_customer" FOREIGN KEY ("tenant_id", "customer_id") REFERENCES "customers" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "telegram_invites_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "telegraminvite_tenant_id_customer_id" to table: "telegram_invites"
CREATE INDEX "telegraminvite_tenant_id_customer_id" ON "telegram_invites" ("tenant_id", "customer_id");
-- create index "telegraminvite_tenant_id_token_hash" to table: "telegram_invites"
CREATE UNIQUE INDEX "telegraminvite_tenant_id_token_hash" ON "telegram_invites" ("tenant_id", "token_hash");
-- create "telegram_links" table
CREATE TABLE "telegram_links" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "chat_id" bigint NOT NULL, "customer_id" uuid NOT NULL, "way" character varying NOT NULL DEFAULT 'shown', "person" character varying NULL, "linked_at" timestamptz NOT NULL, "ended_at" timestamptz NULL, "blocked_at" timestamptz NULL, "heard_on" date NULL, "silenced" jsonb NULL, PRIMARY KEY ("id"), CONSTRAINT "telegram_links_customer" FOREIGN KEY ("tenant_id", "customer_id") REFERENCES "customers" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "telegram_links_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "telegramlink_tenant_id_chat_id_customer_id" to table: "telegram_links"
CREATE UNIQUE INDEX "telegramlink_tenant_id_chat_id_customer_id" ON "telegram_links" ("tenant_id", "chat_id", "customer_id") WHERE (ended_at IS NULL);
-- create index "telegramlink_tenant_id_customer_id" to table: "telegram_links"
CREATE INDEX "telegramlink_tenant_id_customer_id" ON "telegram_links" ("tenant_id", "customer_id");
-- create "telegram_messages" table
CREATE TABLE "telegram_messages" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "customer_id" uuid NOT NULL, "chat_id" bigint NOT NULL, "kind" character varying NOT NULL, "about" character varying NOT NULL, "about_id" uuid NOT NULL, "text" text NOT NULL, "buttons" jsonb NULL, "status" character varying NOT NULL DEFAULT 'waiting', "tries" bigint NOT NULL DEFAULT 0, "error" character varying NULL, "created_at" timestamptz NOT NULL, "due_at" timestamptz NOT NULL, "bundle_id" uuid NULL, "sent_at" timestamptz NULL, "turn_at" timestamptz NULL, PRIMARY KEY ("id"), CONSTRAINT "telegram_messages_customer" FOREIGN KEY ("tenant_id", "customer_id") REFERENCES "customers" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "telegram_messages_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "telegrammessage_tenant_id_about_id_created_at" to table: "telegram_messages"
CREATE INDEX "telegrammessage_tenant_id_about_id_created_at" ON "telegram_messages" ("tenant_id", "about_id", "created_at");
-- create index "telegrammessage_tenant_id_bundle_id" to table: "telegram_messages"
CREATE INDEX "telegrammessage_tenant_id_bundle_id" ON "telegram_messages" ("tenant_id", "bundle_id") WHERE ((status)::text = 'waiting'::text);
-- create index "telegrammessage_tenant_id_chat_id_due_at" to table: "telegram_messages"
CREATE INDEX "telegrammessage_tenant_id_chat_id_due_at" ON "telegram_messages" ("tenant_id", "chat_id", "due_at") WHERE ((status)::text = 'waiting'::text);
-- create index "telegrammessage_tenant_id_chat_id_turn_at" to table: "telegram_messages"
CREATE INDEX "telegrammessage_tenant_id_chat_id_turn_at" ON "telegram_messages" ("tenant_id", "chat_id", "turn_at");
-- create index "telegrammessage_tenant_id_created_at" to table: "telegram_messages"
CREATE INDEX "telegrammessage_tenant_id_created_at" ON "telegram_messages" ("tenant_id", "created_at") WHERE ((status)::text = 'failed'::text);
-- create index "telegrammessage_tenant_id_customer_id" to table: "telegram_messages"
CREATE INDEX "telegrammessage_tenant_id_customer_id" ON "telegram_messages" ("tenant_id", "customer_id");
-- create "telegram_updates" table
CREATE TABLE "telegram_updates" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "update_id" bigint NOT NULL, "chat" bigint NOT NULL DEFAULT 0, "answer" jsonb NULL, "answered_at" timestamptz NULL, "at" timestamptz NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "telegram_updates_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "telegram_updates_unanswered" to table: "telegram_updates"
CREATE INDEX "telegram_updates_unanswered" ON "telegram_updates" ("tenant_id", "at") WHERE (answered_at IS NULL);
-- create index "telegramupdate_tenant_id_update_id" to table: "telegram_updates"
CREATE UNIQUE INDEX "telegramupdate_tenant_id_update_id" ON "telegram_updates" ("tenant_id", "update_id");
-- create "template_versions" table
CREATE TABLE "template_versions" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "template_id" uuid NOT NULL, "version" bigint NOT NULL, "body" text NOT NULL, "made_by" character varying NOT NULL, "made_at" timestamptz NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "template_versions_template" FOREIGN KEY ("tenant_id", "template_id") REFERENCES "contract_templates" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "template_versions_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "templateversion_tenant_id_template_id_version" to table: "template_versions"
CREATE UNIQUE INDEX "templateversion_tenant_id_template_id_version" ON "template_versions" ("tenant_id", "template_id", "version");
-- create "tick_problems" table
CREATE TABLE "tick_problems" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "kind" character varying NOT NULL, "customer_id" uuid NOT NULL, "since" date NOT NULL, "seen" date NOT NULL, "code" character varying NOT NULL, "args" jsonb NULL, "solved_at" timestamptz NULL, PRIMARY KEY ("id"), CONSTRAINT "tick_problems_customer" FOREIGN KEY ("tenant_id", "customer_id") REFERENCES "customers" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "tick_problems_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "tickproblem_tenant_id_customer_id" to table: "tick_problems"
CREATE INDEX "tickproblem_tenant_id_customer_id" ON "tick_problems" ("tenant_id", "customer_id");
-- create index "tickproblem_tenant_id_kind_customer_id" to table: "tick_problems"
CREATE UNIQUE INDEX "tickproblem_tenant_id_kind_customer_id" ON "tick_problems" ("tenant_id", "kind", "customer_id") WHERE (solved_at IS NULL);
-- create "tick_runs" table
CREATE TABLE "tick_runs" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "kind" character varying NOT NULL, "day" date NOT NULL, "started_at" timestamptz NOT NULL, "finished_at" timestamptz NULL, "done" bigint NOT NULL DEFAULT 0, "failed" bigint NOT NULL DEFAULT 0, PRIMARY KEY ("id"), CONSTRAINT "tick_runs_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "tickrun_tenant_id_kind_day" to table: "tick_runs"
CREATE UNIQUE INDEX "tickrun_tenant_id_kind_day" ON "tick_runs" ("tenant_id", "kind", "day");
-- create "ticket_entries" table
CREATE TABLE "ticket_entries" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "ticket_id" uuid NOT NULL, "user_id" uuid NULL, "event" character varying NULL, "body" text NULL, "shared" boolean NOT NULL DEFAULT false, "at" timestamptz NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "ticket_entries_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "ticket_entries_ticket" FOREIGN KEY ("tenant_id", "ticket_id") REFERENCES "tickets" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "ticket_entries_user" FOREIGN KEY ("tenant_id", "user_id") REFERENCES "users" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "ticketentry_tenant_id_ticket_id" to table: "ticket_entries"
CREATE INDEX "ticketentry_tenant_id_ticket_id" ON "ticket_entries" ("tenant_id", "ticket_id");
-- create "till_counts" table
CREATE TABLE "till_counts" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "till_id" uuid NOT NULL, "form" character varying NOT NULL, "expected" bigint NOT NULL, "counted" bigint NOT NULL, "at" timestamptz NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "till_counts_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "till_counts_till" FOREIGN KEY ("tenant_id", "till_id") REFERENCES "tills" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "tillcount_tenant_id_till_id_form" to table: "till_counts"
CREATE UNIQUE INDEX "tillcount_tenant_id_till_id_form" ON "till_counts" ("tenant_id", "till_id", "form");
-- create "till_entries" table
CREATE TABLE "till_entries" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "till_id" uuid NOT NULL, "kind" character varying NOT NULL, "amount" bigint NOT NULL, "reason" character varying NOT NULL, "at" timestamptz NOT NULL, "user_id" uuid NULL, PRIMARY KEY ("id"), CONSTRAINT "till_entries_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "till_entries_till" FOREIGN KEY ("tenant_id", "till_id") REFERENCES "tills" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "till_entries_user" FOREIGN KEY ("tenant_id", "user_id") REFERENCES "users" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "tillentry_tenant_id_till_id" to table: "till_entries"
CREATE INDEX "tillentry_tenant_id_till_id" ON "till_entries" ("tenant_id", "till_id");
-- create "transfers" table
CREATE TABLE "transfers" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "subscription_id" uuid NOT NULL, "from_id" uuid NOT NULL, "to_id" uuid NOT NULL, "method_id" uuid NOT NULL, "due_day" bigint NOT NULL, "mode" character varying NOT NULL, "booklet" boolean NOT NULL DEFAULT false, "separate_invoice" boolean NOT NULL DEFAULT false, "separate_note" boolean NOT NULL DEFAULT false, "template_id" uuid NULL, "address_id" uuid NULL, "billing_address_id" uuid NULL, "fiscal_address_id" uuid NULL, "override_reason" character varying NULL, "requested_at" timestamptz NOT NULL, "expires_on" date NULL, "from_token" bytea NULL, "from_accepted_at" timestamptz NULL, "to_token" bytea NULL, "to_accepted_at" timestamptz NULL, "day" date NULL, "done_at" timestamptz NULL, "final_id" uuid NULL, "first_id" uuid NULL, "contract_id" uuid NULL, "was" jsonb NULL, "given_up_at" timestamptz NULL, "given_up_reason" character varying NULL, "undone_at" timestamptz NULL, PRIMARY KEY ("id"), CONSTRAINT "transfers_address" FOREIGN KEY ("tenant_id", "address_id") REFERENCES "addresses" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "transfers_billing_address" FOREIGN KEY ("tenant_id", "billing_address_id") REFERENCES "addresses" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "transfers_contract" FOREIGN KEY ("tenant_id", "contract_id") REFERENCES "contracts" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "transfers_final" FOREIGN KEY ("tenant_id", "final_id") REFERENCES "invoices" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "transfers_first" FOREIGN KEY ("tenant_id", "first_id") REFERENCES "invoices" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "transfers_fiscal_address" FOREIGN KEY ("tenant_id", "fiscal_address_id") REFERENCES "addresses" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "transfers_from" FOREIGN KEY ("tenant_id", "from_id") REFERENCES "customers" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "transfers_method" FOREIGN KEY ("tenant_id", "method_id") REFERENCES "billing_methods" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "transfers_subscription" FOREIGN KEY ("tenant_id", "subscription_id") REFERENCES "subscriptions" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "transfers_template" FOREIGN KEY ("tenant_id", "template_id") REFERENCES "contract_templates" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "transfers_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "transfers_to" FOREIGN KEY ("tenant_id", "to_id") REFERENCES "customers" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "transfer_tenant_id_expires_on" to table: "transfers"
CREATE INDEX "transfer_tenant_id_expires_on" ON "transfers" ("tenant_id", "expires_on") WHERE ((done_at IS NULL) AND (given_up_at IS NULL));
-- create index "transfer_tenant_id_from_id" to table: "transfers"
CREATE INDEX "transfer_tenant_id_from_id" ON "transfers" ("tenant_id", "from_id");
-- create index "transfer_tenant_id_from_token" to table: "transfers"
CREATE UNIQUE INDEX "transfer_tenant_id_from_token" ON "transfers" ("tenant_id", "from_token") WHERE (from_token IS NOT NULL);
-- create index "transfer_tenant_id_subscription_id" to table: "transfers"
CREATE UNIQUE INDEX "transfer_tenant_id_subscription_id" ON "transfers" ("tenant_id", "subscription_id") WHERE ((done_at IS NULL) AND (given_up_at IS NULL));
-- create index "transfer_tenant_id_subscription_id_done_at" to table: "transfers"
CREATE INDEX "transfer_tenant_id_subscription_id_done_at" ON "transfers" ("tenant_id", "subscription_id", "done_at") WHERE (done_at IS NOT NULL);
-- create index "transfer_tenant_id_to_id" to table: "transfers"
CREATE INDEX "transfer_tenant_id_to_id" ON "transfers" ("tenant_id", "to_id");
-- create index "transfer_tenant_id_to_token" to table: "transfers"
CREATE UNIQUE INDEX "transfer_tenant_id_to_token" ON "transfers" ("tenant_id", "to_token") WHERE (to_token IS NOT NULL);
-- create "trust_grants" table
CREATE TABLE "trust_grants" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "subscription_id" uuid NOT NULL, "customer_id" uuid NOT NULL, "channel" character varying NOT NULL, "user_id" uuid NULL, "reason" character varying NOT NULL, "granted_at" timestamptz NOT NULL, "until" timestamptz NOT NULL, "ended_at" timestamptz NULL, "outcome" character varying NULL, PRIMARY KEY ("id"), CONSTRAINT "trust_grants_customer" FOREIGN KEY ("tenant_id", "customer_id") REFERENCES "customers" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "trust_grants_subscription" FOREIGN KEY ("tenant_id", "subscription_id") REFERENCES "subscriptions" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "trust_grants_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "trust_grants_user" FOREIGN KEY ("tenant_id", "user_id") REFERENCES "users" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "trustgrant_tenant_id_customer_id" to table: "trust_grants"
CREATE INDEX "trustgrant_tenant_id_customer_id" ON "trust_grants" ("tenant_id", "customer_id");
-- create index "trustgrant_tenant_id_subscription_id" to table: "trust_grants"
CREATE UNIQUE INDEX "trustgrant_tenant_id_subscription_id" ON "trust_grants" ("tenant_id", "subscription_id") WHERE (ended_at IS NULL);
-- create "trust_quota" table
CREATE TABLE "trust_quota" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "subject_id" uuid NOT NULL, "month" date NOT NULL, "at" timestamptz NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "trust_quota_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "trustquota_tenant_id_subject_id_month" to table: "trust_quota"
CREATE UNIQUE INDEX "trustquota_tenant_id_subject_id_month" ON "trust_quota" ("tenant_id", "subject_id", "month");
-- create "upload_pieces" table
CREATE TABLE "upload_pieces" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "upload_id" uuid NOT NULL, "position" bigint NOT NULL, "content" text NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "upload_pieces_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "uploadpiece_tenant_id_upload_id_position" to table: "upload_pieces"
CREATE UNIQUE INDEX "uploadpiece_tenant_id_upload_id_position" ON "upload_pieces" ("tenant_id", "upload_id", "position");
-- create "work_order_entries" table
CREATE TABLE "work_order_entries" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "work_order_id" uuid NOT NULL, "user_id" uuid NULL, "event" character varying NULL, "body" text NULL, "at" timestamptz NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "work_order_entries_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "work_order_entries_user" FOREIGN KEY ("tenant_id", "user_id") REFERENCES "users" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "work_order_entries_work_order" FOREIGN KEY ("tenant_id", "work_order_id") REFERENCES "work_orders" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "workorderentry_tenant_id_work_order_id" to table: "work_order_entries"
CREATE INDEX "workorderentry_tenant_id_work_order_id" ON "work_order_entries" ("tenant_id", "work_order_id");
-- create "work_order_materials" table
CREATE TABLE "work_order_materials" ("id" uuid NOT NULL, "tenant_id" uuid NOT NULL, "work_order_id" uuid NOT NULL, "name" character varying NOT NULL, "quantity" bigint NOT NULL, "unit" character varying NOT NULL, "user_id" uuid NULL, "at" timestamptz NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "work_order_materials_tenant" FOREIGN KEY ("tenant_id") REFERENCES "tenants" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "work_order_materials_user" FOREIGN KEY ("tenant_id", "user_id") REFERENCES "users" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "work_order_materials_work_order" FOREIGN KEY ("tenant_id", "work_order_id") REFERENCES "work_orders" ("tenant_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "workordermaterial_tenant_id_work_order_id" to table: "work_order_materials"
CREATE INDEX "workordermaterial_tenant_id_work_order_id" ON "work_order_materials" ("tenant_id", "work_order_id");

