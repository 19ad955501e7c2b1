-- +goose Up
-- create "addresses" table
CREATE TABLE `addresses` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `customer_id` uuid NOT NULL, `cep` text NOT NULL, `street` text NOT NULL, `house_number` text NOT NULL, `complement` text NULL, `district` text NOT NULL, `city` text NOT NULL, `town` text NOT NULL, `uf` text NOT NULL, `ibge` text NULL, `landmark` text NULL, PRIMARY KEY (`id`), CONSTRAINT `addresses_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `addresses_customer` FOREIGN KEY (`tenant_id`, `customer_id`) REFERENCES `customers` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "address_tenant_id_customer_id" to table: "addresses"
CREATE INDEX `address_tenant_id_customer_id` ON `addresses` (`customer_id`, `tenant_id`);
-- create index "address_tenant_id_town_customer_id" to table: "addresses"
CREATE INDEX `address_tenant_id_town_customer_id` ON `addresses` (`town`, `customer_id`, `tenant_id`);
-- create index "addresses_of_tenant" to table: "addresses"
CREATE UNIQUE INDEX `addresses_of_tenant` ON `addresses` (`id`, `tenant_id`);
-- create "agreement_debts" table
CREATE TABLE `agreement_debts` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `agreement_id` uuid NOT NULL, `payment_id` uuid NOT NULL, `invoice_id` uuid NULL, `charge_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `agreement_debts_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `agreement_debts_agreement` FOREIGN KEY (`tenant_id`, `agreement_id`) REFERENCES `debt_agreements` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `agreement_debts_charge` FOREIGN KEY (`tenant_id`, `charge_id`) REFERENCES `charges` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `agreement_debts_invoice` FOREIGN KEY (`tenant_id`, `invoice_id`) REFERENCES `invoices` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `agreement_debts_payment` FOREIGN KEY (`tenant_id`, `payment_id`) REFERENCES `payments` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "agreementdebt_tenant_id_agreement_id" to table: "agreement_debts"
CREATE INDEX `agreementdebt_tenant_id_agreement_id` ON `agreement_debts` (`agreement_id`, `tenant_id`);
-- create index "agreementdebt_tenant_id_payment_id" to table: "agreement_debts"
CREATE INDEX `agreementdebt_tenant_id_payment_id` ON `agreement_debts` (`payment_id`, `tenant_id`);
-- create index "agreementdebt_tenant_id_invoice_id" to table: "agreement_debts"
CREATE INDEX `agreementdebt_tenant_id_invoice_id` ON `agreement_debts` (`invoice_id`, `tenant_id`);
-- create "agreement_instalments" table
CREATE TABLE `agreement_instalments` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `agreement_id` uuid NOT NULL, `invoice_id` uuid NOT NULL, `place` integer NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `agreement_instalments_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `agreement_instalments_agreement` FOREIGN KEY (`tenant_id`, `agreement_id`) REFERENCES `debt_agreements` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `agreement_instalments_invoice` FOREIGN KEY (`tenant_id`, `invoice_id`) REFERENCES `invoices` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "agreementinstalment_tenant_id_agreement_id_place" to table: "agreement_instalments"
CREATE UNIQUE INDEX `agreementinstalment_tenant_id_agreement_id_place` ON `agreement_instalments` (`agreement_id`, `place`, `tenant_id`);
-- create index "agreementinstalment_tenant_id_invoice_id" to table: "agreement_instalments"
CREATE UNIQUE INDEX `agreementinstalment_tenant_id_invoice_id` ON `agreement_instalments` (`invoice_id`, `tenant_id`);
-- create "attachments" table
CREATE TABLE `attachments` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `ticket_id` uuid NULL, `work_order_id` uuid NULL, `contest_id` uuid NULL, `file_id` uuid NOT NULL, `kind` text NOT NULL, `user_id` uuid NULL, `at` datetime NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `attachments_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `attachments_contest` FOREIGN KEY (`tenant_id`, `contest_id`) REFERENCES `contests` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `attachments_file` FOREIGN KEY (`tenant_id`, `file_id`) REFERENCES `files` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `attachments_ticket` FOREIGN KEY (`tenant_id`, `ticket_id`) REFERENCES `tickets` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `attachments_user` FOREIGN KEY (`tenant_id`, `user_id`) REFERENCES `users` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `attachments_work_order` FOREIGN KEY (`tenant_id`, `work_order_id`) REFERENCES `work_orders` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "attachment_tenant_id_ticket_id" to table: "attachments"
CREATE INDEX `attachment_tenant_id_ticket_id` ON `attachments` (`ticket_id`, `tenant_id`);
-- create index "attachment_tenant_id_work_order_id" to table: "attachments"
CREATE INDEX `attachment_tenant_id_work_order_id` ON `attachments` (`work_order_id`, `tenant_id`);
-- create index "attachment_tenant_id_contest_id" to table: "attachments"
CREATE INDEX `attachment_tenant_id_contest_id` ON `attachments` (`contest_id`, `tenant_id`) WHERE contest_id IS NOT NULL;
-- create "auth_attempts" table
CREATE TABLE `auth_attempts` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `subscription_id` uuid NULL, `nas_id` uuid NOT NULL, `login` text NOT NULL, `accepted` bool NOT NULL DEFAULT (false), `reason` text NULL, `at` datetime NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `auth_attempts_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `auth_attempts_nas` FOREIGN KEY (`tenant_id`, `nas_id`) REFERENCES `nas` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `auth_attempts_subscription` FOREIGN KEY (`tenant_id`, `subscription_id`) REFERENCES `subscriptions` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "authattempt_tenant_id_subscription_id_at" to table: "auth_attempts"
CREATE INDEX `authattempt_tenant_id_subscription_id_at` ON `auth_attempts` (`subscription_id`, `at`, `tenant_id`);
-- create index "authattempt_tenant_id_at" to table: "auth_attempts"
CREATE INDEX `authattempt_tenant_id_at` ON `auth_attempts` (`at`, `tenant_id`);
-- create "bank_agreements" table
CREATE TABLE `bank_agreements` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `company_id` uuid NOT NULL, `name` text NOT NULL, `bank` text NOT NULL, `terms` json NOT NULL, `branch_digit` text NOT NULL DEFAULT (''), `account_digit` text NOT NULL DEFAULT (''), `variation` text NOT NULL DEFAULT (''), `sender_code` text NOT NULL DEFAULT (''), `hybrid` bool NOT NULL DEFAULT (false), `last_number` integer NOT NULL DEFAULT (0), `number_year` integer NOT NULL DEFAULT (0), `remessa_number` integer NOT NULL DEFAULT (0), `active` bool NOT NULL DEFAULT (true), PRIMARY KEY (`id`), CONSTRAINT `bank_agreements_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `bank_agreements_company` FOREIGN KEY (`tenant_id`, `company_id`) REFERENCES `companies` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "bankagreement_tenant_id_name" to table: "bank_agreements"
CREATE UNIQUE INDEX `bankagreement_tenant_id_name` ON `bank_agreements` (`name`, `tenant_id`);
-- create index "bank_agreements_of_tenant" to table: "bank_agreements"
CREATE UNIQUE INDEX `bank_agreements_of_tenant` ON `bank_agreements` (`id`, `tenant_id`);
-- create "bank_returns" table
CREATE TABLE `bank_returns` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `agreement_id` uuid NOT NULL, `name` text NOT NULL, `sha256` text NOT NULL, `sequence` text NOT NULL, `written_on` text NULL, `lines` integer NOT NULL, `brought_by` text NOT NULL, `brought_at` datetime NOT NULL, `finished_at` datetime NULL, PRIMARY KEY (`id`), CONSTRAINT `bank_returns_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `bank_returns_agreement` FOREIGN KEY (`tenant_id`, `agreement_id`) REFERENCES `bank_agreements` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "bankreturn_tenant_id_agreement_id_sha256" to table: "bank_returns"
CREATE UNIQUE INDEX `bankreturn_tenant_id_agreement_id_sha256` ON `bank_returns` (`agreement_id`, `sha256`, `tenant_id`);
-- create index "bankreturn_tenant_id_brought_at" to table: "bank_returns"
CREATE INDEX `bankreturn_tenant_id_brought_at` ON `bank_returns` (`brought_at`, `tenant_id`);
-- create index "bank_returns_of_tenant" to table: "bank_returns"
CREATE UNIQUE INDEX `bank_returns_of_tenant` ON `bank_returns` (`id`, `tenant_id`);
-- create "bank_return_lines" table
CREATE TABLE `bank_return_lines` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `return_id` uuid NOT NULL, `line` integer NOT NULL, `position` integer NOT NULL, `outcome` text NOT NULL, `movement` text NULL, `reasons` text NULL, `our_number` text NULL, `document` text NULL, `occurred_on` text NULL, `credited_on` text NULL, `received` integer NOT NULL DEFAULT (0), `fee` integer NOT NULL DEFAULT (0), `credit` integer NOT NULL DEFAULT (0), `forgiven` integer NOT NULL DEFAULT (0), `slip_id` uuid NULL, `payment_id` uuid NULL, `column` integer NOT NULL DEFAULT (0), `problem` text NULL, PRIMARY KEY (`id`), CONSTRAINT `bank_return_lines_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `bank_return_lines_payment` FOREIGN KEY (`tenant_id`, `payment_id`) REFERENCES `payments` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `bank_return_lines_return` FOREIGN KEY (`tenant_id`, `return_id`) REFERENCES `bank_returns` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `bank_return_lines_slip` FOREIGN KEY (`tenant_id`, `slip_id`) REFERENCES `slips` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "bankreturnline_tenant_id_return_id_position" to table: "bank_return_lines"
CREATE UNIQUE INDEX `bankreturnline_tenant_id_return_id_position` ON `bank_return_lines` (`return_id`, `position`, `tenant_id`);
-- create index "bankreturnline_tenant_id_return_id_outcome" to table: "bank_return_lines"
CREATE INDEX `bankreturnline_tenant_id_return_id_outcome` ON `bank_return_lines` (`return_id`, `outcome`, `tenant_id`);
-- create "batches" table
CREATE TABLE `batches` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `kind` text NOT NULL, `subject_id` uuid NOT NULL, `total` integer NOT NULL, `done` integer NOT NULL DEFAULT (0), `failed` integer NOT NULL DEFAULT (0), `created_at` datetime NOT NULL, `finished_at` datetime NULL, `failure` text NULL, PRIMARY KEY (`id`), CONSTRAINT `batches_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "batch_tenant_id_subject_id" to table: "batches"
CREATE INDEX `batch_tenant_id_subject_id` ON `batches` (`subject_id`, `tenant_id`);
-- create "billing_events" table
CREATE TABLE `billing_events` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `customer_id` uuid NOT NULL, `subscription_id` uuid NOT NULL, `description` text NOT NULL, `amount` integer NOT NULL, `parts` integer NOT NULL, `memo` text NULL, `from_month` text NOT NULL, `created_at` datetime NOT NULL, `cancelled_at` datetime NULL, `cancel_reason` text NULL, PRIMARY KEY (`id`), CONSTRAINT `billing_events_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `billing_events_customer` FOREIGN KEY (`tenant_id`, `customer_id`) REFERENCES `customers` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `billing_events_subscription` FOREIGN KEY (`tenant_id`, `subscription_id`) REFERENCES `subscriptions` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "billingevent_tenant_id_customer_id" to table: "billing_events"
CREATE INDEX `billingevent_tenant_id_customer_id` ON `billing_events` (`customer_id`, `tenant_id`);
-- create index "billingevent_tenant_id_subscription_id" to table: "billing_events"
CREATE INDEX `billingevent_tenant_id_subscription_id` ON `billing_events` (`subscription_id`, `tenant_id`);
-- create index "billing_events_of_tenant" to table: "billing_events"
CREATE UNIQUE INDEX `billing_events_of_tenant` ON `billing_events` (`id`, `tenant_id`);
-- create "billing_event_parts" table
CREATE TABLE `billing_event_parts` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `event_id` uuid NOT NULL, `subscription_id` uuid NOT NULL, `place` integer NOT NULL, `month` text NOT NULL, `amount` integer NOT NULL, `charge_id` uuid NULL, `cancelled_at` datetime NULL, PRIMARY KEY (`id`), CONSTRAINT `billing_event_parts_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `billing_event_parts_charge` FOREIGN KEY (`tenant_id`, `charge_id`) REFERENCES `charges` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `billing_event_parts_event` FOREIGN KEY (`tenant_id`, `event_id`) REFERENCES `billing_events` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `billing_event_parts_subscription` FOREIGN KEY (`tenant_id`, `subscription_id`) REFERENCES `subscriptions` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "billingeventpart_tenant_id_event_id_place" to table: "billing_event_parts"
CREATE UNIQUE INDEX `billingeventpart_tenant_id_event_id_place` ON `billing_event_parts` (`event_id`, `place`, `tenant_id`);
-- create index "billingeventpart_tenant_id_subscription_id_month" to table: "billing_event_parts"
CREATE INDEX `billingeventpart_tenant_id_subscription_id_month` ON `billing_event_parts` (`subscription_id`, `month`, `tenant_id`) WHERE charge_id IS NULL AND cancelled_at IS NULL;
-- create index "billingeventpart_tenant_id_charge_id" to table: "billing_event_parts"
CREATE INDEX `billingeventpart_tenant_id_charge_id` ON `billing_event_parts` (`charge_id`, `tenant_id`) WHERE charge_id IS NOT NULL;
-- create "billing_methods" table
CREATE TABLE `billing_methods` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `company_id` uuid NOT NULL, `name` text NOT NULL, `kind` text NOT NULL, `agreement_id` uuid NULL, `pix_key_id` uuid NULL, `psp_account_id` uuid NULL, `active` bool NOT NULL DEFAULT (true), PRIMARY KEY (`id`), CONSTRAINT `billing_methods_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `billing_methods_agreement` FOREIGN KEY (`tenant_id`, `agreement_id`) REFERENCES `bank_agreements` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `billing_methods_company` FOREIGN KEY (`tenant_id`, `company_id`) REFERENCES `companies` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `billing_methods_pix_key` FOREIGN KEY (`tenant_id`, `pix_key_id`) REFERENCES `pix_keys` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `billing_methods_psp_account` FOREIGN KEY (`tenant_id`, `psp_account_id`) REFERENCES `psp_accounts` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "billingmethod_tenant_id_name" to table: "billing_methods"
CREATE UNIQUE INDEX `billingmethod_tenant_id_name` ON `billing_methods` (`name`, `tenant_id`);
-- create index "billing_methods_of_tenant" to table: "billing_methods"
CREATE UNIQUE INDEX `billing_methods_of_tenant` ON `billing_methods` (`id`, `tenant_id`);
-- create "booklets" table
CREATE TABLE `booklets` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `number` integer NOT NULL, `customer_id` uuid NOT NULL, `subscription_id` uuid NOT NULL, `start_on` text NOT NULL, `first_due` text NOT NULL, `instalments` integer NOT NULL, `mode` text NOT NULL, `issued_at` datetime NOT NULL, `cancelled_at` datetime NULL, `cancel_reason` text NULL, `file_id` uuid NULL, `version` integer NOT NULL DEFAULT (1), PRIMARY KEY (`id`), CONSTRAINT `booklets_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `booklets_customer` FOREIGN KEY (`tenant_id`, `customer_id`) REFERENCES `customers` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `booklets_file` FOREIGN KEY (`tenant_id`, `file_id`) REFERENCES `files` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `booklets_subscription` FOREIGN KEY (`tenant_id`, `subscription_id`) REFERENCES `subscriptions` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "booklet_tenant_id_number" to table: "booklets"
CREATE UNIQUE INDEX `booklet_tenant_id_number` ON `booklets` (`number`, `tenant_id`);
-- create index "booklet_tenant_id_customer_id" to table: "booklets"
CREATE INDEX `booklet_tenant_id_customer_id` ON `booklets` (`customer_id`, `tenant_id`);
-- create index "booklet_tenant_id_subscription_id" to table: "booklets"
CREATE INDEX `booklet_tenant_id_subscription_id` ON `booklets` (`subscription_id`, `tenant_id`);
-- create index "booklets_of_tenant" to table: "booklets"
CREATE UNIQUE INDEX `booklets_of_tenant` ON `booklets` (`id`, `tenant_id`);
-- create "cancellations" table
CREATE TABLE `cancellations` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `subscription_id` uuid NOT NULL, `customer_id` uuid NOT NULL, `reason` text NOT NULL, `note` text NOT NULL, `offer` text NULL, `day` text NOT NULL, `state_before` text NOT NULL, `penalty` integer NOT NULL DEFAULT (0), `spared` integer NOT NULL DEFAULT (0), `spared_why` text NULL, `invoice_id` uuid NULL, `work_order_id` uuid NULL, `at` datetime NOT NULL, `undone_at` datetime NULL, PRIMARY KEY (`id`), CONSTRAINT `cancellations_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `cancellations_customer` FOREIGN KEY (`tenant_id`, `customer_id`) REFERENCES `customers` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `cancellations_invoice` FOREIGN KEY (`tenant_id`, `invoice_id`) REFERENCES `invoices` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `cancellations_subscription` FOREIGN KEY (`tenant_id`, `subscription_id`) REFERENCES `subscriptions` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `cancellations_work_order` FOREIGN KEY (`tenant_id`, `work_order_id`) REFERENCES `work_orders` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "cancellation_tenant_id_subscription_id" to table: "cancellations"
CREATE UNIQUE INDEX `cancellation_tenant_id_subscription_id` ON `cancellations` (`subscription_id`, `tenant_id`) WHERE undone_at IS NULL;
-- create index "cancellation_tenant_id_day" to table: "cancellations"
CREATE INDEX `cancellation_tenant_id_day` ON `cancellations` (`day`, `tenant_id`);
-- create "charges" table
CREATE TABLE `charges` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `number` integer NOT NULL, `customer_id` uuid NOT NULL, `subscription_id` uuid NULL, `invoice_id` uuid NULL, `late_invoice_id` uuid NULL, `kind` text NOT NULL, `charge_kind_id` uuid NULL, `suspends` bool NOT NULL DEFAULT (false), `description` text NOT NULL, `period_from` text NULL, `period_to` text NULL, `whole` bool NOT NULL DEFAULT (false), `competence` text NULL, `due` text NOT NULL, `amount` integer NOT NULL, `settled` integer NOT NULL DEFAULT (0), `closed_at` datetime NULL, `memo` text NOT NULL, `position` integer NOT NULL, `created_at` datetime NOT NULL, `cancelled_at` datetime NULL, `cancel_reason` text NULL, `passed_on_at` datetime NULL, `contested_at` datetime NULL, `contest_answered_at` datetime NULL, PRIMARY KEY (`id`), CONSTRAINT `charges_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `charges_charge_kind` FOREIGN KEY (`tenant_id`, `charge_kind_id`) REFERENCES `charge_kinds` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `charges_customer` FOREIGN KEY (`tenant_id`, `customer_id`) REFERENCES `customers` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `charges_invoice` FOREIGN KEY (`tenant_id`, `invoice_id`) REFERENCES `invoices` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `charges_late_invoice` FOREIGN KEY (`tenant_id`, `late_invoice_id`) REFERENCES `invoices` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `charges_subscription` FOREIGN KEY (`tenant_id`, `subscription_id`) REFERENCES `subscriptions` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "charge_tenant_id_number" to table: "charges"
CREATE UNIQUE INDEX `charge_tenant_id_number` ON `charges` (`number`, `tenant_id`);
-- create index "charge_tenant_id_subscription_id_period_from_kind" to table: "charges"
CREATE UNIQUE INDEX `charge_tenant_id_subscription_id_period_from_kind` ON `charges` (`subscription_id`, `period_from`, `kind`, `tenant_id`) WHERE kind = 'recurring' AND cancelled_at IS NULL AND passed_on_at IS NULL;
-- create index "charge_tenant_id_customer_id" to table: "charges"
CREATE INDEX `charge_tenant_id_customer_id` ON `charges` (`customer_id`, `tenant_id`);
-- create index "charge_tenant_id_invoice_id" to table: "charges"
CREATE INDEX `charge_tenant_id_invoice_id` ON `charges` (`invoice_id`, `tenant_id`);
-- create index "charge_tenant_id_late_invoice_id" to table: "charges"
CREATE INDEX `charge_tenant_id_late_invoice_id` ON `charges` (`late_invoice_id`, `tenant_id`) WHERE late_invoice_id IS NOT NULL;
-- create index "charge_tenant_id_due_amount" to table: "charges"
CREATE INDEX `charge_tenant_id_due_amount` ON `charges` (`due`, `amount`, `tenant_id`) WHERE cancelled_at IS NULL;
-- create index "charge_tenant_id_subscription_id_due" to table: "charges"
CREATE INDEX `charge_tenant_id_subscription_id_due` ON `charges` (`subscription_id`, `due`, `tenant_id`) WHERE closed_at IS NULL AND cancelled_at IS NULL;
-- create index "charge_tenant_id_due_amount_settled" to table: "charges"
CREATE INDEX `charge_tenant_id_due_amount_settled` ON `charges` (`due`, `amount`, `settled`, `tenant_id`) WHERE closed_at IS NULL AND cancelled_at IS NULL AND invoice_id IS NOT NULL;
-- create index "charge_tenant_id_due_number_amount_settled" to table: "charges"
CREATE INDEX `charge_tenant_id_due_number_amount_settled` ON `charges` (`due`, `number`, `amount`, `settled`, `tenant_id`) WHERE closed_at IS NULL AND cancelled_at IS NULL AND invoice_id IS NULL;
-- create index "charge_tenant_id_invoice_id_due" to table: "charges"
CREATE INDEX `charge_tenant_id_invoice_id_due` ON `charges` (`invoice_id`, `due`, `tenant_id`) WHERE contested_at IS NOT NULL AND contest_answered_at IS NULL AND cancelled_at IS NULL;
-- create index "charges_of_tenant" to table: "charges"
CREATE UNIQUE INDEX `charges_of_tenant` ON `charges` (`id`, `tenant_id`);
-- create "charge_items" table
CREATE TABLE `charge_items` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `charge_id` uuid NOT NULL, `kind` text NOT NULL, `name` text NOT NULL, `amount` integer NOT NULL, `position` integer NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `charge_items_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `charge_items_charge` FOREIGN KEY (`tenant_id`, `charge_id`) REFERENCES `charges` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "chargeitem_tenant_id_charge_id" to table: "charge_items"
CREATE INDEX `chargeitem_tenant_id_charge_id` ON `charge_items` (`charge_id`, `tenant_id`);
-- create "charge_kinds" table
CREATE TABLE `charge_kinds` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `name` text NOT NULL, `installation` bool NOT NULL DEFAULT (false), `suspends` bool NOT NULL DEFAULT (false), `active` bool NOT NULL DEFAULT (true), PRIMARY KEY (`id`), CONSTRAINT `charge_kinds_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "chargekind_tenant_id_name" to table: "charge_kinds"
CREATE UNIQUE INDEX `chargekind_tenant_id_name` ON `charge_kinds` (`name`, `tenant_id`);
-- create index "charge_kinds_of_tenant" to table: "charge_kinds"
CREATE UNIQUE INDEX `charge_kinds_of_tenant` ON `charge_kinds` (`id`, `tenant_id`);
-- create "companies" table
CREATE TABLE `companies` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `name` text NOT NULL, `trade_name` text NULL, `cnpj` text NOT NULL, `state_registration` text NULL, `city_registration` text NULL, `cep` text NOT NULL, `street` text NOT NULL, `house_number` text NOT NULL, `complement` text NULL, `district` text NOT NULL, `city` text NOT NULL, `uf` text NOT NULL, `ibge` text NULL, `phone` text NULL, `email` text NULL, `logo_id` uuid NULL, `active` bool NOT NULL DEFAULT (true), PRIMARY KEY (`id`), CONSTRAINT `companies_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `companies_logo` FOREIGN KEY (`tenant_id`, `logo_id`) REFERENCES `files` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "company_tenant_id_cnpj" to table: "companies"
CREATE UNIQUE INDEX `company_tenant_id_cnpj` ON `companies` (`cnpj`, `tenant_id`);
-- create index "companies_of_tenant" to table: "companies"
CREATE UNIQUE INDEX `companies_of_tenant` ON `companies` (`id`, `tenant_id`);
-- create "connections" table
CREATE TABLE `connections` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `nas_id` uuid NOT NULL, `subscription_id` uuid NULL, `customer_id` uuid NULL, `login` text NOT NULL, `acct_session_id` text NOT NULL, `opening` text NOT NULL DEFAULT (''), `ipv4` text NULL, `ipv6` text NULL, `ipv6_delegated` text NULL, `public_ip` text NULL, `port_from` integer NOT NULL DEFAULT (0), `port_to` integer NOT NULL DEFAULT (0), `calling_station` text NOT NULL DEFAULT (''), `nas_port` text NOT NULL DEFAULT (''), `started_at` datetime NOT NULL, `updated_at` datetime NOT NULL, `seconds` integer NOT NULL DEFAULT (0), `ended_at` datetime NULL, `cause` text NOT NULL DEFAULT (''), `bytes_up` integer NOT NULL DEFAULT (0), `bytes_down` integer NOT NULL DEFAULT (0), `profile` text NOT NULL DEFAULT (''), `traffic` json NULL, PRIMARY KEY (`id`), CONSTRAINT `connections_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `connections_customer` FOREIGN KEY (`tenant_id`, `customer_id`) REFERENCES `customers` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `connections_nas` FOREIGN KEY (`tenant_id`, `nas_id`) REFERENCES `nas` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `connections_subscription` FOREIGN KEY (`tenant_id`, `subscription_id`) REFERENCES `subscriptions` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "connection_tenant_id_nas_id_acct_session_id" to table: "connections"
CREATE INDEX `connection_tenant_id_nas_id_acct_session_id` ON `connections` (`nas_id`, `acct_session_id`, `tenant_id`);
-- create index "connection_open" to table: "connections"
CREATE UNIQUE INDEX `connection_open` ON `connections` (`nas_id`, `acct_session_id`, `tenant_id`) WHERE ended_at IS NULL;
-- create index "connection_tenant_id_subscription_id_started_at" to table: "connections"
CREATE INDEX `connection_tenant_id_subscription_id_started_at` ON `connections` (`subscription_id`, `started_at`, `tenant_id`);
-- create index "connection_tenant_id_ipv4_started_at" to table: "connections"
CREATE INDEX `connection_tenant_id_ipv4_started_at` ON `connections` (`ipv4`, `started_at`, `tenant_id`) WHERE ipv4 IS NOT NULL;
-- create index "connection_tenant_id_public_ip_started_at" to table: "connections"
CREATE INDEX `connection_tenant_id_public_ip_started_at` ON `connections` (`public_ip`, `started_at`, `tenant_id`) WHERE public_ip IS NOT NULL;
-- create index "connection_tenant_id_ipv6_started_at" to table: "connections"
CREATE INDEX `connection_tenant_id_ipv6_started_at` ON `connections` (`ipv6`, `started_at`, `tenant_id`) WHERE ipv6 IS NOT NULL;
-- create index "connection_tenant_id_ipv6_delegated_started_at" to table: "connections"
CREATE INDEX `connection_tenant_id_ipv6_delegated_started_at` ON `connections` (`ipv6_delegated`, `started_at`, `tenant_id`) WHERE ipv6_delegated IS NOT NULL;
-- create index "connection_tenant_id_ended_at" to table: "connections"
CREATE INDEX `connection_tenant_id_ended_at` ON `connections` (`ended_at`, `tenant_id`) WHERE ended_at IS NOT NULL;
-- create "contacts" table
CREATE TABLE `contacts` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `customer_id` uuid NOT NULL, `kind` text NOT NULL, `value` text NOT NULL, `position` integer NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `contacts_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `contacts_customer` FOREIGN KEY (`tenant_id`, `customer_id`) REFERENCES `customers` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "contact_tenant_id_customer_id_kind_value" to table: "contacts"
CREATE UNIQUE INDEX `contact_tenant_id_customer_id_kind_value` ON `contacts` (`customer_id`, `kind`, `value`, `tenant_id`);
-- create index "contact_tenant_id_kind_value" to table: "contacts"
CREATE INDEX `contact_tenant_id_kind_value` ON `contacts` (`kind`, `value`, `tenant_id`);
-- create "contests" table
CREATE TABLE `contests` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `customer_id` uuid NOT NULL, `charge_id` uuid NOT NULL, `channel` text NOT NULL, `reason` text NOT NULL, `at` datetime NOT NULL, `answer_by` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `contests_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `contests_charge` FOREIGN KEY (`tenant_id`, `charge_id`) REFERENCES `charges` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `contests_customer` FOREIGN KEY (`tenant_id`, `customer_id`) REFERENCES `customers` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "contest_tenant_id_charge_id" to table: "contests"
CREATE UNIQUE INDEX `contest_tenant_id_charge_id` ON `contests` (`charge_id`, `tenant_id`);
-- create index "contest_tenant_id_customer_id" to table: "contests"
CREATE INDEX `contest_tenant_id_customer_id` ON `contests` (`customer_id`, `tenant_id`);
-- create index "contest_tenant_id_answer_by" to table: "contests"
CREATE INDEX `contest_tenant_id_answer_by` ON `contests` (`answer_by`, `tenant_id`);
-- create index "contests_of_tenant" to table: "contests"
CREATE UNIQUE INDEX `contests_of_tenant` ON `contests` (`id`, `tenant_id`);
-- create "contest_answers" table
CREATE TABLE `contest_answers` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `contest_id` uuid NOT NULL, `outcome` text NOT NULL, `reason` text NOT NULL, `refund` integer NOT NULL DEFAULT (0), `due` text NULL, `at` datetime NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `contest_answers_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `contest_answers_contest` FOREIGN KEY (`tenant_id`, `contest_id`) REFERENCES `contests` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "contestanswer_tenant_id_contest_id" to table: "contest_answers"
CREATE UNIQUE INDEX `contestanswer_tenant_id_contest_id` ON `contest_answers` (`contest_id`, `tenant_id`);
-- create "contracts" table
CREATE TABLE `contracts` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `number` integer NOT NULL, `subscription_id` uuid NOT NULL, `customer_id` uuid NOT NULL, `company_id` uuid NOT NULL, `template_id` uuid NOT NULL, `template_version` integer NOT NULL, `term_months` integer NOT NULL DEFAULT (0), `body` text NOT NULL, `body_hash` text NOT NULL, `printed` json NOT NULL, `file_id` uuid NULL, `issued_at` datetime NOT NULL, `accepted_at` datetime NULL, `accepted_on` text NULL, `accepted_by` text NULL, `acceptance` text NULL, `accepted_file_id` uuid NULL, `deactivated_at` datetime NULL, `deactivation_reason` text NULL, PRIMARY KEY (`id`), CONSTRAINT `contracts_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `contracts_accepted_file` FOREIGN KEY (`tenant_id`, `accepted_file_id`) REFERENCES `files` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `contracts_company` FOREIGN KEY (`tenant_id`, `company_id`) REFERENCES `companies` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `contracts_customer` FOREIGN KEY (`tenant_id`, `customer_id`) REFERENCES `customers` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `contracts_file` FOREIGN KEY (`tenant_id`, `file_id`) REFERENCES `files` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `contracts_subscription` FOREIGN KEY (`tenant_id`, `subscription_id`) REFERENCES `subscriptions` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `contracts_template` FOREIGN KEY (`tenant_id`, `template_id`) REFERENCES `contract_templates` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "contract_tenant_id_number" to table: "contracts"
CREATE UNIQUE INDEX `contract_tenant_id_number` ON `contracts` (`number`, `tenant_id`);
-- create index "contract_tenant_id_subscription_id" to table: "contracts"
CREATE INDEX `contract_tenant_id_subscription_id` ON `contracts` (`subscription_id`, `tenant_id`);
-- create index "contract_tenant_id_customer_id" to table: "contracts"
CREATE INDEX `contract_tenant_id_customer_id` ON `contracts` (`customer_id`, `tenant_id`);
-- create index "contracts_of_tenant" to table: "contracts"
CREATE UNIQUE INDEX `contracts_of_tenant` ON `contracts` (`id`, `tenant_id`);
-- create "contract_templates" table
CREATE TABLE `contract_templates` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `name` text NOT NULL, `version` integer NOT NULL DEFAULT (1), `active` bool NOT NULL DEFAULT (true), PRIMARY KEY (`id`), CONSTRAINT `contract_templates_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "contracttemplate_tenant_id_name" to table: "contract_templates"
CREATE UNIQUE INDEX `contracttemplate_tenant_id_name` ON `contract_templates` (`name`, `tenant_id`);
-- create index "contract_templates_of_tenant" to table: "contract_templates"
CREATE UNIQUE INDEX `contract_templates_of_tenant` ON `contract_templates` (`id`, `tenant_id`);
-- create "correspondents" table
CREATE TABLE `correspondents` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `name` text NOT NULL, `commission` integer NOT NULL DEFAULT (0), `active` bool NOT NULL DEFAULT (true), `version` integer NOT NULL DEFAULT (1), PRIMARY KEY (`id`), CONSTRAINT `correspondents_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "correspondent_tenant_id_name" to table: "correspondents"
CREATE UNIQUE INDEX `correspondent_tenant_id_name` ON `correspondents` (`name`, `tenant_id`);
-- create index "correspondents_of_tenant" to table: "correspondents"
CREATE UNIQUE INDEX `correspondents_of_tenant` ON `correspondents` (`id`, `tenant_id`);
-- create "credits" table
CREATE TABLE `credits` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `customer_id` uuid NOT NULL, `subscription_id` uuid NULL, `amount` integer NOT NULL, `payment_id` uuid NULL, `memo` text NOT NULL, `created_at` datetime NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `credits_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `credits_customer` FOREIGN KEY (`tenant_id`, `customer_id`) REFERENCES `customers` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `credits_payment` FOREIGN KEY (`tenant_id`, `payment_id`) REFERENCES `payments` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `credits_subscription` FOREIGN KEY (`tenant_id`, `subscription_id`) REFERENCES `subscriptions` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "credit_tenant_id_customer_id_created_at" to table: "credits"
CREATE INDEX `credit_tenant_id_customer_id_created_at` ON `credits` (`customer_id`, `created_at`, `tenant_id`);
-- create index "credit_tenant_id_payment_id" to table: "credits"
CREATE UNIQUE INDEX `credit_tenant_id_payment_id` ON `credits` (`payment_id`, `tenant_id`) WHERE payment_id IS NOT NULL;
-- create index "credits_of_tenant" to table: "credits"
CREATE UNIQUE INDEX `credits_of_tenant` ON `credits` (`id`, `tenant_id`);
-- create "credit_uses" table
CREATE TABLE `credit_uses` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `credit_id` uuid NOT NULL, `charge_id` uuid NULL, `payment_id` uuid NULL, `amount` integer NOT NULL, `at` datetime NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `credit_uses_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `credit_uses_charge` FOREIGN KEY (`tenant_id`, `charge_id`) REFERENCES `charges` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `credit_uses_credit` FOREIGN KEY (`tenant_id`, `credit_id`) REFERENCES `credits` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `credit_uses_payment` FOREIGN KEY (`tenant_id`, `payment_id`) REFERENCES `payments` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "credituse_tenant_id_credit_id" to table: "credit_uses"
CREATE INDEX `credituse_tenant_id_credit_id` ON `credit_uses` (`credit_id`, `tenant_id`);
-- create index "credituse_tenant_id_payment_id" to table: "credit_uses"
CREATE INDEX `credituse_tenant_id_payment_id` ON `credit_uses` (`payment_id`, `tenant_id`) WHERE payment_id IS NOT NULL;
-- create "customers" table
CREATE TABLE `customers` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `number` integer NOT NULL, `kind` text NOT NULL, `name` text NOT NULL, `trade_name` text NULL, `document` text NOT NULL, `birth` text NULL, `rg` text NULL, `rg_issuer` text NULL, `rg_issued` text NULL, `mother` text NULL, `father` text NULL, `marital` text NULL, `gender` text NULL, `nationality` text NULL, `state_registration` text NULL, `city_registration` text NULL, `responsible` text NULL, `origin_id` uuid NULL, `notes` text NULL, `alert` text NULL, `active` bool NOT NULL DEFAULT (true), `version` integer NOT NULL DEFAULT (1), PRIMARY KEY (`id`), CONSTRAINT `customers_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `customers_origin` FOREIGN KEY (`tenant_id`, `origin_id`) REFERENCES `origins` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "customer_tenant_id_number" to table: "customers"
CREATE UNIQUE INDEX `customer_tenant_id_number` ON `customers` (`number`, `tenant_id`);
-- create index "customer_tenant_id_document" to table: "customers"
CREATE UNIQUE INDEX `customer_tenant_id_document` ON `customers` (`document`, `tenant_id`);
-- create index "customer_tenant_id_active_name_number_id" to table: "customers"
CREATE INDEX `customer_tenant_id_active_name_number_id` ON `customers` (`active`, `name`, `number`, `id`, `tenant_id`);
-- create index "customer_tenant_id_active_number_id" to table: "customers"
CREATE INDEX `customer_tenant_id_active_number_id` ON `customers` (`active`, `number`, `id`, `tenant_id`);
-- create index "customer_tenant_id_origin_id_active_name_number_id" to table: "customers"
CREATE INDEX `customer_tenant_id_origin_id_active_name_number_id` ON `customers` (`origin_id`, `active`, `name`, `number`, `id`, `tenant_id`);
-- create index "customers_of_tenant" to table: "customers"
CREATE UNIQUE INDEX `customers_of_tenant` ON `customers` (`id`, `tenant_id`);
-- create "customer_groups" table
CREATE TABLE `customer_groups` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `customer_id` uuid NOT NULL, `group_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `customer_groups_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `customer_groups_customer` FOREIGN KEY (`tenant_id`, `customer_id`) REFERENCES `customers` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `customer_groups_group` FOREIGN KEY (`tenant_id`, `group_id`) REFERENCES `groups` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "customergroup_tenant_id_customer_id_group_id" to table: "customer_groups"
CREATE UNIQUE INDEX `customergroup_tenant_id_customer_id_group_id` ON `customer_groups` (`customer_id`, `group_id`, `tenant_id`);
-- create index "customergroup_tenant_id_group_id_customer_id" to table: "customer_groups"
CREATE INDEX `customergroup_tenant_id_group_id_customer_id` ON `customer_groups` (`group_id`, `customer_id`, `tenant_id`);
-- create "debt_agreements" table
CREATE TABLE `debt_agreements` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `number` integer NOT NULL, `customer_id` uuid NOT NULL, `made_on` text NOT NULL, `made_at` datetime NOT NULL, `principal` integer NOT NULL, `late` integer NOT NULL, `discount` integer NOT NULL DEFAULT (0), `instalments` integer NOT NULL, `reason` text NULL, `cancelled_at` datetime NULL, `cancel_reason` text NULL, PRIMARY KEY (`id`), CONSTRAINT `debt_agreements_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `debt_agreements_customer` FOREIGN KEY (`tenant_id`, `customer_id`) REFERENCES `customers` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "debtagreement_tenant_id_number" to table: "debt_agreements"
CREATE UNIQUE INDEX `debtagreement_tenant_id_number` ON `debt_agreements` (`number`, `tenant_id`);
-- create index "debtagreement_tenant_id_customer_id" to table: "debt_agreements"
CREATE INDEX `debtagreement_tenant_id_customer_id` ON `debt_agreements` (`customer_id`, `tenant_id`);
-- create index "debt_agreements_of_tenant" to table: "debt_agreements"
CREATE UNIQUE INDEX `debt_agreements_of_tenant` ON `debt_agreements` (`id`, `tenant_id`);
-- create "declarations" table
CREATE TABLE `declarations` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `customer_id` uuid NOT NULL, `year` integer NOT NULL, `amount` integer NOT NULL, `day` text NOT NULL, `body` text NOT NULL, `email_id` uuid NULL, `at` datetime NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `declarations_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `declarations_customer` FOREIGN KEY (`tenant_id`, `customer_id`) REFERENCES `customers` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `declarations_email` FOREIGN KEY (`tenant_id`, `email_id`) REFERENCES `emails` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "declaration_tenant_id_customer_id_year" to table: "declarations"
CREATE UNIQUE INDEX `declaration_tenant_id_customer_id_year` ON `declarations` (`customer_id`, `year`, `tenant_id`);
-- create "deeds" table
CREATE TABLE `deeds` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `kind` text NOT NULL, `subscription_id` uuid NOT NULL, `to_id` uuid NULL, `customer_id` uuid NOT NULL, `at` datetime NOT NULL, `changed` json NOT NULL, `undone_at` datetime NULL, `undone_reason` text NULL, PRIMARY KEY (`id`), CONSTRAINT `deeds_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `deeds_customer` FOREIGN KEY (`tenant_id`, `customer_id`) REFERENCES `customers` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `deeds_subscription` FOREIGN KEY (`tenant_id`, `subscription_id`) REFERENCES `subscriptions` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `deeds_to` FOREIGN KEY (`tenant_id`, `to_id`) REFERENCES `subscriptions` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "deed_tenant_id_subscription_id" to table: "deeds"
CREATE UNIQUE INDEX `deed_tenant_id_subscription_id` ON `deeds` (`subscription_id`, `tenant_id`) WHERE undone_at IS NULL;
-- create index "deed_tenant_id_to_id" to table: "deeds"
CREATE INDEX `deed_tenant_id_to_id` ON `deeds` (`to_id`, `tenant_id`) WHERE to_id IS NOT NULL;
-- create "drafts" table
CREATE TABLE `drafts` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `user_id` uuid NOT NULL, `kind` text NOT NULL, `step` integer NOT NULL DEFAULT (1), `data` json NOT NULL, `title` text NULL, `version` integer NOT NULL DEFAULT (1), `created_at` datetime NOT NULL, `updated_at` datetime NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `drafts_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `drafts_user` FOREIGN KEY (`tenant_id`, `user_id`) REFERENCES `users` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "draft_tenant_id_user_id" to table: "drafts"
CREATE INDEX `draft_tenant_id_user_id` ON `drafts` (`user_id`, `tenant_id`);
-- create "due_days" table
CREATE TABLE `due_days` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `day` integer NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `due_days_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "dueday_tenant_id_day" to table: "due_days"
CREATE UNIQUE INDEX `dueday_tenant_id_day` ON `due_days` (`day`, `tenant_id`);
-- create "emails" table
CREATE TABLE `emails` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `customer_id` uuid NULL, `about` text NOT NULL, `about_id` uuid NOT NULL, `to` text NOT NULL, `reply_to` text NULL, `subject` text NOT NULL, `text` text NOT NULL, `files` json NOT NULL, `status` text NOT NULL DEFAULT ('waiting'), `tries` integer NOT NULL DEFAULT (0), `error` text NULL, `created_at` datetime NOT NULL, `sent_at` datetime NULL, PRIMARY KEY (`id`), CONSTRAINT `emails_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `emails_customer` FOREIGN KEY (`tenant_id`, `customer_id`) REFERENCES `customers` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "email_tenant_id_about_id_created_at" to table: "emails"
CREATE INDEX `email_tenant_id_about_id_created_at` ON `emails` (`about_id`, `created_at`, `tenant_id`);
-- create index "emails_of_tenant" to table: "emails"
CREATE UNIQUE INDEX `emails_of_tenant` ON `emails` (`id`, `tenant_id`);
-- create "files" table
CREATE TABLE `files` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `name` text NOT NULL, `content_type` text NOT NULL, `size` integer NOT NULL, `sha256` text NOT NULL, `content` blob NOT NULL, `created_at` datetime NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `files_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "file_tenant_id_sha256" to table: "files"
CREATE INDEX `file_tenant_id_sha256` ON `files` (`sha256`, `tenant_id`);
-- create index "files_of_tenant" to table: "files"
CREATE UNIQUE INDEX `files_of_tenant` ON `files` (`id`, `tenant_id`);
-- create "groups" table
CREATE TABLE `groups` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `name` text NOT NULL, `active` bool NOT NULL DEFAULT (true), PRIMARY KEY (`id`), CONSTRAINT `groups_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "group_tenant_id_name" to table: "groups"
CREATE UNIQUE INDEX `group_tenant_id_name` ON `groups` (`name`, `tenant_id`);
-- create index "groups_of_tenant" to table: "groups"
CREATE UNIQUE INDEX `groups_of_tenant` ON `groups` (`id`, `tenant_id`);
-- create "handovers" table
CREATE TABLE `handovers` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `correspondent_id` uuid NOT NULL, `amount` integer NOT NULL, `commission` integer NOT NULL, `form` text NOT NULL, `day` text NOT NULL, `at` datetime NOT NULL, `note` text NULL, `user_id` uuid NULL, `till_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `handovers_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `handovers_correspondent` FOREIGN KEY (`tenant_id`, `correspondent_id`) REFERENCES `correspondents` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `handovers_till` FOREIGN KEY (`tenant_id`, `till_id`) REFERENCES `tills` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `handovers_user` FOREIGN KEY (`tenant_id`, `user_id`) REFERENCES `users` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "handover_tenant_id_correspondent_id_day" to table: "handovers"
CREATE INDEX `handover_tenant_id_correspondent_id_day` ON `handovers` (`correspondent_id`, `day`, `tenant_id`);
-- create index "handover_tenant_id_till_id" to table: "handovers"
CREATE INDEX `handover_tenant_id_till_id` ON `handovers` (`till_id`, `tenant_id`) WHERE till_id IS NOT NULL;
-- create "history" table
CREATE TABLE `history` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `customer_id` uuid NULL, `subject` text NOT NULL, `subject_id` uuid NOT NULL, `event` text NOT NULL, `at` datetime NOT NULL, `actor` text NOT NULL, `actor_id` uuid NULL, `actor_name` text NOT NULL, `channel` text NOT NULL, `reason` text NULL, `before` json NULL, `after` json NULL, PRIMARY KEY (`id`), CONSTRAINT `history_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `history_customer` FOREIGN KEY (`tenant_id`, `customer_id`) REFERENCES `customers` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "history_tenant_id_customer_id_at" to table: "history"
CREATE INDEX `history_tenant_id_customer_id_at` ON `history` (`customer_id`, `at`, `tenant_id`);
-- create index "history_tenant_id_subject_id_at" to table: "history"
CREATE INDEX `history_tenant_id_subject_id_at` ON `history` (`subject_id`, `at`, `tenant_id`);
-- create "idempotency_keys" table
CREATE TABLE `idempotency_keys` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `action` text NOT NULL, `key` text NOT NULL, `answer` text NOT NULL, `created_at` datetime NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `idempotency_keys_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "idempotencykey_tenant_id_action_key" to table: "idempotency_keys"
CREATE UNIQUE INDEX `idempotencykey_tenant_id_action_key` ON `idempotency_keys` (`action`, `key`, `tenant_id`);
-- create "intakes" table
CREATE TABLE `intakes` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `kind` text NOT NULL, `name` text NOT NULL, `size` integer NOT NULL, `latin` bool NOT NULL, `state` text NOT NULL, `lines` integer NOT NULL, `good` integer NOT NULL DEFAULT (0), `errors` integer NOT NULL DEFAULT (0), `warnings` integer NOT NULL DEFAULT (0), `user_id` uuid NOT NULL, `user_name` text NOT NULL, `user_role` text NOT NULL, `created_at` datetime NOT NULL, `changed_at` datetime NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `intakes_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `intakes_user` FOREIGN KEY (`tenant_id`, `user_id`) REFERENCES `users` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "intake_tenant_id_created_at" to table: "intakes"
CREATE INDEX `intake_tenant_id_created_at` ON `intakes` (`created_at`, `tenant_id`);
-- create index "intakes_of_tenant" to table: "intakes"
CREATE UNIQUE INDEX `intakes_of_tenant` ON `intakes` (`id`, `tenant_id`);
-- create "intake_problems" table
CREATE TABLE `intake_problems` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `intake_id` uuid NOT NULL, `position` integer NOT NULL, `warning` bool NOT NULL, `line` integer NOT NULL, `column` text NULL, `typed` text NULL, `code` text NOT NULL, `args` json NULL, PRIMARY KEY (`id`), CONSTRAINT `intake_problems_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `intake_problems_intake` FOREIGN KEY (`tenant_id`, `intake_id`) REFERENCES `intakes` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "intakeproblem_tenant_id_intake_id_position" to table: "intake_problems"
CREATE INDEX `intakeproblem_tenant_id_intake_id_position` ON `intake_problems` (`intake_id`, `position`, `tenant_id`);
-- create "invoices" table
CREATE TABLE `invoices` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `number` integer NOT NULL, `customer_id` uuid NOT NULL, `subscription_id` uuid NULL, `booklet_id` uuid NULL, `instalment` integer NOT NULL DEFAULT (0), `method_id` uuid NOT NULL, `due` text NOT NULL, `issued_at` datetime NOT NULL, `reminded_on` text NULL, `noticed_on` text NULL, `cancelled_at` datetime NULL, `cancel_reason` text NULL, `version` integer NOT NULL DEFAULT (1), `paid_at` datetime NULL, PRIMARY KEY (`id`), CONSTRAINT `invoices_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `invoices_booklet` FOREIGN KEY (`tenant_id`, `booklet_id`) REFERENCES `booklets` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `invoices_customer` FOREIGN KEY (`tenant_id`, `customer_id`) REFERENCES `customers` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `invoices_method` FOREIGN KEY (`tenant_id`, `method_id`) REFERENCES `billing_methods` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `invoices_subscription` FOREIGN KEY (`tenant_id`, `subscription_id`) REFERENCES `subscriptions` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "invoice_tenant_id_number" to table: "invoices"
CREATE UNIQUE INDEX `invoice_tenant_id_number` ON `invoices` (`number`, `tenant_id`);
-- create index "invoice_tenant_id_customer_id_due" to table: "invoices"
CREATE INDEX `invoice_tenant_id_customer_id_due` ON `invoices` (`customer_id`, `due`, `tenant_id`);
-- create index "invoice_tenant_id_booklet_id_instalment" to table: "invoices"
CREATE INDEX `invoice_tenant_id_booklet_id_instalment` ON `invoices` (`booklet_id`, `instalment`, `tenant_id`);
-- create index "invoice_tenant_id_due" to table: "invoices"
CREATE INDEX `invoice_tenant_id_due` ON `invoices` (`due`, `tenant_id`);
-- create index "invoice_tenant_id_due_number_customer_id" to table: "invoices"
CREATE INDEX `invoice_tenant_id_due_number_customer_id` ON `invoices` (`due`, `number`, `customer_id`, `tenant_id`) WHERE paid_at IS NULL AND cancelled_at IS NULL;
-- create index "invoice_tenant_id_noticed_on_due" to table: "invoices"
CREATE INDEX `invoice_tenant_id_noticed_on_due` ON `invoices` (`noticed_on`, `due`, `tenant_id`) WHERE paid_at IS NULL AND cancelled_at IS NULL;
-- create index "invoice_tenant_id_paid_at" to table: "invoices"
CREATE INDEX `invoice_tenant_id_paid_at` ON `invoices` (`paid_at`, `tenant_id`) WHERE paid_at IS NOT NULL;
-- create index "invoices_of_tenant" to table: "invoices"
CREATE UNIQUE INDEX `invoices_of_tenant` ON `invoices` (`id`, `tenant_id`);
-- create "ledger_entries" table
CREATE TABLE `ledger_entries` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `posting_id` uuid NOT NULL, `account` text NOT NULL, `customer_id` uuid NULL, `charge_id` uuid NULL, `payment_id` uuid NULL, `amount` integer NOT NULL, `day` text NOT NULL, `at` datetime NOT NULL, `memo` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `ledger_entries_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `ledger_entries_charge` FOREIGN KEY (`tenant_id`, `charge_id`) REFERENCES `charges` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `ledger_entries_customer` FOREIGN KEY (`tenant_id`, `customer_id`) REFERENCES `customers` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `ledger_entries_payment` FOREIGN KEY (`tenant_id`, `payment_id`) REFERENCES `payments` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "ledgerentry_tenant_id_posting_id" to table: "ledger_entries"
CREATE INDEX `ledgerentry_tenant_id_posting_id` ON `ledger_entries` (`posting_id`, `tenant_id`);
-- create index "ledgerentry_tenant_id_account_day_amount_payment_id" to table: "ledger_entries"
CREATE INDEX `ledgerentry_tenant_id_account_day_amount_payment_id` ON `ledger_entries` (`account`, `day`, `amount`, `payment_id`, `tenant_id`);
-- create index "ledgerentry_tenant_id_charge_id" to table: "ledger_entries"
CREATE INDEX `ledgerentry_tenant_id_charge_id` ON `ledger_entries` (`charge_id`, `tenant_id`);
-- create index "ledgerentry_tenant_id_payment_id" to table: "ledger_entries"
CREATE INDEX `ledgerentry_tenant_id_payment_id` ON `ledger_entries` (`payment_id`, `tenant_id`) WHERE payment_id IS NOT NULL;
-- create index "ledgerentry_tenant_id_customer_id_at" to table: "ledger_entries"
CREATE INDEX `ledgerentry_tenant_id_customer_id_at` ON `ledger_entries` (`customer_id`, `at`, `tenant_id`);
-- create "local_holidays" table
CREATE TABLE `local_holidays` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `day` text NOT NULL, `name` text NOT NULL, `uf` text NOT NULL DEFAULT (''), `ibge` text NOT NULL DEFAULT (''), PRIMARY KEY (`id`), CONSTRAINT `local_holidays_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "localholiday_tenant_id_day_uf_ibge" to table: "local_holidays"
CREATE UNIQUE INDEX `localholiday_tenant_id_day_uf_ibge` ON `local_holidays` (`day`, `uf`, `ibge`, `tenant_id`);
-- create "nas" table
CREATE TABLE `nas` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `name` text NOT NULL, `address` text NOT NULL, `secret` text NOT NULL, `authenticator` text NOT NULL DEFAULT ('auto'), `authenticator_seen` bool NOT NULL DEFAULT (false), `vendor` text NOT NULL DEFAULT ('mikrotik'), `coa_port` integer NOT NULL DEFAULT (3799), `interim_seconds` integer NOT NULL DEFAULT (300), `walled_pool` text NOT NULL DEFAULT (''), `cgnat_private` text NOT NULL DEFAULT (''), `cgnat_public` text NOT NULL DEFAULT (''), `cgnat_ports` integer NOT NULL DEFAULT (0), `active` bool NOT NULL DEFAULT (true), PRIMARY KEY (`id`), CONSTRAINT `nas_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "nas_tenant_id_address" to table: "nas"
CREATE UNIQUE INDEX `nas_tenant_id_address` ON `nas` (`address`, `tenant_id`);
-- create index "nas_of_tenant" to table: "nas"
CREATE UNIQUE INDEX `nas_of_tenant` ON `nas` (`id`, `tenant_id`);
-- create "network_logins" table
CREATE TABLE `network_logins` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `subscription_id` uuid NOT NULL, `login` text NOT NULL, `password` text NOT NULL, `active` bool NOT NULL DEFAULT (true), PRIMARY KEY (`id`), CONSTRAINT `network_logins_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `network_logins_subscription` FOREIGN KEY (`tenant_id`, `subscription_id`) REFERENCES `subscriptions` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "networklogin_tenant_id_login" to table: "network_logins"
CREATE UNIQUE INDEX `networklogin_tenant_id_login` ON `network_logins` (`login`, `tenant_id`);
-- create index "networklogin_tenant_id_subscription_id" to table: "network_logins"
CREATE INDEX `networklogin_tenant_id_subscription_id` ON `network_logins` (`subscription_id`, `tenant_id`);
-- create "notices" table
CREATE TABLE `notices` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `customer_id` uuid NOT NULL, `invoice_id` uuid NOT NULL, `channel` text NOT NULL, `destination` text NOT NULL, `email_id` uuid NULL, `body` text NOT NULL, `day` text NOT NULL, `at` datetime NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `notices_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `notices_customer` FOREIGN KEY (`tenant_id`, `customer_id`) REFERENCES `customers` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `notices_email` FOREIGN KEY (`tenant_id`, `email_id`) REFERENCES `emails` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `notices_invoice` FOREIGN KEY (`tenant_id`, `invoice_id`) REFERENCES `invoices` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "notice_tenant_id_invoice_id" to table: "notices"
CREATE INDEX `notice_tenant_id_invoice_id` ON `notices` (`invoice_id`, `tenant_id`);
-- create index "notice_tenant_id_customer_id" to table: "notices"
CREATE INDEX `notice_tenant_id_customer_id` ON `notices` (`customer_id`, `tenant_id`);
-- create index "notices_of_tenant" to table: "notices"
CREATE UNIQUE INDEX `notices_of_tenant` ON `notices` (`id`, `tenant_id`);
-- create "office_policies" table
CREATE TABLE `office_policies` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `proration_base` text NOT NULL DEFAULT ('30'), `antecedence_days` integer NOT NULL DEFAULT (10), `minimum_invoice` integer NOT NULL DEFAULT (500), `notice_days` integer NOT NULL DEFAULT (15), `partial_step` bool NOT NULL DEFAULT (false), `partial_days` integer NOT NULL DEFAULT (30), `remind_days` integer NOT NULL DEFAULT (3), `invoice_emails` bool NOT NULL DEFAULT (true), `trust_staff_days` integer NOT NULL DEFAULT (5), `trust_subscriber` bool NOT NULL DEFAULT (false), `waits_signature` bool NOT NULL DEFAULT (false), `pix_on_slips` bool NOT NULL DEFAULT (true), `bot_cpf_only` bool NOT NULL DEFAULT (false), `discount_cap` integer NOT NULL DEFAULT (3000), `undo_hours` integer NOT NULL DEFAULT (24), `pause_min_days` integer NOT NULL DEFAULT (30), `pause_max_days` integer NOT NULL DEFAULT (120), `outage_credit` bool NOT NULL DEFAULT (true), `outage_hours` integer NOT NULL DEFAULT (0), `install_fee` integer NOT NULL DEFAULT (0), `accent` text NULL, `logo_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `office_policies_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `office_policies_logo` FOREIGN KEY (`tenant_id`, `logo_id`) REFERENCES `files` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "officepolicy_tenant_id" to table: "office_policies"
CREATE UNIQUE INDEX `officepolicy_tenant_id` ON `office_policies` (`tenant_id`);
-- create "operators" table
CREATE TABLE `operators` (`id` uuid NOT NULL, `email` text NOT NULL, `name` text NOT NULL, `password_hash` text NOT NULL, `signed_in_at` datetime NULL, PRIMARY KEY (`id`));
-- create index "operators_email_key" to table: "operators"
CREATE UNIQUE INDEX `operators_email_key` ON `operators` (`email`);
-- create "operator_actions" table
CREATE TABLE `operator_actions` (`id` uuid NOT NULL, `isp_id` uuid NULL, `event` text NOT NULL, `at` datetime NOT NULL, `operator_id` uuid NULL, `operator_name` text NOT NULL, `channel` text NOT NULL, `reason` text NULL, `before` json NULL, `after` json NULL, PRIMARY KEY (`id`));
-- create index "operatoraction_isp_id_at" to table: "operator_actions"
CREATE INDEX `operatoraction_isp_id_at` ON `operator_actions` (`isp_id`, `at`);
-- create index "operatoraction_at" to table: "operator_actions"
CREATE INDEX `operatoraction_at` ON `operator_actions` (`at`);
-- create "operator_sessions" table
CREATE TABLE `operator_sessions` (`id` uuid NOT NULL, `operator_id` uuid NOT NULL, `token_hash` blob NOT NULL, `csrf` text NOT NULL, `created_at` datetime NOT NULL, `seen_at` datetime NOT NULL, `expires_at` datetime NOT NULL, `ended_at` datetime NULL, `ip` text NULL, `agent` text NULL, PRIMARY KEY (`id`));
-- create index "operator_sessions_token_hash_key" to table: "operator_sessions"
CREATE UNIQUE INDEX `operator_sessions_token_hash_key` ON `operator_sessions` (`token_hash`);
-- create index "operatorsession_operator_id" to table: "operator_sessions"
CREATE INDEX `operatorsession_operator_id` ON `operator_sessions` (`operator_id`);
-- create "origins" table
CREATE TABLE `origins` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `name` text NOT NULL, `active` bool NOT NULL DEFAULT (true), PRIMARY KEY (`id`), CONSTRAINT `origins_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "origin_tenant_id_name" to table: "origins"
CREATE UNIQUE INDEX `origin_tenant_id_name` ON `origins` (`name`, `tenant_id`);
-- create index "origins_of_tenant" to table: "origins"
CREATE UNIQUE INDEX `origins_of_tenant` ON `origins` (`id`, `tenant_id`);
-- create "outages" table
CREATE TABLE `outages` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `number` integer NOT NULL, `title` text NOT NULL, `kind` text NOT NULL, `city` text NULL, `district` text NULL, `nas_id` uuid NULL, `state` text NOT NULL, `began_at` datetime NOT NULL, `ended_at` datetime NULL, `ending` text NULL, `close_tickets` bool NOT NULL DEFAULT (true), `credits` bool NOT NULL DEFAULT (false), `total` integer NOT NULL, `done` integer NOT NULL DEFAULT (0), `failed` integer NOT NULL DEFAULT (0), `told` integer NOT NULL DEFAULT (0), `tickets` integer NOT NULL DEFAULT (0), `credited` integer NOT NULL DEFAULT (0), `credit` integer NOT NULL DEFAULT (0), `user_id` uuid NOT NULL, `user_name` text NOT NULL, `user_role` text NOT NULL, `created_at` datetime NOT NULL, `changed_at` datetime NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `outages_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `outages_nas` FOREIGN KEY (`tenant_id`, `nas_id`) REFERENCES `nas` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `outages_user` FOREIGN KEY (`tenant_id`, `user_id`) REFERENCES `users` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "outage_tenant_id_number" to table: "outages"
CREATE UNIQUE INDEX `outage_tenant_id_number` ON `outages` (`number`, `tenant_id`);
-- create index "outage_tenant_id_state_began_at" to table: "outages"
CREATE INDEX `outage_tenant_id_state_began_at` ON `outages` (`state`, `began_at`, `tenant_id`);
-- create index "outages_of_tenant" to table: "outages"
CREATE UNIQUE INDEX `outages_of_tenant` ON `outages` (`id`, `tenant_id`);
-- create "outage_services" table
CREATE TABLE `outage_services` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `outage_id` uuid NOT NULL, `customer_id` uuid NOT NULL, `subscription_id` uuid NOT NULL, `state` text NOT NULL DEFAULT ('waiting'), `told` bool NOT NULL DEFAULT (false), `from_day` text NULL, `until_day` text NULL, `credit` integer NOT NULL DEFAULT (0), `memo` text NULL, `code` text NULL, `args` json NULL, PRIMARY KEY (`id`), CONSTRAINT `outage_services_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `outage_services_customer` FOREIGN KEY (`tenant_id`, `customer_id`) REFERENCES `customers` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `outage_services_outage` FOREIGN KEY (`tenant_id`, `outage_id`) REFERENCES `outages` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `outage_services_subscription` FOREIGN KEY (`tenant_id`, `subscription_id`) REFERENCES `subscriptions` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "outageservice_tenant_id_outage_id_subscription_id" to table: "outage_services"
CREATE UNIQUE INDEX `outageservice_tenant_id_outage_id_subscription_id` ON `outage_services` (`outage_id`, `subscription_id`, `tenant_id`);
-- create index "outageservice_tenant_id_outage_id_state_customer_id" to table: "outage_services"
CREATE INDEX `outageservice_tenant_id_outage_id_state_customer_id` ON `outage_services` (`outage_id`, `state`, `customer_id`, `tenant_id`);
-- create index "outageservice_tenant_id_subscription_id" to table: "outage_services"
CREATE INDEX `outageservice_tenant_id_subscription_id` ON `outage_services` (`subscription_id`, `tenant_id`);
-- create index "outageservice_tenant_id_customer_id" to table: "outage_services"
CREATE INDEX `outageservice_tenant_id_customer_id` ON `outage_services` (`customer_id`, `tenant_id`);
-- create "outbox" table
CREATE TABLE `outbox` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `kind` text NOT NULL, `queue` text NOT NULL, `payload` json NOT NULL, `attempt` integer NOT NULL DEFAULT (0), `next_at` datetime NOT NULL, `taken_at` datetime NULL, `done_at` datetime NULL, `last_error` text NULL, `created_at` datetime NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `outbox_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "outbox_tenant_id_queue_next_at" to table: "outbox"
CREATE INDEX `outbox_tenant_id_queue_next_at` ON `outbox` (`queue`, `next_at`, `tenant_id`) WHERE done_at IS NULL;
-- create index "outbox_tenant_id_queue" to table: "outbox"
CREATE INDEX `outbox_tenant_id_queue` ON `outbox` (`queue`, `tenant_id`) WHERE taken_at IS NOT NULL AND done_at IS NULL;
-- create "paper_pieces" table
CREATE TABLE `paper_pieces` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `paper_id` uuid NOT NULL, `position` integer NOT NULL, `content` blob NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `paper_pieces_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "paperpiece_tenant_id_paper_id_position" to table: "paper_pieces"
CREATE UNIQUE INDEX `paperpiece_tenant_id_paper_id_position` ON `paper_pieces` (`paper_id`, `position`, `tenant_id`);
-- create "payments" table
CREATE TABLE `payments` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `source` text NOT NULL, `external_id` text NOT NULL, `amount` integer NOT NULL, `paid_on` text NOT NULL, `received_at` datetime NOT NULL, `customer_id` uuid NOT NULL, `invoice_id` uuid NULL, `user_id` uuid NULL, `form` text NULL, `receipt_id` uuid NULL, `till_id` uuid NULL, `correspondent_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `payments_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `payments_correspondent` FOREIGN KEY (`tenant_id`, `correspondent_id`) REFERENCES `correspondents` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `payments_customer` FOREIGN KEY (`tenant_id`, `customer_id`) REFERENCES `customers` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `payments_invoice` FOREIGN KEY (`tenant_id`, `invoice_id`) REFERENCES `invoices` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `payments_receipt` FOREIGN KEY (`tenant_id`, `receipt_id`) REFERENCES `receipts` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `payments_till` FOREIGN KEY (`tenant_id`, `till_id`) REFERENCES `tills` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `payments_user` FOREIGN KEY (`tenant_id`, `user_id`) REFERENCES `users` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "payment_tenant_id_source_external_id" to table: "payments"
CREATE UNIQUE INDEX `payment_tenant_id_source_external_id` ON `payments` (`source`, `external_id`, `tenant_id`);
-- create index "payment_tenant_id_customer_id" to table: "payments"
CREATE INDEX `payment_tenant_id_customer_id` ON `payments` (`customer_id`, `tenant_id`);
-- create index "payment_tenant_id_invoice_id" to table: "payments"
CREATE INDEX `payment_tenant_id_invoice_id` ON `payments` (`invoice_id`, `tenant_id`);
-- create index "payment_tenant_id_paid_on" to table: "payments"
CREATE INDEX `payment_tenant_id_paid_on` ON `payments` (`paid_on`, `tenant_id`);
-- create index "payment_tenant_id_receipt_id" to table: "payments"
CREATE INDEX `payment_tenant_id_receipt_id` ON `payments` (`receipt_id`, `tenant_id`) WHERE receipt_id IS NOT NULL;
-- create index "payment_tenant_id_till_id" to table: "payments"
CREATE INDEX `payment_tenant_id_till_id` ON `payments` (`till_id`, `tenant_id`) WHERE till_id IS NOT NULL;
-- create index "payment_tenant_id_correspondent_id_paid_on" to table: "payments"
CREATE INDEX `payment_tenant_id_correspondent_id_paid_on` ON `payments` (`correspondent_id`, `paid_on`, `tenant_id`) WHERE correspondent_id IS NOT NULL;
-- create index "payments_of_tenant" to table: "payments"
CREATE UNIQUE INDEX `payments_of_tenant` ON `payments` (`id`, `tenant_id`);
-- create "permissions" table
CREATE TABLE `permissions` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `role` text NOT NULL, `action` text NOT NULL, `allowed` bool NOT NULL DEFAULT (false), PRIMARY KEY (`id`), CONSTRAINT `permissions_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "permission_tenant_id_role_action" to table: "permissions"
CREATE UNIQUE INDEX `permission_tenant_id_role_action` ON `permissions` (`role`, `action`, `tenant_id`);
-- create "pix_charges" table
CREATE TABLE `pix_charges` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `slip_id` uuid NOT NULL, `account_id` uuid NOT NULL, `txid` text NOT NULL, `kind` text NULL, `status` text NOT NULL DEFAULT ('asked'), `refusal` text NOT NULL DEFAULT (''), `asked_at` datetime NOT NULL, `answered_at` datetime NULL, PRIMARY KEY (`id`), CONSTRAINT `pix_charges_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `pix_charges_account` FOREIGN KEY (`tenant_id`, `account_id`) REFERENCES `psp_accounts` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `pix_charges_slip` FOREIGN KEY (`tenant_id`, `slip_id`) REFERENCES `slips` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "pixcharge_tenant_id_slip_id" to table: "pix_charges"
CREATE UNIQUE INDEX `pixcharge_tenant_id_slip_id` ON `pix_charges` (`slip_id`, `tenant_id`);
-- create index "pixcharge_tenant_id_txid" to table: "pix_charges"
CREATE UNIQUE INDEX `pixcharge_tenant_id_txid` ON `pix_charges` (`txid`, `tenant_id`);
-- create index "pixcharge_tenant_id_status_id" to table: "pix_charges"
CREATE INDEX `pixcharge_tenant_id_status_id` ON `pix_charges` (`status`, `id`, `tenant_id`);
-- create "pix_keys" table
CREATE TABLE `pix_keys` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `company_id` uuid NOT NULL, `kind` text NOT NULL, `key` text NOT NULL, `name` text NOT NULL, `city` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `pix_keys_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `pix_keys_company` FOREIGN KEY (`tenant_id`, `company_id`) REFERENCES `companies` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "pixkey_tenant_id_key" to table: "pix_keys"
CREATE UNIQUE INDEX `pixkey_tenant_id_key` ON `pix_keys` (`key`, `tenant_id`);
-- create index "pix_keys_of_tenant" to table: "pix_keys"
CREATE UNIQUE INDEX `pix_keys_of_tenant` ON `pix_keys` (`id`, `tenant_id`);
-- create "pix_receipts" table
CREATE TABLE `pix_receipts` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `account_id` uuid NOT NULL, `end_to_end` text NOT NULL, `pending` bool NOT NULL DEFAULT (true), `status` text NOT NULL DEFAULT ('told'), `txid` text NOT NULL DEFAULT (''), `amount` integer NOT NULL DEFAULT (0), `returned` integer NOT NULL DEFAULT (0), `paid_at` datetime NULL, `slip_id` uuid NULL, `told_at` datetime NOT NULL, `read_at` datetime NULL, PRIMARY KEY (`id`), CONSTRAINT `pix_receipts_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `pix_receipts_account` FOREIGN KEY (`tenant_id`, `account_id`) REFERENCES `psp_accounts` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `pix_receipts_slip` FOREIGN KEY (`tenant_id`, `slip_id`) REFERENCES `slips` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "pixreceipt_tenant_id_end_to_end" to table: "pix_receipts"
CREATE UNIQUE INDEX `pixreceipt_tenant_id_end_to_end` ON `pix_receipts` (`end_to_end`, `tenant_id`);
-- create index "pixreceipt_tenant_id_told_at" to table: "pix_receipts"
CREATE INDEX `pixreceipt_tenant_id_told_at` ON `pix_receipts` (`told_at`, `tenant_id`);
-- create "plans" table
CREATE TABLE `plans` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `name` text NOT NULL, `price` integer NOT NULL, `technology` text NOT NULL, `down_kbps` integer NOT NULL, `up_kbps` integer NOT NULL, `emits_contract` bool NOT NULL DEFAULT (true), `template_id` uuid NULL, `loyalty_months` integer NOT NULL DEFAULT (0), `loyalty_benefit` integer NOT NULL DEFAULT (0), `cities` json NOT NULL, `pool` text NOT NULL DEFAULT (''), `session_hours` integer NOT NULL DEFAULT (0), `active` bool NOT NULL DEFAULT (true), PRIMARY KEY (`id`), CONSTRAINT `plans_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `plans_template` FOREIGN KEY (`tenant_id`, `template_id`) REFERENCES `contract_templates` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "plan_tenant_id_name" to table: "plans"
CREATE UNIQUE INDEX `plan_tenant_id_name` ON `plans` (`name`, `tenant_id`);
-- create index "plans_of_tenant" to table: "plans"
CREATE UNIQUE INDEX `plans_of_tenant` ON `plans` (`id`, `tenant_id`);
-- create "plan_changes" table
CREATE TABLE `plan_changes` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `from_id` uuid NOT NULL, `to_id` uuid NOT NULL, `immediate` bool NOT NULL DEFAULT (false), `open_booklet` text NULL, `override_reason` text NULL, `requested_at` datetime NOT NULL, `expires_on` text NULL, `done_at` datetime NULL, `given_up_at` datetime NULL, `given_up_reason` text NULL, PRIMARY KEY (`id`), CONSTRAINT `plan_changes_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `plan_changes_from` FOREIGN KEY (`tenant_id`, `from_id`) REFERENCES `subscriptions` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `plan_changes_to` FOREIGN KEY (`tenant_id`, `to_id`) REFERENCES `subscriptions` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "planchange_tenant_id_to_id" to table: "plan_changes"
CREATE UNIQUE INDEX `planchange_tenant_id_to_id` ON `plan_changes` (`to_id`, `tenant_id`);
-- create index "planchange_tenant_id_expires_on" to table: "plan_changes"
CREATE INDEX `planchange_tenant_id_expires_on` ON `plan_changes` (`expires_on`, `tenant_id`) WHERE done_at IS NULL AND given_up_at IS NULL;
-- create index "planchange_tenant_id_from_id" to table: "plan_changes"
CREATE UNIQUE INDEX `planchange_tenant_id_from_id` ON `plan_changes` (`from_id`, `tenant_id`) WHERE given_up_at IS NULL;
-- create "plan_items" table
CREATE TABLE `plan_items` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `plan_id` uuid NOT NULL, `kind` text NOT NULL, `name` text NOT NULL, `price` integer NOT NULL, `position` integer NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `plan_items_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `plan_items_plan` FOREIGN KEY (`tenant_id`, `plan_id`) REFERENCES `plans` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "planitem_tenant_id_plan_id" to table: "plan_items"
CREATE INDEX `planitem_tenant_id_plan_id` ON `plan_items` (`plan_id`, `tenant_id`);
-- create "progress" table
CREATE TABLE `progress` (`id` uuid NOT NULL, `done` integer NOT NULL, PRIMARY KEY (`id`));
-- create "psp_accounts" table
CREATE TABLE `psp_accounts` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `name` text NOT NULL, `pix_key_id` uuid NOT NULL, `base_url` text NOT NULL, `token_url` text NOT NULL, `client_id` text NOT NULL, `client_secret` text NOT NULL, `certificate` text NOT NULL, `private_key` text NOT NULL, `certificate_until` datetime NOT NULL, `webhook_secret` text NOT NULL, `webhook_hash` text NOT NULL, `answer` text NOT NULL DEFAULT ('untried'), `answered_at` datetime NULL, `read_until` datetime NULL, `active` bool NOT NULL DEFAULT (true), PRIMARY KEY (`id`), CONSTRAINT `psp_accounts_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `psp_accounts_pix_key` FOREIGN KEY (`tenant_id`, `pix_key_id`) REFERENCES `pix_keys` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "pspaccount_tenant_id_name" to table: "psp_accounts"
CREATE UNIQUE INDEX `pspaccount_tenant_id_name` ON `psp_accounts` (`name`, `tenant_id`);
-- create index "psp_accounts_of_tenant" to table: "psp_accounts"
CREATE UNIQUE INDEX `psp_accounts_of_tenant` ON `psp_accounts` (`id`, `tenant_id`);
-- create "reactivations" table
CREATE TABLE `reactivations` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `from_id` uuid NOT NULL, `to_id` uuid NOT NULL, `at` datetime NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `reactivations_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `reactivations_from` FOREIGN KEY (`tenant_id`, `from_id`) REFERENCES `subscriptions` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `reactivations_to` FOREIGN KEY (`tenant_id`, `to_id`) REFERENCES `subscriptions` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "reactivation_tenant_id_from_id" to table: "reactivations"
CREATE UNIQUE INDEX `reactivation_tenant_id_from_id` ON `reactivations` (`from_id`, `tenant_id`);
-- create index "reactivation_tenant_id_to_id" to table: "reactivations"
CREATE UNIQUE INDEX `reactivation_tenant_id_to_id` ON `reactivations` (`to_id`, `tenant_id`);
-- create "receipts" table
CREATE TABLE `receipts` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `number` integer NOT NULL, `customer_id` uuid NOT NULL, `amount` integer NOT NULL, `form` text NOT NULL, `paid_on` text NOT NULL, `at` datetime NOT NULL, `user_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `receipts_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `receipts_customer` FOREIGN KEY (`tenant_id`, `customer_id`) REFERENCES `customers` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `receipts_user` FOREIGN KEY (`tenant_id`, `user_id`) REFERENCES `users` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "receipt_tenant_id_number" to table: "receipts"
CREATE UNIQUE INDEX `receipt_tenant_id_number` ON `receipts` (`number`, `tenant_id`);
-- create index "receipts_of_tenant" to table: "receipts"
CREATE UNIQUE INDEX `receipts_of_tenant` ON `receipts` (`id`, `tenant_id`);
-- create "remessas" table
CREATE TABLE `remessas` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `agreement_id` uuid NOT NULL, `number` integer NOT NULL, `file_id` uuid NOT NULL, `orders` integer NOT NULL, `registered` integer NOT NULL, `written_at` datetime NOT NULL, `written_by` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `remessas_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `remessas_agreement` FOREIGN KEY (`tenant_id`, `agreement_id`) REFERENCES `bank_agreements` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `remessas_file` FOREIGN KEY (`tenant_id`, `file_id`) REFERENCES `files` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "remessa_tenant_id_agreement_id_number" to table: "remessas"
CREATE UNIQUE INDEX `remessa_tenant_id_agreement_id_number` ON `remessas` (`agreement_id`, `number`, `tenant_id`);
-- create index "remessa_tenant_id_written_at" to table: "remessas"
CREATE INDEX `remessa_tenant_id_written_at` ON `remessas` (`written_at`, `tenant_id`);
-- create index "remessas_of_tenant" to table: "remessas"
CREATE UNIQUE INDEX `remessas_of_tenant` ON `remessas` (`id`, `tenant_id`);
-- create "remessa_orders" table
CREATE TABLE `remessa_orders` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `remessa_id` uuid NOT NULL, `slip_id` uuid NOT NULL, `position` integer NOT NULL, `command` text NOT NULL, `amount` integer NOT NULL, `rebate` integer NOT NULL, `due` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `remessa_orders_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `remessa_orders_remessa` FOREIGN KEY (`tenant_id`, `remessa_id`) REFERENCES `remessas` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `remessa_orders_slip` FOREIGN KEY (`tenant_id`, `slip_id`) REFERENCES `slips` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "remessaorder_tenant_id_remessa_id_position" to table: "remessa_orders"
CREATE UNIQUE INDEX `remessaorder_tenant_id_remessa_id_position` ON `remessa_orders` (`remessa_id`, `position`, `tenant_id`);
-- create index "remessaorder_tenant_id_slip_id" to table: "remessa_orders"
CREATE INDEX `remessaorder_tenant_id_slip_id` ON `remessa_orders` (`slip_id`, `tenant_id`);
-- create "renewals" table
CREATE TABLE `renewals` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `state` text NOT NULL, `until` text NOT NULL, `instalments` integer NOT NULL, `total` integer NOT NULL, `done` integer NOT NULL DEFAULT (0), `failed` integer NOT NULL DEFAULT (0), `printed` integer NOT NULL DEFAULT (0), `size` integer NOT NULL DEFAULT (0), `user_id` uuid NOT NULL, `user_name` text NOT NULL, `user_role` text NOT NULL, `created_at` datetime NOT NULL, `changed_at` datetime NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `renewals_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `renewals_user` FOREIGN KEY (`tenant_id`, `user_id`) REFERENCES `users` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "renewal_tenant_id_created_at" to table: "renewals"
CREATE INDEX `renewal_tenant_id_created_at` ON `renewals` (`created_at`, `tenant_id`);
-- create index "renewals_of_tenant" to table: "renewals"
CREATE UNIQUE INDEX `renewals_of_tenant` ON `renewals` (`id`, `tenant_id`);
-- create "renewal_items" table
CREATE TABLE `renewal_items` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `renewal_id` uuid NOT NULL, `position` integer NOT NULL, `customer_id` uuid NOT NULL, `subscription_id` uuid NOT NULL, `start_on` text NOT NULL, `first_due` text NOT NULL, `amount` integer NOT NULL, `state` text NOT NULL DEFAULT ('waiting'), `booklet_id` uuid NULL, `code` text NULL, `args` json NULL, PRIMARY KEY (`id`), CONSTRAINT `renewal_items_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `renewal_items_booklet` FOREIGN KEY (`tenant_id`, `booklet_id`) REFERENCES `booklets` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `renewal_items_customer` FOREIGN KEY (`tenant_id`, `customer_id`) REFERENCES `customers` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `renewal_items_renewal` FOREIGN KEY (`tenant_id`, `renewal_id`) REFERENCES `renewals` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `renewal_items_subscription` FOREIGN KEY (`tenant_id`, `subscription_id`) REFERENCES `subscriptions` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "renewalitem_tenant_id_renewal_id_position" to table: "renewal_items"
CREATE UNIQUE INDEX `renewalitem_tenant_id_renewal_id_position` ON `renewal_items` (`renewal_id`, `position`, `tenant_id`);
-- create index "renewalitem_tenant_id_renewal_id_subscription_id" to table: "renewal_items"
CREATE UNIQUE INDEX `renewalitem_tenant_id_renewal_id_subscription_id` ON `renewal_items` (`renewal_id`, `subscription_id`, `tenant_id`);
-- create index "renewalitem_tenant_id_subscription_id" to table: "renewal_items"
CREATE INDEX `renewalitem_tenant_id_subscription_id` ON `renewal_items` (`subscription_id`, `tenant_id`) WHERE state = 'waiting';
-- create "reversals" table
CREATE TABLE `reversals` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `payment_id` uuid NOT NULL, `reverses_id` uuid NOT NULL, `reason` text NOT NULL, `at` datetime NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `reversals_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `reversals_payment` FOREIGN KEY (`tenant_id`, `payment_id`) REFERENCES `payments` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `reversals_reverses` FOREIGN KEY (`tenant_id`, `reverses_id`) REFERENCES `payments` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "reversal_tenant_id_payment_id" to table: "reversals"
CREATE UNIQUE INDEX `reversal_tenant_id_payment_id` ON `reversals` (`payment_id`, `tenant_id`);
-- create index "reversal_tenant_id_reverses_id" to table: "reversals"
CREATE UNIQUE INDEX `reversal_tenant_id_reverses_id` ON `reversals` (`reverses_id`, `tenant_id`);
-- create "saved_views" table
CREATE TABLE `saved_views` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `user_id` uuid NOT NULL, `list` text NOT NULL DEFAULT ('customers'), `name` text NOT NULL, `filters` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `saved_views_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `saved_views_user` FOREIGN KEY (`tenant_id`, `user_id`) REFERENCES `users` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "savedview_tenant_id_user_id_list_name" to table: "saved_views"
CREATE UNIQUE INDEX `savedview_tenant_id_user_id_list_name` ON `saved_views` (`user_id`, `list`, `name`, `tenant_id`);
-- create "search_words" table
CREATE TABLE `search_words` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `customer_id` uuid NOT NULL, `word` text NOT NULL, `name` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `search_words_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `search_words_customer` FOREIGN KEY (`tenant_id`, `customer_id`) REFERENCES `customers` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "searchword_tenant_id_word_name_customer_id" to table: "search_words"
CREATE INDEX `searchword_tenant_id_word_name_customer_id` ON `search_words` (`word`, `name`, `customer_id`, `tenant_id`);
-- create index "searchword_tenant_id_customer_id_word" to table: "search_words"
CREATE UNIQUE INDEX `searchword_tenant_id_customer_id_word` ON `search_words` (`customer_id`, `word`, `tenant_id`);
-- create "sectors" table
CREATE TABLE `sectors` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `name` text NOT NULL, `active` bool NOT NULL DEFAULT (true), PRIMARY KEY (`id`), CONSTRAINT `sectors_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "sector_tenant_id_name" to table: "sectors"
CREATE UNIQUE INDEX `sector_tenant_id_name` ON `sectors` (`name`, `tenant_id`);
-- create index "sectors_of_tenant" to table: "sectors"
CREATE UNIQUE INDEX `sectors_of_tenant` ON `sectors` (`id`, `tenant_id`);
-- create "sellers" table
CREATE TABLE `sellers` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `name` text NOT NULL, `user_id` uuid NULL, `commission` integer NOT NULL DEFAULT (0), `active` bool NOT NULL DEFAULT (true), PRIMARY KEY (`id`), CONSTRAINT `sellers_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `sellers_user` FOREIGN KEY (`tenant_id`, `user_id`) REFERENCES `users` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "seller_tenant_id_name" to table: "sellers"
CREATE UNIQUE INDEX `seller_tenant_id_name` ON `sellers` (`name`, `tenant_id`);
-- create index "sellers_of_tenant" to table: "sellers"
CREATE UNIQUE INDEX `sellers_of_tenant` ON `sellers` (`id`, `tenant_id`);
-- create "sequences" table
CREATE TABLE `sequences` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `name` text NOT NULL, `year` integer NOT NULL DEFAULT (0), `last` integer NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `sequences_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "sequence_tenant_id_name_year" to table: "sequences"
CREATE UNIQUE INDEX `sequence_tenant_id_name_year` ON `sequences` (`name`, `year`, `tenant_id`);
-- create "sessions" table
CREATE TABLE `sessions` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `user_id` uuid NOT NULL, `name` text NOT NULL, `role` text NOT NULL, `token_hash` blob NOT NULL, `csrf` text NOT NULL, `created_at` datetime NOT NULL, `seen_at` datetime NOT NULL, `expires_at` datetime NOT NULL, `ended_at` datetime NULL, `ip` text NULL, `agent` text NULL, PRIMARY KEY (`id`), CONSTRAINT `sessions_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `sessions_user` FOREIGN KEY (`tenant_id`, `user_id`) REFERENCES `users` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "session_tenant_id_token_hash" to table: "sessions"
CREATE UNIQUE INDEX `session_tenant_id_token_hash` ON `sessions` (`token_hash`, `tenant_id`);
-- create index "session_tenant_id_user_id" to table: "sessions"
CREATE INDEX `session_tenant_id_user_id` ON `sessions` (`user_id`, `tenant_id`);
-- create "settlements" table
CREATE TABLE `settlements` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `payment_id` uuid NOT NULL, `charge_id` uuid NULL, `invoice_id` uuid NULL, `kind` text NOT NULL, `amount` integer NOT NULL, `at` datetime NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `settlements_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `settlements_charge` FOREIGN KEY (`tenant_id`, `charge_id`) REFERENCES `charges` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `settlements_invoice` FOREIGN KEY (`tenant_id`, `invoice_id`) REFERENCES `invoices` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `settlements_payment` FOREIGN KEY (`tenant_id`, `payment_id`) REFERENCES `payments` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "settlement_tenant_id_payment_id" to table: "settlements"
CREATE INDEX `settlement_tenant_id_payment_id` ON `settlements` (`payment_id`, `tenant_id`);
-- create index "settlement_tenant_id_charge_id" to table: "settlements"
CREATE INDEX `settlement_tenant_id_charge_id` ON `settlements` (`charge_id`, `tenant_id`);
-- create index "settlement_tenant_id_invoice_id" to table: "settlements"
CREATE INDEX `settlement_tenant_id_invoice_id` ON `settlements` (`invoice_id`, `tenant_id`);
-- create "slips" table
CREATE TABLE `slips` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `invoice_id` uuid NOT NULL, `agreement_id` uuid NULL, `amount` integer NOT NULL, `due` text NOT NULL, `our_number` text NULL, `barcode` text NULL, `linha` text NULL, `txid` text NOT NULL, `pix_payload` text NULL, `pix_static` text NULL, `pix_location` text NULL, `issued_at` datetime NOT NULL, `cancelled_at` datetime NULL, `untold` bool NOT NULL DEFAULT (true), `sent_at` datetime NULL, `registered_at` datetime NULL, `refused` text NULL, `rebate` integer NOT NULL DEFAULT (0), `withdrawn_at` datetime NULL, PRIMARY KEY (`id`), CONSTRAINT `slips_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `slips_agreement` FOREIGN KEY (`tenant_id`, `agreement_id`) REFERENCES `bank_agreements` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `slips_invoice` FOREIGN KEY (`tenant_id`, `invoice_id`) REFERENCES `invoices` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "slip_tenant_id_txid" to table: "slips"
CREATE UNIQUE INDEX `slip_tenant_id_txid` ON `slips` (`txid`, `tenant_id`);
-- create index "slip_tenant_id_agreement_id_our_number" to table: "slips"
CREATE UNIQUE INDEX `slip_tenant_id_agreement_id_our_number` ON `slips` (`agreement_id`, `our_number`, `tenant_id`);
-- create index "slip_tenant_id_invoice_id" to table: "slips"
CREATE INDEX `slip_tenant_id_invoice_id` ON `slips` (`invoice_id`, `tenant_id`);
-- create index "slip_tenant_id_agreement_id_issued_at" to table: "slips"
CREATE INDEX `slip_tenant_id_agreement_id_issued_at` ON `slips` (`agreement_id`, `issued_at`, `tenant_id`) WHERE untold AND agreement_id IS NOT NULL;
-- create index "slips_of_tenant" to table: "slips"
CREATE UNIQUE INDEX `slips_of_tenant` ON `slips` (`id`, `tenant_id`);
-- create "subscriptions" table
CREATE TABLE `subscriptions` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `number` integer NOT NULL, `customer_id` uuid NOT NULL, `plan_id` uuid NOT NULL, `seller_id` uuid NULL, `origin_id` uuid NULL, `made_by` text NOT NULL DEFAULT ('sale'), `chain_id` uuid NULL, `ended_by` text NULL, `status` text NOT NULL, `status_since` datetime NOT NULL, `price` integer NOT NULL, `discount_fixed` integer NOT NULL DEFAULT (0), `discount_percent` integer NOT NULL DEFAULT (0), `discount_months` integer NOT NULL DEFAULT (0), `whole_billed` integer NOT NULL DEFAULT (0), `sold_on` text NOT NULL, `enabled_on` text NULL, `held_from` text NULL, `due_day_before` integer NULL, `cancelled_on` text NULL, `cancel_reason` text NULL, `loyalty_from` text NULL, `loyalty_to` text NULL, `loyalty_benefit` integer NOT NULL DEFAULT (0), `method_id` uuid NOT NULL, `due_day` integer NOT NULL, `mode` text NOT NULL, `booklet` bool NOT NULL DEFAULT (false), `separate_invoice` bool NOT NULL DEFAULT (false), `separate_note` bool NOT NULL DEFAULT (false), `fee_choice` text NOT NULL, `fee` integer NOT NULL DEFAULT (0), `fee_parts` integer NOT NULL DEFAULT (0), `billed_until` text NULL, `no_block_until` text NULL, `never_block` bool NOT NULL DEFAULT (false), `block_reason` text NULL, PRIMARY KEY (`id`), CONSTRAINT `subscriptions_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `subscriptions_customer` FOREIGN KEY (`tenant_id`, `customer_id`) REFERENCES `customers` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `subscriptions_method` FOREIGN KEY (`tenant_id`, `method_id`) REFERENCES `billing_methods` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `subscriptions_origin` FOREIGN KEY (`tenant_id`, `origin_id`) REFERENCES `origins` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `subscriptions_plan` FOREIGN KEY (`tenant_id`, `plan_id`) REFERENCES `plans` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `subscriptions_seller` FOREIGN KEY (`tenant_id`, `seller_id`) REFERENCES `sellers` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "subscription_tenant_id_number" to table: "subscriptions"
CREATE UNIQUE INDEX `subscription_tenant_id_number` ON `subscriptions` (`number`, `tenant_id`);
-- create index "subscription_tenant_id_customer_id" to table: "subscriptions"
CREATE INDEX `subscription_tenant_id_customer_id` ON `subscriptions` (`customer_id`, `tenant_id`);
-- create index "subscription_tenant_id_chain_id" to table: "subscriptions"
CREATE INDEX `subscription_tenant_id_chain_id` ON `subscriptions` (`chain_id`, `tenant_id`) WHERE chain_id IS NOT NULL;
-- create index "subscription_tenant_id_status_status_since" to table: "subscriptions"
CREATE INDEX `subscription_tenant_id_status_status_since` ON `subscriptions` (`status`, `status_since`, `tenant_id`);
-- create index "subscription_tenant_id_status_customer_id" to table: "subscriptions"
CREATE INDEX `subscription_tenant_id_status_customer_id` ON `subscriptions` (`status`, `customer_id`, `tenant_id`);
-- create index "subscription_tenant_id_plan_id_status_customer_id" to table: "subscriptions"
CREATE INDEX `subscription_tenant_id_plan_id_status_customer_id` ON `subscriptions` (`plan_id`, `status`, `customer_id`, `tenant_id`);
-- create index "subscription_tenant_id_made_by_sold_on_origin_id" to table: "subscriptions"
CREATE INDEX `subscription_tenant_id_made_by_sold_on_origin_id` ON `subscriptions` (`made_by`, `sold_on`, `origin_id`, `tenant_id`);
-- create index "subscription_tenant_id_made_by_enabled_on_price" to table: "subscriptions"
CREATE INDEX `subscription_tenant_id_made_by_enabled_on_price` ON `subscriptions` (`made_by`, `enabled_on`, `price`, `tenant_id`);
-- create index "subscription_tenant_id_ended_by_cancelled_on_enabled_on_price" to table: "subscriptions"
CREATE INDEX `subscription_tenant_id_ended_by_cancelled_on_enabled_on_price` ON `subscriptions` (`ended_by`, `cancelled_on`, `enabled_on`, `price`, `tenant_id`);
-- create index "subscription_tenant_id_status_billed_until" to table: "subscriptions"
CREATE INDEX `subscription_tenant_id_status_billed_until` ON `subscriptions` (`status`, `billed_until`, `tenant_id`) WHERE booklet;
-- create index "subscriptions_of_tenant" to table: "subscriptions"
CREATE UNIQUE INDEX `subscriptions_of_tenant` ON `subscriptions` (`id`, `tenant_id`);
-- create "subscription_addresses" table
CREATE TABLE `subscription_addresses` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `subscription_id` uuid NOT NULL, `role` text NOT NULL, `address_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `subscription_addresses_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `subscription_addresses_address` FOREIGN KEY (`tenant_id`, `address_id`) REFERENCES `addresses` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `subscription_addresses_subscription` FOREIGN KEY (`tenant_id`, `subscription_id`) REFERENCES `subscriptions` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "subscriptionaddress_tenant_id_subscription_id_role" to table: "subscription_addresses"
CREATE UNIQUE INDEX `subscriptionaddress_tenant_id_subscription_id_role` ON `subscription_addresses` (`subscription_id`, `role`, `tenant_id`);
-- create "suspensions" table
CREATE TABLE `suspensions` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `subscription_id` uuid NOT NULL, `kind` text NOT NULL, `from_day` text NOT NULL, `until_day` text NULL, `at` datetime NOT NULL, `ended_at` datetime NULL, `credited_at` datetime NULL, `notice_id` uuid NULL, `reason` text NULL, PRIMARY KEY (`id`), CONSTRAINT `suspensions_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `suspensions_notice` FOREIGN KEY (`tenant_id`, `notice_id`) REFERENCES `notices` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `suspensions_subscription` FOREIGN KEY (`tenant_id`, `subscription_id`) REFERENCES `subscriptions` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "suspension_tenant_id_subscription_id" to table: "suspensions"
CREATE UNIQUE INDEX `suspension_tenant_id_subscription_id` ON `suspensions` (`subscription_id`, `tenant_id`) WHERE ended_at IS NULL;
-- create "telegram_attempts" table
CREATE TABLE `telegram_attempts` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `day` text NOT NULL, `chat_id` integer NOT NULL, `kind` text NOT NULL, `times` integer NOT NULL, `last_at` datetime NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `telegram_attempts_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "telegramattempt_tenant_id_day_chat_id_kind" to table: "telegram_attempts"
CREATE UNIQUE INDEX `telegramattempt_tenant_id_day_chat_id_kind` ON `telegram_attempts` (`day`, `chat_id`, `kind`, `tenant_id`);
-- create "telegram_bots" table
CREATE TABLE `telegram_bots` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `token` text NOT NULL, `username` text NOT NULL, `failure` text NULL, `last_update` integer NOT NULL DEFAULT (0), `greeting` text NULL, `contact` text NULL, `farewell` text NULL, `off` json NULL, `quiet_from` integer NOT NULL DEFAULT (21), `quiet_until` integer NOT NULL DEFAULT (8), `talk_hours` integer NOT NULL DEFAULT (12), `updated_at` datetime NOT NULL, `polled_by` text NULL, `polled_until` datetime NULL, `paced_until` datetime NULL, PRIMARY KEY (`id`), CONSTRAINT `telegram_bots_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "telegrambot_tenant_id" to table: "telegram_bots"
CREATE UNIQUE INDEX `telegrambot_tenant_id` ON `telegram_bots` (`tenant_id`);
-- create "telegram_dialogs" table
CREATE TABLE `telegram_dialogs` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `chat_id` integer NOT NULL, `step` text NOT NULL, `data` json NOT NULL, `expires_at` datetime NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `telegram_dialogs_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "telegramdialog_tenant_id_chat_id" to table: "telegram_dialogs"
CREATE UNIQUE INDEX `telegramdialog_tenant_id_chat_id` ON `telegram_dialogs` (`chat_id`, `tenant_id`);
-- create "telegram_invites" table
CREATE TABLE `telegram_invites` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `token_hash` blob NOT NULL, `customer_id` uuid NOT NULL, `kind` text NOT NULL, `created_at` datetime NOT NULL, `expires_at` datetime NULL, `used_at` datetime NULL, PRIMARY KEY (`id`), CONSTRAINT `telegram_invites_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `telegram_invites_customer` FOREIGN KEY (`tenant_id`, `customer_id`) REFERENCES `customers` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "telegraminvite_tenant_id_token_hash" to table: "telegram_invites"
CREATE UNIQUE INDEX `telegraminvite_tenant_id_token_hash` ON `telegram_invites` (`token_hash`, `tenant_id`);
-- create index "telegraminvite_tenant_id_customer_id" to table: "telegram_invites"
CREATE INDEX `telegraminvite_tenant_id_customer_id` ON `telegram_invites` (`customer_id`, `tenant_id`);
-- create "telegram_links" table
CREATE TABLE `telegram_links` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `chat_id` integer NOT NULL, `customer_id` uuid NOT NULL, `way` text NOT NULL DEFAULT ('shown'), `person` text NULL, `linked_at` datetime NOT NULL, `ended_at` datetime NULL, `blocked_at` datetime NULL, `heard_on` text NULL, `silenced` json NULL, PRIMARY KEY (`id`), CONSTRAINT `telegram_links_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `telegram_links_customer` FOREIGN KEY (`tenant_id`, `customer_id`) REFERENCES `customers` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "telegramlink_tenant_id_chat_id_customer_id" to table: "telegram_links"
CREATE UNIQUE INDEX `telegramlink_tenant_id_chat_id_customer_id` ON `telegram_links` (`chat_id`, `customer_id`, `tenant_id`) WHERE ended_at IS NULL;
-- create index "telegramlink_tenant_id_customer_id" to table: "telegram_links"
CREATE INDEX `telegramlink_tenant_id_customer_id` ON `telegram_links` (`customer_id`, `tenant_id`);
-- create "telegram_messages" table
CREATE TABLE `telegram_messages` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `customer_id` uuid NOT NULL, `chat_id` integer NOT NULL, `kind` text NOT NULL, `about` text NOT NULL, `about_id` uuid NOT NULL, `text` text NOT NULL, `buttons` json NULL, `status` text NOT NULL DEFAULT ('waiting'), `tries` integer NOT NULL DEFAULT (0), `error` text NULL, `created_at` datetime NOT NULL, `due_at` datetime NOT NULL, `bundle_id` uuid NULL, `sent_at` datetime NULL, `turn_at` datetime NULL, PRIMARY KEY (`id`), CONSTRAINT `telegram_messages_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `telegram_messages_customer` FOREIGN KEY (`tenant_id`, `customer_id`) REFERENCES `customers` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "telegrammessage_tenant_id_about_id_created_at" to table: "telegram_messages"
CREATE INDEX `telegrammessage_tenant_id_about_id_created_at` ON `telegram_messages` (`about_id`, `created_at`, `tenant_id`);
-- create index "telegrammessage_tenant_id_customer_id" to table: "telegram_messages"
CREATE INDEX `telegrammessage_tenant_id_customer_id` ON `telegram_messages` (`customer_id`, `tenant_id`);
-- create index "telegrammessage_tenant_id_chat_id_turn_at" to table: "telegram_messages"
CREATE INDEX `telegrammessage_tenant_id_chat_id_turn_at` ON `telegram_messages` (`chat_id`, `turn_at`, `tenant_id`);
-- create index "telegrammessage_tenant_id_chat_id_due_at" to table: "telegram_messages"
CREATE INDEX `telegrammessage_tenant_id_chat_id_due_at` ON `telegram_messages` (`chat_id`, `due_at`, `tenant_id`) WHERE status = 'waiting';
-- create index "telegrammessage_tenant_id_bundle_id" to table: "telegram_messages"
CREATE INDEX `telegrammessage_tenant_id_bundle_id` ON `telegram_messages` (`bundle_id`, `tenant_id`) WHERE status = 'waiting';
-- create index "telegrammessage_tenant_id_created_at" to table: "telegram_messages"
CREATE INDEX `telegrammessage_tenant_id_created_at` ON `telegram_messages` (`created_at`, `tenant_id`) WHERE status = 'failed';
-- create "telegram_updates" table
CREATE TABLE `telegram_updates` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `update_id` integer NOT NULL, `chat` integer NOT NULL DEFAULT (0), `answer` json NULL, `answered_at` datetime NULL, `at` datetime NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `telegram_updates_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "telegramupdate_tenant_id_update_id" to table: "telegram_updates"
CREATE UNIQUE INDEX `telegramupdate_tenant_id_update_id` ON `telegram_updates` (`update_id`, `tenant_id`);
-- create index "telegram_updates_unanswered" to table: "telegram_updates"
CREATE INDEX `telegram_updates_unanswered` ON `telegram_updates` (`at`, `tenant_id`) WHERE answered_at IS NULL;
-- create "template_versions" table
CREATE TABLE `template_versions` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `template_id` uuid NOT NULL, `version` integer NOT NULL, `body` text NOT NULL, `made_by` text NOT NULL, `made_at` datetime NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `template_versions_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `template_versions_template` FOREIGN KEY (`tenant_id`, `template_id`) REFERENCES `contract_templates` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "templateversion_tenant_id_template_id_version" to table: "template_versions"
CREATE UNIQUE INDEX `templateversion_tenant_id_template_id_version` ON `template_versions` (`template_id`, `version`, `tenant_id`);
-- create "tenants" table
CREATE TABLE `tenants` (`id` uuid NOT NULL, `slug` text NOT NULL, `name` text NOT NULL, `zone` text NOT NULL, `trust_self_service` bool NOT NULL DEFAULT (false), `active` bool NOT NULL DEFAULT (true), `created_at` datetime NOT NULL, `founded_at` datetime NULL, PRIMARY KEY (`id`));
-- create index "tenants_slug_key" to table: "tenants"
CREATE UNIQUE INDEX `tenants_slug_key` ON `tenants` (`slug`);
-- create "tick_problems" table
CREATE TABLE `tick_problems` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `kind` text NOT NULL, `customer_id` uuid NOT NULL, `since` text NOT NULL, `seen` text NOT NULL, `code` text NOT NULL, `args` json NULL, `solved_at` datetime NULL, PRIMARY KEY (`id`), CONSTRAINT `tick_problems_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `tick_problems_customer` FOREIGN KEY (`tenant_id`, `customer_id`) REFERENCES `customers` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "tickproblem_tenant_id_kind_customer_id" to table: "tick_problems"
CREATE UNIQUE INDEX `tickproblem_tenant_id_kind_customer_id` ON `tick_problems` (`kind`, `customer_id`, `tenant_id`) WHERE solved_at IS NULL;
-- create index "tickproblem_tenant_id_customer_id" to table: "tick_problems"
CREATE INDEX `tickproblem_tenant_id_customer_id` ON `tick_problems` (`customer_id`, `tenant_id`);
-- create "tick_runs" table
CREATE TABLE `tick_runs` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `kind` text NOT NULL, `day` text NOT NULL, `started_at` datetime NOT NULL, `finished_at` datetime NULL, `done` integer NOT NULL DEFAULT (0), `failed` integer NOT NULL DEFAULT (0), PRIMARY KEY (`id`), CONSTRAINT `tick_runs_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "tickrun_tenant_id_kind_day" to table: "tick_runs"
CREATE UNIQUE INDEX `tickrun_tenant_id_kind_day` ON `tick_runs` (`kind`, `day`, `tenant_id`);
-- create "tickets" table
CREATE TABLE `tickets` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `protocol` text NOT NULL, `customer_id` uuid NOT NULL, `subscription_id` uuid NOT NULL, `type_id` uuid NULL, `status` text NOT NULL, `channel` text NOT NULL, `user_id` uuid NULL, `assignee_id` uuid NULL, `sector_id` uuid NULL, `opening` text NULL, `closing` text NULL, `diagnosis` json NULL, `opened_at` datetime NOT NULL, `touched_at` datetime NOT NULL, `due_at` datetime NULL, `closed_at` datetime NULL, `rating` integer NULL, `rating_text` text NULL, `talk_chat` integer NULL, `talk_until` datetime NULL, `waits_since` datetime NULL, `moved_at` datetime NULL, `outage_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `tickets_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `tickets_assignee` FOREIGN KEY (`tenant_id`, `assignee_id`) REFERENCES `users` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `tickets_customer` FOREIGN KEY (`tenant_id`, `customer_id`) REFERENCES `customers` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `tickets_outage` FOREIGN KEY (`tenant_id`, `outage_id`) REFERENCES `outages` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `tickets_sector` FOREIGN KEY (`tenant_id`, `sector_id`) REFERENCES `sectors` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `tickets_subscription` FOREIGN KEY (`tenant_id`, `subscription_id`) REFERENCES `subscriptions` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `tickets_type` FOREIGN KEY (`tenant_id`, `type_id`) REFERENCES `ticket_types` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `tickets_user` FOREIGN KEY (`tenant_id`, `user_id`) REFERENCES `users` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "ticket_tenant_id_protocol" to table: "tickets"
CREATE UNIQUE INDEX `ticket_tenant_id_protocol` ON `tickets` (`protocol`, `tenant_id`);
-- create index "ticket_tenant_id_customer_id" to table: "tickets"
CREATE INDEX `ticket_tenant_id_customer_id` ON `tickets` (`customer_id`, `tenant_id`);
-- create index "ticket_tenant_id_subscription_id" to table: "tickets"
CREATE INDEX `ticket_tenant_id_subscription_id` ON `tickets` (`subscription_id`, `tenant_id`);
-- create index "ticket_tenant_id_outage_id" to table: "tickets"
CREATE INDEX `ticket_tenant_id_outage_id` ON `tickets` (`outage_id`, `tenant_id`) WHERE outage_id IS NOT NULL;
-- create index "ticket_tenant_id_talk_chat" to table: "tickets"
CREATE INDEX `ticket_tenant_id_talk_chat` ON `tickets` (`talk_chat`, `tenant_id`) WHERE talk_chat IS NOT NULL;
-- create index "ticket_tenant_id_waits_since" to table: "tickets"
CREATE INDEX `ticket_tenant_id_waits_since` ON `tickets` (`waits_since`, `tenant_id`) WHERE waits_since IS NOT NULL;
-- create index "ticket_tenant_id_status_opened_at" to table: "tickets"
CREATE INDEX `ticket_tenant_id_status_opened_at` ON `tickets` (`status`, `opened_at`, `tenant_id`);
-- create index "ticket_tenant_id_status_due_at" to table: "tickets"
CREATE INDEX `ticket_tenant_id_status_due_at` ON `tickets` (`status`, `due_at`, `tenant_id`);
-- create index "ticket_tenant_id_opened_at_protocol" to table: "tickets"
CREATE INDEX `ticket_tenant_id_opened_at_protocol` ON `tickets` (`opened_at`, `protocol`, `tenant_id`);
-- create index "ticket_tenant_id_assignee_id_opened_at" to table: "tickets"
CREATE INDEX `ticket_tenant_id_assignee_id_opened_at` ON `tickets` (`assignee_id`, `opened_at`, `tenant_id`);
-- create index "ticket_tenant_id_sector_id_opened_at" to table: "tickets"
CREATE INDEX `ticket_tenant_id_sector_id_opened_at` ON `tickets` (`sector_id`, `opened_at`, `tenant_id`);
-- create index "ticket_tenant_id_user_id_subscription_id" to table: "tickets"
CREATE UNIQUE INDEX `ticket_tenant_id_user_id_subscription_id` ON `tickets` (`user_id`, `subscription_id`, `tenant_id`) WHERE status = 'rascunho';
-- create index "tickets_of_tenant" to table: "tickets"
CREATE UNIQUE INDEX `tickets_of_tenant` ON `tickets` (`id`, `tenant_id`);
-- create "ticket_entries" table
CREATE TABLE `ticket_entries` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `ticket_id` uuid NOT NULL, `user_id` uuid NULL, `event` text NULL, `body` text NULL, `shared` bool NOT NULL DEFAULT (false), `at` datetime NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `ticket_entries_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `ticket_entries_ticket` FOREIGN KEY (`tenant_id`, `ticket_id`) REFERENCES `tickets` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `ticket_entries_user` FOREIGN KEY (`tenant_id`, `user_id`) REFERENCES `users` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "ticketentry_tenant_id_ticket_id" to table: "ticket_entries"
CREATE INDEX `ticketentry_tenant_id_ticket_id` ON `ticket_entries` (`ticket_id`, `tenant_id`);
-- create "ticket_types" table
CREATE TABLE `ticket_types` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `name` text NOT NULL, `sla_hours` integer NOT NULL DEFAULT (48), `sector_id` uuid NULL, `subscriber` bool NOT NULL DEFAULT (false), `active` bool NOT NULL DEFAULT (true), PRIMARY KEY (`id`), CONSTRAINT `ticket_types_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `ticket_types_sector` FOREIGN KEY (`tenant_id`, `sector_id`) REFERENCES `sectors` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "tickettype_tenant_id_name" to table: "ticket_types"
CREATE UNIQUE INDEX `tickettype_tenant_id_name` ON `ticket_types` (`name`, `tenant_id`);
-- create index "tickettype_tenant_id" to table: "ticket_types"
CREATE UNIQUE INDEX `tickettype_tenant_id` ON `ticket_types` (`tenant_id`) WHERE subscriber;
-- create index "ticket_types_of_tenant" to table: "ticket_types"
CREATE UNIQUE INDEX `ticket_types_of_tenant` ON `ticket_types` (`id`, `tenant_id`);
-- create "tills" table
CREATE TABLE `tills` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `number` integer NOT NULL, `user_id` uuid NOT NULL, `day` text NOT NULL, `opening` integer NOT NULL, `opened_at` datetime NOT NULL, `closed_at` datetime NULL, `closed_by` uuid NULL, `reason` text NULL, `version` integer NOT NULL DEFAULT (1), PRIMARY KEY (`id`), CONSTRAINT `tills_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `tills_closed_by` FOREIGN KEY (`tenant_id`, `closed_by`) REFERENCES `users` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `tills_user` FOREIGN KEY (`tenant_id`, `user_id`) REFERENCES `users` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "till_tenant_id_number" to table: "tills"
CREATE UNIQUE INDEX `till_tenant_id_number` ON `tills` (`number`, `tenant_id`);
-- create index "till_tenant_id_user_id" to table: "tills"
CREATE UNIQUE INDEX `till_tenant_id_user_id` ON `tills` (`user_id`, `tenant_id`) WHERE closed_at IS NULL;
-- create index "till_tenant_id_day" to table: "tills"
CREATE INDEX `till_tenant_id_day` ON `tills` (`day`, `tenant_id`);
-- create index "tills_of_tenant" to table: "tills"
CREATE UNIQUE INDEX `tills_of_tenant` ON `tills` (`id`, `tenant_id`);
-- create "till_counts" table
CREATE TABLE `till_counts` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `till_id` uuid NOT NULL, `form` text NOT NULL, `expected` integer NOT NULL, `counted` integer NOT NULL, `at` datetime NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `till_counts_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `till_counts_till` FOREIGN KEY (`tenant_id`, `till_id`) REFERENCES `tills` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "tillcount_tenant_id_till_id_form" to table: "till_counts"
CREATE UNIQUE INDEX `tillcount_tenant_id_till_id_form` ON `till_counts` (`till_id`, `form`, `tenant_id`);
-- create "till_entries" table
CREATE TABLE `till_entries` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `till_id` uuid NOT NULL, `kind` text NOT NULL, `amount` integer NOT NULL, `reason` text NOT NULL, `at` datetime NOT NULL, `user_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `till_entries_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `till_entries_till` FOREIGN KEY (`tenant_id`, `till_id`) REFERENCES `tills` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `till_entries_user` FOREIGN KEY (`tenant_id`, `user_id`) REFERENCES `users` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "tillentry_tenant_id_till_id" to table: "till_entries"
CREATE INDEX `tillentry_tenant_id_till_id` ON `till_entries` (`till_id`, `tenant_id`);
-- create "transfers" table
CREATE TABLE `transfers` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `subscription_id` uuid NOT NULL, `from_id` uuid NOT NULL, `to_id` uuid NOT NULL, `method_id` uuid NOT NULL, `due_day` integer NOT NULL, `mode` text NOT NULL, `booklet` bool NOT NULL DEFAULT (false), `separate_invoice` bool NOT NULL DEFAULT (false), `separate_note` bool NOT NULL DEFAULT (false), `template_id` uuid NULL, `address_id` uuid NULL, `billing_address_id` uuid NULL, `fiscal_address_id` uuid NULL, `override_reason` text NULL, `requested_at` datetime NOT NULL, `expires_on` text NULL, `from_token` blob NULL, `from_accepted_at` datetime NULL, `to_token` blob NULL, `to_accepted_at` datetime NULL, `day` text NULL, `done_at` datetime NULL, `final_id` uuid NULL, `first_id` uuid NULL, `contract_id` uuid NULL, `was` json NULL, `given_up_at` datetime NULL, `given_up_reason` text NULL, `undone_at` datetime NULL, PRIMARY KEY (`id`), CONSTRAINT `transfers_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `transfers_address` FOREIGN KEY (`tenant_id`, `address_id`) REFERENCES `addresses` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `transfers_billing_address` FOREIGN KEY (`tenant_id`, `billing_address_id`) REFERENCES `addresses` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `transfers_contract` FOREIGN KEY (`tenant_id`, `contract_id`) REFERENCES `contracts` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `transfers_final` FOREIGN KEY (`tenant_id`, `final_id`) REFERENCES `invoices` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `transfers_first` FOREIGN KEY (`tenant_id`, `first_id`) REFERENCES `invoices` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `transfers_fiscal_address` FOREIGN KEY (`tenant_id`, `fiscal_address_id`) REFERENCES `addresses` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `transfers_from` FOREIGN KEY (`tenant_id`, `from_id`) REFERENCES `customers` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `transfers_method` FOREIGN KEY (`tenant_id`, `method_id`) REFERENCES `billing_methods` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `transfers_subscription` FOREIGN KEY (`tenant_id`, `subscription_id`) REFERENCES `subscriptions` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `transfers_template` FOREIGN KEY (`tenant_id`, `template_id`) REFERENCES `contract_templates` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `transfers_to` FOREIGN KEY (`tenant_id`, `to_id`) REFERENCES `customers` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "transfer_tenant_id_subscription_id" to table: "transfers"
CREATE UNIQUE INDEX `transfer_tenant_id_subscription_id` ON `transfers` (`subscription_id`, `tenant_id`) WHERE done_at IS NULL AND given_up_at IS NULL;
-- create index "transfer_tenant_id_subscription_id_done_at" to table: "transfers"
CREATE INDEX `transfer_tenant_id_subscription_id_done_at` ON `transfers` (`subscription_id`, `done_at`, `tenant_id`) WHERE done_at IS NOT NULL;
-- create index "transfer_tenant_id_from_id" to table: "transfers"
CREATE INDEX `transfer_tenant_id_from_id` ON `transfers` (`from_id`, `tenant_id`);
-- create index "transfer_tenant_id_to_id" to table: "transfers"
CREATE INDEX `transfer_tenant_id_to_id` ON `transfers` (`to_id`, `tenant_id`);
-- create index "transfer_tenant_id_from_token" to table: "transfers"
CREATE UNIQUE INDEX `transfer_tenant_id_from_token` ON `transfers` (`from_token`, `tenant_id`) WHERE from_token IS NOT NULL;
-- create index "transfer_tenant_id_to_token" to table: "transfers"
CREATE UNIQUE INDEX `transfer_tenant_id_to_token` ON `transfers` (`to_token`, `tenant_id`) WHERE to_token IS NOT NULL;
-- create index "transfer_tenant_id_expires_on" to table: "transfers"
CREATE INDEX `transfer_tenant_id_expires_on` ON `transfers` (`expires_on`, `tenant_id`) WHERE done_at IS NULL AND given_up_at IS NULL;
-- create "trust_grants" table
CREATE TABLE `trust_grants` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `subscription_id` uuid NOT NULL, `customer_id` uuid NOT NULL, `channel` text NOT NULL, `user_id` uuid NULL, `reason` text NOT NULL, `granted_at` datetime NOT NULL, `until` datetime NOT NULL, `ended_at` datetime NULL, `outcome` text NULL, PRIMARY KEY (`id`), CONSTRAINT `trust_grants_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `trust_grants_customer` FOREIGN KEY (`tenant_id`, `customer_id`) REFERENCES `customers` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `trust_grants_subscription` FOREIGN KEY (`tenant_id`, `subscription_id`) REFERENCES `subscriptions` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `trust_grants_user` FOREIGN KEY (`tenant_id`, `user_id`) REFERENCES `users` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "trustgrant_tenant_id_subscription_id" to table: "trust_grants"
CREATE UNIQUE INDEX `trustgrant_tenant_id_subscription_id` ON `trust_grants` (`subscription_id`, `tenant_id`) WHERE ended_at IS NULL;
-- create index "trustgrant_tenant_id_customer_id" to table: "trust_grants"
CREATE INDEX `trustgrant_tenant_id_customer_id` ON `trust_grants` (`customer_id`, `tenant_id`);
-- create "trust_quota" table
CREATE TABLE `trust_quota` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `subject_id` uuid NOT NULL, `month` text NOT NULL, `at` datetime NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `trust_quota_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "trustquota_tenant_id_subject_id_month" to table: "trust_quota"
CREATE UNIQUE INDEX `trustquota_tenant_id_subject_id_month` ON `trust_quota` (`subject_id`, `month`, `tenant_id`);
-- create "upload_pieces" table
CREATE TABLE `upload_pieces` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `upload_id` uuid NOT NULL, `position` integer NOT NULL, `content` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `upload_pieces_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "uploadpiece_tenant_id_upload_id_position" to table: "upload_pieces"
CREATE UNIQUE INDEX `uploadpiece_tenant_id_upload_id_position` ON `upload_pieces` (`upload_id`, `position`, `tenant_id`);
-- create "users" table
CREATE TABLE `users` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `name` text NOT NULL, `email` text NOT NULL, `password_hash` text NOT NULL, `role` text NOT NULL, `sector_id` uuid NULL, `active` bool NOT NULL DEFAULT (true), `signed_in_at` datetime NULL, PRIMARY KEY (`id`), CONSTRAINT `users_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `users_sector` FOREIGN KEY (`tenant_id`, `sector_id`) REFERENCES `sectors` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "user_tenant_id_email" to table: "users"
CREATE UNIQUE INDEX `user_tenant_id_email` ON `users` (`email`, `tenant_id`);
-- create index "users_of_tenant" to table: "users"
CREATE UNIQUE INDEX `users_of_tenant` ON `users` (`id`, `tenant_id`);
-- create "work_orders" table
CREATE TABLE `work_orders` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `number` integer NOT NULL, `customer_id` uuid NOT NULL, `subscription_id` uuid NOT NULL, `ticket_id` uuid NULL, `type_id` uuid NOT NULL, `status` text NOT NULL, `technician_id` uuid NULL, `helper_id` uuid NULL, `starts_at` datetime NULL, `minutes` integer NOT NULL DEFAULT (60), `description` text NOT NULL, `opened_at` datetime NOT NULL, `on_way_at` datetime NULL, `began_at` datetime NULL, `finished_at` datetime NULL, `done` text NULL, `signed_by` text NULL, PRIMARY KEY (`id`), CONSTRAINT `work_orders_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `work_orders_customer` FOREIGN KEY (`tenant_id`, `customer_id`) REFERENCES `customers` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `work_orders_helper` FOREIGN KEY (`tenant_id`, `helper_id`) REFERENCES `users` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `work_orders_subscription` FOREIGN KEY (`tenant_id`, `subscription_id`) REFERENCES `subscriptions` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `work_orders_technician` FOREIGN KEY (`tenant_id`, `technician_id`) REFERENCES `users` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `work_orders_ticket` FOREIGN KEY (`tenant_id`, `ticket_id`) REFERENCES `tickets` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `work_orders_type` FOREIGN KEY (`tenant_id`, `type_id`) REFERENCES `work_order_types` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "workorder_tenant_id_number" to table: "work_orders"
CREATE UNIQUE INDEX `workorder_tenant_id_number` ON `work_orders` (`number`, `tenant_id`);
-- create index "workorder_tenant_id_technician_id_starts_at" to table: "work_orders"
CREATE INDEX `workorder_tenant_id_technician_id_starts_at` ON `work_orders` (`technician_id`, `starts_at`, `tenant_id`);
-- create index "workorder_tenant_id_helper_id_starts_at" to table: "work_orders"
CREATE INDEX `workorder_tenant_id_helper_id_starts_at` ON `work_orders` (`helper_id`, `starts_at`, `tenant_id`);
-- create index "workorder_tenant_id_starts_at" to table: "work_orders"
CREATE INDEX `workorder_tenant_id_starts_at` ON `work_orders` (`starts_at`, `tenant_id`);
-- create index "workorder_tenant_id_customer_id" to table: "work_orders"
CREATE INDEX `workorder_tenant_id_customer_id` ON `work_orders` (`customer_id`, `tenant_id`);
-- create index "workorder_tenant_id_status" to table: "work_orders"
CREATE INDEX `workorder_tenant_id_status` ON `work_orders` (`status`, `tenant_id`);
-- create index "workorder_tenant_id_ticket_id" to table: "work_orders"
CREATE INDEX `workorder_tenant_id_ticket_id` ON `work_orders` (`ticket_id`, `tenant_id`);
-- create index "work_orders_of_tenant" to table: "work_orders"
CREATE UNIQUE INDEX `work_orders_of_tenant` ON `work_orders` (`id`, `tenant_id`);
-- create "work_order_entries" table
CREATE TABLE `work_order_entries` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `work_order_id` uuid NOT NULL, `user_id` uuid NULL, `event` text NULL, `body` text NULL, `at` datetime NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `work_order_entries_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `work_order_entries_user` FOREIGN KEY (`tenant_id`, `user_id`) REFERENCES `users` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `work_order_entries_work_order` FOREIGN KEY (`tenant_id`, `work_order_id`) REFERENCES `work_orders` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "workorderentry_tenant_id_work_order_id" to table: "work_order_entries"
CREATE INDEX `workorderentry_tenant_id_work_order_id` ON `work_order_entries` (`work_order_id`, `tenant_id`);
-- create "work_order_materials" table
CREATE TABLE `work_order_materials` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `work_order_id` uuid NOT NULL, `name` text NOT NULL, `quantity` integer NOT NULL, `unit` text NOT NULL, `user_id` uuid NULL, `at` datetime NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `work_order_materials_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `work_order_materials_user` FOREIGN KEY (`tenant_id`, `user_id`) REFERENCES `users` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT `work_order_materials_work_order` FOREIGN KEY (`tenant_id`, `work_order_id`) REFERENCES `work_orders` (`tenant_id`, `id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "workordermaterial_tenant_id_work_order_id" to table: "work_order_materials"
CREATE INDEX `workordermaterial_tenant_id_work_order_id` ON `work_order_materials` (`work_order_id`, `tenant_id`);
-- create "work_order_types" table
CREATE TABLE `work_order_types` (`id` uuid NOT NULL, `tenant_id` uuid NOT NULL, `name` text NOT NULL, `minutes` integer NOT NULL DEFAULT (60), `states` json NOT NULL, `installation` bool NOT NULL DEFAULT (false), `active` bool NOT NULL DEFAULT (true), PRIMARY KEY (`id`), CONSTRAINT `work_order_types_tenant` FOREIGN KEY (`tenant_id`) REFERENCES `tenants` (`id`) ON UPDATE NO ACTION ON DELETE NO ACTION);
-- create index "workordertype_tenant_id_name" to table: "work_order_types"
CREATE UNIQUE INDEX `workordertype_tenant_id_name` ON `work_order_types` (`name`, `tenant_id`);
-- create index "work_order_types_of_tenant" to table: "work_order_types"
CREATE UNIQUE INDEX `work_order_types_of_tenant` ON `work_order_types` (`id`, `tenant_id`);

