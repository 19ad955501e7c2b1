package bots

import (
	"context"
	"slices"
	"strconv"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/catalog"
	"enlace/tenants/history"
	"enlace/tenants/messages"
	"enlace/tenants/staff"
)

// Feature is something the bot offers, which an ISP may switch off.
type Feature string

// The features, in the order of the page. Invoices, the record and the way out are no choice: a subscriber has a right to them.
const (
	Booklets  Feature = "carne"
	Support   Feature = "suporte"
	Attendant Feature = "atendente"
	Contract  Feature = "contrato"
	NewPlan   Feature = "plano"
	NewDueDay Feature = "vencimento"
	Contest   Feature = "contestar"
)

// Unblock is no choice of the page: the rules of the ISP and the operator of Enlace have its two switches (product.md §2.10).
const Unblock Feature = "desbloquear"

// Features are all of them.
var Features = []Feature{Booklets, Support, Attendant, Contract, NewPlan, NewDueDay, Contest}

// Face is what the ISP has chosen of its bot: its words, what it offers, and when it is quiet.
type Face struct {
	Greeting  string // in the place of the bot's own, behind the name; "": the bot's own
	Contact   string // how else the ISP is reached; "" for nothing
	Farewell  string // to who unlinks the chat; "": the bot's own
	Off       []Feature
	Quiet     messages.Quiet
	TalkHours int // without a word after which the bot speaks again
}

// Offers says whether the bot offers something.
func (f Face) Offers(what Feature) bool { return !slices.Contains(f.Off, what) }

// How long the texts and hours of a face may be.
const (
	mostGreeting  = 200 // letters
	mostContact   = 300
	mostFarewell  = 200
	mostTalkHours = 72
)

// DefaultTalk is how many hours without a word end a talk with the office where the ISP has not said.
const DefaultTalk = 12

// FaceOf is the face of a bot; of none, nil, the default one.
func FaceOf(row *ent.TelegramBot) Face {
	if row == nil {
		return Face{Quiet: messages.Default, TalkHours: DefaultTalk}
	}
	f := Face{Greeting: row.Greeting, Contact: row.Contact, Farewell: row.Farewell, Quiet: messages.Quiet{From: row.QuietFrom, Until: row.QuietUntil}, TalkHours: row.TalkHours}
	for _, one := range row.Off {
		if slices.Contains(Features, Feature(one)) {
			f.Off = append(f.Off, Feature(one))
		}
	}
	return f
}

// Face reads it, for the bot. An ISP without a bot has the default one.
func (d Desk) Face(ctx context.Context) (f Face, err error) {
	return f, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		row, err := Of(ctx, c)
		if err == nil {
			f, err = faceOf(ctx, c, row)
		}
		return err
	})
}

// faceOf is FaceOf with Unblock off where the ISP's rules or the operator do not offer it.
func faceOf(ctx context.Context, c *ent.Client, row *ent.TelegramBot) (Face, error) {
	f := FaceOf(row)
	policy, err := catalog.Policy(ctx, c)
	if isp, _ := tenants.From(ctx); err == nil && !(isp.TrustSelfService && policy.TrustSubscriber) {
		f.Off = append(f.Off, Unblock)
	}
	return f, err
}

// QuietHours are those of the ISP's bot, in the caller's transaction.
func QuietHours(ctx context.Context, c *ent.Client) (messages.Quiet, error) {
	row, err := Of(ctx, c)
	return FaceOf(row).Quiet, err
}

// Typed is a face as its form and its history show it.
func (f Face) Typed() tenants.Typed {
	t := tenants.Typed{"nome": "Bot", "saudacao": f.Greeting, "contato": f.Contact, "despedida": f.Farewell, "silencio_de": strconv.Itoa(f.Quiet.From),
		"silencio_ate": strconv.Itoa(f.Quiet.Until), "conversa_horas": strconv.Itoa(f.TalkHours)}
	for _, one := range Features {
		t["bot_"+string(one)] = map[bool]string{true: "true", false: ""}[f.Offers(one)]
	}
	return t
}

// ReadFace reads the form of a face.
func ReadFace(t tenants.Typed, wrong *tenants.Fields) (f Face) {
	f = Face{Greeting: t.Long(wrong, "saudacao", mostGreeting), Contact: t.Long(wrong, "contato", mostContact), Farewell: t.Long(wrong, "despedida", mostFarewell),
		Quiet: messages.Quiet{From: t.RequiredInt(wrong, "silencio_de", 0, 23), Until: t.RequiredInt(wrong, "silencio_ate", 0, 23)}, TalkHours: t.RequiredInt(wrong, "conversa_horas", 1, mostTalkHours)}
	for _, one := range Features {
		if !t.Yes("bot_" + string(one)) {
			f.Off = append(f.Off, one)
		}
	}
	return f
}

// SetFace changes it, and tells what changed in the history of the settings. It returns Conflict no_bot while the ISP has none, and Denied without
// Configure.
func (d Desk) SetFace(ctx context.Context, f Face) error {
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Configure); err != nil {
			return err
		}
		row, err := Of(ctx, c)
		if err != nil {
			return err
		}
		if row == nil {
			return tenants.Conflict("no_bot")
		}
		off := []string{}
		for _, one := range Features {
			if !f.Offers(one) {
				off = append(off, string(one))
			}
		}
		before, after := FaceOf(row).Typed(), f.Typed()
		was, is := map[string]any{}, map[string]any{}
		for field, now := range after {
			if before[field] != now {
				was[field], is[field] = before[field], now
			}
		}
		if len(is) == 0 {
			return nil
		}
		err = row.Update().SetGreeting(f.Greeting).SetContact(f.Contact).SetFarewell(f.Farewell).SetOff(off).SetQuietFrom(f.Quiet.From).SetQuietUntil(f.Quiet.Until).
			SetTalkHours(f.TalkHours).Exec(ctx)
		if err != nil {
			return err
		}
		return history.Write(ctx, c, d.DB.Now(), history.Entry{Subject: "telegram_bot", ID: row.ID, Event: "setting_changed", Before: was, After: is})
	})
}
