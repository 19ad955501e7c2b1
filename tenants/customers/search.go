package customers

import (
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
	"enlace/ent/searchword"
	"enlace/ent/subscription"
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
// Numbers of documents are found where they are kept: byNumber.
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

// candidates is how many customers the rarest word of a query may have before the rest of them is left out.
const candidates = 500

// Search finds customers of whom every word of the query begins some word, at most n, by name. An empty query finds none.
// Each word is a range over the index; row-level security would take the index from LIKE.
func Search(ctx context.Context, c *ent.Client, query string, n int) ([]*ent.Customer, error) {
	ids, err := matching(ctx, c, query)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	return c.Customer.Query().Where(customer.IDIn(ids...)).Order(customer.ByName(), customer.ByNumber()).Limit(n).All(ctx)
}

// matching finds whom a query means, in no order.
func matching(ctx context.Context, c *ent.Client, query string) ([]uuid.UUID, error) {
	wanted := asked(query)
	if len(wanted) == 0 {
		return nil, nil
	}
	// The longest word is the rarest: it gives the candidates, the others sift them.
	slices.SortFunc(wanted, func(a, b string) int { return len(b) - len(a) })
	var ids []uuid.UUID
	for i, word := range wanted {
		q := c.SearchWord.Query().Where(searchword.WordGTE(word), searchword.WordLT(after(word)))
		if i > 0 {
			q = q.Where(searchword.CustomerIDIn(ids...))
		}
		rows, err := q.Limit(candidates).All(ctx)
		if err != nil {
			return nil, err
		}
		ids = ids[:0]
		for _, row := range rows {
			ids = append(ids, row.CustomerID)
		}
		if len(ids) == 0 {
			break
		}
	}
	numbered, err := byNumber(ctx, c, wanted)
	if err != nil {
		return nil, err
	}
	return append(ids, numbered...), nil
}

// after is the first word that no longer begins with prefix. Words are ASCII, so the last letter can always be raised.
func after(prefix string) string {
	return prefix[:len(prefix)-1] + string(rune(prefix[len(prefix)-1]+1))
}
