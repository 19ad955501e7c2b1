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
	AfterTrailer   Code = "after_trailer"   // a record behind the end: not read
	MissingTrailer Code = "missing_trailer" // a file cut short
)

// Of a sender or an order, in a Refusal; Missing, NotANumber, NotADate and NotText stand there too.
const (
	TooLong        Code = "too_long" // for the bank's columns, of what may not be cut
	TooLarge       Code = "too_large"
	Negative       Code = "negative"
	DueBeforeIssue Code = "due_before_issue"
	OutOfOrder     Code = "out_of_order" // of a date, among the order's others
	NotADocument   Code = "not_a_document"
	NotACEP        Code = "not_a_cep"
	NotAState      Code = "not_a_state"
	UnknownCommand Code = "unknown_command" // to this bank, in this layout
	NotForThisBank Code = "not_for_this_bank"
	FileFull       Code = "file_full"        // 999,999 records
	Unexpected     Code = "unexpected_value" // where a remessa that is read has another than its layout wants
)

func (p Problem) Error() string {
	return fmt.Sprintf("line %d, column %d: %s", p.Line, p.Column, p.Code)
}
