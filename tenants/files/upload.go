package files

import (
	"context"
	"errors"
	"io"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/uploadpiece"
	"enlace/tenants"
)

// An upload is a large file that somebody sent to be worked through once. It is kept in pieces, so that nobody ever has it in memory whole,
// sealed, since such files hold what people keep to themselves, and only until the work is done.

const (
	pieceBytes = 512 << 10
	forUpload  = "upload" // what the vault is told
)

// KeepUpload keeps what is read, under an id of the caller's, in the caller's transaction, and returns how many bytes it has.
func KeepUpload(ctx context.Context, c *ent.Client, vault *tenants.Vault, id uuid.UUID, from io.Reader) (size int64, err error) {
	piece := make([]byte, pieceBytes)
	for position := 0; ; position++ {
		n, err := io.ReadFull(from, piece)
		if n > 0 {
			sealed, err := vault.Seal(ctx, forUpload, string(piece[:n]))
			if err != nil {
				return size, err
			}
			if err := c.UploadPiece.Create().SetUploadID(id).SetPosition(position).SetContent(sealed).Exec(ctx); err != nil {
				return size, err
			}
			size += int64(n)
		}
		switch {
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			return size, nil
		case err != nil:
			return size, err
		}
	}
}

// OpenUpload reads an upload from its beginning, one piece at a time, each in the transaction the context is in, or in one of its own. One that
// is not there, or another ISP's, is empty.
func OpenUpload(ctx context.Context, db *tenants.DB, vault *tenants.Vault, id uuid.UUID) io.Reader {
	return &upload{ctx: ctx, db: db, vault: vault, id: id}
}

type upload struct {
	ctx   context.Context
	db    *tenants.DB
	vault *tenants.Vault
	id    uuid.UUID
	next  int
	piece string
	err   error // by which it ended: whoever looks ahead and goes on must not get past it
}

func (u *upload) Read(into []byte) (int, error) {
	if u.piece == "" && u.err == nil {
		u.err = u.turn()
	}
	if u.err != nil {
		return 0, u.err
	}
	n := copy(into, u.piece)
	u.piece = u.piece[n:]
	return n, nil
}

// turn opens the next piece, or returns io.EOF.
func (u *upload) turn() error {
	over := false // an error from within would undo the transaction the context is in
	err := u.db.Read(u.ctx, func(ctx context.Context, c *ent.Client) error {
		row, err := c.UploadPiece.Query().Where(uploadpiece.UploadID(u.id), uploadpiece.Position(u.next)).Only(ctx)
		if over = ent.IsNotFound(err); over {
			return nil
		} else if err != nil {
			return err
		}
		u.next++
		u.piece, err = u.vault.Open(ctx, forUpload, row.Content)
		return err
	})
	if err == nil && over {
		err = io.EOF
	}
	return err
}

// DropUpload throws an upload away, in the caller's transaction.
func DropUpload(ctx context.Context, c *ent.Client, id uuid.UUID) error {
	_, err := c.UploadPiece.Delete().Where(uploadpiece.UploadID(id)).Exec(ctx)
	return err
}
