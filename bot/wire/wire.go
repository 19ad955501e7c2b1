// Package wire is how a bot's words travel: the Bot API of Telegram over HTTP, with what it refuses and how long it wants to be left in peace. It knows
// nothing of what is said.
package wire

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	telegram "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

// Endpoint is Telegram's own address of the Bot API: token, then method.
const Endpoint = "https://api.telegram.org/bot%s/%s"

// Wire speaks to one bot over HTTP. What Telegram refuses is a *Refusal; no error holds the token. The library writes the requests; the sending is ours,
// since the library knows no context and prints the address, token and all, in its errors.
type Wire struct {
	endpoint string
	token    string
	http     *http.Client
	peace    *peace
}

const (
	longestWay   = 3 * time.Second  // of an answer to a question that Telegram holds
	longestAsk   = 20 * time.Second // any other question
	longestFetch = time.Minute      // of a file
	mostBytes    = 8 << 20
)

// Network is what all bots of a process speak over.
type Network struct {
	Endpoint string // with a %s for the token and one for the method
	HTTP     *http.Client
	peace    peace
}

// NewNetwork is the network to an endpoint, "" for Telegram's own, with so many wires open at once at most, each with goroutines of its own.
func NewNetwork(endpoint string, most int) *Network {
	return &Network{Endpoint: cmp.Or(endpoint, Endpoint), HTTP: transport(most)}
}

// To is the wire to the bot of a token.
func (n *Network) To(token string) *Wire { return &Wire{n.Endpoint, token, n.HTTP, &n.peace} }

// peace is until when each bot says nothing, because Telegram wants to be left in peace. It answers for Telegram meanwhile.
type peace struct {
	mu    sync.Mutex
	until map[string]time.Time // by token
}

func (p *peace) left(token string) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	left := time.Until(p.until[token])
	if left <= 0 {
		delete(p.until, token)
	}
	return left
}

func (p *peace) keep(token string, d time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.until == nil {
		p.until = map[string]time.Time{}
	}
	p.until[token] = time.Now().Add(d)
}

// transport is shared by all bots. It follows no redirection: the address of a request holds the token.
func transport(most int) *http.Client {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.MaxConnsPerHost, t.MaxIdleConnsPerHost = most, most
	t.ResponseHeaderTimeout = longestAsk
	return &http.Client{Transport: t, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// Me is what the bot is called.
func (w *Wire) Me(ctx context.Context) (string, error) {
	var self telegram.User
	err := w.ask(ctx, longestAsk, &self, func(b *telegram.BotAPI) (*telegram.APIResponse, error) { return b.MakeRequest("getMe", nil) })
	return self.UserName, err
}

// Commands has Telegram show some beside the field where one writes.
func (w *Wire) Commands(ctx context.Context, menu []Command) error {
	return w.request(ctx, telegram.NewSetMyCommands(menu...))
}

// SetWebhook has Telegram call an address, with the secret in a header: the library knows no secret.
func (w *Wire) SetWebhook(ctx context.Context, address, secret string) error {
	return w.ask(ctx, longestAsk, nil, func(b *telegram.BotAPI) (*telegram.APIResponse, error) {
		return b.MakeRequest("setWebhook", telegram.Params{"url": address, "secret_token": secret, "allowed_updates": heardOf})
	})
}

// DropWebhook has Telegram call nobody any more.
func (w *Wire) DropWebhook(ctx context.Context) error {
	return w.request(ctx, telegram.DeleteWebhookConfig{})
}

// heardOf are the kinds of updates that Telegram is asked for.
const heardOf = `["message","edited_message","callback_query","my_chat_member"]`

// Updates are what the bot was told, from an update on; it waits so long for some, and may be none.
func (w *Wire) Updates(ctx context.Context, from int64, hold time.Duration) (all []json.RawMessage, err error) {
	return all, w.ask(ctx, hold+longestWay, &all, func(b *telegram.BotAPI) (*telegram.APIResponse, error) {
		return b.MakeRequest("getUpdates", telegram.Params{
			"offset": strconv.FormatInt(from, 10), "timeout": strconv.Itoa(int(hold.Seconds())), "allowed_updates": heardOf,
		})
	})
}

// Send says something to a chat, in Telegram's HTML.
func (w *Wire) Send(ctx context.Context, chat int64, text string, b Board) error {
	message := telegram.NewMessage(chat, text)
	message.ParseMode, message.DisableWebPagePreview = telegram.ModeHTML, true
	message.ReplyMarkup = b.markup()
	return w.speak(ctx, message)
}

// Edit writes a message anew.
func (w *Wire) Edit(ctx context.Context, chat int64, id int, text string, b Board) error {
	message := telegram.NewEditMessageTextAndMarkup(chat, id, text, b.inline())
	message.ParseMode, message.DisableWebPagePreview = telegram.ModeHTML, true
	return w.speak(ctx, message)
}

// AnswerPress answers to the pressing of a button, with a word for a moment on top.
func (w *Wire) AnswerPress(ctx context.Context, press, toast string) error {
	return w.request(ctx, telegram.NewCallback(press, toast))
}

// SendDocument sends a file.
func (w *Wire) SendDocument(ctx context.Context, chat int64, name string, content []byte, caption string) error {
	document := telegram.NewDocument(chat, telegram.FileBytes{Name: name, Bytes: content})
	document.Caption, document.ParseMode = caption, telegram.ModeHTML
	return w.speak(ctx, document)
}

// speak is request of what a chat hears, unless Telegram has heard enough of the bot for now.
func (w *Wire) speak(ctx context.Context, what telegram.Chattable) error {
	if left := w.peace.left(w.token); left > 0 {
		return &Refusal{http.StatusTooManyRequests, "left in peace", left}
	}
	err := w.request(ctx, what)
	var refused *Refusal
	if errors.As(err, &refused) && refused.After > 0 {
		w.peace.keep(w.token, refused.After)
	}
	return err
}

func (w *Wire) request(ctx context.Context, what telegram.Chattable) error {
	return w.ask(ctx, longestAsk, nil, func(b *telegram.BotAPI) (*telegram.APIResponse, error) { return b.Request(what) })
}

// ask puts one question, within a time, and reads what it results in.
func (w *Wire) ask(ctx context.Context, within time.Duration, result any, question func(*telegram.BotAPI) (*telegram.APIResponse, error)) error {
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	b := &telegram.BotAPI{Token: w.token, Client: during{ctx, w.http}}
	b.SetAPIEndpoint(w.endpoint)
	answer, err := question(b)
	var refused *telegram.Error
	switch {
	case errors.As(err, &refused):
		return w.hide(&Refusal{refused.Code, refused.Message, time.Duration(refused.RetryAfter) * time.Second})
	case err != nil:
		return w.hide(err)
	case result == nil:
		return nil
	}
	return json.Unmarshal(answer.Result, result)
}

// hide is an error without the token.
func (w *Wire) hide(err error) error {
	var refused *Refusal
	var addressed *url.Error
	switch {
	case errors.As(err, &refused): // it may have been told back
		return &Refusal{refused.Code, strings.ReplaceAll(refused.Why, w.token, "…"), refused.After}
	case errors.As(err, &addressed):
		err = addressed.Err
	}
	if text := err.Error(); strings.Contains(text, w.token) {
		return errors.New(strings.ReplaceAll(text, w.token, "…"))
	}
	return fmt.Errorf("telegram: %w", err)
}

// during sends the library's requests within a context, and reads a refusal of any kind alike: the library forgets the code of some.
type during struct {
	ctx  context.Context
	http *http.Client
}

func (d during) Do(request *http.Request) (*http.Response, error) {
	response, err := d.http.Do(request.WithContext(d.ctx))
	if err != nil {
		return nil, err
	}
	response.Body = struct {
		io.Reader
		io.Closer
	}{io.LimitReader(response.Body, mostBytes), response.Body}
	if response.StatusCode == http.StatusOK {
		return response, nil
	}
	defer response.Body.Close()
	var said telegram.APIResponse
	content, _ := io.ReadAll(response.Body) // what cannot be read is a refusal without a word
	_ = json.NewDecoder(bytes.NewReader(content)).Decode(&said)
	refused := &Refusal{Code: response.StatusCode, Why: said.Description}
	if said.Parameters != nil {
		refused.After = time.Duration(said.Parameters.RetryAfter) * time.Second
	}
	return nil, refused
}
