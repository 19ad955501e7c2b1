// Package status is the life of a subscription: which event leads from which state to which, and the one writer of it.
package status

import (
	"slices"

	"enlace/ent/subscription"
)

// State is a subscription's state. Trust is none: it is a grant with an end, beside a suspension.
type State = subscription.Status

// The states.
const (
	WaitingSignature    = subscription.StatusAguardandoAssinatura
	WaitingInstallation = subscription.StatusAguardandoInstalacao
	Enabled             = subscription.StatusHabilitado
	Slowed              = subscription.StatusSuspensoParcial
	SuspendedDebt       = subscription.StatusSuspensoDebito
	Paused              = subscription.StatusSuspensoPedido
	WaitingMigration    = subscription.StatusAguardandoMigracao
	Cancelled           = subscription.StatusCancelado
)

// States lists all, in the order of a life.
var States = []State{WaitingSignature, WaitingInstallation, WaitingMigration, Enabled, Slowed, SuspendedDebt, Paused, Cancelled}

// Arrivals are the states in which a service may come from another system: those it can have by itself. A migration needs the other service.
var Arrivals = []State{WaitingSignature, WaitingInstallation, Enabled, Slowed, SuspendedDebt, Paused, Cancelled}

// Living lists those of a service that is not cancelled. To ask for each of them reads a range of an index; to ask for what is not cancelled
// reads all.
var Living = slices.DeleteFunc(slices.Clone(States), func(s State) bool { return s == Cancelled })

// Event is what moves a subscription from one state to another.
type Event string

// The events.
const (
	Sign     Event = "sign"    // the contract was accepted
	Enable   Event = "enable"  // Habilitar
	Slow     Event = "slow"    // the partial step before a cut
	Suspend  Event = "suspend" // for debt
	Pay      Event = "pay"     // all overdue paid, or the first instalment of an agreement
	Pause    Event = "pause"   // at the customer's request
	Resume   Event = "resume"
	GiveUp   Event = "give_up" // a migration that will not be
	Cancel   Event = "cancel"
	Undo     Event = "undo"      // desfazer
	HandOver Event = "hand_over" // to another holder: what it was suspended for is not his
)

// Move is one row of the table.
type Move struct {
	Event Event
	From  []State
	To    State
}

// Table is every move there is; what is not here is refused. Undo is apart, for it leads to the state before: see undo.go.
var Table = []Move{
	{Sign, []State{WaitingSignature}, WaitingInstallation},
	{Enable, []State{WaitingInstallation, WaitingMigration}, Enabled},
	{Slow, []State{Enabled}, Slowed},
	{Suspend, []State{Enabled, Slowed}, SuspendedDebt},
	{Pay, []State{Slowed, SuspendedDebt}, Enabled},
	{Pause, []State{Enabled}, Paused},
	{Resume, []State{Paused}, Enabled},
	{HandOver, []State{Slowed, SuspendedDebt, Paused}, Enabled},
	{GiveUp, []State{WaitingMigration}, Cancelled},
	{Cancel, []State{WaitingSignature, WaitingInstallation, WaitingMigration, Enabled, Slowed, SuspendedDebt, Paused}, Cancelled},
}

// TakenBack lists the events that undo takes back.
var TakenBack = []Event{Cancel, HandOver}

// Allowed says whether an event may move a subscription out of a state.
func Allowed(e Event, from State) bool {
	return slices.ContainsFunc(Table, func(m Move) bool { return m.Event == e && slices.Contains(m.From, from) })
}

// Bills says whether a subscription in the state is charged for its days.
func Bills(s State) bool { return s == Enabled || s == Slowed }

// InDebt says whether the state is a suspension for debt, whole or partial.
func InDebt(s State) bool { return s == Slowed || s == SuspendedDebt }

// MayBeInvoiced says whether a carnê or a loose charge may be issued in the state.
func MayBeInvoiced(s State) bool { return s != Cancelled }

func rowOf(e Event) Move {
	i := slices.IndexFunc(Table, func(m Move) bool { return m.Event == e })
	return Table[i]
}
