package messages

import "slices"

// Kind is what a message tells of.
type Kind string

// The kinds.
const (
	Issued      Kind = "issued"
	DueSoon     Kind = "due_soon"
	Overdue     Kind = "overdue"
	Suspended   Kind = "suspended"
	Restored    Kind = "restored"
	TrustEnding Kind = "trust_ending"
	Answered    Kind = "answered"
	VisitBooked Kind = "visit_booked"
	VisitComing Kind = "visit_coming"
	VisitOff    Kind = "visit_off"
	Down        Kind = "outage"
	Decided     Kind = "decided"
)

// Manner is how a kind of message is told.
type Manner struct {
	Kind   Kind
	Silent bool // a chat may do without it
	Urgent bool // it is said at once, by night too; what is not waits for the end of the quiet hours, and goes in one message with what waits there
	Hourly bool // by day too it waits, for the next full hour, to be said with others
}

// Manners are the kinds there are, in the order in which a subscriber reads them. What the law wants told (Res. Anatel 765/2023), what answers
// somebody who asked, and what asks for an answer can never be silenced.
var Manners = []Manner{
	{Kind: Issued, Silent: true, Hourly: true},
	{Kind: DueSoon, Silent: true, Hourly: true},
	{Kind: Overdue, Hourly: true},
	{Kind: Suspended, Urgent: true},
	{Kind: Restored, Silent: true, Urgent: true},
	{Kind: TrustEnding, Silent: true, Urgent: true}, // its hour is chosen outside the quiet ones
	{Kind: Answered, Urgent: true},
	{Kind: VisitBooked, Silent: true},
	{Kind: VisitComing, Silent: true, Urgent: true},
	{Kind: VisitOff, Urgent: true}, // somebody waits at home
	{Kind: Down, Silent: true},
	{Kind: Decided}, // agreements, contests, transfers
}

// MannerOf is how a kind is told; one that is none is told like what cannot be silenced.
func MannerOf(k Kind) Manner {
	if i := slices.IndexFunc(Manners, func(m Manner) bool { return m.Kind == k }); i >= 0 {
		return Manners[i]
	}
	return Manner{Kind: k, Urgent: true}
}

// MayBeSilenced says whether a chat may do without a kind.
func MayBeSilenced(k Kind) bool { return MannerOf(k).Silent }
