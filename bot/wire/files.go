package wire

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"

	telegram "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"enlace/tenants/support"
)

// SendPhoto sends a picture, as one to look at.
func (w *Wire) SendPhoto(ctx context.Context, chat int64, name string, content []byte, caption string) error {
	photo := telegram.NewPhoto(chat, telegram.FileBytes{Name: name, Bytes: content})
	photo.Caption, photo.ParseMode = caption, telegram.ModeHTML
	return w.speak(ctx, photo)
}

// ErrLarge means a file beyond support.MostSent.
var ErrLarge = errors.New("telegram: the file is too large")

// pathShape is what a file's path looks like; one that does not might lead elsewhere.
var pathShape = regexp.MustCompile(`^[0-9A-Za-z_-]+(/[0-9A-Za-z_-][0-9A-Za-z._-]*)*$`)

// File fetches a file that somebody sent. Its address holds the token.
func (w *Wire) File(ctx context.Context, id string) ([]byte, error) {
	var found telegram.File
	err := w.ask(ctx, longestAsk, &found, func(b *telegram.BotAPI) (*telegram.APIResponse, error) {
		return b.MakeRequest("getFile", telegram.Params{"file_id": id})
	})
	switch {
	case err != nil:
		return nil, largeOr(err)
	case found.FileSize > support.MostSent:
		return nil, ErrLarge
	case !pathShape.MatchString(found.FilePath):
		return nil, &Refusal{Code: http.StatusNotFound, Why: "a file without a path"}
	}
	ctx, cancel := context.WithTimeout(ctx, longestFetch)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, fmt.Sprintf(fileEndpoint(w.endpoint), w.token, found.FilePath), nil)
	if err != nil {
		return nil, w.hide(err)
	}
	response, err := w.http.Do(request)
	if err != nil {
		return nil, w.hide(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, &Refusal{Code: response.StatusCode, Why: "the file is not handed over"}
	}
	content, err := io.ReadAll(io.LimitReader(response.Body, support.MostSent+1))
	switch {
	case err != nil:
		return nil, w.hide(err)
	case len(content) > support.MostSent:
		return nil, ErrLarge
	}
	return content, nil
}

// largeOr reads Telegram's refusal of a file that it hands to no bot.
func largeOr(err error) error {
	var refused *Refusal
	if errors.As(err, &refused) && strings.Contains(refused.Why, "too big") {
		return ErrLarge
	}
	return err
}

// fileEndpoint is where files lie, beside the methods: token, then path.
func fileEndpoint(methods string) string {
	return strings.Replace(methods, "/bot%s", "/file/bot%s", 1)
}
