package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os/signal"
	"sync/atomic"
	"syscall"
	"time"
)

// process is a house at work: parts that go on beside each other until it is told to stop.
type process struct {
	*house
	parts  []part
	broken chan error
	ready  atomic.Pointer[[]part] // the parts, from when all are open until they are told to stop
}

// part is one thing that a process does.
type part struct {
	name    string
	at      string                      // the address it is reached at; none when nobody asks it
	work    func() error                // returns when it is stopped, or cannot go on; nil: it works by itself from its opening on
	stop    func(context.Context) error // ends it, within the time of the context
	ready   func(context.Context) error // nil: when the database is there, so is it
	measure func(io.Writer)             // its figures, as Prometheus reads them; nil: none
}

// longestStop is what each part has to come to its end; all stop at once.
const longestStop = 5 * time.Second

// mostParts is more than there are: none waits to say how it ended.
const mostParts = 10

// serve opens the house, has open start its parts, and keeps them going until it is told to stop or one of them breaks; then it ends within
// ten seconds. It returns one sentence when it cannot.
func serve(open func(context.Context, *process) error) error {
	ctx, end := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer end()
	h, err := openHouse(ctx)
	if err != nil {
		return err
	}
	defer h.db.Close()
	p := &process{house: h, broken: make(chan error, mostParts)}
	err = p.open(ctx, p.ops)
	if err == nil {
		err = open(ctx, p)
	}
	if err == nil {
		err = p.wait(ctx)
	}
	if ctx.Err() != nil {
		err = nil // it was told to stop, and what was still opening was broken off
	}
	return errors.Join(err, p.stop())
}

// open starts parts, one after the other.
func (p *process) open(ctx context.Context, openers ...func(context.Context) (part, error)) error {
	for _, opener := range openers {
		opened, err := opener(ctx)
		if err != nil {
			return err
		}
		p.parts = append(p.parts, opened)
		if opened.work != nil {
			go func() { p.broken <- named(opened.name, opened.work()) }()
		}
	}
	return nil
}

// wait says where the process is reached, and returns when it is told to stop or with how a part broke.
func (p *process) wait(ctx context.Context) error {
	var doors []any
	for _, one := range p.parts {
		if one.at != "" {
			doors = append(doors, one.name, one.at)
		}
	}
	p.ready.Store(&p.parts)
	defer p.ready.Store(nil)
	slog.Info("serving", doors...)
	select {
	case <-ctx.Done():
		return nil
	case err := <-p.broken:
		return err
	}
}

// stop stops the parts at once: one that hangs keeps none of the others.
func (p *process) stop() error {
	ctx, cancel := context.WithTimeout(context.Background(), longestStop)
	defer cancel()
	stopped := make(chan error, len(p.parts))
	for _, one := range p.parts {
		go func() { stopped <- named(one.name, one.stop(ctx)) }()
	}
	var errs []error
	for range p.parts {
		errs = append(errs, <-stopped)
	}
	return errors.Join(errs...)
}

func named(name string, err error) error {
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

func listen(variable, addr string) (net.Listener, error) {
	l, err := net.Listen("tcp", addr)
	return l, shut(variable, addr, err)
}

// shut says why an address cannot be had; any other error stays what it is.
func shut(variable, addr string, err error) error {
	var door *net.OpError
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return fmt.Errorf("a porta de %s (%s) já está em uso por outro programa", variable, addr)
	case errors.As(err, &door) && door.Op == "listen":
		return fmt.Errorf("%s=%s não pode ser aberto: %w", variable, addr, door)
	}
	return err
}
