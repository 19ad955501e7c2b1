// Package subscribers is who may talk in a chat of Telegram, and what he may see and do there: the links that tie a chat to a customer and the proofs
// they ask for, where a conversation stands, and what a customer sees of his own. The doors (bot, web) ask here; none of them decides. The bot
// itself, and how it speaks, is tenants/bots.
package subscribers

import (
	"context"
	"strings"

	"enlace/ent"
	"enlace/tenants"
)

// Desk is where subscribers are let in.
type Desk struct {
	DB    *tenants.DB
	Vault *tenants.Vault
	Site  func(slug string) string // address of an ISP's pages, as of contracts.Desk
}

// As returns a context in which the customer does what follows, through the bot. The caller has it from CustomersOf: nothing else makes
// somebody a customer.
func As(ctx context.Context, customer *ent.Customer) context.Context {
	return tenants.As(ctx, tenants.Actor{Kind: tenants.Subscriber, ID: customer.ID, Name: customer.Name, Channel: tenants.Telegram})
}

// FirstName is how the bot calls somebody.
func FirstName(customer *ent.Customer) string {
	first, _, _ := strings.Cut(strings.TrimSpace(customer.Name), " ")
	return first
}

// me is the customer who asks, or NotFound for anybody else: staff see customers in the office, not from here.
func me(ctx context.Context) (tenants.Actor, error) {
	who := tenants.Who(ctx)
	if who.Kind != tenants.Subscriber {
		return who, tenants.NotFound()
	}
	return who, nil
}
