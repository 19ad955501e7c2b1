package cnab

import (
	"strings"

	"enlace/tenants/money"
)

// layout400 is where a bank keeps things in a retorno of CNAB 400. Tipo (1) and sequência (395-400) are the same with all.
type layout400 struct {
	header     table[Return]
	detail     string // tipo of a title's record
	title      table[Title]
	settles    map[string]bool
	creditOnly bool   // 254-266 is what came to the account, not what was paid
	pix        string // tipo of the record that brings the Pix of the title before it
	pixSettles string // ocorrência that is a payment when such a record follows
	passed     string // tipos that say nothing of payments
	titles     int    // column of the trailer with the count of titles (8) and, behind it, their nominal value (14); 0 for none
}

// file400 is a CNAB 400 file while it is read.
type file400 struct {
	*Return
	layout   *layout400
	sequence int64
	before   *Title // of the record before, which a Pix record may complete; nil when that was no title
	trailer  *line
}

func read400(ret *Return, header line, source *lines) error {
	ret.Layout, ret.Bank = "CNAB400", header.cell(77, 3)
	layout := banks[ret.Bank].returns400
	if layout == nil {
		return Problem{header.number, 77, UnknownBank}
	}
	ret.report(layout.header.read(header, ret))
	f := file400{Return: ret, layout: layout}
	f.inSequence(header)
	for {
		l, more := source.next()
		if !more {
			break
		}
		if l, tooLong := l.fit(400); !f.report(tooLong) && !f.record(l) {
			break
		}
	}
	f.finish(source.number)
	return nil
}

// record reads one record, and returns false where another file begins.
func (f *file400) record(l line) bool {
	kind := l.cell(1, 1)
	if kind == "0" {
		f.report(&Problem{l.number, 1, SecondHeader})
		return false
	}
	f.inSequence(l)
	before := f.before
	f.before = nil
	switch {
	case f.trailer != nil && kind != "9":
		f.report(&Problem{l.number, 1, AfterTrailer})
	case kind == f.layout.detail:
		f.title(l)
	case kind == f.layout.pix && before != nil:
		f.pix(l, before)
	case kind == "9" && f.trailer != nil:
		f.report(&Problem{l.number, 1, SecondTrailer})
	case kind == "9":
		f.trailer = &l
	case kind == f.layout.pix || !strings.Contains(f.layout.passed, kind):
		f.report(&Problem{l.number, 1, UnknownRecord})
	}
	return true
}

// inSequence checks columns 395-400, which number the records from 1: the only thing in a CNAB 400 that tells of a lost one.
func (f *file400) inSequence(l line) {
	n, bad := number(l.cell(395, 6))
	if bad == "" && n != f.sequence+1 {
		bad = WrongSequence
	}
	if bad != "" {
		f.report(&Problem{l.number, 395, bad})
	}
	if f.sequence++; bad == WrongSequence {
		f.sequence = n // one lost record is one problem
	}
}

func (f *file400) title(l line) {
	title := &Title{Line: l.number, creditOnly: f.layout.creditOnly}
	f.before = title
	if f.report(f.layout.title.read(l, title)) {
		return
	}
	title.settles = f.layout.settles[title.Movement]
	f.Titles = append(f.Titles, *title)
	f.before = &f.Titles[len(f.Titles)-1]
}

// pix gives the title before it its copia e cola, columns 2-391. Blank, the bank could not make one, and a 10 stays a mere write-off.
func (f *file400) pix(l line, title *Title) {
	if !f.report(table[Title]{text(2, 390, pixPayload)}.read(l, title)) && title.PixPayload != "" {
		title.settles = title.settles || title.Movement == f.layout.pixSettles
	}
}

// finish judges the file as a whole by its trailer, as far as the bank puts something of use into it.
func (f *file400) finish(last int) {
	if f.trailer == nil {
		f.report(&Problem{last, 0, MissingTrailer})
		return
	}
	start := f.layout.titles
	if start == 0 {
		return
	}
	if n, bad := number(f.trailer.cell(start, 8)); bad != "" || n != int64(len(f.Titles)) {
		f.report(&Problem{f.trailer.number, start, WrongCount})
	}
	var sum money.Cents
	for _, t := range f.Titles {
		sum += t.Nominal
	}
	if n, bad := number(f.trailer.cell(start+8, 14)); bad != "" || n != int64(sum) {
		f.report(&Problem{f.trailer.number, start + 8, WrongTotal})
	}
}
