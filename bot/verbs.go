package bot

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"enlace/tenants/calendar"
	"enlace/tenants/messages"
	"enlace/tenants/subscribers"
	"enlace/tenants/support"
)

// commands are what may be typed after a bar; product.md §6.
var commands map[string]func(*visit, context.Context) (notes, error)

// answers are what takes the words that were asked for, by the step of the question.
var answers map[string]func(*visit, context.Context, *subscribers.Dialog) (notes, error)

// presses are what a button may do; the context is as the customer it names, if it names one.
var presses map[string]func(*visit, context.Context, uuid.UUID) (notes, error)

func init() { // dialogues lead to one another, so the tables cannot be written where they are declared
	commands = map[string]func(*visit, context.Context) (notes, error){
		"start": (*visit).menu, "menu": (*visit).menu, "servicos": (*visit).services, "faturas": (*visit).invoices, "carne": (*visit).booklets,
		"desbloquear": (*visit).unblock, "suporte": (*visit).attend, "meusdados": (*visit).record, "sair": (*visit).leaving,
		"contrato": (*visit).contracts, "ajuda": (*visit).help, "cancelar": (*visit).stop, "vincular": (*visit).another, "cpf": (*visit).askCPF,
		toAttendant: (*visit).attendant, toHandBack: (*visit).handBack, toNotices: (*visit).notices,
	}
	answers = map[string]func(*visit, context.Context, *subscribers.Dialog) (notes, error){
		askedWhatHappens: (*visit).described, askedReply: (*visit).replied, askedComment: (*visit).commented,
		askedPhone: (*visit).corrected, askedEmail: (*visit).corrected, askedContest: (*visit).contested,
	}
	presses = map[string]func(*visit, context.Context, uuid.UUID) (notes, error){
		toInvoicesAfter: (*visit).invoicesAfter, toPix: (*visit).pix, toSlip: (*visit).slip, toLinha: (*visit).linha,
		toAccount: (*visit).account, toPaid: (*visit).paid, toBooklet: (*visit).booklet,
		toConfirmUnblock: (*visit).confirmUnblock, toPickService: (*visit).pickService, toConfirmLeave: (*visit).confirmLeave,
	}
	presses[toTransfer], presses[toAcceptTransfer], presses[toRefuseTransfer] = (*visit).transfer, (*visit).acceptTransfer, (*visit).refuseTransfer
	presses[toFollow], presses[toReply], presses[toSkipComment] = (*visit).follow, (*visit).askReply, (*visit).skipped
	presses[toQR], presses[toService], presses[toInvoicesOf] = (*visit).qr, (*visit).service, (*visit).invoicesOfService
	presses[toSolved], presses[toStill] = (*visit).solved, (*visit).still
	presses[toContract], presses[toSign], presses[toConfirmSign] = (*visit).contract, (*visit).sign, (*visit).confirmSign
	presses[toCorrectPhone], presses[toCorrectEmail], presses[toData] = (*visit).askPhone, (*visit).askEmail, (*visit).data
	presses[toContest], presses[toContestCharge] = (*visit).contest, (*visit).askContest
	presses[toPlans], presses[toPlan], presses[toDays] = (*visit).plans, (*visit).plan, (*visit).days
	presses[toConfirmPlan], presses[toConfirmDay] = confirmed(askedNewPlan), confirmed(askedNewDay)
	presses[toTalk], presses[toTalkAnew] = (*visit).talk, (*visit).talkAnew
	for day := 1; day <= calendar.LastDay; day++ {
		presses[fmt.Sprint(toDay, day)] = onDay(day)
	}
	for _, m := range messages.Manners {
		presses[toHear+string(m.Kind)], presses[toSilence+string(m.Kind)] = wanted(m.Kind, true), wanted(m.Kind, false)
	}
	for mark := 1; mark <= support.BestRating; mark++ {
		presses[fmt.Sprint(support.DoRate, mark)] = rated(mark)
	}
	for verb, do := range commands {
		presses[verb] = func(v *visit, ctx context.Context, _ uuid.UUID) (notes, error) { return do(v, ctx) }
	}
	presses["cancelar"] = func(v *visit, ctx context.Context, _ uuid.UUID) (notes, error) { return v.cancel(ctx) }
}
