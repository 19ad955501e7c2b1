package bot

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

// api is what is asked of Telegram. What it refuses is a *refusal; no error holds the token.
type api interface {
	me(ctx context.Context) (username string, err error)
	commands(ctx context.Context) error
	setWebhook(ctx context.Context, address, secret string) error
	dropWebhook(ctx context.Context) error
	updates(ctx context.Context, from int64, hold time.Duration) ([]json.RawMessage, error) // waits so long for some; may be none
	send(ctx context.Context, chat int64, text string, k keys) error
	edit(ctx context.Context, chat int64, message int, text string, k keys) error
	answerPress(ctx context.Context, press, toast string) error
	sendDocument(ctx context.Context, chat int64, name string, content []byte, caption string) error
	sendPhoto(ctx context.Context, chat int64, name string, content []byte, caption string) error
	file(ctx context.Context, id string) ([]byte, error) // errLarge beyond what is taken
}

// wire speaks to one bot over HTTP. The library writes the requests; the sending is ours, since the library knows no context and prints the
// address, token and all, in its errors.
type wire struct {
	endpoint string
	token    string
	http     *http.Client
	peace    *peace
}

const (
	longPoll   = 5 * time.Second // how long Telegram holds a question for updates: with its answer on its way less than what a renewed lease lasts
	longestWay = 3 * time.Second
	longestAsk = 20 * time.Second // any other question

	longestFetch = time.Minute // of a file
	mostBytes    = 8 << 20
	mostWires    = mostEars + mostMouths // open at once, each with goroutines of its own
)

// network is what all bots of a process speak over.
type network struct {
	endpoint string
	http     *http.Client
	peace    peace
}

func newNetwork(endpoint string) *network {
	return &network{endpoint: cmp.Or(endpoint, Endpoint), http: transport()}
}

func (n *network) wire(token string) *wire { return &wire{n.endpoint, token, n.http, &n.peace} }

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
func transport() *http.Client {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.MaxConnsPerHost, t.MaxIdleConnsPerHost = mostWires, mostWires
	t.ResponseHeaderTimeout = longestAsk
	return &http.Client{Transport: t, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

func (w *wire) me(ctx context.Context) (string, error) {
	var self telegram.User
	err := w.ask(ctx, longestAsk, &self, func(b *telegram.BotAPI) (*telegram.APIResponse, error) { return b.MakeRequest("getMe", nil) })
	return self.UserName, err
}

func (w *wire) commands(ctx context.Context) error {
	return w.request(ctx, telegram.NewSetMyCommands(menuOfCommands...))
}

// setWebhook has Telegram call an address, with the secret in a header: the library knows no secret.
func (w *wire) setWebhook(ctx context.Context, address, secret string) error {
	return w.ask(ctx, longestAsk, nil, func(b *telegram.BotAPI) (*telegram.APIResponse, error) {
		return b.MakeRequest("setWebhook", telegram.Params{"url": address, "secret_token": secret, "allowed_updates": heardOf})
	})
}

func (w *wire) dropWebhook(ctx context.Context) error {
	return w.request(ctx, telegram.DeleteWebhookConfig{})
}

// heardOf are the kinds of updates that Telegram is asked for.
const heardOf = `["message","edited_message","callback_query"]`

func (w *wire) updates(ctx context.Context, from int64, hold time.Duration) (all []json.RawMessage, err error) {
	return all, w.ask(ctx, hold+longestWay, &all, func(b *telegram.BotAPI) (*telegram.APIResponse, error) {
		return b.MakeRequest("getUpdates", telegram.Params{
			"offset": strconv.FormatInt(from, 10), "timeout": strconv.Itoa(int(hold.Seconds())), "allowed_updates": heardOf,
		})
	})
}

func (w *wire) send(ctx context.Context, chat int64, text string, k keys) error {
	message := telegram.NewMessage(chat, text)
	message.ParseMode, message.DisableWebPagePreview = telegram.ModeHTML, true
	if len(k) > 0 {
		message.ReplyMarkup = k.markup()
	}
	return w.speak(ctx, message)
}

func (w *wire) edit(ctx context.Context, chat int64, id int, text string, k keys) error {
	message := telegram.NewEditMessageTextAndMarkup(chat, id, text, k.board())
	message.ParseMode, message.DisableWebPagePreview = telegram.ModeHTML, true
	return w.speak(ctx, message)
}

func (w *wire) answerPress(ctx context.Context, press, toast string) error {
	return w.request(ctx, telegram.NewCallback(press, toast))
}

func (w *wire) sendDocument(ctx context.Context, chat int64, name string, content []byte, caption string) error {
	document := telegram.NewDocument(chat, telegram.FileBytes{Name: name, Bytes: content})
	document.Caption, document.ParseMode = caption, telegram.ModeHTML
	return w.speak(ctx, document)
}

// speak is request of what a chat hears, unless Telegram has heard enough of the bot for now.
func (w *wire) speak(ctx context.Context, what telegram.Chattable) error {
	if left := w.peace.left(w.token); left > 0 {
		return &refusal{http.StatusTooManyRequests, "left in peace", left}
	}
	err := w.request(ctx, what)
	var refused *refusal
	if errors.As(err, &refused) && refused.after > 0 {
		w.peace.keep(w.token, refused.after)
	}
	return err
}

func (w *wire) request(ctx context.Context, what telegram.Chattable) error {
	return w.ask(ctx, longestAsk, nil, func(b *telegram.BotAPI) (*telegram.APIResponse, error) { return b.Request(what) })
}

// ask puts one question, within a time, and reads what it results in.
func (w *wire) ask(ctx context.Context, within time.Duration, result any, question func(*telegram.BotAPI) (*telegram.APIResponse, error)) error {
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	b := &telegram.BotAPI{Token: w.token, Client: during{ctx, w.http}}
	b.SetAPIEndpoint(w.endpoint)
	answer, err := question(b)
	var refused *telegram.Error
	switch {
	case errors.As(err, &refused):
		return w.hide(&refusal{refused.Code, refused.Message, time.Duration(refused.RetryAfter) * time.Second})
	case err != nil:
		return w.hide(err)
	case result == nil:
		return nil
	}
	return json.Unmarshal(answer.Result, result)
}

// hide is an error without the token.
func (w *wire) hide(err error) error {
	var refused *refusal
	var addressed *url.Error
	switch {
	case errors.As(err, &refused): // it may have been told back
		return &refusal{refused.code, strings.ReplaceAll(refused.why, w.token, "…"), refused.after}
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
	refused := &refusal{code: response.StatusCode, why: said.Description}
	if said.Parameters != nil {
		refused.after = time.Duration(said.Parameters.RetryAfter) * time.Second
	}
	return nil, refused
}

// refusal is Telegram saying no.
type refusal struct {
	code  int
	why   string
	after time.Duration // how long it wants to be left in peace
}

func (r *refusal) Error() string { return fmt.Sprintf("telegram: %d %s", r.code, r.why) }

// unknownBot says that Telegram knows no bot of this token.
func (r *refusal) unknownBot() bool { return r.code == 401 || r.code == 404 }

// webhook says that the bot has a webhook, beside which it cannot be polled.
func (r *refusal) webhook() bool {
	return r.code == http.StatusConflict && strings.Contains(r.why, "webhook")
}

// forGood says that asking the same again would be refused again.
func (r *refusal) forGood() bool { return r.code >= 400 && r.code < 500 && r.code != 429 }

// closed says that the chat takes nothing from this bot any more: it was blocked, never began, or is no more.
func (r *refusal) closed() bool {
	return r.code == http.StatusForbidden || r.code == http.StatusBadRequest && strings.Contains(r.why, "chat not found")
}

// unchanged says that a message says already what it was to say.
func (r *refusal) unchanged() bool { return strings.Contains(r.why, "not modified") }
