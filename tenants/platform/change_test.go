package platform_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/outbox"
	"enlace/tenants/platform"
)

func TestChangesAreKeptAndTold(t *testing.T) {
	onEachStore(t, func(t *testing.T, h *house) {
		ctx, id := h.rita(), h.Here.ID
		on := map[platform.Feature]bool{platform.TrustSelfService: true}
		for range 2 { // the second time nothing is left to do
			for _, err := range []error{h.desk.Rename(ctx, id, tenants.Typed{"nome": " Fibra  Nova "}), h.desk.SetFeatures(ctx, id, on)} {
				if err != nil {
					t.Fatal(err)
				}
			}
			h.Pass(time.Minute)
		}
		isp, err := h.DB.Find(context.Background(), "fibranorte")
		if err != nil || isp.Name != "Fibra Nova" || !isp.TrustSelfService {
			t.Errorf("%+v, %v", isp, err)
		}
		if err := h.desk.SetFeatures(ctx, id, nil); err != nil || h.isp(id).TrustSelfService {
			t.Errorf("still on: %v", err)
		}
		one := h.isp(id)
		if got := events(one); !slices.Equal(got[:1], []string{"feature_off"}) || len(got) != 3 {
			t.Errorf("told: %v", got)
		}
		if renamed := one.Actions[slices.Index(events(one), "isp_renamed")]; renamed.Before["from"] != "Fibra Norte" || renamed.After["to"] != "Fibra Nova" {
			t.Errorf("%v", renamed)
		}
		if other := h.isp(h.Other.ID); other.Name != "Onda Sul" || other.TrustSelfService || len(other.Actions) != 0 {
			t.Errorf("the other ISP is %v", other)
		}
		if err := h.desk.Rename(ctx, id, tenants.Typed{"nome": " "}); field(err, "nome") != "required" {
			t.Errorf("%v", err)
		}
	})
}

func TestASuspendedISPDoesNothingUntilItIsReopened(t *testing.T) {
	onEachStore(t, func(t *testing.T, h *house) {
		err := h.DB.Write(h.Ctx(), func(ctx context.Context, c *ent.Client) error {
			return outbox.Add(ctx, c, h.DB.Now(), outbox.Job{Kind: "reconnect", Queue: outbox.Critical})
		})
		if err != nil {
			t.Fatal(err)
		}
		works := func() (listed bool, jobs int) {
			all, err := h.DB.Directory(context.Background()) // which the hosts, the ticks, the bots and RADIUS go by
			if err != nil {
				t.Fatal(err)
			}
			taken, err := outbox.Claim(context.Background(), h.DB, outbox.Limits{Critical: 9, Default: 9, Bulk: 9, Tenant: 9})
			if err != nil {
				t.Fatal(err)
			}
			if err := outbox.GiveBack(context.Background(), h.DB, taken...); err != nil {
				t.Fatal(err)
			}
			return slices.ContainsFunc(all, func(isp tenants.Tenant) bool { return isp.ID == h.Here.ID }), len(taken)
		}
		ctx := h.rita()
		if err := h.desk.Suspend(ctx, h.Here.ID, tenants.Typed{"motivo": "não"}); field(err, "motivo") != "reason_short" {
			t.Errorf("without a reason: %v", err)
		}
		if listed, jobs := works(); !listed || jobs != 1 {
			t.Fatalf("open: listed %v, %d jobs", listed, jobs)
		}
		for range 2 {
			if err := h.desk.Suspend(ctx, h.Here.ID, tenants.Typed{"motivo": "contrato encerrado"}); err != nil {
				t.Fatal(err)
			}
		}
		if listed, jobs := works(); listed || jobs != 0 || platform.StateOf(h.isp(h.Here.ID).Tenant) != platform.Suspended {
			t.Errorf("suspended: listed %v, %d jobs", listed, jobs)
		}
		if _, err := h.found(ctx, tenants.Typed{"slug": "fibranorte", "nome": "X", "fuso": "America/Belem", "email": "x@x.example", "chave": "k"}); field(err, "slug") != "slug_taken" {
			t.Errorf("founded over a suspended one: %v", err)
		}
		h.Pass(time.Minute)
		ctx = h.rita()
		for range 2 {
			if err := h.desk.Reopen(ctx, h.Here.ID); err != nil {
				t.Fatal(err)
			}
		}
		if listed, jobs := works(); !listed || jobs != 1 {
			t.Errorf("reopened: listed %v, %d jobs", listed, jobs)
		}
		one := h.isp(h.Here.ID)
		if !slices.Equal(events(one), []string{"isp_reopened", "isp_suspended"}) || one.Actions[1].Reason != "contrato encerrado" {
			t.Errorf("told: %v", one.Actions)
		}
	})
}

func TestAChangeAndWhatIsToldOfItStandOrFallTogether(t *testing.T) {
	onEachStore(t, func(t *testing.T, h *house) {
		ctx := h.rita()
		h.Probe(func(_ context.Context, statement string) error {
			if strings.HasPrefix(statement, "INSERT") && strings.Contains(statement, "operator_actions") {
				return errors.New("no ink")
			}
			return nil
		})
		for what, err := range map[string]error{
			"renamed": h.desk.Rename(ctx, h.Here.ID, tenants.Typed{"nome": "X"}), "switched": h.desk.SetFeatures(ctx, h.Here.ID, map[platform.Feature]bool{platform.TrustSelfService: true}),
			"suspended": h.desk.Suspend(ctx, h.Here.ID, tenants.Typed{"motivo": "não pagou"}),
		} {
			if err == nil {
				t.Errorf("%s untold", what)
			}
		}
		h.Probe(nil)
		if isp := h.isp(h.Here.ID); isp.Name != "Fibra Norte" || isp.TrustSelfService || !isp.Active {
			t.Errorf("%v", isp.Tenant)
		}
	})
}
