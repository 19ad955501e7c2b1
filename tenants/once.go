package tenants

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"

	"enlace/ent"
	"enlace/ent/idempotencykey"
)

// Once is Write for what a form asks for: however often the form is sent, and by however many at once, it is done once, and each gets the
// answer of that once (an id, mostly). key is the form's own, action the use case's name, and input what was asked: the same key with another
// input is Conflict key_reused, since the person must not believe that it was done. What failed leaves no key behind and may be sent again.
// Without a key, as from a job, it is a plain Write.
func (db *DB) Once(ctx context.Context, action, key string, input any, do func(context.Context, *ent.Client) (answer string, err error)) (string, error) {
	asked, err := fingerprint(input)
	if err != nil {
		return "", err
	}
	var answer string
	err = db.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if key == "" {
			answer, err = do(ctx, c)
			return err
		}
		before, done, err := answered(ctx, c, action, key, asked)
		if err != nil || done {
			answer = before
			return err
		}
		if answer, err = do(ctx, c); err != nil {
			return err
		}
		return c.IdempotencyKey.Create().SetAction(action).SetKey(key).SetAnswer(asked + " " + answer).SetCreatedAt(db.Now()).Exec(ctx)
	})
	if err == nil || key == "" || unitOf(ctx) != nil {
		return answer, err
	}
	// Somebody else may have been first with this very form: by the key itself, or by what it changed.
	first := err
	err = db.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		before, done, err := answered(ctx, c, action, key, asked)
		if err == nil && !done {
			err = first
		}
		answer = before
		return err
	})
	return answer, err
}

// answered is what the form was answered before, if it was.
func answered(ctx context.Context, c *ent.Client, action, key, asked string) (answer string, done bool, err error) {
	row, err := c.IdempotencyKey.Query().Where(idempotencykey.Action(action), idempotencykey.Key(key)).Only(ctx)
	switch {
	case ent.IsNotFound(err):
		return "", false, nil
	case err != nil:
		return "", false, err
	}
	before, answer, _ := strings.Cut(row.Answer, " ")
	if before != asked {
		return "", false, Conflict("key_reused")
	}
	return answer, true, nil
}

// Answered is what a form of that key was answered, if it was; in the caller's transaction.
func Answered(ctx context.Context, c *ent.Client, action, key string) (answer string, done bool, err error) {
	row, err := c.IdempotencyKey.Query().Where(idempotencykey.Action(action), idempotencykey.Key(key)).Only(ctx)
	if ent.IsNotFound(err) {
		return "", false, nil
	} else if err != nil {
		return "", false, err
	}
	_, answer, _ = strings.Cut(row.Answer, " ")
	return answer, true, nil
}

// fingerprint tells one input from another without keeping it.
func fingerprint(input any) (string, error) {
	text, err := json.Marshal(input)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:16]), nil
}
