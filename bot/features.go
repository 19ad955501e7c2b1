package bot

import (
	"fmt"

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
	toPlans: bots.NewPlan, toPlan: bots.NewPlan, toDays: bots.NewDueDay,
	toContest: bots.Contest, toContestCharge: bots.Contest, askedContest: bots.Contest,
}

func init() {
	for day := 1; day <= calendar.LastDay; day++ {
		features[fmt.Sprint(toDay, day)] = bots.NewDueDay
	}
}

// offers says whether the ISP offers what a command, a button or a question leads to.
func (v *visit) offers(what string) bool {
	f, may := features[what]
	return !may || v.face.Offers(f)
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
