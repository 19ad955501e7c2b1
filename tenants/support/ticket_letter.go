package support

import (
	"context"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/ticket"
	"enlace/tenants"
)

// A letter has no buttons: what the bot offers under what it says of a ticket, to follow it, to answer and to give a mark, a letter offers by a
// link. Whoever has the letter may do in that ticket what its subscriber may, and nothing else.

// forLetter is what the vault is told the secret of such a link is for.
const forLetter = "ticket letter"

// lettered is how long after its end a ticket can still be opened by the link of a letter.
const lettered = 30 * 24 * time.Hour

// link is the address of a ticket's page for its subscriber; "" where nobody has told this desk the ISP's own.
func (d Desk) link(ctx context.Context, row *ent.Ticket) (string, error) {
	if d.Vault == nil || d.Site == nil {
		return "", nil
	}
	isp, _ := tenants.From(ctx)
	secret, err := d.Vault.Seal(ctx, forLetter, string(row.ID[:])+string(row.CustomerID[:]))
	return d.Site(isp.Slug) + "protocolo/" + secret, err
}

// byLetter is the context in which the holder of a link acts, and the ticket it is of. It returns the same NotFound for a link that nobody here has
// written, and for a ticket that is another's by now or was over too long ago.
func (d Desk) byLetter(ctx context.Context, c *ent.Client, secret string) (context.Context, *ent.Ticket, error) {
	opened, err := d.Vault.Open(ctx, forLetter, secret)
	if err != nil || len(opened) != 2*len(uuid.UUID{}) {
		return nil, nil, tenants.NotFound()
	}
	of, holder := uuid.UUID([]byte(opened[:16])), uuid.UUID([]byte(opened[16:]))
	row, err := c.Ticket.Query().Where(ticket.ID(of), ticket.CustomerID(holder), ticket.StatusNEQ(ticket.StatusRascunho),
		ticket.Or(ticket.ClosedAtIsNil(), ticket.ClosedAtGT(d.DB.Now().Add(-lettered)))).Only(ctx)
	if err != nil {
		return nil, nil, missing(err)
	}
	who, err := customerOf(ctx, c, holder)
	if err != nil {
		return nil, nil, err
	}
	return tenants.As(ctx, tenants.Actor{Kind: tenants.Subscriber, ID: who.ID, Name: who.Name, Channel: tenants.Web}), row, nil
}

// ByLetter reads a ticket with what was last said in it, for who opened the link of a letter. It returns the NotFound of byLetter.
func (d Desk) ByLetter(ctx context.Context, secret string) (f *Followed, err error) {
	return f, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		by, row, err := d.byLetter(ctx, c, secret)
		if err != nil {
			return err
		}
		f, err = d.Follow(by, row.ID)
		return err
	})
}

// Lettered is what somebody sends by the link of a letter.
type Lettered struct {
	Secret string
	Mark   int    // of RateByLetter, from 1 to BestRating
	Text   string // of ReplyByLetter; of RateByLetter what is said about the mark, or ""
	Key    string // of the form
}

// RateByLetter is Rate, with Comment where something is said, by the link of a letter. It returns Invalid of nota, and NotFound also for a ticket that
// is not over.
func (d Desk) RateByLetter(ctx context.Context, in Lettered) error {
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		by, row, err := d.byLetter(ctx, c, in.Secret)
		if err != nil {
			return err
		}
		if row, err = d.Rate(by, row.ID, in.Mark); err != nil || in.Text == "" {
			return err
		}
		_, err = d.Comment(by, row.ID, in.Text)
		return err
	})
}

// ReplyByLetter is Reply by the link of a letter; the same form sent twice says it once. It returns Invalid of texto, Conflict ticket_old, and NotFound.
func (d Desk) ReplyByLetter(ctx context.Context, in Lettered) error {
	_, err := d.DB.Once(ctx, "reply_by_letter", in.Key, in, func(ctx context.Context, c *ent.Client) (string, error) {
		by, row, err := d.byLetter(ctx, c, in.Secret)
		if err != nil {
			return "", err
		}
		_, err = d.Reply(by, row.ID, in.Text)
		return row.ID.String(), err
	})
	return err
}
