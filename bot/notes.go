package bot

import (
	"encoding/base64"
	"strings"

	"github.com/google/uuid"

	"enlace/bot/wire"
	"enlace/ent"
	"enlace/tenants"
)

// notes is an answer: what is said, in order. It is kept as JSON until it is said.
type notes []note

// note is one message, one message written anew, one paper, one file of the subscriber's to be kept, or the answer to the pressing of a button.
type note struct {
	Press string `json:"press,omitempty"` // answers this one, with Text for a moment on top
	Text  string `json:"text,omitempty"`
	Keys  keys   `json:"keys,omitempty"`
	Edit  int    `json:"edit,omitempty"` // the message written anew
	Paper *paper `json:"paper,omitempty"`
	Keep  *keep  `json:"keep,omitempty"` // and then Text is said
}

// paper is a PDF, a picture or a file, made when it is sent.
type paper struct {
	Kind     string    `json:"kind"`
	ID       uuid.UUID `json:"id"`
	Customer uuid.UUID `json:"customer"` // whose it is
}

// keys are the buttons under a message, row by row.
type keys [][]key

type key struct {
	Label string `json:"label"`
	Code  string `json:"code"`
}

// row is buttons beside each other.
func row(k ...key) []key { return k }

// board is the keys as the wire takes them.
func (k keys) board() (b wire.Board) {
	for _, line := range k {
		var buttons []wire.Button
		for _, one := range line {
			switch one.Code {
			case toShare:
				return wire.Board{Share: one.Label}
			case toUnshare:
				return wire.Board{Unshare: true}
			}
			buttons = append(buttons, wire.Button{Label: one.Label, Code: one.Code})
		}
		b.Rows = append(b.Rows, buttons)
	}
	return b
}

// code is what a button stands for: what to do, for which customer, with which thing. It is a question, never a right: whether the chat may
// is asked when the button is pressed.
type code struct {
	below           bool // the message with the button stays as it is
	verb            string
	customer, thing uuid.UUID
}

// mark of a code that is below, before its verb.
const below = "+"

// String is at most 56 letters; Telegram takes 64.
func (c code) String() string {
	text := c.verb
	if c.below {
		text = below + text
	}
	if c.customer != uuid.Nil {
		text += "." + short(c.customer)
	}
	if c.thing != uuid.Nil {
		text += "." + short(c.thing)
	}
	return text
}

func short(id uuid.UUID) string { return base64.RawURLEncoding.EncodeToString(id[:]) }

// parseCode reads what String wrote, or returns NotFound.
func parseCode(text string) (c code, err error) {
	parts := strings.Split(text, ".")
	c.verb, c.below = strings.CutPrefix(parts[0], below)
	if len(parts) > 3 {
		return c, tenants.NotFound()
	}
	ids := []*uuid.UUID{&c.customer, &c.thing}
	for i, part := range parts[1:] {
		raw, err := base64.RawURLEncoding.Strict().DecodeString(part)
		if err != nil || len(raw) != len(uuid.UUID{}) {
			return c, tenants.NotFound()
		}
		*ids[i] = uuid.UUID(raw)
	}
	return c, nil
}

// press is a button that does something.
func press(label, verb string) key { return key{label, code{verb: verb}.String()} }

// of is a button that does something of a customer's, with a thing of his if one is given.
func (k key) of(customer *ent.Customer, thing uuid.UUID) key {
	return key{k.Label, code{verb: k.Code, customer: customer.ID, thing: thing}.String()}
}

// below are keys under what is to be kept, as a code of Pix or a protocol: what they lead to is said beneath it, and not in its place.
func (k keys) below() keys {
	all := make(keys, len(k))
	for i, line := range k {
		for _, one := range line {
			all[i] = append(all[i], key{one.Label, below + one.Code})
		}
	}
	return all
}

// is finds a customer by id.
func is(id uuid.UUID) func(*ent.Customer) bool {
	return func(c *ent.Customer) bool { return c.ID == id }
}
