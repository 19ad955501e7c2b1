package support_test

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/attachment"
	"enlace/ent/ticket"
	"enlace/ent/user"
	"enlace/ent/workorder"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/status"
	"enlace/tenants/subscriptions"
	"enlace/tenants/support"
)

func visitOf(o *demotest.Office, id uuid.UUID) (row *ent.WorkOrder) {
	o.Read(func(ctx context.Context, c *ent.Client) error { row = c.WorkOrder.GetX(ctx, id); return nil })
	return row
}

// tomorrow is an hour of the day after the test's.
func tomorrow(o *demotest.Office, hour int) time.Time {
	return o.Here.Today(o.DB.Now()).AddDays(1).At(hour, 0, o.Here.Zone)
}

// planned is a visit to Maria that the technician makes tomorrow at an hour.
func planned(t *testing.T, o *demotest.Office, hour int, key string) uuid.UUID {
	t.Helper()
	l := choicesOf(o)
	id, err := desk(o).OpenVisit(o.As("suporte"), support.NewVisit{Subscription: o.Service(o.Maria).ID, Key: key,
		Visit: support.Visit{Type: l.kinds["Manutenção"], Technician: l.people["tecnico"], StartsAt: tomorrow(o, hour), Description: "medir sinal"}})
	must(t, err)
	return id
}

// Task 7, on its own: the type by the service's state, the technician's time, and nothing in the past.
func TestAVisitIsOpenedOnItsOwn(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		d, by, l := desk(o), o.As("suporte"), choicesOf(o)
		in := support.NewVisit{Subscription: o.Service(o.Maria).ID, Key: "1", Visit: support.Visit{Type: l.kinds["Manutenção"], Technician: l.people["tecnico"], StartsAt: tomorrow(o, 9), Description: "medir sinal"}}
		for want, change := range map[string]func(*support.NewVisit){
			"os_tipo: type_not_permitted": func(in *support.NewVisit) { in.Visit.Type = l.kinds["Instalação"] },
			"os_hora: hour_past":          func(in *support.NewVisit) { in.Visit.StartsAt = o.DB.Now().Add(-time.Second) },
			"os_tecnico: technician_gone": func(in *support.NewVisit) { in.Visit.Technician = l.people["suporte"] },
		} {
			bad := in
			change(&bad)
			if _, err := d.OpenVisit(by, bad); demotest.Fault(err) != want {
				t.Errorf("%v, want %s", err, want)
			}
		}
		if _, err := d.OpenVisit(o.As("tecnico"), in); demotest.Fault(err) != "denied" {
			t.Errorf("a technician: %v", err)
		}
		able := func(on bool) {
			o.Write(func(ctx context.Context, c *ent.Client) error {
				return c.User.UpdateOneID(in.Visit.Technician).SetActive(on).Exec(ctx)
			})
		}
		able(false) // since the form was opened
		if _, err := d.OpenVisit(by, in); demotest.Fault(err) != "os_tecnico: technician_gone" {
			t.Errorf("with one who was disabled: %v", err)
		}
		helped := in
		helped.Visit.Technician, helped.Visit.Helper = uuid.Nil, in.Visit.Technician
		if _, err := d.OpenVisit(by, helped); demotest.Fault(err) != "os_auxiliar: technician_gone" {
			t.Errorf("helped by one who was disabled: %v", err)
		}
		able(true)
		if _, err := d.OpenVisit(o.Stranger(), in); demotest.Fault(err) != "not_found" {
			t.Errorf("a stranger: %v", err)
		}
		o.AllOrNothing(t, 8, func() error { _, err := d.OpenVisit(by, in); return err })
		id, err := d.OpenVisit(by, in)
		must(t, err)
		if row := visitOf(o, id); row.Status != workorder.StatusAgendada || row.Minutes != 60 {
			t.Errorf("%+v", row)
		}
		for hour, want := range map[int]string{8: "", 10: ""} {
			free := in
			free.Key, free.Visit.StartsAt = "free", tomorrow(o, hour)
			free.Visit.Minutes = 60
			free.Key += time.Duration(hour).String()
			if _, err := d.OpenVisit(by, free); demotest.Fault(err) != want {
				t.Errorf("at %d: %v", hour, err)
			}
		}
		busy := in
		busy.Key, busy.Visit.StartsAt = "busy", tomorrow(o, 9).Add(30*time.Minute)
		if _, err := d.OpenVisit(by, busy); demotest.Fault(err) != "os_mesmo_assim: technician_busy" {
			t.Errorf("two at once: %v", err)
		}
		busy.Visit.Despite = true
		if _, err := d.OpenVisit(by, busy); err != nil {
			t.Errorf("although it was confirmed: %v", err)
		}
	})
}

// However many plan with one technician at one moment, one has the hour.
func TestOneHourOfATechnicianIsGivenOnce(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		l, results := choicesOf(o), make(chan error, 20)
		for i := range cap(results) {
			go func() {
				_, err := desk(o).OpenVisit(o.As("suporte"), support.NewVisit{Subscription: o.Service(o.Maria).ID, Key: string(rune('a' + i)),
					Visit: support.Visit{Type: l.kinds["Manutenção"], Technician: l.people["tecnico"], StartsAt: tomorrow(o, 9), Description: "x"}})
				results <- err
			}()
		}
		won := 0
		for range cap(results) {
			switch err := <-results; demotest.Fault(err) {
			case "":
				won++
			case "os_mesmo_assim: technician_busy":
			default:
				t.Error(err)
			}
		}
		if won != 1 {
			t.Errorf("%d visits at one hour", won)
		}
	})
}

func TestAVisitIsRescheduledWithItsReason(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		d, by, tech, l := desk(o), o.As("suporte"), o.As("tecnico"), choicesOf(o)
		id := planned(t, o, 9, "1")
		var other uuid.UUID
		o.Write(func(ctx context.Context, c *ent.Client) error {
			other = c.User.Create().SetName("Outro Técnico").SetEmail("outro@fibranorte.example").SetPasswordHash("x").SetRole(user.RoleTecnico).SaveX(ctx).ID
			return nil
		})
		in := support.Rescheduling{WorkOrder: id, Visit: support.Visit{Technician: other, Helper: l.people["tecnico"], StartsAt: tomorrow(o, 9).Add(15 * time.Minute)}, Reason: "chuva forte", Key: "2"}
		bad := in
		bad.Reason = "não"
		if err := d.Schedule(by, bad); demotest.Fault(err) != "motivo: reason_short" {
			t.Errorf("%v", err)
		}
		if err := d.Schedule(tech, in); demotest.Fault(err) != "denied" {
			t.Errorf("a technician: %v", err)
		}
		o.AllOrNothing(t, 8, func() error { return d.Schedule(by, in) }) // its own hour is in nobody's way
		if row := visitOf(o, id); *row.TechnicianID != other || *row.HelperID != l.people["tecnico"] || !row.StartsAt.Equal(in.Visit.StartsAt) || row.Minutes != 60 {
			t.Errorf("%+v", row)
		}
		busy := support.NewVisit{Subscription: o.Service(o.Maria).ID, Key: "3", Visit: support.Visit{Type: l.kinds["Manutenção"], Technician: l.people["tecnico"], StartsAt: tomorrow(o, 9), Description: "x"}}
		if _, err := d.OpenVisit(by, busy); demotest.Fault(err) != "os_mesmo_assim: technician_busy" {
			t.Errorf("the second technician is free: %v", err)
		}
		a, err := d.Agenda(by, o.Here.Today(o.DB.Now()).AddDays(1), uuid.Nil)
		if err != nil || len(a.People) != 2 || len(a.People[0].Visits) != 1 || len(a.People[1].Visits) != 1 || a.Places[id] == "" || support.Phone(a.People[0].Visits[0]) == "" {
			t.Errorf("%+v, %v", a, err)
		}
		if a, err = d.Agenda(tech, o.Here.Today(o.DB.Now()).AddDays(1), uuid.Nil); err != nil || len(a.People) != 1 || a.Without != nil {
			t.Errorf("a technician sees %+v, %v", a, err)
		}
	})
}

// The technician begins, uses, photographs, lets sign and finishes his own; a finished installation offers Habilitar, and a ticket may end with it.
func TestATechnicianDoesHisOwnVisit(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		d, tech, l := desk(o), o.As("tecnico"), choicesOf(o)
		waits := opened(t, o, "0")
		id, err := d.OpenVisit(o.As("suporte"), support.NewVisit{Visit: support.Visit{Ticket: waits, Type: l.kinds["Manutenção"], Technician: l.people["tecnico"], StartsAt: tomorrow(o, 9), Description: "medir"}, Key: "1"})
		must(t, err)
		if err := d.Finish(tech, support.VisitMove{WorkOrder: id, Key: "x"}); demotest.Fault(err) != "feito: required" {
			t.Errorf("%v", err)
		}
		o.AllOrNothing(t, 6, func() error { return d.Begin(tech, support.VisitMove{WorkOrder: id, Key: "2"}) })
		if err := d.Begin(tech, support.VisitMove{WorkOrder: id, Key: "3"}); demotest.Fault(err) != "visit_moved" {
			t.Errorf("begun twice: %v", err)
		}
		use := support.Material{WorkOrder: id, Name: "Conector APC", Quantity: 2, Unit: "un", Key: "4"}
		o.AllOrNothing(t, 5, func() error { return d.Use(tech, use) })
		must(t, d.Use(tech, use))
		var photo bytes.Buffer
		must(t, png.Encode(&photo, image.NewGray(image.Rect(0, 0, 8, 8))))
		sign := support.Attached{WorkOrder: id, Kind: attachment.KindSignature, SignedBy: "Maria", Name: "assinatura.png", Content: photo.Bytes(), Key: "5"}
		o.AllOrNothing(t, 6, func() error { return d.Attach(tech, sign) })
		card, err := d.WorkOrder(tech, id)
		if err != nil || len(card.Materials) != 1 || card.Materials[0].Quantity != 2 || len(card.Files) != 1 || card.SignedBy != "Maria" || !card.TicketOpen || card.Place == nil || len(card.Phones) == 0 {
			t.Fatalf("%+v, %v", card, err)
		}
		file, err := d.Attachment(tech, card.Files[0].ID)
		if err != nil || file.ContentType != "image/png" {
			t.Errorf("%v, %v", file, err)
		}
		if _, err := d.Attachment(o.Stranger(), card.Files[0].ID); demotest.Fault(err) != "not_found" {
			t.Errorf("a stranger: %v", err)
		}
		// Several at once: the one that lies keeps none of the others, and sent twice they are kept once.
		several, photos := []support.Chosen{}, support.Attached{WorkOrder: id, Kind: attachment.KindPhoto, Key: "5b"}
		for name, content := range map[string][]byte{"antes.png": photo.Bytes(), "depois.png": photo.Bytes(), "mentira.jpg": photo.Bytes(), "grande.png": make([]byte, support.MostAttached+1)} {
			several = append(several, support.Chosen{Name: name, Read: func() ([]byte, error) { return content, nil }})
		}
		for range 2 {
			kept, refused, err := d.AttachEach(tech, photos, several)
			slices.SortFunc(refused, func(a, b support.Refused) int { return strings.Compare(a.Name, b.Name) })
			if err != nil || kept != 2 || !slices.Equal(refused, []support.Refused{{"grande.png", "file_large"}, {"mentira.jpg", "file_lies"}}) {
				t.Errorf("kept %d, refused %v, %v", kept, refused, err)
			}
		}
		if card, err := d.WorkOrder(tech, id); err != nil || len(card.Files) != 3 {
			t.Errorf("%d files, %v", len(card.Files), err)
		}
		if _, _, err := d.AttachEach(tech, photos, make([]support.Chosen, support.MostAtOnce+1)); demotest.Fault(err) != "arquivo: files_many" {
			t.Errorf("too many at once: %v", err)
		}
		if _, _, err := d.AttachEach(o.Stranger(), photos, several); demotest.Fault(err) != "not_found" {
			t.Errorf("a stranger: %v", err)
		}
		o.AllOrNothing(t, 10, func() error {
			return d.Finish(tech, support.VisitMove{WorkOrder: id, Text: "emenda refeita", CloseTicket: true, Key: "6"})
		})
		if row := ticketOf(o, waits); row.Status != ticket.StatusFinalizado || row.Closing != "emenda refeita" {
			t.Errorf("%+v", row)
		}
		if err := d.CallOff(o.As("suporte"), support.VisitMove{WorkOrder: id, Text: "desistiu", Key: "7"}); demotest.Fault(err) != "visit_moved" {
			t.Errorf("called off although it is over: %v", err)
		}
		if err := d.Unuse(tech, id, card.Materials[0].ID); demotest.Fault(err) != "visit_moved" {
			t.Errorf("%v", err)
		}

		// somebody else's is refused, whatever is asked of it
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.WorkOrder.UpdateOneID(id).SetTechnicianID(l.people["comercial"]).SetStatus(workorder.StatusAgendada).Exec(ctx)
		})
		if _, err := d.WorkOrder(tech, id); demotest.Fault(err) != "denied" {
			t.Errorf("seen: %v", err)
		}
		if err := d.Begin(tech, support.VisitMove{WorkOrder: id, Key: "8"}); demotest.Fault(err) != "denied" {
			t.Errorf("begun: %v", err)
		}
		if list, err := d.WorkOrders(tech, support.ReadVisitFilter(nil, uuid.Nil)); err != nil || list.All != 0 {
			t.Errorf("listed: %d, %v", list.All, err)
		}
	})
}

func TestAFinishedInstallationOffersHabilitar(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		d, tech, l, sub := desk(o), o.As("tecnico"), choicesOf(o), o.Service(o.Maria)
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.Subscription.UpdateOneID(sub.ID).SetStatus(status.WaitingInstallation).Exec(ctx)
		})
		id, err := d.OpenVisit(o.As("comercial"), support.NewVisit{Subscription: sub.ID, Visit: support.Visit{Type: l.kinds["Instalação"], Technician: l.people["tecnico"], StartsAt: tomorrow(o, 9), Description: "instalar"}, Key: "1"})
		must(t, err)
		enable := func() error { _, err := subscriptions.Desk{DB: o.DB}.Enable(tech, sub.ID); return err }
		if err := enable(); demotest.Fault(err) != "denied" {
			t.Errorf("before he was there: %v", err)
		}
		must(t, d.Finish(tech, support.VisitMove{WorkOrder: id, Text: "instalado", Key: "2"}))
		card, err := d.WorkOrder(tech, id)
		if err != nil || !card.MayEnable() {
			t.Fatalf("%+v, %v", card, err)
		}
		must(t, enable())
		if card, _ = d.WorkOrder(tech, id); card.MayEnable() || o.Service(o.Maria).Status != status.Enabled {
			t.Error("it is offered again")
		}
	})
}

// A file is what its content is: one that lies about it, is none of them or is too large is refused.
func TestAFileThatLiesAboutItsTypeIsRefused(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		d, by, id := desk(o), o.As("suporte"), opened(t, o, "0")
		var photo bytes.Buffer
		must(t, png.Encode(&photo, image.NewGray(image.Rect(0, 0, 8, 8))))
		pdf := []byte("%PDF-1.4\n...\n%%EOF\n")
		for _, one := range []struct {
			name, want string
			content    []byte
		}{
			{"tela.png", "", photo.Bytes()}, {"Laudo.PDF", "", pdf}, {`C:\fotos\tela.png`, "", photo.Bytes()},
			{"tela.jpg", "arquivo: file_lies", photo.Bytes()}, {"laudo.png", "arquivo: file_lies", pdf}, {"sem-nome", "arquivo: file_lies", pdf},
			{"tela.png", "arquivo: file_kind", []byte("<html><script>alert(1)</script>")}, {"tela.png", "arquivo: file_kind", photo.Bytes()[:20]},
			{"laudo.pdf", "arquivo: file_kind", []byte("%PDF-1.4 cut")}, {"vazio.png", "arquivo: file_missing", nil},
			{"grande.png", "arquivo: file_large", make([]byte, support.MostAttached+1)},
		} {
			err := d.Attach(by, support.Attached{Ticket: id, Name: one.name, Content: one.content, Key: uuid.NewString()})
			if demotest.Fault(err) != one.want {
				t.Errorf("%s: %v, want %q", one.name, err, one.want)
			}
		}
		card, err := d.Ticket(by, id)
		if err != nil || len(card.Files) != 3 || support.FileName(card.Files[2]) != "tela.png" {
			t.Errorf("%+v, %v", card.Files, err)
		}
		draft, err := d.Pick(by, o.Service(o.Joao).ID)
		must(t, err)
		if err := d.Attach(by, support.Attached{Ticket: draft.ID, Name: "a.pdf", Content: pdf, Key: "x"}); demotest.Fault(err) != "ticket_moved" {
			t.Errorf("with a rascunho: %v", err)
		}
	})
}

// A technician reads his visits as the day has them; who plans reads the newest first.
func TestATechniciansListGoesByTheHour(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		l := choicesOf(o)
		o.Write(func(ctx context.Context, c *ent.Client) error {
			for i, one := range []struct {
				status workorder.Status
				in     time.Duration // from now; 0: no hour
			}{{"finalizada", -48 * time.Hour}, {"agendada", 30 * time.Hour}, {"aguardando_agendamento", 0}, {"cancelada", 0}, {"agendada", 2 * time.Hour}, {"finalizada", -24 * time.Hour}, {"em_execucao", -time.Hour}} {
				create := c.WorkOrder.Create().SetNumber(int64(9000 + i)).SetCustomerID(o.Maria.ID).SetSubscriptionID(o.Service(o.Maria).ID).SetTypeID(l.kinds["Manutenção"]).SetStatus(one.status).SetTechnicianID(l.people["tecnico"]).SetDescription("x").SetOpenedAt(o.DB.Now())
				if one.in != 0 {
					create.SetStartsAt(o.DB.Now().Add(one.in))
				}
				create.ExecX(ctx)
			}
			return nil
		})
		for who, want := range map[string][]int64{"tecnico": {9006, 9004, 9001, 9002, 9005, 9000, 9003}, "suporte": {9006, 9005, 9004, 9003, 9002, 9001, 9000}} {
			list, err := desk(o).WorkOrders(o.As(who), support.VisitFilter{Page: 1})
			must(t, err)
			var got []int64
			for _, row := range list.Rows {
				if row.Number >= 9000 {
					got = append(got, row.Number)
				}
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s reads %v", who, got)
			}
		}
	})
}

// What is typed for a visit is read with every fault at once.
func TestAVisitIsReadFromItsForm(t *testing.T) {
	today, zone := calendar.On(2026, 11, 23), time.UTC
	kind, who := uuid.NewString(), uuid.NewString()
	for want, typed := range map[string]tenants.Typed{
		"":                          {"os_data": "24/11/2026", "os_hora": "14:00", "os_tecnico": who},
		"os_data: past":             {"os_data": "22/11/2026", "os_hora": "14:00"},
		"os_hora: hour":             {"os_data": "24/11/2026", "os_hora": "25:00"},
		"os_data: required":         {"os_hora": "14:00"},
		"os_tecnico: required":      {"os_status": "agendada", "os_data": "24/11/2026", "os_hora": "14:00"},
		"os_auxiliar: helper_same":  {"os_tecnico": who, "os_auxiliar": who},
		"os_descricao: unprintable": {"os_descricao": "levar escada\n🪜"},
		"os_descricao: required":    {"os_descricao": "\u200b"},
	} {
		typed["os_tipo"] = kind
		if _, there := typed["os_descricao"]; !there {
			typed["os_descricao"] = "x"
		}
		var wrong tenants.Fields
		v := support.ReadVisit(typed, today, zone, &wrong)
		if demotest.Fault(wrong.Err()) != want {
			t.Errorf("%v, want %q", wrong, want)
		}
		if want == "" && !v.StartsAt.Equal(time.Date(2026, 11, 24, 14, 0, 0, 0, time.UTC)) {
			t.Errorf("%v", v.StartsAt)
		}
	}
}
