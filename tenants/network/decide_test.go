package network_test

import (
	"testing"
	"time"

	"enlace/ent"
	"enlace/ent/subscription"
	"enlace/tenants/network"
	"enlace/tenants/tenanttest"
)

func TestEachStateAnswersByItsTrust(t *testing.T) {
	now := tenanttest.Now
	end, past := now.Add(time.Hour), now.Add(-time.Hour)
	none, open := (*ent.TrustGrant)(nil), &ent.TrustGrant{Until: end}
	over := []*ent.TrustGrant{none, {Until: now}, {Until: past}, {Until: end, EndedAt: &past}}

	full, onTrust := network.Answer{Accept: true}, network.Answer{Accept: true, Until: end}
	for _, c := range []struct {
		status           subscription.Status
		without, trusted network.Answer
	}{
		{subscription.StatusHabilitado, full, full},
		{subscription.StatusSuspensoParcial, network.Answer{Accept: true, Reduced: true}, onTrust},
		{subscription.StatusSuspensoDebito, network.Answer{Reason: network.SuspendedDebt}, onTrust},
		{subscription.StatusSuspensoPedido, network.Answer{Reason: network.SuspendedRequest}, network.Answer{Reason: network.SuspendedRequest}},
		{subscription.StatusAguardandoAssinatura, network.Answer{Reason: network.Waiting}, network.Answer{Reason: network.Waiting}},
		{subscription.StatusAguardandoInstalacao, network.Answer{Reason: network.Waiting}, network.Answer{Reason: network.Waiting}},
		{subscription.StatusAguardandoMigracao, network.Answer{Reason: network.Waiting}, network.Answer{Reason: network.Waiting}},
		{subscription.StatusCancelado, network.Answer{Reason: network.Cancelled}, network.Answer{Reason: network.Cancelled}},
	} {
		for i, grant := range over {
			if got := network.Decide(c.status, grant, now); got != c.without {
				t.Errorf("%s, trust %d: %+v, want %+v", c.status, i, got, c.without)
			}
		}
		if got := network.Decide(c.status, open, now); got != c.trusted {
			t.Errorf("%s, open trust: %+v, want %+v", c.status, got, c.trusted)
		}
	}
}
