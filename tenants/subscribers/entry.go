package subscribers

import (
	"cmp"
	"context"
	"strings"
	"unicode"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/telegramlink"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/history"
)

// Caller is who writes to the bot from a chat, before anybody knows who that is.
type Caller struct {
	Chat   int64
	Person string // what Telegram calls them, for the office to tell one chat from another; it proves nothing
}

// Entry is how it ended when somebody asked to be let in. A refusal is counted where it is made, so it is an answer and no fault: a fault
// would undo the counting. No refusal depends on whether the ISP has a customer of a number.
type Entry struct {
	Customers []*ent.Customer // whom the chat may see from now on
	Refused   Refusal         // "": let in, or a proof is still asked for
}

// Refusal is why nobody is let in.
type Refusal string

// The refusals.
const (
	DeadLink  Refusal = "dead_link"  // used, too old, taken back, of another ISP, or never ours
	NotOwn    Refusal = "not_own"    // the card is somebody else's
	NotProven Refusal = "not_proven" // the proof does not belong to it, or there was nothing to be proven
	Shut      Refusal = "shut"       // too much was refused today
	Nothing   Refusal = "nothing"    // of a CPF alone: nothing to pay, be it a customer's or not
	NoCPF     Refusal = "no_cpf"     // what was written is no CPF or CNPJ at all
)

// tie lets a chat see a customer, and keeps how it was let in. One that may already has nothing new to be told of.
func (d Desk) tie(ctx context.Context, c *ent.Client, caller Caller, customer *ent.Customer, way telegramlink.Way) error {
	there, err := c.TelegramLink.Query().Where(telegramlink.ChatID(caller.Chat), telegramlink.CustomerID(customer.ID), telegramlink.EndedAtIsNil()).Exist(ctx)
	if err != nil || there {
		return err
	}
	wishes, err := c.TelegramLink.Query().Where(telegramlink.ChatID(caller.Chat), telegramlink.EndedAtIsNil()).First(ctx) // a chat has one wish for all it sees
	if err != nil && !ent.IsNotFound(err) {
		return err
	}
	var silenced []string
	if wishes != nil {
		silenced = wishes.Silenced
	}
	id, now := uuid.Must(uuid.NewV7()), d.DB.Now()
	err = c.TelegramLink.Create().SetSilenced(silenced).SetID(id).SetChatID(caller.Chat).SetPerson(called(caller.Person)).SetCustomerID(customer.ID).SetWay(way).SetLinkedAt(now).
		OnConflict().DoNothing().Exec(ctx)
	if tenants.WasThere(err) { // by another link, at the same moment
		return nil
	} else if err != nil {
		return err
	}
	return history.Write(ctx, c, now, history.Entry{Customer: customer.ID, Subject: "telegram_link", ID: id, Event: linkedBy[way]})
}

var linkedBy = map[telegramlink.Way]string{telegramlink.WayShown: "telegram_linked", telegramlink.WayPrinted: "telegram_linked_by_paper", telegramlink.WayPhone: "telegram_linked_by_phone"}

// mostCalled is how many letters of a name are kept.
const mostCalled = 64

// called is a name as Telegram gives it, in one line of what can be printed.
func called(person string) string {
	person = strings.Join(strings.FieldsFunc(person, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) }), " ")
	letters := []rune(strings.ToValidUTF8(person, ""))
	return string(letters[:min(len(letters), mostCalled)])
}

// proofDigits is how much of a CPF or CNPJ proves, beside a telephone that is on record, that one is its holder.
const proofDigits = 3

// provesDocument says whether what was written is the end of the customer's CPF or CNPJ, or all of it.
func provesDocument(of *ent.Customer, written string) bool {
	written = strings.ToUpper(strings.NewReplacer(".", "", "-", "", "/", "", " ", "").Replace(written))
	return len(written) == proofDigits && strings.HasSuffix(of.Document, written) || written == of.Document
}

// provesBirth says whether what was written is the day on which the customer was born; nobody was born on no day.
func provesBirth(of *ent.Customer, written string) bool {
	day, err := calendar.ParseTyped(strings.NewReplacer(".", "/", "-", "/", " ", "").Replace(written))
	return err == nil && !of.Birth.IsZero() && day == of.Birth
}

// masked is a name of which somebody who knows it recognizes it, and nobody else learns it: M•••• D•••.
func masked(name string) string {
	words := strings.Fields(name)
	for i, word := range words {
		letters := []rune(word)
		words[i] = string(letters[0]) + strings.Repeat("•", min(4, len(letters)-1))
	}
	return cmp.Or(strings.Join(words, " "), "•")
}
