package cnab

import (
	"bufio"
	"io"
	"slices"
	"time"

	"enlace/tenants/calendar"
)

// Remessa writes a file of orders to a bank as they come, holding no more than one.
//
// An order that cannot be written whole and right leaves no trace in the file: Add returns its Refusal, and the others go on.
// The output is upper-case ASCII in lines of 240 or 400 columns and CRLF. In CNAB 240 a new batch begins where the five digits of the
// sequence end, at some 33,000 titles.
type Remessa struct {
	out    *bufio.Writer
	shape  remessa
	width  int
	now    record
	orders int    // added, refused ones too
	lines  []byte // of the order at hand
	err    error  // of the writer; nothing is written after it
}

// The most that the columns of CNAB 240 count, and of CNAB 400.
const (
	mostInBatch = 99_999
	mostInFile  = 999_999
)

// NewRemessa begins a file under the number that follows the sender's last one (NSA), made at an instant in the ISP's zone.
// It returns a Refusal for a sender that the bank could not know.
func NewRemessa(w io.Writer, from Sender, number int64, at time.Time) (*Remessa, error) {
	shape, known := remessaOf(from.Bank, from.Layout)
	if !known {
		return nil, Refusal{-1, "bank", UnknownBank}
	}
	r := &Remessa{out: bufio.NewWriter(w), shape: shape, width: shape.width()}
	r.now = record{Sender: from, nsa: number, writtenOn: calendar.Of(at), clock: at.Format("150405")}
	if field, code := r.checkSender(); code != "" {
		return nil, Refusal{-1, field, code}
	}
	return r, nil
}

// checkSender tries out the headers and what a title says of its sender, so that a file is promised only where it can be filled.
func (r *Remessa) checkSender() (field string, code Code) {
	defer func(before record) { r.now = before }(r.now)
	if r.now.nsa < 1 {
		return fileNumber.name, Missing
	}
	if !isDocument(r.now.CNPJ) {
		return holderCNPJ.name, NotADocument
	}
	if r.shape.fault != nil {
		if field := r.shape.fault(&r.now.Sender); field != "" {
			return field, NotForThisBank
		}
	}
	for _, tab := range []table[record]{r.shape.header, r.shape.batch, r.shape.ofSender()} {
		if field, code := r.line(tab); code != "" {
			return field, code
		}
	}
	return "", ""
}

// ofSender are the fields of a title that are the same in all of a sender's.
func (shape remessa) ofSender() (all table[record]) {
	own := []string{holderName.name, holderCNPJ.name, holderCode.name, branch.name, branchDigit.name, account.name, accountDigit.name,
		wallet.name, convenio.name, beneficiary.name, modality.name, variation.name}
	for _, d := range shape.title {
		for _, f := range d.table {
			if slices.Contains(own, f.name) {
				all = append(all, f)
			}
		}
	}
	return all
}

// Add writes an order. It returns a Refusal, with the index of the order, for one that is left out; the file goes on without it.
// Any other error is the writer's own, and ends the file.
func (r *Remessa) Add(o Order) error {
	if r.err != nil {
		return r.err
	}
	index, before := r.orders, r.now
	r.orders++
	r.lines = r.lines[:0]
	if field, code := r.order(o); code != "" {
		r.now = before
		return Refusal{index, field, code}
	}
	_, r.err = r.out.Write(r.lines)
	return r.err
}

func (r *Remessa) order(o Order) (field string, code Code) {
	now := &r.now
	now.Order = o
	if now.movement = r.shape.commands[o.Command]; now.movement == "" {
		return command.name, UnknownCommand
	}
	if field, code := now.Order.check(r.shape.limit); code != "" {
		return field, code
	}
	if now.figures = banks[now.Bank].figures(o.NossoNumero, &now.Terms); now.figures == "" {
		return ourNumber.name, NotForThisBank
	}
	if o.Discount == 0 {
		now.DiscountUntil = calendar.Date{}
	}
	if field, code := r.open(); code != "" {
		return field, code
	}
	for _, one := range r.shape.title {
		if one.wanted != nil && !one.wanted(now) {
			continue
		}
		if field, code := r.line(one.table); code != "" {
			return field, code
		}
	}
	now.titles++
	now.nominal += o.Amount
	if now.total+2 > mostInFile { // the trailers still have to follow
		return fileSize.name, FileFull
	}
	return "", ""
}

// open writes the header of the file before the first order, and begins a batch before it and where another is full.
func (r *Remessa) open() (field string, code Code) {
	now := &r.now
	if now.total == 0 {
		if field, code := r.line(r.shape.header); code != "" {
			return field, code
		}
	}
	if r.shape.batch == nil || now.batch > 0 && now.sequence+int64(len(r.shape.title)) <= mostInBatch {
		return "", ""
	}
	if now.batch > 0 {
		if field, code := r.line(r.shape.batchEnd); code != "" {
			return field, code
		}
	}
	now.batch++
	now.records, now.titles, now.nominal = 0, 0, 0
	field, code = r.line(r.shape.batch)
	now.sequence = 0
	return field, code
}

// line adds a record to those of the order, of the layout's width and nothing else.
func (r *Remessa) line(tab table[record]) (field string, code Code) {
	r.now.total++
	r.now.records++
	r.now.sequence++
	start := len(r.lines)
	for range r.width {
		r.lines = append(r.lines, ' ')
	}
	field, code = tab.write(&r.now, r.lines[start:])
	r.lines = append(r.lines, '\r', '\n')
	return field, code
}

// Close writes the trailers. It returns a Refusal for a file without orders, of which nothing is written.
func (r *Remessa) Close() error {
	if r.err != nil {
		return r.err
	}
	if r.now.total == 0 {
		return Refusal{-1, fileSize.name, Missing}
	}
	r.lines = r.lines[:0]
	for _, tab := range []table[record]{r.shape.batchEnd, r.shape.end} {
		if tab == nil {
			continue
		}
		if field, code := r.line(tab); code != "" {
			return Refusal{-1, field, code}
		}
	}
	if _, r.err = r.out.Write(r.lines); r.err == nil {
		r.err = r.out.Flush()
	}
	return r.err
}
