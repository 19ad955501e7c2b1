package bot

import (
	"context"
	"fmt"
	"strconv"

	"github.com/google/uuid"

	"enlace/tenants"
	"enlace/tenants/subscribers"
	"enlace/tenants/subscriptions"
)

const (
	toPlans       = "planos"
	toPlan        = "plano"
	toConfirmPlan = "queroplano"
	toDays        = "dias"
	toDay         = "dia" // and the day behind it
	toConfirmDay  = "querodia"
	askedPlan     = "plan"
	askedNewPlan  = "new_plan"
	askedNewDay   = "new_day"
)

// mostPlans is how many plans are offered at once.
const mostPlans = 8

// plans asks which plan a service should have.
func (v *visit) plans(ctx context.Context, service uuid.UUID) (notes, error) {
	w, err := v.reception.subscriptions.WishChoices(ctx, service)
	if err != nil {
		return nil, err
	}
	if len(w.Plans) == 0 {
		return v.page(noPlans.to(v.face), keys{row(menuKey)}), nil
	}
	var k keys
	for _, one := range w.Plans[:min(mostPlans, len(w.Plans))] {
		k = append(k, row(press(planLabel(one), toPlan).of(v.asking(ctx)[0], one.ID)))
	}
	asked := subscribers.Dialog{Step: askedPlan, Data: map[string]string{"service": service.String()}} // a button has no room for both
	return v.page(whichPlan(w), append(k, row(cancelKey))), v.reception.subscribers.Await(ctx, v.chat, asked)
}

// plan shows what the change to a plan would come to.
func (v *visit) plan(ctx context.Context, id uuid.UUID) (notes, error) {
	service, err := v.wishedOf(askedPlan)
	if err != nil {
		return nil, err
	}
	return v.show(ctx, subscriptions.Wish{Subscription: service, Plan: id})
}

// days asks on which day a service should fall due.
func (v *visit) days(ctx context.Context, service uuid.UUID) (notes, error) {
	w, err := v.reception.subscriptions.WishChoices(ctx, service)
	if err != nil {
		return nil, err
	}
	if len(w.DueDays) == 0 {
		return v.page(noDays.to(v.face), keys{row(menuKey)}), nil
	}
	var k keys
	for i, day := range w.DueDays {
		if i%3 == 0 {
			k = append(k, nil)
		}
		k[len(k)-1] = append(k[len(k)-1], press(dayLabel(day), fmt.Sprint(toDay, day)).of(v.asking(ctx)[0], service))
	}
	return v.page(whichDay(w), append(k, row(cancelKey))), nil
}

// onDay shows what the change to a due day would come to.
func onDay(day int) func(*visit, context.Context, uuid.UUID) (notes, error) {
	return func(v *visit, ctx context.Context, service uuid.UUID) (notes, error) {
		return v.show(ctx, subscriptions.Wish{Subscription: service, DueDay: day})
	}
}

// show shows what a wish would come to, and asks whether it is to be asked for.
func (v *visit) show(ctx context.Context, in subscriptions.Wish) (notes, error) {
	w, err := v.reception.subscriptions.PreviewWish(ctx, in)
	if err != nil {
		return nil, err
	}
	step, verb := askedNewDay, toConfirmDay
	if in.Plan != uuid.Nil {
		step, verb = askedNewPlan, toConfirmPlan
	}
	asked := subscribers.Dialog{Step: step, Data: map[string]string{"service": in.Subscription.String(), "plan": in.Plan.String(), "day": strconv.Itoa(in.DueDay)}}
	return v.page(wishText(w), keys{row(press(labelWish, verb).of(v.asking(ctx)[0], in.Subscription)), row(cancelKey)}), v.reception.subscribers.Await(ctx, v.chat, asked)
}

// confirmed is that the wish which was shown is asked for.
func confirmed(step string) func(*visit, context.Context, uuid.UUID) (notes, error) {
	return func(v *visit, ctx context.Context, service uuid.UUID) (notes, error) {
		return v.confirmWish(ctx, step, service)
	}
}

// confirmWish opens a ticket for it, with what was shown. Pressed twice it opens one.
func (v *visit) confirmWish(ctx context.Context, step string, id uuid.UUID) (notes, error) {
	service, err := v.wishedOf(step)
	if err != nil || service != id {
		return nil, tenants.NotFound()
	}
	plan, err := uuid.Parse(v.asked.Data["plan"])
	day, wrong := strconv.Atoi(v.asked.Data["day"])
	if err != nil || wrong != nil {
		return nil, tenants.NotFound()
	}
	in := subscriptions.Wish{Subscription: service, Plan: plan, DueDay: day}
	w, err := v.reception.subscriptions.PreviewWish(ctx, in)
	if err != nil {
		return nil, err
	}
	ticket, err := v.reception.subscriptions.AskFor(ctx, in, wishAsked(w), fmt.Sprintf("%d/%d", v.chat, v.message))
	if err != nil {
		return nil, err
	}
	return append(v.page(wishText(w), nil), note{Text: wishOpened(ticket), Keys: underTicket(ticket)}), nil
}

// wishedOf is the service that a wish in the making is about, while it is being asked about.
func (v *visit) wishedOf(step string) (uuid.UUID, error) {
	if v.asked == nil || v.asked.Step != step {
		return uuid.Nil, tenants.NotFound()
	}
	id, err := uuid.Parse(v.asked.Data["service"])
	if err != nil {
		return uuid.Nil, tenants.NotFound()
	}
	return id, nil
}
