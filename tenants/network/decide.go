package network

import (
	"time"

	"enlace/ent"
	"enlace/ent/subscription"
)

// Answer is what a subscriber who has proved the password gets. The zero Answer rejects.
type Answer struct {
	Accept  bool
	Reduced bool      // at the reduced speed of a partial suspension
	Until   time.Time // when it must be asked again: the end of the trust it stands on; zero for as long as the session lasts
	Reason  Reason    // of a rejection
}

// Reason is the code of why access was rejected, for staff; views/words_ptbr.go has its sentence.
type Reason string

// The reasons.
const (
	WrongPassword     Reason = "wrong_password"
	UnknownLogin      Reason = "unknown_login"
	UnsupportedMethod Reason = "unsupported_method" // the NAS proves the password by none of PAP, CHAP and MS-CHAPv2
	SuspendedDebt     Reason = "suspended_debt"
	SuspendedRequest  Reason = "suspended_request"
	Waiting           Reason = "waiting" // for a signature, the installation or a migration
	Cancelled         Reason = "cancelled"
)

// Decide says whether a subscription connects. Trust (desbloqueio em confiança) opens the two suspensions that a debt brings, at full speed,
// until it ends; grant is the subscription's, if it has one.
func Decide(status subscription.Status, grant *ent.TrustGrant, now time.Time) Answer {
	trusted := grant != nil && grant.EndedAt == nil && grant.Until.After(now)
	if trusted && (status == subscription.StatusSuspensoParcial || status == subscription.StatusSuspensoDebito) {
		return Answer{Accept: true, Until: grant.Until}
	}
	switch status {
	case subscription.StatusHabilitado:
		return Answer{Accept: true}
	case subscription.StatusSuspensoParcial:
		return Answer{Accept: true, Reduced: true}
	case subscription.StatusSuspensoDebito:
		return Answer{Reason: SuspendedDebt}
	case subscription.StatusSuspensoPedido:
		return Answer{Reason: SuspendedRequest}
	case subscription.StatusCancelado:
		return Answer{Reason: Cancelled}
	}
	return Answer{Reason: Waiting}
}
