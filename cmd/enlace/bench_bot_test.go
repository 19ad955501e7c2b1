package main

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"enlace/bot"
	"enlace/bot/bottest"
	"enlace/ent"
	"enlace/jobs"
	"enlace/tenants/bots"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/messages"
	"enlace/tenants/outbox"
)

// BenchmarkReply measures how long somebody waits who writes to a bot: nothing else going on, and while workers say 50,000 notices through the same
// bot at its pace. It is measured at Telegram's end, from the update being there to the answer being there.
func BenchmarkReply(b *testing.B) {
	for _, waiting := range []int{0, 50_000} {
		b.Run(fmt.Sprintf("%d notices waiting", waiting), func(b *testing.B) { replies(b, waiting) })
	}
}

func replies(b *testing.B, waiting int) {
	o := demotest.OpenPostgres(b)
	o.DB.Clock = time.Now
	telegram := bottest.New(b, "1:benchmark")
	desk := bots.Desk{DB: o.DB, Vault: o.Vault}
	if err := desk.SetBot(o.As("gerente"), telegram.Token, "fibranorte_bot"); err != nil {
		b.Fatal(err)
	}
	const chats = 500
	o.Write(func(ctx context.Context, c *ent.Client) error {
		links := []*ent.TelegramLinkCreate{c.TelegramLink.Create().SetChatID(101).SetCustomerID(o.Joao.ID).SetLinkedAt(o.DB.Now())}
		for chat := range int64(chats) {
			links = append(links, c.TelegramLink.Create().SetChatID(1000+chat).SetCustomerID(o.Maria.ID).SetLinkedAt(o.DB.Now()))
		}
		return c.TelegramLink.CreateBulk(links...).Exec(ctx)
	})
	for range waiting / chats {
		o.Write(func(ctx context.Context, c *ent.Client) error {
			_, err := messages.Tell(ctx, c, o.DB.Now(), messages.Message{Customer: o.Maria.ID, About: "outage", AboutID: o.Maria.ID, Text: "aviso", Queue: outbox.Bulk})
			return err
		})
	}
	quiet := slog.New(slog.DiscardHandler)
	bots, err := bot.Start(context.Background(), bot.Options{DB: o.DB, Vault: o.Vault, Endpoint: telegram.Endpoint, Log: quiet})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = bots.Stop(context.Background()) }()
	workers, err := jobs.Start(context.Background(), jobs.Options{DB: o.DB, Mux: jobs.Office(o.DB, jobs.Doors{Vault: o.Vault, Bot: bot.NewDoor(telegram.Endpoint)}), Log: quiet})
	if err != nil {
		b.Fatal(err)
	}
	defer workers.Stop()
	joao := telegram.Person("João", 101)
	ask := func() time.Duration {
		began := time.Now()
		joao.Writes("/ajuda")
		if said := joao.Next(); !strings.HasPrefix(said.Text, "Posso") {
			b.Fatal(said.Text)
		}
		return time.Since(began)
	}
	ask() // until the bot is looked after
	if waiting > 0 {
		time.Sleep(2 * time.Second)
	}
	said, began := telegram.Calls("sendMessage"), time.Now()
	var took []time.Duration
	for b.Loop() {
		took = append(took, ask())
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
	b.ReportMetric(float64(telegram.Calls("sendMessage")-said-len(took))/time.Since(began).Seconds(), "notices/s")
}
