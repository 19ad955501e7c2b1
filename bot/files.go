package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"enlace/bot/wire"
	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/subscribers"
	"enlace/tenants/support"
)

// sent is a file that somebody sent. Telegram keeps it until it is asked for.
type sent struct {
	kind string // sentPhoto, sentVoice or sentDocument
	id   string
	name string // "" where the sender gave none
	size int    // in bytes, as Telegram says
}

const sentPhoto, sentVoice, sentDocument = "photo", "voice", "document"

// keep is a file to be fetched from Telegram and kept in a ticket or with a contest. It is done outside the transaction of its update, and may be done again.
type keep struct {
	File     string    `json:"file"` // Telegram's id
	Name     string    `json:"name,omitempty"`
	Ticket   uuid.UUID `json:"ticket"`
	Contest  uuid.UUID `json:"contest"`
	Customer uuid.UUID `json:"customer"` // whose it is
	Key      string    `json:"key"`
}

// kept has the file of this update kept in a ticket, and says so.
func (v *visit) kept(in *ent.Ticket) note {
	return note{Text: fileKept(v.sent.kind, in), Keys: underTicket(in), Keep: v.keep(keep{Ticket: in.ID, Customer: in.CustomerID})}
}

// enclosed has it kept with a contest, and says so.
func (v *visit) enclosed(customer *ent.Customer, with uuid.UUID) note {
	return note{Text: fileEnclosed(v.sent.kind), Keys: keys{row(menuKey.of(customer, uuid.Nil))}.below(), Keep: v.keep(keep{Contest: with, Customer: customer.ID})}
}

// keep is the file of this update, for where it is to be kept.
func (v *visit) keep(in keep) *keep {
	in.File, in.Name, in.Key = v.sent.id, v.sent.name, fmt.Sprint("telegram/", v.update)
	return &in
}

// keep fetches a file and keeps it, if the chat may still see whom it is of, and says how that went.
func (s *speaker) keep(ctx context.Context, chat int64, n note) error {
	customers, err := s.desk.CustomersOf(ctx, chat)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(customers, is(n.Keep.Customer))
	if i < 0 {
		return nil
	}
	text := n.Text
	content, err := s.api.File(ctx, n.Keep.File)
	var refused *wire.Refusal
	switch {
	case errors.Is(err, wire.ErrLarge):
		text = fileLarge
	case errors.As(err, &refused) && refused.ForGood():
		text = fileGone
	case err != nil:
		return err
	default:
		err := s.receive(subscribers.As(ctx, customers[i]), support.Sent{Ticket: n.Keep.Ticket, Contest: n.Keep.Contest, Name: n.Keep.Name, Content: content, Key: n.Keep.Key})
		if fault := tenants.FaultOf(err); fault != nil {
			face, err := s.bots.Face(ctx)
			if err != nil {
				return err
			}
			text = fileRefused(fault, face)
		} else if err != nil {
			return err
		}
	}
	return s.api.Send(ctx, chat, text, n.Keys.board())
}

func (s *speaker) receive(ctx context.Context, in support.Sent) error {
	if in.Contest != uuid.Nil {
		return s.reception.support.Enclose(ctx, in)
	}
	_, err := s.reception.support.Receive(ctx, in)
	return err
}

// askedMore is that a ticket was just written in: files that follow belong to it.
const askedMore = "more"

// more notes that files that come next are for a ticket.
func (v *visit) more(ctx context.Context, row *ent.Ticket) error {
	return v.reception.subscribers.Await(ctx, v.chat, subscribers.Dialog{Step: askedMore, Data: map[string]string{"customer": row.CustomerID.String(), "ticket": row.ID.String()}})
}

// added keeps one more file in the ticket that was just written in.
func (v *visit) added(ctx context.Context, asked *subscribers.Dialog) (notes, error) {
	customer, id, ok := v.about(asked)
	if !ok {
		return v.stray(ctx)
	}
	f, err := v.reception.support.Follow(subscribers.As(ctx, customer), id)
	if err != nil {
		return nil, err
	}
	return notes{v.kept(f.Ticket)}, v.more(ctx, f.Ticket)
}

// stray answers to a file that nobody has asked for: it may be meant for a ticket.
func (v *visit) stray(ctx context.Context) (notes, error) {
	under, err := v.following(ctx)
	said := fileStray
	if len(under) == 0 {
		said = fileNowhere
	}
	return v.page(said.to(v.face), append(under, row(press(labelSupport, "suporte"), menuKey))), err
}

// about is the customer and the ticket that a question was about, if the chat may still see them.
func (v *visit) about(asked *subscribers.Dialog) (customer *ent.Customer, ticket uuid.UUID, ok bool) {
	ticket, err := uuid.Parse(asked.Data["ticket"])
	customer = v.holder(asked)
	return customer, ticket, customer != nil && err == nil
}
