package cnab

import (
	"strings"

	"enlace/tenants/money"
)

// layout400 is where a bank keeps things in a retorno of CNAB 400. Tipo (1) and sequência (395-400) are the same with all.
type layout400 struct {
	header     table[Return]
	detail     string        // tipo of a title's record
	holder     table[Return] // of the first such record, where the header does not name the agreement
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
	*flow
	layout   *layout400
	sequence int64
	before   *Title // of the record before, which a Pix record may complete; nil when that was no title
	damaged  bool   // that record was, and its title is dropped
	named    bool   // a title's record has named the agreement
	titles   int64
	nominal  money.Cents
	trailer  *line
}

func open400(of *flow, header line) (read func(), err error) {
	of.Layout, of.Bank = "CNAB400", header.cell(77, 3)
	layout := banks[of.Bank].returns400
	if layout == nil {
		return nil, Problem{header.number, 77, UnknownBank}
	}
	of.report(layout.header.read(header, of.Return))
	f := file400{flow: of, layout: layout}
	f.inSequence(header)
	return func() {
		f.each(400, f.record)
		f.closeTitle()
		f.finish(f.source.number)
	}, nil
}

// record reads one record, and returns false where another file begins.
func (f *file400) record(l line) bool {
	kind := l.cell(1, 1)
	completes := kind == f.layout.pix && f.before != nil
	if !completes {
		f.closeTitle()
	}
	if kind == "0" {
		f.report(&Problem{l.number, 1, SecondHeader})
		return false
	}
	f.inSequence(l)
	switch {
	case f.trailer != nil && kind != "9":
		f.report(&Problem{l.number, 1, AfterTrailer})
	case kind == f.layout.detail:
		f.title(l)
	case completes:
		f.pix(l)
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
	if !f.named {
		f.named = f.layout.holder.read(l, f.Return) == nil
	}
	f.before, f.damaged = title, f.report(f.layout.title.read(l, title))
	title.settles = f.layout.settles[title.Movement]
}

// closeTitle hands out the title before, which nothing completes any more.
func (f *file400) closeTitle() {
	if f.before != nil && !f.damaged {
		f.put(Entry{Title: f.before})
		f.titles++
		f.nominal += f.before.Nominal
	}
	f.before = nil
}

// pix gives the title before it its copia e cola, columns 2-391. Blank, the bank could not make one, and a 10 stays a mere write-off.
func (f *file400) pix(l line) {
	title := f.before
	if !f.report(table[Title]{text(2, 390, pixPayload)}.read(l, title)) && title.PixPayload != "" {
		title.settles = title.settles || title.Movement == f.layout.pixSettles
	}
	f.closeTitle()
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
	if n, bad := number(f.trailer.cell(start, 8)); bad != "" || n != f.titles {
		f.report(&Problem{f.trailer.number, start, WrongCount})
	}
	if n, bad := number(f.trailer.cell(start+8, 14)); bad != "" || n != int64(f.nominal) {
		f.report(&Problem{f.trailer.number, start + 8, WrongTotal})
	}
}
