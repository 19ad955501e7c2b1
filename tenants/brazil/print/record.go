package print

import (
	"io"
	"time"
)

// Record is a document of running text that nobody signs: as many pages as it takes, each with what it is and which of them at its foot.
type Record struct {
	Provider string // who it is from, at the head
	Title    string // beside that
	Foot     string // of every page
	MadeAt   time.Time
	Body     []Block
}

// Draw writes it as a PDF file. It returns ErrNoFont and the errors of w.
func (r *Record) Draw(w io.Writer) error {
	p, err := NewPress(w, Imprint{Title: r.Title, Author: r.Provider, MadeAt: r.MadeAt})
	if err != nil {
		return err
	}
	if err := p.sheets(letterhead{r.Provider, r.Title, r.Foot}, p.page.body(r.Body), "página"); err != nil {
		return err
	}
	return p.Close()
}
