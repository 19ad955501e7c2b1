package cnab

import (
	"io"
	"iter"
	"strings"
)

// Entry is what a retorno says next: a title, or what is wrong. One of the two is set.
type Entry struct {
	Title   *Title
	Problem *Problem
}

// ReadReturn reads a retorno file whole. It returns the errors of Stream; all else that is wrong stands in Return.Problems, beside what could be read.
func ReadReturn(r io.Reader) (*Return, error) {
	ret, entries, err := Stream(r)
	if err != nil {
		return nil, err
	}
	for one, err := range entries {
		switch {
		case err != nil:
			return nil, err
		case one.Title != nil:
			ret.Titles = append(ret.Titles, *one.Title)
		default:
			ret.Problems = append(ret.Problems, *one.Problem)
		}
	}
	return ret, nil
}

// Stream reads a retorno file as it comes: whose it is, and then once what it says, in the order of the file, which nobody has in memory whole.
// Lines may end in CRLF or LF, have lost their trailing blanks, begin with a BOM and end with 0x1A. TrailerMatches is known after the last entry,
// and Agreement, where the header names none, after the first title.
//
// It returns a Problem as its error when nothing of the file can be told: Empty, NotAReturn, UnknownBank, or LineTooLong for the header;
// and the reader's own error when that fails, which may also come in place of an entry and is the last then.
func Stream(r io.Reader) (*Return, iter.Seq2[Entry, error], error) {
	source := newLines(r)
	header, ok := source.next()
	if source.err != nil {
		return nil, nil, source.err
	}
	if !ok {
		return nil, nil, Problem{Code: Empty}
	}
	open, width, err := layoutOf(header.text)
	if err != nil {
		return nil, nil, err
	}
	header, tooLong := header.fit(width)
	if tooLong != nil {
		return nil, nil, *tooLong
	}
	f := &flow{Return: &Return{}, source: source}
	read, err := open(f, header)
	if err != nil {
		return nil, nil, err
	}
	return f.Return, func(yield func(Entry, error) bool) {
		f.yield = yield
		for _, problem := range f.early {
			f.put(Entry{Problem: &problem})
		}
		read()
		if source.err != nil && !f.stopped {
			yield(Entry{}, source.err)
		}
	}, nil
}

// flow is a file while it is read.
type flow struct {
	*Return
	source  *lines
	early   []Problem // of the header
	yield   func(Entry, error) bool
	stopped bool // nobody listens any more
}

// put hands an entry out.
func (f *flow) put(e Entry) {
	if !f.stopped {
		f.stopped = !f.yield(e, nil)
	}
}

// report hands a problem out, and says whether there was one.
func (f *flow) report(p *Problem) bool {
	switch {
	case p == nil:
		return false
	case f.yield == nil:
		f.early = append(f.early, *p)
	default:
		f.put(Entry{Problem: p})
	}
	return true
}

// each hands the records that follow to do, padded to a width, until it returns false or nobody listens. A line too long is a problem.
func (f *flow) each(width int, do func(line) bool) {
	for !f.stopped {
		l, more := f.source.next()
		if !more {
			return
		}
		if l, tooLong := l.fit(width); !f.report(tooLong) && !do(l) {
			return
		}
	}
}

// layoutOf tells the layouts apart by the first record: a 400 spells out what it is; a 240 has batch 0000 and record type 0, and is a
// remessa when column 143 says 1.
func layoutOf(header string) (open func(*flow, line) (read func(), err error), width int, err error) {
	switch {
	case strings.HasPrefix(header, "02RETORNO"):
		return open400, 400, nil
	case len(header) > 142 && header[3:8] == "00000" && header[142] != '1':
		return open240, 240, nil
	}
	return nil, 0, Problem{Line: 1, Column: 1, Code: NotAReturn}
}
