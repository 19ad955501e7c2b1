package handlers

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"enlace/tenants"
	"enlace/tenants/network"
	"enlace/views"
)

// trafego is the traffic of a service as its equipment reports it (Tráfego Tempo Real).
func (w *Web) trafego(c *fiber.Ctx) error {
	sub, err := id(c, "id")
	if err != nil {
		return err
	}
	of, line, err := w.network().Line(c.UserContext(), sub)
	if err != nil {
		return err
	}
	own := "/servicos/" + sub.String() + "/trafego"
	return w.show(c, views.Trafego{Head: serviceHead(of, "Tráfego Tempo Real"), Own: own, Live: own + "/ao-vivo", Now: trafficOf(line, zoneOf(c), w.DB.Now())})
}

// How long a stream of traffic lasts, within the time the server gives an answer, and how often it looks; the browser comes back by itself.
const (
	streamed = 20 * time.Second
	looked   = 2 * time.Second
)

// trafegoAoVivo tells the page anew with every report, as server-sent events: each is the part in one line of JSON.
func (w *Web) trafegoAoVivo(c *fiber.Ctx) error {
	sub, err := id(c, "id")
	if err != nil {
		return err
	}
	_, line, err := w.network().Line(c.UserContext(), sub)
	if err != nil {
		return err
	}
	isp, _ := tenants.From(c.UserContext())
	ctx := tenants.As(tenants.With(context.Background(), isp), tenants.Who(c.UserContext()))
	c.Set(fiber.HeaderContentType, "text/event-stream")
	c.Set("X-Accel-Buffering", "no")
	c.Context().SetBodyStreamWriter(func(out *bufio.Writer) {
		fmt.Fprintf(out, "retry: %d\n\n", looked.Milliseconds())
		told := time.Time{}
		for end := time.Now().Add(streamed); time.Now().Before(end); time.Sleep(looked) {
			if at := heardAt(line); told.IsZero() || !at.Equal(told) {
				told = at
				if w.tellTraffic(out, line, isp) != nil {
					return
				}
			}
			fmt.Fprint(out, ":\n\n") // a browser that has gone is noticed by it
			if out.Flush() != nil {
				return
			}
			if line, err = w.lineAgain(ctx, sub); err != nil {
				return
			}
		}
	})
	return nil
}

func (w *Web) lineAgain(ctx context.Context, sub uuid.UUID) (*network.Line, error) {
	ctx, cancel := context.WithTimeout(ctx, looked)
	defer cancel()
	_, line, err := w.network().Line(ctx, sub)
	return line, err
}

func (w *Web) tellTraffic(out *bufio.Writer, line *network.Line, isp tenants.Tenant) error {
	var part bytes.Buffer
	if err := w.engine.Render(&part, "rede/_agora", trafficOf(line, isp.Zone, w.DB.Now())); err != nil {
		return err
	}
	text, err := json.Marshal(part.String())
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "data: %s\n\n", text)
	return err
}

// heardAt is when a line was last heard of, or ended.
func heardAt(line *network.Line) time.Time {
	switch {
	case line == nil:
		return time.Unix(0, 0)
	case line.Session.EndedAt != nil:
		return line.Session.EndedAt.Add(time.Nanosecond)
	}
	return line.Session.UpdatedAt
}

func trafficOf(line *network.Line, zone *time.Location, now time.Time) views.Agora {
	if line == nil {
		return views.Agora{Verdict: views.Verdict{Class: "warn", Said: "Nunca conectou", Proof: []views.Link{{Label: "O equipamento do cliente ainda não tentou, ou usa outro login."}}}}
	}
	s := line.Session
	if !line.Running() {
		return views.Agora{Verdict: views.Verdict{Class: "warn", Said: "Desconectado desde " + views.Moment(s.EndedAt.In(zone)), Proof: []views.Link{{Label: views.Ending(s.Cause)}}}}
	}
	v := views.Agora{Verdict: views.Verdict{Class: "ok", Said: "Conectado desde " + views.Moment(s.StartedAt.In(zone)), Proof: []views.Link{{Label: "último relato às " + views.Clock(s.UpdatedAt.In(zone))}}}}
	if line.Silent {
		v.Verdict = views.Verdict{Class: "bad", Said: "Sem sinal do equipamento desde " + views.Moment(s.UpdatedAt.In(zone))}
	}
	rates := network.Rates(s)
	var last network.Rate
	down, up := make([]int64, len(rates)), make([]int64, len(rates))
	v.Numbers = views.Table{Caption: "Tráfego por relato", Tight: true, Columns: []views.Column{{Label: "Até"}, {Label: "Download", Right: true, Named: true}, {Label: "Upload", Right: true, Named: true}}}
	for i, r := range rates {
		down[i], up[i], last = r.Down, r.Up, r
		v.Numbers.Rows = append(v.Numbers.Rows, []views.Cell{{Text: views.Clock(r.At.In(zone)), Num: true}, {Text: views.Speed(r.Down), Num: true}, {Text: views.Speed(r.Up), Num: true}})
	}
	v.Figures = []views.Figure{{Label: "Download agora", Value: views.Speed(last.Down), Memo: views.Bytes(s.BytesDown) + " nesta conexão"},
		{Label: "Upload agora", Value: views.Speed(last.Up), Memo: views.Bytes(s.BytesUp) + " nesta conexão"}}
	if len(rates) > 1 {
		span := "das " + views.Clock(rates[0].At.In(zone)) + " às " + views.Clock(last.At.In(zone))
		v.Down = views.NewCurve("Download "+span+", agora "+views.Speed(last.Down), down, span)
		v.Up = views.NewCurve("Upload "+span+", agora "+views.Speed(last.Up), up, span)
	}
	return v
}
