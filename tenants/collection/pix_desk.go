package collection

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/pspaccount"
	"enlace/tenants"
	"enlace/tenants/brazil/pix/psp"
	"enlace/tenants/catalog"
)

// access is an ISP's access to a PSP with what belongs to it.
type access struct {
	row *ent.PspAccount
	key *ent.PixKey
}

// accessOf reads an access. It returns NotFound for one that is not the ISP's.
func accessOf(ctx context.Context, c *ent.Client, id uuid.UUID) (a access, err error) {
	if a.row, err = c.PspAccount.Get(ctx, id); ent.IsNotFound(err) {
		return a, tenants.NotFound()
	} else if err != nil {
		return a, err
	}
	a.key, err = c.PixKey.Get(ctx, a.row.PixKeyID)
	return a, err
}

// open opens the door to the PSP of an access.
func (d Desk) open(ctx context.Context, row *ent.PspAccount) (psp.Door, error) {
	isp, _ := tenants.From(ctx)
	account := psp.Account{ID: isp.ID.String() + "/" + row.ID.String(), BaseURL: row.BaseURL, TokenURL: row.TokenURL, ClientID: row.ClientID}
	for purpose, secret := range map[string]struct {
		sealed string
		into   *string
	}{catalog.ForPSPSecret: {row.ClientSecret, &account.ClientSecret}, catalog.ForPSPCertificate: {row.Certificate, &account.Certificate}, catalog.ForPSPKey: {row.PrivateKey, &account.PrivateKey}} {
		opened, err := d.Vault.Open(ctx, purpose, secret.sealed)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", psp.ErrCredentials, err)
		}
		*secret.into = opened
	}
	return d.PSPs.Open(account)
}

// heard keeps how a PSP answered, where that is another answer than before, for the gerente to read; it returns what it was given.
func (d Desk) heard(ctx context.Context, row *ent.PspAccount, failure error) error {
	answer := answerOf(failure)
	if answer == row.Answer {
		return failure
	}
	noting, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second) // a PSP that used up the time is noted all the same
	defer cancel()
	err := d.DB.Write(noting, func(ctx context.Context, c *ent.Client) error {
		return c.PspAccount.Update().Where(pspaccount.ID(row.ID)).SetAnswer(answer).SetAnsweredAt(d.DB.Now()).Exec(ctx)
	})
	return errors.Join(failure, err)
}

// answerOf is what an error of a door says of the access. What is not found or refused was asked by somebody the PSP knows.
func answerOf(err error) pspaccount.Answer {
	var refused *psp.Refused
	switch {
	case err == nil, errors.Is(err, psp.ErrNotFound):
		return pspaccount.AnswerAccepted
	case errors.Is(err, psp.ErrCredentials):
		return pspaccount.AnswerCredentials
	case errors.As(err, &refused):
		return pspaccount.AnswerRefused
	}
	return pspaccount.AnswerUnreachable
}
