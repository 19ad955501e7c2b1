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
// left out, however many a word means: whom the rarest word means is read by name in the index alone. Who has it whole stand there in order,
// and are walked through until there are n; of whom it only begins a word of theirs no more is read than could come before the last of these.
func Search(ctx context.Context, c *ent.Client, query string, n int) ([]*ent.Customer, error) {
	wanted, err := rarestFirst(ctx, asked(query))
	if err != nil || len(wanted) == 0 {
		return nil, err
	}
	rarest, others := wanted[0], wanted[1:]
	found, err := byName(ctx, c, append(looked(others), searchword.Word(rarest)), n)
	if err != nil {
		return nil, err
	}
	begins := append(alsoHave(others), longer(rarest))
	if len(found) == n {
		begins = append(looked(others), longer(rarest), searchword.NameLTE(found[n-1].Name))
	}
	more, err := byName(ctx, c, begins, n)
	if err != nil {
		return nil, err
	}
	var ids []uuid.UUID
	for _, one := range append(found, more...) {
		ids = append(ids, one.CustomerID)
	}
	if numbers := numbered(wanted); numbers != nil {
		whose, err := c.Customer.Query().Where(tenants.Among[predicate.Customer](customer.FieldID, numbers)).IDs(ctx)
		if err != nil {
			return nil, err
		}
		ids = append(ids, whose...)
	}
	return c.Customer.Query().Where(customer.IDIn(ids...), stated).Order(customer.ByName(), customer.ByID()).Limit(n).All(ctx)
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

// alsoHave says of a word that its customer has others that begin so too. All of these are found first, once: for who wants everybody.
func alsoHave(wanted []string) (others []predicate.SearchWord) {
	for _, word := range wanted {
		others = append(others, tenants.Among[predicate.SearchWord](searchword.FieldCustomerID, begun(word)))
	}
	return others
}

// looked says the same, and has it looked up word after word: for who wants the first of them.
func looked(wanted []string) (others []predicate.SearchWord) {
	for _, word := range wanted {
		others = append(others, tenants.Looked[predicate.SearchWord](searchword.FieldCustomerID, searchword.Table, searchword.FieldCustomerID,
			searchword.WordGTE(word), searchword.WordLT(after(word))))
	}
	return others
}

// longer are the words that a word begins, itself apart.
func longer(word string) predicate.SearchWord {
	return searchword.And(searchword.WordGT(word), searchword.WordLT(after(word)))
}

// named is a customer by the name the index is in order of.
type named struct {
	Name       string
	CustomerID uuid.UUID `json:"customer_id"`
}

// byName finds the first n customers, by name, who have such a word.
func byName(ctx context.Context, c *ent.Client, where []predicate.SearchWord, n int) (found []named, err error) {
	return found, c.SearchWord.Query().Where(where...).Unique(true).Order(searchword.ByName(), searchword.ByCustomerID()).Limit(n).
		Select(searchword.FieldName, searchword.FieldCustomerID).Scan(ctx, &found)
}

// upTo is a name up to which there are n customers, in use or not, whom the words of a query mean, rarest first; "" where it is not known.
func upTo(ctx context.Context, c *ent.Client, wanted []string, n int, active bool) (string, error) {
	if len(wanted) == 0 {
		return "", nil
	}
	used := tenants.Looked[predicate.SearchWord](searchword.FieldCustomerID, customer.Table, customer.FieldID, customer.Active(active))
	names, err := c.SearchWord.Query().Where(append(looked(wanted[1:]), used, searchword.Word(wanted[0]))...).Order(searchword.ByName()).Offset(n - 1).Limit(1).
		Select(searchword.FieldName).Strings(ctx)
	if err != nil || len(names) == 0 {
		return "", err
	}
	return names[0], nil
}

// meant says whom the words of a query mean, rarest first, in no order: all of them, or with a name those who stand up to it. No words mean
// nobody. Whom several mean is found first, by the words alone: of the customers there are many, and of those who have all the words few.
func meant(wanted []string, upTo string) predicate.Customer {
	if len(wanted) == 0 {
		return customer.IDIn()
	}
	others := alsoHave(wanted[1:])
	if upTo != "" {
		others = append(looked(wanted[1:]), searchword.NameLTE(upTo))
	}
	ids, numbers := begun(wanted[0], others...), numbered(wanted)
	if len(others) > 0 && numbers == nil {
		return tenants.First[predicate.Customer](customer.FieldID, ids)
	}
	return tenants.Among[predicate.Customer](customer.FieldID, append(ids, numbers...))
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
