package cnab

// table says where a kind of record holds the parts of a T. The same table reads the record and writes it. A new bank is new tables.
type table[T any] []field[T]

// part is something a record speaks of, under the name a refusal gives it, and where a T keeps it.
type part[T, V any] struct {
	name string
	of   func(*T) *V
}

// field is a run of columns, from 1 as the manuals count, and how its text becomes a part of T and back.
type field[T any] struct {
	start, length int
	name          string
	read          func(cell string, into *T) Code
	write         func(from *T, cell []byte) Code // over blanks
}

// read fills into from a line and stops at the first field that is not what it should be.
func (tab table[T]) read(l line, into *T) *Problem {
	for _, f := range tab {
		if code := f.read(l.cell(f.start, f.length), into); code != "" {
			return &Problem{l.number, f.start, code}
		}
	}
	return nil
}

// write fills a line of blanks, and names the first field that cannot be written.
func (tab table[T]) write(from *T, blank []byte) (field string, code Code) {
	for _, f := range tab {
		if code := f.write(from, blank[f.start-1:f.start-1+f.length]); code != "" {
			return f.name, code
		}
	}
	return "", ""
}
