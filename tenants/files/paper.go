package files

import (
	"context"
	"io"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/paperpiece"
	"enlace/tenants"
)

// A large paper is a printed file of many documents. It is kept in pieces, each in a transaction of its own, so that nobody ever has it in
// memory whole, under an id of the caller's. Until the caller says that it is whole it may be in the middle of being written.

// NewPaper writes a large paper from its beginning; Close writes what is left. Whatever was kept under the id before has to be dropped first.
func NewPaper(ctx context.Context, db *tenants.DB, id uuid.UUID) io.WriteCloser {
	return &paper{ctx: ctx, db: db, id: id, piece: make([]byte, 0, pieceBytes)}
}

type paper struct {
	ctx   context.Context
	db    *tenants.DB
	id    uuid.UUID
	next  int
	piece []byte
}

func (p *paper) Write(b []byte) (n int, err error) {
	for len(b) > 0 {
		take := min(len(b), cap(p.piece)-len(p.piece))
		p.piece = append(p.piece, b[:take]...)
		if n, b = n+take, b[take:]; len(p.piece) == cap(p.piece) {
			if err := p.keep(); err != nil {
				return n, err
			}
		}
	}
	return n, nil
}

func (p *paper) Close() error {
	if len(p.piece) == 0 {
		return nil
	}
	return p.keep()
}

func (p *paper) keep() error {
	err := p.db.Write(p.ctx, func(ctx context.Context, c *ent.Client) error {
		return c.PaperPiece.Create().SetPaperID(p.id).SetPosition(p.next).SetContent(p.piece).Exec(ctx)
	})
	p.next, p.piece = p.next+1, p.piece[:0]
	return err
}

// ReadPaper reads a large paper from its beginning, one piece at a time, each in a transaction of its own. One that is not there, or another
// ISP's, is empty.
func ReadPaper(ctx context.Context, db *tenants.DB, id uuid.UUID) io.Reader {
	return &reading{ctx: ctx, db: db, id: id}
}

type reading struct {
	ctx   context.Context
	db    *tenants.DB
	id    uuid.UUID
	next  int
	piece []byte
}

func (r *reading) Read(into []byte) (int, error) {
	if len(r.piece) == 0 {
		err := r.db.Read(r.ctx, func(ctx context.Context, c *ent.Client) error {
			row, err := c.PaperPiece.Query().Where(paperpiece.PaperID(r.id), paperpiece.Position(r.next)).Only(ctx)
			if err == nil {
				r.piece = row.Content
			}
			return err
		})
		if ent.IsNotFound(err) {
			return 0, io.EOF
		} else if err != nil {
			return 0, err
		}
		r.next++
	}
	n := copy(into, r.piece)
	r.piece = r.piece[n:]
	return n, nil
}

// DropPaper throws a large paper away, in the caller's transaction.
func DropPaper(ctx context.Context, c *ent.Client, id uuid.UUID) error {
	_, err := c.PaperPiece.Delete().Where(paperpiece.PaperID(id)).Exec(ctx)
	return err
}
