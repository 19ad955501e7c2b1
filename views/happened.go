package views

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"enlace/ent"
	"enlace/tenants/brazil"
	"enlace/tenants/money"
	"enlace/tenants/staff"
)

// Happened is an entry of the history in one sentence, with what it names.
func Happened(e *ent.History) string { return sentence(e.Event, e.Before, e.After) }

// Acted is what an operator did, in one sentence, with what it names.
func Acted(a *ent.OperatorAction) string { return sentence(a.Event, a.Before, a.After) }

// Changed sets what an entry replaced beside what came in its place, field by field; nil where it replaced nothing that has a name.
func Changed(e *ent.History) *Table {
	t := &Table{Tight: true, Columns: []Column{{Label: "Campo"}, {Label: "Antes", Named: true}, {Label: "Depois", Named: true}}}
	for _, name := range slices.Sorted(maps.Keys(e.Before)) {
		label, before, after := FieldName(name), told(name, e.Before[name]), ""
		if value, there := e.After[name]; there {
			after = told(name, value)
		}
		if label == "" || before == after {
			continue
		}
		t.Rows = append(t.Rows, []Cell{{Text: label, Strong: true}, {Text: cmp.Or(before, "–")}, {Text: cmp.Or(after, "–")}})
	}
	if len(t.Rows) == 0 {
		return nil
	}
	return t
}

func sentence(event string, states ...map[string]any) string {
	named := map[string]string{}
	for _, state := range states {
		for name, value := range state {
			named[name] = told(name, value)
		}
	}
	return Event(event, named)
}

// amounts are the names under which history keeps cents.
var amounts = map[string]bool{"amount": true, "total": true, "price": true, "credit": true, "penalty": true, "spared": true}

// told writes a value of the history for people. JSON gives numbers as float64; those of history are whole.
func told(name string, value any) string {
	switch v := value.(type) {
	case float64:
		if amounts[name] {
			return money.Cents(v).BRL()
		}
		return strconv.FormatInt(int64(v), 10)
	case string:
		if name == "role" {
			return Word("users.role", v)
		}
		if name == "permission" {
			return Permission(staff.Permission(v))
		}
		if name == "document" {
			return masked(v)
		}
		if name == "feature" {
			return Word("isp.feature", v)
		}
		if name == "wish" {
			return Word("telegram_messages.kind", v)
		}
		if name == "cancel_reason" {
			return Word("cancellations.reason", v)
		}
		if name == "status" {
			for _, kind := range []string{"subscriptions.status", "invoice", "tickets.status", "work_orders.status"} {
				if word := Word(kind, v); word != "" {
					return word
				}
			}
		}
		return v
	}
	return fmt.Sprint(value)
}

// masked shows of a CPF what tells people apart; a CNPJ is public.
func masked(document string) string {
	if len(document) == 14 {
		return brazil.FormatCNPJ(document)
	}
	return brazil.MaskCPF(document)
}
