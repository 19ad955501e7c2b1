package tenants

import (
	"errors"
	"sort"
	"strings"
)

// Fault is an error that a person can do something about. It holds codes; views/words_ptbr.go holds the sentences.
// Anything that is not a Fault is internal: logged with an id, never shown.
type Fault struct {
	Kind   FaultKind
	Code   string
	Fields map[string]string // of an Invalid: form field to code
	Args   map[string]string // what the sentence names: a state, a date, a permission
}

// FaultKind says what went wrong; each edge has one table from it to its own answer.
type FaultKind int

// The kinds of fault.
const (
	KindInvalid  FaultKind = iota + 1 // a field is wrong; what was typed is kept
	KindConflict                      // the state does not allow it, or somebody else was first
	KindNotFound                      // it does not exist, or belongs to another ISP: no one can tell which
	KindDenied                        // the actor may not
)

func (f *Fault) Error() string {
	if len(f.Fields) == 0 {
		return f.Code
	}
	var parts []string
	for field, code := range f.Fields {
		parts = append(parts, field+": "+code)
	}
	sort.Strings(parts)
	return strings.Join(parts, ", ")
}

// With adds what the sentence of the fault names.
func (f *Fault) With(name, value string) *Fault {
	if f.Args == nil {
		f.Args = map[string]string{}
	}
	f.Args[name] = value
	return f
}

// Invalid says that one field of the input is wrong.
func Invalid(field, code string) *Fault {
	return &Fault{Kind: KindInvalid, Code: "invalid", Fields: map[string]string{field: code}}
}

// Conflict says that the state of things does not allow it.
func Conflict(code string) *Fault { return &Fault{Kind: KindConflict, Code: code} }

// NotFound says that there is no such thing in this ISP.
func NotFound() *Fault { return &Fault{Kind: KindNotFound, Code: "not_found"} }

// Denied says that the actor lacks a permission, which it names.
func Denied(permission string) *Fault {
	return (&Fault{Kind: KindDenied, Code: "denied"}).With("permission", permission)
}

// Fields gathers what is wrong with an input, field by field; the first word on a field stands.
type Fields map[string]string

// Add notes a fault of a field.
func (f *Fields) Add(field, code string) {
	if *f == nil {
		*f = Fields{}
	}
	if _, there := (*f)[field]; !there {
		(*f)[field] = code
	}
}

// Err returns the gathered faults as one Invalid, or nil.
func (f Fields) Err() error {
	if len(f) == 0 {
		return nil
	}
	return &Fault{Kind: KindInvalid, Code: "invalid", Fields: f}
}

// FaultOf returns the fault within err, or nil when it is internal.
func FaultOf(err error) *Fault {
	var f *Fault
	if errors.As(err, &f) {
		return f
	}
	return nil
}
