package customers

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/searchword"
	"enlace/tenants/history"
)

// Arrival is a customer who was another system's until now, with the address that is known of them; a zero one is none.
type Arrival struct {
	Registration
	Home Address
}

// atOnce is how many rows go into one statement: both stores take so many values, and more would not be faster.
const atOnce = 250

// Arrive is Add of many, in the caller's transaction: their documents are free, and what they name of the ISP's lists is there, as the caller
// has seen. from is where they come from, for the history.
func Arrive(ctx context.Context, c *ent.Client, now time.Time, from string, all []Arrival) error {
	for some := range slices.Chunk(all, atOnce) {
		if err := arrive(ctx, c, now, from, some); err != nil {
			return err
		}
	}
	return nil
}

func arrive(ctx context.Context, c *ent.Client, now time.Time, from string, some []Arrival) error {
	registrations := make([]Registration, len(some))
	for i, one := range some {
		registrations[i] = one.Registration
	}
	added, err := add(ctx, c, registrations)
	if err != nil {
		return err
	}
	var homes []*ent.AddressCreate
	var words []*ent.SearchWordCreate
	var told []history.Entry
	for i, one := range some {
		id := added[i].ID
		texts := foundBy(one.Name, one.TradeName, one.Document, one.Responsible, slices.Concat(one.Phones, one.Emails))
		if one.Home != (Address{}) {
			homes, texts = append(homes, one.Home.create(c, id)), append(texts, one.Home.FoundBy()...)
		}
		words = append(words, wordRows(c, id, one.Name, nil, texts)...)
		told = append(told, history.Entry{Customer: id, Subject: "customer", ID: id, Event: "customer_imported",
			After: map[string]any{"number": added[i].Number, "name": one.Name, "kind": one.Kind, "from": from}})
	}
	if err := c.Address.CreateBulk(homes...).Exec(ctx); err != nil {
		return err
	}
	if err := addWords(ctx, c, words); err != nil {
		return err
	}
	return history.WriteAll(ctx, c, now, told)
}

// FoundAlso adds words by which customers are found, beside those they have: the texts of each.
func FoundAlso(ctx context.Context, c *ent.Client, texts map[uuid.UUID][]string) error {
	ids := make([]uuid.UUID, 0, len(texts))
	for id := range texts {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b uuid.UUID) int { return slices.Compare(a[:], b[:]) })
	there, err := c.SearchWord.Query().Where(searchword.CustomerIDIn(ids...)).All(ctx)
	if err != nil {
		return err
	}
	has, names := map[uuid.UUID]map[string]bool{}, map[uuid.UUID]string{}
	for _, row := range there {
		if has[row.CustomerID] == nil {
			has[row.CustomerID] = map[string]bool{}
		}
		has[row.CustomerID][row.Word], names[row.CustomerID] = true, row.Name
	}
	var rows []*ent.SearchWordCreate
	for _, id := range ids {
		rows = append(rows, wordRows(c, id, names[id], has[id], texts[id])...)
	}
	return addWords(ctx, c, rows)
}

func addWords(ctx context.Context, c *ent.Client, rows []*ent.SearchWordCreate) error {
	for some := range slices.Chunk(rows, 1_000) {
		if err := c.SearchWord.CreateBulk(some...).Exec(ctx); err != nil {
			return err
		}
	}
	return nil
}
