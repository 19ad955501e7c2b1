package customers_test

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"enlace/ent"
	"enlace/ent/predicate"
	"enlace/ent/searchword"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/customers"
	"enlace/tenants/tenanttest"
)

// TestASearchLeavesNobodyOut compares what is found with what a reading of all words of all customers finds, among more customers of one
// word than any page shows.
func TestASearchLeavesNobodyOut(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		first, last := []string{"Maria", "Mariana", "Ana", "José", "Zé"}, []string{"Silva", "Silveira", "da Silva", "Sá", "Souza"}
		var all []*ent.Customer
		words := map[string][]string{}
		err := o.DB.Write(o.Ctx(), func(ctx context.Context, c *ent.Client) error {
			for i := range 120 {
				r := customers.Registration{Kind: "pf", Name: first[i%5] + " " + last[i/5%5] + []string{"", " Maria"}[i%2], Document: fmt.Sprintf("%011d", i*7919),
					Birth: calendar.On(1990, 3, 14), Phones: []string{fmt.Sprintf("+559198%07d", i*31)}}
				who, err := customers.Add(ctx, c, o.DB.Now(), r)
				if err != nil {
					return err
				}
				if i%9 == 4 {
					who = who.Update().SetActive(false).SaveX(ctx)
				}
				all = append(all, who)
				words[who.ID.String()] = c.SearchWord.Query().Where(searchword.CustomerID(who.ID)).Select(searchword.FieldWord).StringsX(ctx)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		slices.SortFunc(all, func(a, b *ent.Customer) int {
			return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Number, b.Number))
		})
		rapid.Check(t, func(t *rapid.T) {
			asked := rapid.SliceOfN(rapid.SampledFrom([]string{"m", "ma", "maria", "mariana", "s", "silv", "silva", "jose", "z", "a", "an", "919", "98", "x", "sa", "559"}), 1, 3).Draw(t, "asked")
			n := rapid.IntRange(1, 130).Draw(t, "n")
			query := strings.Join(asked, " ")
			if !strings.ContainsFunc(query, unicode.IsLetter) { // figures are one word, and may be a number
				asked = []string{strings.Join(asked, "")}
			}
			var want, listed, got, shown []string
			for _, who := range all {
				meant := len(asked) == 1 && fmt.Sprint(who.Number) == asked[0]
				meant = meant || !slices.ContainsFunc(asked, func(word string) bool {
					return !slices.ContainsFunc(words[who.ID.String()], func(has string) bool { return strings.HasPrefix(has, word) })
				})
				if meant && len(want) < n {
					want = append(want, fmt.Sprint(who.Number, " ", who.Name))
				}
				if meant && who.Active {
					listed = append(listed, fmt.Sprint(who.Number, " ", who.Name))
				}
			}
			if err := o.DB.Read(o.Ctx(), func(ctx context.Context, c *ent.Client) error {
				found, err := customers.Search(ctx, c, query, n)
				for _, who := range found {
					got = append(got, fmt.Sprint(who.Number, " ", who.Name))
				}
				return err
			}); err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(got, want) {
				t.Errorf("%q, the first %d, found %q, want %q", query, n, got, want)
			}
			list, err := (customers.Desk{DB: o.DB}).List(tenants.As(o.Ctx(), tenants.Actor{Kind: tenants.System}), customers.Filter{Query: query, Page: 1})
			if err != nil {
				t.Fatal(err)
			}
			for _, row := range list.Rows {
				shown = append(shown, fmt.Sprint(row.Customer.Number, " ", row.Customer.Name))
			}
			if first := listed[:min(len(listed), customers.PageSize)]; !slices.Equal(shown, first) || list.Total != min(len(listed), customers.PageSize+1) {
				t.Errorf("%q lists %q of %d, want %q of %d", query, shown, list.Total, first, len(listed))
			}
		})
	})
}

func TestTheListIsCountedUpToABound(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		for i := range 5 {
			form := person([]string{"529.982.247-25", "111.444.777-35", "390.533.447-05", "123.456.789-09", "987.654.321-00"}[i], "Maria")
			if _, err := add(o, o.Ctx(), form); err != nil {
				t.Fatal(err)
			}
		}
		for most, want := range map[int]int{2: 3, 4: 5, 9: 5} {
			err := o.DB.Read(o.Ctx(), func(ctx context.Context, c *ent.Client) error {
				counts, err := tenants.Count(ctx, most, tenants.RowsOf[predicate.Customer]("customers"), tenants.RowsOf[predicate.Contact]("contacts"))
				if err == nil && (counts[0] != want || counts[1] != min(10, most+1)) {
					t.Errorf("up to %d: %v", most, counts)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	})
}
