package tenants

import (
	"context"

	"github.com/google/uuid"
)

// Actor is who does something, and through which channel. History names it.
type Actor struct {
	Kind    ActorKind
	ID      uuid.UUID // of the user or customer; none for the system
	Name    string
	Role    string // of a user
	Channel Channel
}

// ActorKind says what an actor is.
type ActorKind string

// The kinds of actor.
const (
	User       ActorKind = "user"
	Subscriber ActorKind = "subscriber"
	System     ActorKind = "system"
	Operator   ActorKind = "operator" // of the platform: inside an ISP he may nothing
)

// Channel says where something was done.
type Channel string

// The channels.
const (
	Web      Channel = "web"
	Telegram Channel = "telegram"
	Job      Channel = "job"
)

type actorKey struct{}

// As returns a context in which the actor does what follows.
func As(ctx context.Context, a Actor) context.Context { return context.WithValue(ctx, actorKey{}, a) }

// Who returns the actor of the context; without one it is the system, in a job.
func Who(ctx context.Context) Actor {
	if a, ok := ctx.Value(actorKey{}).(Actor); ok {
		return a
	}
	return Actor{Kind: System, Name: "Enlace", Channel: Job}
}
