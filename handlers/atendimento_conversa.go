package handlers

import (
	"cmp"
	"fmt"
	"net/url"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"enlace/tenants/support"
	"enlace/views"
)

// attended is for how long a page of a ticket asks for news by itself while there are none: whoever has left it is signed out in the end.
const attended = 20 * time.Minute

// conversation is the part of a ticket that changes while its page stands open. It asks for itself again, with what it has shown and when.
func (w *Web) conversation(c *fiber.Ctx, card *support.TicketCard) views.Conversa {
	zone, own := zoneOf(c), "/atendimentos/"+card.ID.String()
	v := views.Conversa{Own: own, Thread: ticketThread(card, zone), Files: fileEntries(card.Files, zone),
		Self: own + "/andamento?" + url.Values{"visto": {card.Stamp}, "desde": {strconv.FormatInt(w.DB.Now().Unix(), 10)}}.Encode()}
	v.Waits, v.Release = w.talkOf(c, card, own)
	return v
}

// atendimentoAndamento is that part, for who has not seen it yet; for who has, nothing.
func (w *Web) atendimentoAndamento(c *fiber.Ctx) error {
	of, err := id(c, "id")
	if err != nil {
		return err
	}
	stamp, err := w.support().Stamp(c.UserContext(), of)
	switch {
	case err != nil:
		return err
	case !partial(c):
		return w.redirect(c, "/atendimentos/"+of.String())
	}
	seen := c.Query("visto")
	left := w.DB.Now().Sub(time.Unix(int64(c.QueryInt("desde")), 0)) > attended
	if stamp == seen && !left {
		return c.SendStatus(fiber.StatusNoContent)
	}
	card, err := w.support().Ticket(c.UserContext(), of)
	if err != nil {
		return err
	}
	v := w.conversation(c, card)
	if stamp == seen { // nobody is there
		v.Self = ""
	} else if last := len(card.Entries) - 1; last >= 0 {
		v.News = newsOf(card, v.Thread[last])
	}
	return w.part(c, "atendimentos/_conversa", v)
}

// newsOf says what was written last, or that something happened.
func newsOf(card *support.TicketCard, last views.Happening) string {
	if row := card.Entries[len(card.Entries)-1]; row.UserID == nil && row.Event == "" {
		return fmt.Sprintf("%s escreveu: %s", card.Customer.Name, views.Excerpt(row.Body))
	}
	return cmp.Or(last.Sentence, "Há algo novo no andamento")
}
