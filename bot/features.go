package bot

import (
	"fmt"

	"enlace/bot/wire"
	"enlace/tenants/bots"
	"enlace/tenants/calendar"
)

// features is by which commands, buttons and questions each thing is reached that an ISP may switch off. What leads on within a dialogue is here too:
// a message of long ago keeps its buttons.
var features = map[string]bots.Feature{
	"carne": bots.Booklets, toBooklet: bots.Booklets,
	"desbloquear": bots.Unblock, toConfirmUnblock: bots.Unblock,
	"suporte": bots.Support, toPickService: bots.Support, askedWhatHappens: bots.Support,
	toSolved: bots.Support, toStill: bots.Support,
	toAttendant: bots.Attendant, toTalk: bots.Attendant, toTalkAnew: bots.Attendant,
	"contrato": bots.Contract, toContract: bots.Contract, toSign: bots.Contract, toConfirmSign: bots.Contract,
	toPlans: bots.NewPlan, toPlan: bots.NewPlan, toConfirmPlan: bots.NewPlan, toDays: bots.NewDueDay, toConfirmDay: bots.NewDueDay,
	toContest: bots.Contest, toContestCharge: bots.Contest, askedContest: bots.Contest,
}

func init() {
	for day := 1; day <= calendar.LastDay; day++ {
		features[fmt.Sprint(toDay, day)] = bots.NewDueDay
	}
}

// offers says whether what a command, a button or a question leads to is done. Desbloqueio em Confiança says itself that the ISP does not offer it, and
// what to do instead.
func (v *visit) offers(what string) bool {
	f, may := features[what]
	return !may || f == bots.Unblock || v.face.Offers(f)
}

// saying is a sentence of which a part leads to something that an ISP may switch off.
type saying struct {
	text  string
	of    bots.Feature
	aside string // said behind it while the ISP offers that
}

// to is how an ISP's bot says it: in the place of Suporte it tells how else the ISP is reached, if it has said so.
func (s saying) to(face bots.Face) string {
	switch {
	case s.aside == "" || face.Offers(s.of):
		return s.text + s.aside
	case s.of == bots.Support && face.Contact != "":
		return s.text + " " + safe(face.Contact)
	}
	return s.text
}

// offered are the commands of a list that an ISP offers.
func offered(list []wire.Command, face bots.Face) (all []wire.Command) {
	for _, c := range list {
		if f, may := features[c.Command]; !may || face.Offers(f) {
			all = append(all, c)
		}
	}
	return all
}

// without takes out the buttons to what an ISP does not offer.
func (n notes) without(face bots.Face) notes {
	if len(face.Off) == 0 {
		return n
	}
	for i := range n {
		var left keys
		for _, line := range n[i].Keys {
			var some []key
			for _, k := range line {
				c, err := parseCode(k.Code)
				if f, may := features[c.verb]; err != nil || !may || face.Offers(f) {
					some = append(some, k)
				}
			}
			if len(some) > 0 {
				left = append(left, some)
			}
		}
		n[i].Keys = left
	}
	return n
}
