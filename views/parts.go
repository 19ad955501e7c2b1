package views

// Status is word, shape and ground. Only the table of words makes one: a template never chooses.
type Status struct {
	Word, Class string // ok, wait, warn, bad, off
	Bare        bool   // word and shape without the ground, in a line of text
}

// Link is something one can go to, or do. With Post it is a button in a form of its own, for what changes something.
type Link struct {
	Label, Href string
	Go          bool // the one accent of its place
	Current     bool
	Post        *Form
	Print       bool // prints the page it stands on; only where there is script
}

// Head is the head of a page: where one is, its one h1, a grey line of facts, at most three things to do.
type Head struct {
	Crumbs []Link
	Here   string // the last crumb, no link
	Title  string
	Facts  string
	Tag    *Status
	Do     []Link
	More   *More // what else can be done
}

// Fact is a line of a list of facts.
type Fact struct {
	Term, Text, Href, Memo string
	Mono, Num, Muted       bool
	Status                 *Status
	After                  string // text behind a link
}

// Slip is a stub and its body: a service, a booklet, a ticket.
type Slip struct {
	Status  Status
	Beside  *Status // trust beside a suspension
	Price   string  // figures; the part writes R$
	How     string  // how the price came about
	Terms   string
	Title   string
	Facts   []Fact
	Actions []Link
	More    More
}

// More is Outras Opções: what can be done, and what cannot, with its reason.
type More struct {
	Label  string
	Can    []Link
	Cannot []Reason
}

// Reason is what is not possible now, and why.
type Reason struct{ What, Why string }

// Step is a stub of a wizard.
type Step struct {
	Label, Href string
	Done, Now   bool
}

// Chip is a filter: a link with its count.
type Chip struct {
	Label, Href, Count string
	Current            bool
}

// Table is rows under a head; on a phone each row is a small card.
type Table struct {
	Caption string // what it is, for those who do not see it
	Columns []Column
	Rows    [][]Cell
	Foot    []Cell
	Tight   bool
}

// Column is how a column stands.
type Column struct {
	Label, Href string // the link sorts
	Sorted      string // ascending, descending
	Right       bool   // figures
	Main        bool   // the money: on a phone it stands beside the name
	Named       bool   // on a phone its label stands before the value
	Wide        bool   // only where there is room: gone on a tablet and below
	Roomy       bool   // gone on a tablet, back on a phone's card
}

// Cell is what stands in a place of a table.
type Cell struct {
	Text, Href, Memo   string
	Lines              []string // in place of Text, each on its own
	Status             *Status
	Strong, Muted, Num bool
	Minus              bool // money given back
	Who                bool // the name the row is about
	Do                 *Link
	More               *More
}

// Pager is where one is in a long list.
type Pager struct{ Said, Before, After string }

// Preview is what an operation will do to money, before it does: on the yellow copy.
type Preview struct {
	Title string
	Tag   string // "prévia: nada foi gravado"
	Table Table
	Next  string // what comes after, in one sentence
}

// Line is one amount with what it is for.
type Line struct{ What, Memo, Amount string }

// Sum is lines and their total, on the yellow copy of a wizard, and then the sums that follow from it.
type Sum struct {
	Title, Tag  string
	Lines       []Line
	Label, Full string
	Note        string
	Then        []Sum
}

// Happening is a line of the history: the sentence, then when, who, through which channel.
type Happening struct {
	Sentence, Reason, When, Who string
	Changes                     *Table // field by field, before and after; nil where nothing was replaced
	Other                       *Link  // the customer whose history tells it too, or nil
}

// Verdict is one conclusion and one line of proof; its class is bad, warn, ok or none.
type Verdict struct {
	Class, Said string
	Proof       []Link // each with or without a place to go
}

// Empty says what is not there, why, and one next thing.
type Empty struct {
	Title, Why string
	Next       Link
}

// Toast says what has just been done, with amount and name, offers to undo it while that is possible, and leads to the paper of it.
type Toast struct {
	Said, Undo string
	Paper      Link
}

// Figure is a number of the day, with what makes it up.
type Figure struct {
	Label, Value, Memo string
	Money              bool
}

// Entry is a line of a short list.
type Entry struct {
	When, Text, Href, Memo string
	Name                   string // somebody's, before the memo; it may be written from right to left
	Status                 *Status
	Do                     *Link
}

// Batch is a long work: how far it is, what failed, what can be done. It refreshes itself while it runs.
type Batch struct {
	Title, State string
	Done, Total  int
	Left         string // about how long
	Note         string
	Failed       int
	Why          string
	Fix          []Link
	Do           []Link
	Self         string // its own address, asked each second while it runs; empty when it is over
}

// Said is how far it is.
func (b Batch) Said() string { return number(b.Done) + " de " + number(b.Total) }

// Diagnosis is the seven-part look at a service: the verdict, then the parts in the source's order.
type Diagnosis struct {
	At      string // when it was read
	Refresh string
	Verdict Verdict
	Parts   []Part
}

// Part is one of the seven. One that failed says so in its place.
type Part struct {
	Title   string
	Failed  string
	Rows    []Pair
	Memo    string // how an amount of it came about
	Week    []Day
	Traffic *Curve
}

// Pair is two cells, one at each end of a line.
type Pair struct{ Left, Right Cell }

// Day is a day of the week's authentications.
type Day struct {
	Name, Count, Said string
	Class             string // yes, no
}
