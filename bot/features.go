package bot

import (
	"fmt"

	"enlace/tenants/calendar"
	"enlace/tenants/subscribers"
)

// features is by which commands, buttons and questions each thing is reached that an ISP may switch off. What leads on within a dialogue is here too:
// a message of long ago keeps its buttons.
var features = map[string]subscribers.Feature{
	"carne": subscribers.Booklets, toBooklet: subscribers.Booklets,
	"desbloquear": subscribers.Unblock, toConfirmUnblock: subscribers.Unblock,
	"suporte": subscribers.Support, toPickService: subscribers.Support, askedWhatHappens: subscribers.Support,
	toSolved: subscribers.Support, toStill: subscribers.Support,
	toAttendant: subscribers.Attendant, toTalk: subscribers.Attendant, toTalkAnew: subscribers.Attendant,
	"contrato": subscribers.Contract, toContract: subscribers.Contract, toSign: subscribers.Contract, toConfirmSign: subscribers.Contract,
	toPlans: subscribers.NewPlan, toPlan: subscribers.NewPlan, toDays: subscribers.NewDueDay,
	toContest: subscribers.Contest, toContestCharge: subscribers.Contest, askedContest: subscribers.Contest,
}

func init() {
	for day := 1; day <= calendar.LastDay; day++ {
		features[fmt.Sprint(toDay, day)] = subscribers.NewDueDay
	}
}

// offers says whether the ISP offers what a command, a button or a question leads to.
func (v *visit) offers(what string) bool {
	f, may := features[what]
	return !may || v.face.Offers(f)
}

// without takes out the buttons to what an ISP does not offer.
func (n notes) without(face subscribers.Face) notes {
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
