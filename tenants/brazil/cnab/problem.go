package cnab

import "fmt"

// Problem is one thing wrong with a file, and where. It is an error.
type Problem struct {
	Line   int  `json:"line"`   // from 1; 0 for the file as a whole
	Column int  `json:"column"` // from 1, the first of the field; 0 for the line as a whole
	Code   Code `json:"code"`
}

// Code names what is wrong.
type Code string

// Of the file: nothing of it can be read, and ReadReturn returns the Problem as its error.
const (
	Empty       Code = "empty_file"
	NotAReturn  Code = "not_a_return" // a remessa, or no CNAB at all
	UnknownBank Code = "unknown_bank"
)

// Of a record: it is left out.
const (
	LineTooLong    Code = "line_too_long"
	UnknownRecord  Code = "unknown_record"
	AnotherBank    Code = "another_bank" // not the one of the header
	NotANumber     Code = "not_a_number"
	NotADate       Code = "not_a_date"
	NotText        Code = "not_text" // control characters, the mark of a damaged byte
	Missing        Code = "missing_field"
	Implausible    Code = "implausible_amount" // ten billion reais and above
	MissingSegment Code = "missing_segment"    // T without its U, or U without its T
)

// Of the whole that the records make: titles are read, but some may be missing or double.
const (
	WrongSequence  Code = "wrong_sequence"
	WrongCount     Code = "wrong_record_count"
	WrongTotal     Code = "wrong_total"
	SecondHeader   Code = "second_header" // two files in one: what follows is not read
	SecondTrailer  Code = "second_trailer"
	MissingTrailer Code = "missing_trailer" // a file cut short
)

func (p Problem) Error() string {
	return fmt.Sprintf("line %d, column %d: %s", p.Line, p.Column, p.Code)
}
