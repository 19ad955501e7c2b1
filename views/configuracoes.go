package views

import (
	"cmp"
	"slices"
	"strings"

	"github.com/google/uuid"

	"enlace/ent"
)

// Configuracoes is the index of the settings.
type Configuracoes struct {
	Head     Head
	Sections []Lot
}

// Lot is a titled list.
type Lot struct {
	Title   string
	Entries []Entry
}

// Page of the index.
func (v Configuracoes) Page() Page {
	return Page{Template: "configuracoes/configuracoes", Title: "Configurações", Section: "/configuracoes"}
}

// Ajuste is a form of the settings: one thing of one list, or the rules.
type Ajuste struct {
	Sheet   string // which fields: the last part of the list's address
	Head    Head
	Form    Form
	Own     string // where it is sent
	Back    Link
	Button  string
	Note    *Verdict // what saving does not touch
	Keeps   string   // what a secret left empty does
	Chips   []Chip   // a choice with its own address: the bank
	Options map[string][]Option
	Fields  []Field // what depends on an answer given before: the bank's own
	Sent    []Field // what the bank's remessa asks besides
	Items   []Item
	Facts   []Fact
	Told    []Happening
}

// Item is a line of a plan's composition.
type Item struct{ Kind, Name, Price Field }

// Page of the form.
func (v Ajuste) Page() Page {
	return Page{Template: "configuracoes/ajuste", Title: v.Form.Title(cmp.Or(v.Head.Title, "Configurações")), Section: "/configuracoes"}
}

// Quadro is a form that is boxes to tick: the due days, the permissions.
type Quadro struct {
	Head   Head
	Form   Form
	Own    string
	Heads  []string // of the columns, where each group has the same boxes: they stand as a table
	Groups []BoxGroup
	Note   *Verdict
	Told   []Happening
}

// BoxGroup is boxes under one name.
type BoxGroup struct {
	Title, Memo string
	Error       string // what is wrong with what is ticked
	Boxes       []Box
}

// Box is one box; a fixed one is ticked and stays so.
type Box struct {
	Name, Value, Label string
	On, Fixed          bool
}

// ID of the box in the page.
func (b Box) ID() string { return b.Name + "-" + b.Value }

// Page of the boxes.
func (v Quadro) Page() Page {
	return Page{Template: "configuracoes/quadro", Title: v.Form.Title(cmp.Or(v.Head.Title, "Configurações")), Section: "/configuracoes"}
}

// Feriados lists the local holidays, with the form of one more.
type Feriados struct {
	Head  Head
	Form  Form
	UFs   []Option
	List  []Entry
	Empty Empty
}

// Page of the holidays.
func (v Feriados) Page() Page {
	return Page{Template: "configuracoes/feriados", Title: v.Form.Title("Feriados locais"), Section: "/configuracoes"}
}

// Marca is the brand: logo and accent, each with its own form.
type Marca struct {
	Head         Head
	Accent, Logo Form
	Darker       string // the nearest tone that can be read, offered with one click
	Offer        Form
	HasLogo      bool
	LogoPath     string
	Told         []Happening
}

// Page of the brand.
func (v Marca) Page() Page {
	title := "Marca"
	for _, f := range []Form{v.Accent, v.Logo} {
		title = f.Title(title)
		if len(f.Problems) > 0 {
			break
		}
	}
	return Page{Template: "configuracoes/marca", Title: title, Section: "/configuracoes"}
}

// SettingChanged is how a thing of the settings changed, in one sentence: each field with what it was and what it is.
func SettingChanged(e *ent.History) string {
	if e.Event != "setting_changed" {
		return Happened(e)
	}
	var said []string
	for field, is := range e.After {
		label, known := settings[field]
		was, now := saidOf(field, e.Before[field]), saidOf(field, is)
		if _, same := e.Before[field]; !known || !same {
			continue
		}
		switch {
		case switches[field]:
			said = append(said, label+" "+map[bool]string{true: "ligado", false: "desligado"}[now == "true"])
		case aboutAnother(was) || aboutAnother(now):
			said = append(said, label+" mudou")
		default:
			said = append(said, label+" de “"+cmp.Or(was, "nada")+"” para “"+cmp.Or(now, "nada")+"”")
		}
	}
	if len(said) == 0 {
		return Happened(e)
	}
	slices.Sort(said)
	return strings.Join(said, "; ")
}

func saidOf(field string, value any) string {
	text, _ := value.(string)
	if kind := settingWords[field]; kind != "" {
		return cmp.Or(Word(kind, text), text)
	}
	return text
}

// aboutAnother says that a value is the id of another thing.
func aboutAnother(value string) bool { return uuid.Validate(value) == nil }
