package catalog

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"enlace/ent"
	"enlace/ent/dueday"
	"enlace/ent/officepolicy"
	"enlace/tenants"
	"enlace/tenants/calendar"
)

// How far an ISP's rules may go. Those that protect the subscriber only become gentler than the law and the product's promise.
const (
	LawfulNotice   = 15 // days; RGC (Res. Anatel 765/2023): between a stored notice and a suspension
	mostNotice     = 90
	leastAdvance   = 5 // days between issue and due date: a boleto has to be registered and to arrive
	mostAdvance    = 30
	mostTrustDays  = 30
	mostRemindDays = 15 // days before the due date
	mostUndoHours  = 72
	pauseShortest  = 30  // days; a subscriber may always ask for as little
	pauseLongest   = 120 // days; and for as much
	pauseVeryLong  = 365
	leastPauseDays = 1

	mostPartialDays = 90 // of the reduced service before the cut
	mostOutageHours = 24 // of an outage whose days are given back
)

// Rules are how the ISP bills, suspends and trusts, as their form shows them and as their history tells them.
type Rules struct {
	Typed tenants.Typed
	Told  []*ent.History
}

// Rules reads them with their history. Denied without Configure.
func (d Desk) Rules(ctx context.Context) (rules Rules, err error) {
	return rules, d.look(ctx, func(ctx context.Context, c *ent.Client) error {
		row, err := Policy(ctx, c)
		if err != nil {
			return err
		}
		rules.Typed = rulesTyped(row)
		rules.Told, err = changes(ctx, c, "office_policy", row.ID)
		return err
	})
}

func rulesTyped(p *ent.OfficePolicy) tenants.Typed {
	return tenants.Typed{"nome": "Regras", "proporcional": string(p.ProrationBase), "antecedencia": strconv.Itoa(p.AntecedenceDays), "fatura_minima": p.MinimumInvoice.String(),
		"aviso": strconv.Itoa(p.NoticeDays), "reducao": yes(p.PartialStep), "reducao_dias": strconv.Itoa(p.PartialDays), "lembrete": strconv.Itoa(p.RemindDays), "confianca_dias": strconv.Itoa(p.TrustStaffDays), "confianca_bot": yes(p.TrustSubscriber),
		"fatura_email": yes(p.InvoiceEmails), "aceite": yes(p.WaitsSignature), "pix_no_boleto": yes(p.PixOnSlips), "so_cpf": yes(p.BotCpfOnly), "desfazer": strconv.Itoa(p.UndoHours),
		"pausa_minima": strconv.Itoa(p.PauseMinDays), "pausa_maxima": strconv.Itoa(p.PauseMaxDays), "taxa": p.InstallFee.String(), "desconto_maximo": strconv.Itoa(p.DiscountCap / 100), "falha_devolve": yes(p.OutageCredit), "falha_horas": strconv.Itoa(p.OutageHours)}
}

// SetRules changes the rules. It returns Invalid for one that would be harder on the subscriber than the law, and Denied without Configure.
func (d Desk) SetRules(ctx context.Context, t tenants.Typed) error {
	var wrong tenants.Fields
	base := t.Choice(&wrong, "proporcional", string(officepolicy.ProrationBaseThirty), string(officepolicy.ProrationBaseReal))
	minimum, fee := t.Cents(&wrong, "fatura_minima"), t.Cents(&wrong, "taxa")
	days := func(field, code string, least, most int) int {
		n, err := strconv.Atoi(t[field])
		if err != nil {
			wrong.Add(field, "number_shape")
		} else if n < least || n > most {
			wrong.Add(field, code)
		}
		return n
	}
	advance, notice := days("antecedencia", "advance_days", leastAdvance, mostAdvance), days("aviso", "notice_days", LawfulNotice, mostNotice)
	slow, remind := days("reducao_dias", "partial_days", 1, mostPartialDays), days("lembrete", "remind_days", 0, mostRemindDays)
	trust, undo := days("confianca_dias", "trust_staff_days", 1, mostTrustDays), days("desfazer", "undo_hours", 0, mostUndoHours)
	shortest, longest := days("pausa_minima", "pause_min_days", leastPauseDays, pauseShortest), days("pausa_maxima", "pause_max_days", pauseLongest, pauseVeryLong)
	lasting, off := days("falha_horas", "outage_hours", 0, mostOutageHours), days("desconto_maximo", tenants.Between(0, 100), 0, 100)
	if err := wrong.Err(); err != nil {
		return err
	}
	return d.configure(ctx, func(ctx context.Context, c *ent.Client) error {
		before, err := Policy(ctx, c)
		if err != nil {
			return err
		}
		after, err := before.Update().SetProrationBase(officepolicy.ProrationBase(base)).SetAntecedenceDays(advance).SetMinimumInvoice(minimum).SetNoticeDays(notice).
			SetPartialStep(t.Yes("reducao")).SetPartialDays(slow).SetRemindDays(remind).SetTrustStaffDays(trust).SetTrustSubscriber(t.Yes("confianca_bot")).SetWaitsSignature(t.Yes("aceite")).
			SetInvoiceEmails(t.Yes("fatura_email")).SetPixOnSlips(t.Yes("pix_no_boleto")).SetBotCpfOnly(t.Yes("so_cpf")).SetUndoHours(undo).SetPauseMinDays(shortest).SetPauseMaxDays(longest).SetInstallFee(fee).SetDiscountCap(off * 100).
			SetOutageCredit(t.Yes("falha_devolve")).SetOutageHours(lasting).Save(ctx)
		if err != nil {
			return err
		}
		return d.tell(ctx, c, "office_policy", before.ID, rulesTyped(before), rulesTyped(after))
	})
}

// DueDays lists the due days the ISP offers. Denied without Configure.
func (d Desk) DueDays(ctx context.Context) (offered []int, err error) {
	return offered, d.look(ctx, func(ctx context.Context, c *ent.Client) error {
		rows, err := c.DueDay.Query().Order(dueday.ByDay()).All(ctx)
		for _, row := range rows {
			offered = append(offered, row.Day)
		}
		return err
	})
}

// SetDueDays has the ISP offer these due days and no others; services sold with another keep theirs. It returns Invalid for none, or for a day
// that not every month has: the last day is calendar.LastDay.
func (d Desk) SetDueDays(ctx context.Context, days []int) error {
	if len(days) == 0 {
		return tenants.Invalid("dias", "required")
	}
	if slices.ContainsFunc(days, func(day int) bool { return day < 1 || day > 28 && day != calendar.LastDay }) {
		return tenants.Invalid("dias", "due_day")
	}
	return d.configure(ctx, func(ctx context.Context, c *ent.Client) error {
		rows, err := c.DueDay.Query().Order(dueday.ByDay()).All(ctx)
		if err != nil {
			return err
		}
		var before []int
		for _, row := range rows {
			if before = append(before, row.Day); !slices.Contains(days, row.Day) {
				if err := c.DueDay.DeleteOne(row).Exec(ctx); err != nil {
					return err
				}
			}
		}
		slices.Sort(days)
		days = slices.Compact(days)
		for _, day := range days {
			if !slices.Contains(before, day) {
				if err := c.DueDay.Create().SetDay(day).Exec(ctx); err != nil {
					return err
				}
			}
		}
		isp, _ := tenants.From(ctx)
		return d.tell(ctx, c, "due_day", isp.ID, listed(before), listed(days))
	})
}

func listed(days []int) tenants.Typed {
	return tenants.Typed{"nome": "Dias de vencimento", "dias": fmt.Sprint(days)}
}
