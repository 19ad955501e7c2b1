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
	return c.SearchWord.CreateBulk(wordRows(c, id, who.Name, nil, texts)...).Exec(ctx)
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
func wordRows(c *ent.Client, id uuid.UUID, name string, has map[string]bool, texts []string) (rows []*ent.SearchWordCreate) {
	all := words(strings.Join(texts, " "))
	slices.Sort(all)
	for _, word := range slices.Compact(all) {
		if !has[word] {
			rows = append(rows, c.SearchWord.Create().SetCustomerID(id).SetWord(word).SetName(name))
		}
	}
	return rows
}

// Search finds the customers of whom every word of the query begins some word, by name, the first n. An empty query finds none. None is
// left out, however many a word means: whom the rarest word means is read by name in the index alone, what it means whole apart from what
// it begins, for of the first there may be ten thousand and the index has them in order.
func Search(ctx context.Context, c *ent.Client, query string, n int) ([]*ent.Customer, error) {
	wanted, err := rarestFirst(ctx, asked(query))
	if err != nil || len(wanted) == 0 {
		return nil, err
	}
	rarest, others := wanted[0], alsoHave(wanted[1:])
	var found []uuid.UUID
	for _, spelt := range [][]predicate.SearchWord{{searchword.Word(rarest)}, {searchword.WordGT(rarest), searchword.WordLT(after(rarest))}} {
		ids, err := byName(ctx, c, append(spelt, others...), n)
		if err != nil {
			return nil, err
		}
		found = append(found, ids...)
	}
	if numbers := numbered(wanted); numbers != nil {
		ids, err := c.Customer.Query().Where(tenants.Among[predicate.Customer](customer.FieldID, numbers)).IDs(ctx)
		if err != nil {
			return nil, err
		}
		found = append(found, ids...)
	}
	return c.Customer.Query().Where(customer.IDIn(found...), stated).Order(customer.ByName(), customer.ByID()).Limit(n).All(ctx)
}

// few is up to how many words each of a query is counted, to know which is the rarest.
const few = 4_000

// rarestFirst puts the words of a query in order: first the one that begins the fewest, of those that begin many the longest.
func rarestFirst(ctx context.Context, wanted []string) ([]string, error) {
	if len(wanted) < 2 {
		return wanted, nil
	}
	sets := make([]tenants.Rows, len(wanted))
	for i, word := range wanted {
		sets[i] = tenants.RowsOf(searchword.Table, searchword.WordGTE(word), searchword.WordLT(after(word)))
	}
	found, err := tenants.Count(ctx, few, sets...)
	if err != nil {
		return nil, err
	}
	counts := map[string]int{}
	for i, word := range wanted {
		counts[word] = found[i]
	}
	slices.SortStableFunc(wanted, func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[a], counts[b]), cmp.Compare(len(b), len(a)))
	})
	return wanted, nil
}

// alsoHave says of a word that its customer has others that begin so too.
func alsoHave(wanted []string) (others []predicate.SearchWord) {
	for _, word := range wanted {
		others = append(others, tenants.Among[predicate.SearchWord](searchword.FieldCustomerID, begun(word)))
	}
	return others
}

// byName finds the first n customers, by name, who have such a word.
func byName(ctx context.Context, c *ent.Client, where []predicate.SearchWord, n int) (ids []uuid.UUID, err error) {
	var rows []struct {
		Name       string
		CustomerID uuid.UUID `json:"customer_id"`
	}
	err = c.SearchWord.Query().Where(where...).Unique(true).Order(searchword.ByName(), searchword.ByCustomerID()).Limit(n).
		Select(searchword.FieldName, searchword.FieldCustomerID).Scan(ctx, &rows)
	for _, row := range rows {
		ids = append(ids, row.CustomerID)
	}
	return ids, err
}

// meant says whom a query means, all of them, in no order; one that asks for nothing means nobody. Whom several words mean is found first, by
// the words alone: of the customers there are many, and of those who have all the words few.
func meant(ctx context.Context, query string) (predicate.Customer, error) {
	wanted, err := rarestFirst(ctx, asked(query))
	switch {
	case err != nil:
		return nil, err
	case len(wanted) == 0:
		return customer.IDIn(), nil
	case len(wanted) == 1:
		return tenants.Among[predicate.Customer](customer.FieldID, append(begun(wanted[0]), numbered(wanted)...)), nil
	}
	return tenants.Among[predicate.Customer](customer.FieldID, begun(wanted[0], alsoHave(wanted[1:])...).First()), nil
}

// begun are those who have a word that begins so, and is as which says: a range over the index, for row-level security would take the index
// from LIKE.
func begun(word string, which ...predicate.SearchWord) tenants.IDs {
	return tenants.IDsIn(searchword.Table, searchword.FieldCustomerID, append(which, searchword.WordGTE(word), searchword.WordLT(after(word)))...)
}

// after is the first word that no longer begins with prefix. Words are ASCII, so the last letter can always be raised.
func after(prefix string) string {
	return prefix[:len(prefix)-1] + string(rune(prefix[len(prefix)-1]+1))
}
