package customers

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/address"
	"enlace/ent/contact"
	"enlace/ent/customer"
	"enlace/ent/networklogin"
	"enlace/ent/predicate"
	"enlace/ent/searchword"
	"enlace/ent/subscription"
	"enlace/tenants"
	"enlace/tenants/brazil"
)

// words splits a text into what it is found by: accent-blind, small letters and digits.
func words(text string) []string {
	plain, _ := brazil.ASCII(text)
	return strings.FieldsFunc(strings.ToLower(plain), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
}

// asked is what a query asks for. Figures without a letter, a CPF or a telephone typed with dots, are one word.
func asked(query string) []string {
	typed := words(query)
	if len(typed) > 1 && !strings.ContainsFunc(query, unicode.IsLetter) {
		return []string{strings.Join(typed, "")}
	}
	return typed
}

// Index writes anew the words a customer is found by: names, document, telephones, e-mails, logins and addresses.
// Numbers of documents are found where they are kept: numbered.
func Index(ctx context.Context, c *ent.Client, id uuid.UUID) error {
	who, err := c.Customer.Get(ctx, id)
	if err != nil {
		return err
	}
	contacts, err := c.Contact.Query().Where(contact.CustomerID(id)).All(ctx)
	if err != nil {
		return err
	}
	var values []string
	for _, one := range contacts {
		values = append(values, one.Value)
	}
	texts := foundBy(who.Name, who.TradeName, who.Document, who.Responsible, values)
	addresses, err := c.Address.Query().Where(address.CustomerID(id)).All(ctx)
	if err != nil {
		return err
	}
	for _, one := range addresses {
		texts = append(texts, read(one).FoundBy()...)
	}
	services, err := c.Subscription.Query().Where(subscription.CustomerID(id)).IDs(ctx)
	if err != nil {
		return err
	}
	logins, err := c.NetworkLogin.Query().Where(networklogin.SubscriptionIDIn(services...)).All(ctx)
	if err != nil {
		return err
	}
	for _, one := range logins {
		texts = append(texts, one.Login)
	}
	if _, err := c.SearchWord.Delete().Where(searchword.CustomerID(id)).Exec(ctx); err != nil {
		return err
	}
	return c.SearchWord.CreateBulk(wordRows(c, id, nil, texts)...).Exec(ctx)
}

// foundBy are the texts by which a customer is found, telephones in E.164 among the values of contacts.
func foundBy(name, tradeName, document, responsible string, contacts []string) []string {
	texts := []string{name, tradeName, document, responsible}
	for _, value := range contacts {
		if national, isPhone := strings.CutPrefix(value, "+55"); isPhone { // with and without its area code
			texts = append(texts, national, national[min(2, len(national)):])
		} else {
			texts = append(texts, value)
		}
	}
	return texts
}

// FoundBy are the texts of an address by which its customer is found.
func (a Address) FoundBy() []string { return []string{a.Street, a.Number, a.District, a.CEP} }

// wordRows are the words of some texts that a customer does not have yet, each once.
func wordRows(c *ent.Client, id uuid.UUID, has map[string]bool, texts []string) (rows []*ent.SearchWordCreate) {
	all := words(strings.Join(texts, " "))
	slices.Sort(all)
	for _, word := range slices.Compact(all) {
		if !has[word] {
			rows = append(rows, c.SearchWord.Create().SetCustomerID(id).SetWord(word))
		}
	}
	return rows
}

// Search finds the customers of whom every word of the query begins some word, the first n by name; those put out of use come last. An empty
// query finds none.
func Search(ctx context.Context, c *ent.Client, query string, n int) (found []*ent.Customer, err error) {
	where, err := meant(ctx, c, query)
	if err != nil {
		return nil, err
	}
	for _, active := range []bool{true, false} {
		rows, err := c.Customer.Query().Where(customer.Active(active), where, stated).Order(customer.ByName(), customer.ByNumber()).Limit(n - len(found)).All(ctx)
		if err != nil {
			return nil, err
		}
		if found = append(found, rows...); len(found) == n {
			break
		}
	}
	return found, nil
}

// few is up to how many words are looked through, each of them. Where every word of a query begins more, the customers themselves are asked,
// in the order in which they are shown: of what so many have, a page is soon full.
const few = 4_000

// meant says whom a query means, the rarest of its words first; one that asks for nothing means nobody.
func meant(ctx context.Context, c *ent.Client, query string) (predicate.Customer, error) {
	wanted := asked(query)
	if len(wanted) == 0 {
		return customer.IDIn(), nil
	}
	counts, err := countWords(ctx, wanted)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(wanted, func(a, b string) int { return cmp.Compare(counts[a], counts[b]) })
	var whom predicate.Customer
	if counts[wanted[0]] <= few {
		ids, err := haveAll(ctx, c, wanted)
		if err != nil {
			return nil, err
		}
		whom = customer.IDIn(ids...)
	} else {
		var all []predicate.Customer
		for _, word := range wanted {
			all = append(all, tenants.Has[predicate.Customer](customer.FieldID, searchword.Table, searchword.FieldCustomerID, searchword.WordGTE(word), searchword.WordLT(after(word))))
		}
		whom = customer.And(all...)
	}
	if numbers := numbered(wanted); numbers != nil {
		whom = customer.Or(whom, tenants.Among[predicate.Customer](customer.FieldID, numbers))
	}
	return whom, nil
}

// countWords counts how many words each of some begins, up to few and one more.
func countWords(ctx context.Context, wanted []string) (map[string]int, error) {
	sets := make([]tenants.Rows, len(wanted))
	for i, word := range wanted {
		sets[i] = tenants.RowsOf(searchword.Table, searchword.WordGTE(word), searchword.WordLT(after(word)))
	}
	found, err := tenants.Count(ctx, few, sets...)
	counts := map[string]int{}
	for i, n := range found {
		counts[wanted[i]] = n
	}
	return counts, err
}

// haveAll finds who has a word that the first begins, and of the others as well.
func haveAll(ctx context.Context, c *ent.Client, wanted []string) (ids []uuid.UUID, err error) {
	of := c.SearchWord.Query().Where(searchword.WordGTE(wanted[0]), searchword.WordLT(after(wanted[0])))
	for _, word := range wanted[1:] {
		of.Where(tenants.Has[predicate.SearchWord](searchword.FieldCustomerID, searchword.Table, searchword.FieldCustomerID, searchword.WordGTE(word), searchword.WordLT(after(word))))
	}
	var rows []struct {
		CustomerID uuid.UUID `json:"customer_id"`
	}
	err = of.Unique(true).Select(searchword.FieldCustomerID).Scan(ctx, &rows)
	for _, row := range rows {
		ids = append(ids, row.CustomerID)
	}
	return ids, err
}

// after is the first word that no longer begins with prefix: a range over the index, for row-level security would take the index from LIKE.
// Words are ASCII, so the last letter can always be raised.
func after(prefix string) string {
	return prefix[:len(prefix)-1] + string(rune(prefix[len(prefix)-1]+1))
}
