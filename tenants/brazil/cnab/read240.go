package cnab

import "enlace/tenants/money"

// file240 is a CNAB 240 file while it is read.
type file240 struct {
	*flow
	layout  *layout240
	batch   batch240
	batches int64
	open    *Title // of a segment T that awaits its U
	dropped bool   // the open title's T was damaged: its U is dropped with it
	trailer *line
}

// batch240 is what the trailer of a batch is held against.
type batch240 struct {
	start    int // records before it
	sequence int64
	titles   int64
	nominal  money.Cents
}

func open240(of *flow, header line) (read func(), err error) {
	of.Layout, of.Bank = "CNAB240", header.cell(1, 3)
	layout := banks[of.Bank].returns240
	if layout == nil {
		return nil, Problem{header.number, 1, UnknownBank}
	}
	of.report(layout.header.read(header, of.Return))
	f := file240{flow: of, layout: layout}
	return func() {
		f.each(240, f.record)
		f.finish()
	}, nil
}

// record reads one record, and returns false where another file begins.
func (f *file240) record(l line) bool {
	if l.cell(1, 3) != f.Bank {
		f.report(&Problem{l.number, 1, AnotherBank})
		return true
	}
	kind := l.cell(8, 1)
	if f.trailer != nil && kind != "0" && kind != "9" {
		f.report(&Problem{l.number, 8, AfterTrailer})
		return true
	}
	switch kind {
	case "0":
		f.report(&Problem{l.number, 8, SecondHeader})
		f.source.records-- // it is none of this file's
		return false
	case "1":
		f.batches++
		f.batch = batch240{start: f.source.records - 1}
	case "2", "4": // what banks may say before and after the titles of a batch
	case "3":
		f.detail(l)
	case "5":
		f.closeTitle()
		f.closeBatch(l)
	case "9":
		f.fileTrailer(l)
	default:
		f.report(&Problem{l.number, 8, UnknownRecord})
	}
	return true
}

func (f *file240) detail(l line) {
	sequence, bad := number(l.cell(9, 5))
	if bad == "" && sequence != f.batch.sequence+1 {
		bad = WrongSequence
	}
	if bad != "" {
		f.report(&Problem{l.number, 9, bad})
	}
	f.batch.sequence = sequence
	switch segment := l.cell(14, 1); segment {
	case "T":
		f.closeTitle()
		f.open = &Title{Line: l.number}
		f.dropped = f.report(f.layout.t.read(l, f.open))
	case "U":
		f.segmentU(l)
	}
}

// segmentU completes the open title and takes it into the file.
func (f *file240) segmentU(l line) {
	title := f.open
	f.open = nil
	switch {
	case title == nil:
		f.report(&Problem{l.number, 14, MissingSegment})
	case f.dropped:
	case l.cell(16, 2) != title.Movement:
		f.report(&Problem{l.number, 16, MissingSegment})
	case f.report(f.layout.u.read(l, title)):
	default:
		title.settles = settles240[title.Movement]
		f.put(Entry{Title: title})
		f.batch.titles++
		f.batch.nominal += title.Nominal
	}
}

// closeTitle reports a segment T whose U did not come.
func (f *file240) closeTitle() {
	if f.open != nil && !f.dropped {
		f.report(&Problem{f.open.Line, 14, MissingSegment})
	}
	f.open = nil
}

// closeBatch holds the batch trailer against the batch: records 18-23; then count and value of titles, once for each of the four
// kinds of collection. Banks that do not count their titles leave zeros.
func (f *file240) closeBatch(l line) {
	if !f.layout.totals {
		return
	}
	records, bad := number(l.cell(18, 6))
	if bad != "" || records != int64(f.source.records-f.batch.start) {
		f.report(&Problem{l.number, 18, WrongCount})
	}
	var titles, nominal int64
	for start := 24; start < 116; start += 23 {
		n, _ := number(l.cell(start, 6))
		value, _ := number(l.cell(start+6, 17))
		titles, nominal = titles+n, nominal+value
	}
	if titles > 0 && (titles != f.batch.titles || nominal != int64(f.batch.nominal)) {
		f.report(&Problem{l.number, 24, WrongTotal})
	}
}

func (f *file240) fileTrailer(l line) {
	if f.trailer != nil {
		f.report(&Problem{l.number, 8, SecondTrailer})
		return
	}
	f.trailer = &l
}

// finish judges the file as a whole: lotes 18-23 and registros 24-29 of its trailer.
func (f *file240) finish() {
	f.closeTitle()
	matches := false
	f.TrailerMatches = &matches
	if f.trailer == nil {
		f.report(&Problem{f.source.number, 0, MissingTrailer})
		return
	}
	if batches, bad := number(f.trailer.cell(18, 6)); bad != "" || batches != f.batches {
		f.report(&Problem{f.trailer.number, 18, WrongCount})
	}
	records, bad := number(f.trailer.cell(24, 6))
	if matches = bad == "" && records == int64(f.source.records); !matches {
		f.report(&Problem{f.trailer.number, 24, WrongCount})
	}
}
