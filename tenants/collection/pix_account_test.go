package collection_test

import (
	"testing"

	"enlace/ent/pspaccount"
	"enlace/jobs"
	"enlace/tenants/demo/demotest"
)

func TestAnAccessIsTriedByThoseWhoMay(t *testing.T) {
	onEachStore(t, func(t *testing.T, s *stage) {
		answer, err := s.desk.TestAccount(s.As("gerente"), s.account)
		if err != nil || answer != pspaccount.AnswerAccepted {
			t.Errorf("%s, %v", answer, err)
		}
		s.psp.Secret = "trocado no banco"
		again := s.desk
		again.PSPs = jobs.NewPSPs(jobs.PSPOptions{Roots: s.psp.CA.Roots, Near: true})
		if answer, err = again.TestAccount(s.As("gerente"), s.account); err != nil || answer != pspaccount.AnswerCredentials {
			t.Errorf("%s, %v", answer, err)
		}
		if _, err := s.desk.TestAccount(s.As("comercial"), s.account); demotest.Fault(err) != "denied" {
			t.Errorf("%v", err)
		}
		if _, err := s.desk.TestAccount(s.Stranger(), s.account); demotest.Fault(err) != "not_found" {
			t.Errorf("%v", err)
		}
	})
}
