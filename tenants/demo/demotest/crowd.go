package demotest

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"enlace/ent"
	"enlace/ent/customer"
	"enlace/ent/migrate"
	"enlace/tenants/tenanttest"
)

// The other ISPs of a crowded database, and the customers of each.
const (
	crowdedISPs   = 50
	crowdedOthers = 1_000
)

// OpenCrowd is the demonstration on Postgres with so many customers more in the first ISP, and 50 other ISPs of 1,000 beside it. Names are as
// unevenly spread as in a town: one in ten is a Silva. Each customer has services, invoices, payments and a history of a few rows, and is
// found by the words that customers.Index would write. It is sown by the cluster's owner with one statement a table: minutes of use cases
// become seconds.
func OpenCrowd(t testing.TB, customers int) *Office {
	t.Helper()
	probe := &tenanttest.Probe{}
	o := Over(t, seed.PostgresProbed(t, probe), probe)
	probe.Own(t, crowd(customers)...)
	probe.Analyze(t)
	return o
}

// crowd is what sows it. No foreign key is looked at meanwhile, and indexes are built when the rows are there.
func crowd(customers int) []string {
	steps := []string{
		"BEGIN",
		"SET LOCAL session_replication_role = replica",
		"SET LOCAL maintenance_work_mem = '256MB'",
		"SELECT setseed(0.42)",
		// A key that a child can be told of without looking it up: kind of row, ISP, number of the customer, which of theirs.
		`CREATE FUNCTION pg_temp.nth(kind int, isp int, n int, k int DEFAULT 0) RETURNS uuid LANGUAGE sql IMMUTABLE AS
			$$ SELECT (lpad(to_hex(kind), 8, '0') || lpad(to_hex(isp), 4, '0') || '70008000' || lpad(to_hex(n), 8, '0') || lpad(to_hex(k), 4, '0'))::uuid $$`,
		// The nearer to the head of its list, the more often a name is drawn.
		`CREATE FUNCTION pg_temp.drawn(list text[]) RETURNS text LANGUAGE sql VOLATILE AS
			$$ SELECT list[1 + floor(power(random(), 1.4) * cardinality(list))::int] $$`,
		// As words does it: small letters without accents, and blanks for what is neither letter nor figure.
		`CREATE FUNCTION pg_temp.plain(text) RETURNS text LANGUAGE sql IMMUTABLE AS
			$$ SELECT translate(lower($1), 'áâãéêíóôõúç.@', 'aaaeeiooouc  ') $$`,
		fmt.Sprintf(`CREATE TEMP TABLE isps ON COMMIT DROP AS
			SELECT 0 AS isp, id AS tenant, %d AS customers FROM tenants WHERE slug = 'fibranorte'
			UNION ALL SELECT i, pg_temp.nth(1, i, 0), %d FROM generate_series(1, %d) i`, customers, crowdedOthers, crowdedISPs),
		insert("tenants", "isps i WHERE isp > 0", map[string]string{"id": "tenant", "slug": "'provedor-' || isp", "name": "'Provedor ' || isp"}),
		`CREATE TEMP TABLE crowd ON COMMIT DROP AS
			SELECT isp, tenant, n, pg_temp.nth(2, isp, n) AS id, pg_temp.nth(3, isp, n) AS service, first,
				first || CASE WHEN random() < 0.4 THEN ' ' || middle ELSE '' END || ' ' || family || ' ' || last AS name, last,
				lpad((n::bigint * 48271 % 999999937)::text, 9, '0') || lpad((n % 89)::text, 2, '0') AS document,
				'919' || lpad((n::bigint * 7919 % 99999989)::text, 8, '0') AS phone,
				'Rua ' || street AS street, town, CASE WHEN n % 20 = 5 THEN 'cancelado' WHEN n % 500 = 0 THEN 'aguardando_assinatura'
					WHEN n % 500 = 1 THEN 'aguardando_instalacao' WHEN n % 50 = 2 THEN 'suspenso_debito' WHEN n % 200 = 3 THEN 'suspenso_parcial'
					WHEN n % 300 = 4 THEN 'suspenso_pedido' ELSE 'habilitado' END AS status,
				date '2026-11-23' - n % 1800 AS sold
			FROM (SELECT isp, tenant, n, pg_temp.drawn(` + firstNames + `) AS first, pg_temp.drawn(` + firstNames + `) AS middle,
					pg_temp.drawn(` + lastNames + `) AS family, pg_temp.drawn(` + lastNames + `) AS last, pg_temp.drawn(` + lastNames + `) AS street,
					CASE WHEN n % 1000 = 7 THEN 'Salinópolis' ELSE pg_temp.drawn('{Belém,Ananindeua,Castanhal,Marituba,Barcarena}') END AS town
				FROM isps, generate_series(1, customers) n) drawn`,
		`CREATE TEMP TABLE choices ON COMMIT DROP AS SELECT (SELECT array_agg(p.id ORDER BY p.id) FROM plans p JOIN isps ON tenant = tenant_id) AS plans,
			(SELECT array_agg(o.id ORDER BY o.id) FROM origins o JOIN isps ON tenant = tenant_id) AS origins,
			(SELECT array_agg(g.id ORDER BY g.id) FROM groups g JOIN isps ON tenant = tenant_id) AS groups,
			(SELECT array_agg(w.id ORDER BY w.id) FROM work_order_types w JOIN isps ON tenant = tenant_id) AS visits`,
	}
	const with = "crowd c, choices"
	of := func(columns map[string]string) map[string]string {
		columns["tenant_id"], columns["customer_id"] = "tenant", "c.id"
		return columns
	}
	// Which months ago an invoice fell due: the last two are open, of those who pay late a third one is overdue.
	const bills = "crowd c, generate_series(0, 2) k, LATERAL (SELECT date '2026-12-10' - 30 * k AS due, (k < 1 OR k = 1 AND n % 20 = 0) AS unpaid) d WHERE status NOT LIKE 'aguardando%'"
	for _, one := range []struct {
		table, from string
		columns     map[string]string
	}{
		{"customers", with, map[string]string{"id": "c.id", "tenant_id": "tenant", "number": "100 + n", "name": "c.name", "document": "c.document",
			"origin_id": "origins[1 + n % cardinality(origins)]", "alert": "NULL", "active": "n % 100 <> 5"}},
		{"customer_groups", with + " WHERE n % 4 = 0", of(map[string]string{"id": "pg_temp.nth(5, isp, n)", "group_id": "groups[1 + n % cardinality(groups)]"})},
		{"contacts", "crowd c, generate_series(0, 1) k", of(map[string]string{"id": "pg_temp.nth(6, isp, n, k)", "position": "0", "kind": "CASE k WHEN 0 THEN 'phone' ELSE 'email' END",
			"value": "CASE k WHEN 0 THEN '+55' || phone ELSE lower(first || '.' || last || '.' || n || '@exemplo.com.br') END"})},
		{"addresses", with, of(map[string]string{"id": "pg_temp.nth(7, isp, n)", "street": "c.street", "house_number": "(n % 1999)::text", "district": "'Nazaré'",
			"cep": "'66' || lpad((n % 900)::text, 3, '0') || '000'", "city": "c.town", "town": "pg_temp.plain(c.town)"})},
		{"subscriptions", with + ", generate_series(0, CASE WHEN n % 10 = 0 THEN 1 ELSE 0 END) k", of(map[string]string{"id": "CASE k WHEN 0 THEN service ELSE pg_temp.nth(3, isp, n, 1) END",
			"number": "100 + 2 * n + k", "plan_id": "plans[1 + n % cardinality(plans)]", "origin_id": "origins[1 + n % cardinality(origins)]",
			"made_by": "CASE n % 40 WHEN 6 THEN 'migration' ELSE 'sale' END", "ended_by": "CASE c.status WHEN 'cancelado' THEN 'cancellation' END",
			"status": "c.status", "status_since": "timestamptz '2026-11-20' - n * interval '1 minute'", "sold_on": "sold",
			"enabled_on":   "CASE WHEN c.status NOT LIKE 'aguardando%' THEN sold + 3 END",
			"cancelled_on": "CASE c.status WHEN 'cancelado' THEN least(date '2026-11-20', sold + 400) END",
			"booklet":      "n % 10 = 1", "billed_until": "date '2026-12-20' + (n % 300)::int"})},
		{"subscription_addresses", "crowd c, unnest('{cadastral,cobranca,fiscal,instalacao}'::text[]) WITH ORDINALITY AS r (role, k)",
			map[string]string{"id": "pg_temp.nth(8, isp, n, k::int)", "tenant_id": "tenant", "subscription_id": "service", "role": "r.role", "address_id": "pg_temp.nth(7, isp, n)"}},
		{"network_logins", with, map[string]string{"id": "pg_temp.nth(9, isp, n)", "tenant_id": "tenant", "subscription_id": "service", "login": "pg_temp.plain(first) || n"}},
		{"invoices", bills, of(map[string]string{"id": "pg_temp.nth(10, isp, n, k)", "number": "1000 + 3 * n + k", "subscription_id": "service", "booklet_id": "CASE n % 10 WHEN 1 THEN pg_temp.nth(15, isp, n) END",
			"instalment": "CASE n % 10 WHEN 1 THEN 3 - k ELSE 0 END", "due": "d.due", "cancelled_at": "NULL", "paid_at": "CASE WHEN NOT unpaid THEN d.due::timestamptz END"})},
		{"charges", bills, of(map[string]string{"id": "pg_temp.nth(11, isp, n, k)", "number": "10000 + 3 * n + k", "subscription_id": "service", "invoice_id": "pg_temp.nth(10, isp, n, k)",
			"kind": "'recurring'", "charge_kind_id": "NULL", "suspends": "true", "period_from": "d.due - 30", "period_to": "d.due", "due": "d.due", "amount": "8990",
			"settled": "CASE WHEN unpaid THEN 0 ELSE 8990 END", "closed_at": "CASE WHEN NOT unpaid THEN d.due::timestamptz END",
			"cancelled_at": "NULL", "contested_at": "NULL", "contest_answered_at": "NULL"})},
		{"slips", bills + " AND unpaid", map[string]string{"id": "pg_temp.nth(12, isp, n, k)", "tenant_id": "tenant", "invoice_id": "pg_temp.nth(10, isp, n, k)", "due": "d.due",
			"our_number": "isp || '-' || n || '-' || k", "txid": "isp || 'x' || n || 'x' || k", "cancelled_at": "NULL"}},
		{"payments", bills + " AND NOT unpaid", of(map[string]string{"id": "pg_temp.nth(13, isp, n, k)", "source": "'boleto'", "external_id": "n || '-' || k", "amount": "8990",
			"paid_on": "d.due", "received_at": "d.due::timestamptz", "invoice_id": "pg_temp.nth(10, isp, n, k)", "user_id": "NULL"})},
		{"ledger_entries", bills + " AND NOT unpaid", of(map[string]string{"id": "pg_temp.nth(19, isp, n, k)", "posting_id": "pg_temp.nth(19, isp, n, k)", "account": "'bank'", "charge_id": "NULL",
			"payment_id": "pg_temp.nth(13, isp, n, k)", "amount": "8990", "day": "d.due", "at": "d.due::timestamptz"})},
		{"history", "crowd c, generate_series(0, 1) k", of(map[string]string{"id": "pg_temp.nth(14, isp, n, k)", "subject_id": "service", "at": "sold::timestamptz + k * interval '3 days'"})},
		{"booklets", with + " WHERE n % 10 = 1 AND status NOT LIKE 'aguardando%'", of(map[string]string{"id": "pg_temp.nth(15, isp, n)", "number": "100 + n", "subscription_id": "service", "cancelled_at": "NULL"})},
		{"tickets", with + " WHERE n % 20 = 0", of(map[string]string{"id": "pg_temp.nth(16, isp, n)", "protocol": "'2025' || lpad(n::text, 8, '0')", "subscription_id": "service", "channel": "'staff'",
			"status": "CASE WHEN n % 400 = 0 THEN 'pendente' ELSE 'finalizado' END", "opened_at": "timestamptz '2026-11-20' - n * interval '1 minute'",
			"touched_at": "timestamptz '2026-11-20' - n * interval '1 minute'"})},
		{"work_orders", with + " WHERE n % 20 = 1", of(map[string]string{"id": "pg_temp.nth(17, isp, n)", "number": "100 + n", "subscription_id": "service", "ticket_id": "NULL", "type_id": "visits[1]", "minutes": "60",
			"description": "'Instalação'", "opened_at": "sold::timestamptz", "status": "'finalizada'", "starts_at": "timestamptz '2026-11-20' - n * interval '1 minute'"})},
	} {
		steps = append(steps, unindexed(one.table, insert(one.table, one.from, one.columns))...)
	}
	words := `INSERT INTO search_words (id, tenant_id, customer_id, name, word)
		SELECT pg_temp.nth(18, isp, n, row_number() OVER (PARTITION BY isp, n)::int), tenant, id, name, word
		FROM crowd, LATERAL (SELECT DISTINCT word FROM string_to_table(pg_temp.plain(concat_ws(' ', name, document, phone, substr(phone, 3),
			first || '.' || last || '.' || n || '@exemplo.com.br', street, n % 1999, 'Nazaré', '66' || lpad((n % 900)::text, 3, '0') || '000', first || n)), ' ') AS word WHERE word <> '') w`
	steps = append(steps, unindexed("search_words", words)...)
	return append(steps, "COMMIT")
}

// firstNames and lastNames are lists of SQL, the commonest first.
var (
	firstNames = "'{Maria,José,Ana,João,Antônio,Francisco,Carlos,Paulo,Pedro,Lucas,Luiz,Marcos,Luís,Gabriel,Rafael,Daniel,Marcelo,Bruno,Eduardo,Felipe,Raimundo,Rodrigo,Manoel,Adriana,Juliana,Márcia,Fernanda,Patrícia,Aline,Sandra,Camila,Amanda,Bruna,Jéssica,Letícia,Júlia,Luciana,Vanessa,Mariana,Gabriela,Vera,Vitória,Larissa,Cláudia,Beatriz,Rita,Luana,Sônia,Renata,Eliane,Zilda,Wagner,Ubiratan}'::text[]"
	lastNames  = "'{Silva,Santos,Oliveira,Souza,Pereira,Costa,Rodrigues,Almeida,Nascimento,Lima,Araújo,Fernandes,Carvalho,Gomes,Martins,Rocha,Ribeiro,Alves,Monteiro,Mendes,Barros,Freitas,Barbosa,Pinto,Moura,Cavalcanti,Dias,Castro,Campos,Cardoso,Silveira,Marinho,Queirós,Teixeira,Vieira,Zanetti}'::text[]"
)

func columnsOf(table string) (names []string) {
	for _, t := range migrate.Tables {
		for _, column := range t.Columns {
			if t.Name == table {
				names = append(names, column.Name)
			}
		}
	}
	return names
}

// insert copies the first row that a table has, if it has one, once for each row of from, with other values in the columns named.
func insert(table, from string, columns map[string]string) string {
	var names, values []string
	for _, column := range columnsOf(table) {
		names = append(names, `"`+column+`"`)
		if value, set := columns[column]; set {
			values = append(values, value)
		} else {
			values = append(values, `"pattern"."`+column+`"`)
		}
	}
	where := ""
	if from, where, _ = strings.Cut(from, " WHERE "); where != "" {
		where = " WHERE " + where
	}
	return fmt.Sprintf(`INSERT INTO %q (%s) SELECT %s FROM %s LEFT JOIN (SELECT * FROM %q ORDER BY id LIMIT 1) AS "pattern" ON true%s`,
		table, strings.Join(names, ", "), strings.Join(values, ", "), from, table, where)
}

// unindexed does something to a table without those of its indexes that no constraint needs, and builds them again.
func unindexed(table, do string) []string {
	const lies = `WHERE i.indrelid = '%s'::regclass AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)`
	return []string{
		fmt.Sprintf(`CREATE TEMP TABLE lifted ON COMMIT DROP AS SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS built FROM pg_index i `+lies, table),
		`DO $$ DECLARE one record; BEGIN FOR one IN SELECT * FROM lifted LOOP EXECUTE 'DROP INDEX ' || one.name; END LOOP; END $$`,
		do,
		`DO $$ DECLARE one record; BEGIN FOR one IN SELECT * FROM lifted LOOP EXECUTE one.built; END LOOP; END $$`,
		`DROP TABLE lifted`,
	}
}

// Somebody is the nth customer of the crowd.
func (o *Office) Somebody(n int) (who *ent.Customer) {
	o.T.Helper()
	o.Read(func(ctx context.Context, c *ent.Client) (err error) {
		who, err = c.Customer.Query().Where(customer.Number(int64(100 + n))).Only(ctx)
		return err
	})
	return who
}
