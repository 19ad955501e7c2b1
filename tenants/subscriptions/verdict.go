package subscriptions

import (
	"context"
	"time"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/network"
	"enlace/tenants/status"
)

// Verdict is the one sentence on how the line of a service stands, as a code of views/words_network.go with what it names.
type Verdict struct {
	Code    string
	At      time.Time // since when, or at which instant; zero where the code names none
	Because string    // of a refusal its reason, of an end its cause
	Debt    string    // of a suspension: what is owed
	Invoice string    // the number of the invoice it is on; "": none
	Good    bool
}

// fresh is how old a refusal may be and still be what the customer calls about.
const fresh = 24 * time.Hour

// Verdict judges: first what the office itself has done to the service, then whether it is connected, then why not.
func (s *Service) Verdict(now time.Time) Verdict {
	sub, trusted := s.Subscription, s.Grant != nil
	line := s.Line
	switch {
	case sub.Status == status.Cancelled:
		return Verdict{Code: "cancelled", At: sub.StatusSince}
	case sub.Status == status.Paused:
		return Verdict{Code: "paused", At: sub.StatusSince}
	case sub.Status == status.SuspendedDebt && !trusted:
		v := Verdict{Code: "suspended", At: sub.StatusSince}
		if len(s.Debt) > 0 {
			v.Debt, v.Invoice = s.Debt[0].Description, s.Unpaid
		}
		return v
	case sub.Status == status.WaitingSignature || sub.Status == status.WaitingInstallation || sub.Status == status.WaitingMigration:
		return Verdict{Code: "waiting"}
	case s.Login == "":
		return Verdict{Code: "no_login"}
	case line.Running() && line.Silent:
		return Verdict{Code: "silent", At: line.Session.UpdatedAt}
	case line.Running() && sub.Status == status.Slowed && !trusted:
		return Verdict{Code: "slowed", At: line.Session.StartedAt}
	case line.Running():
		return Verdict{Code: "connected", At: line.Session.StartedAt, Good: true}
	case s.refused(now):
		return Verdict{Code: "refused", At: s.Attempts[0].At, Because: s.Attempts[0].Reason}
	case line == nil:
		return Verdict{Code: "never"}
	case line.Session.Cause == network.Lost || line.Session.Cause == network.NASRestart:
		return Verdict{Code: "silent", At: *line.Session.EndedAt}
	}
	return Verdict{Code: "ended", At: *line.Session.EndedAt, Because: line.Session.Cause}
}

// owes reads for what the service may be suspended.
func (s *Service) owes(ctx context.Context, c *ent.Client, today calendar.Date) (err error) {
	if s.Debt, err = billing.SuspendingDebt(ctx, c, today, s.Subscription); len(s.Debt) > 0 {
		s.Unpaid = tenants.Said(s.Debt[0], "invoice")
	}
	return err
}

// refused says whether the last try was refused, of late, and after the last session.
func (s *Service) refused(now time.Time) bool {
	if len(s.Attempts) == 0 || s.Attempts[0].Accepted || now.Sub(s.Attempts[0].At) > fresh {
		return false
	}
	return s.Line == nil || s.Line.Session.EndedAt == nil || s.Attempts[0].At.After(*s.Line.Session.EndedAt)
}
