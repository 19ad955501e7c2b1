package handlers

import (
	"context"
	"fmt"

	"github.com/gofiber/fiber/v2"

	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/reports"
	"enlace/views"
)

// monthly reads a report of some months, told apart by one of the ways, that the address asks for, and the form that asks for it again.
func monthly[R any](w *Web, c *fiber.Ctx, ways []reports.By,
	report func(d reports.Desk, ctx context.Context, by reports.By, from, to calendar.Date) (R, error)) (told R, f views.Form, err error) {
	t, f := w.asked(c)
	isp, _ := tenants.From(c.UserContext())
	by, from, to := reports.ReadMonths(t, isp.Today(w.DB.Now()), ways)
	f.Typed.Set("de", from.String()[:7])
	f.Typed.Set("ate", to.String()[:7])
	told, err = report(w.reports(), c.UserContext(), by, from, to)
	return told, f, err
}

// reportAt is the address of a report told apart by something, of the months in its form.
func reportAt(path string, by reports.By, f views.Form) string {
	return fmt.Sprintf("%s?por=%s&de=%s&ate=%s", path, by, f.Typed.Get("de"), f.Typed.Get("ate"))
}

// reportBys are the things a report may be told apart by.
func reportBys(path string, all []reports.By, now reports.By, f views.Form) (links []views.Link) {
	for _, by := range all {
		links = append(links, views.Link{Label: views.Word("reports.by", string(by)), Href: reportAt(path, by, f), Current: by == now})
	}
	return links
}
