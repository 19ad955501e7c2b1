package network

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"layeh.com/radius"
)

// Server answers Access-Requests (RFC 2865) over UDP for every ISP of the installation.
type Server struct {
	desk Desk
	log  *slog.Logger
	conn *net.UDPConn

	directory  atomic.Pointer[directory]
	refreshing sync.Mutex
	recent     recent
	attempts   chan attempt
	counts     counts

	stop             sync.Once
	stopping, ended  chan struct{}
	workers, writers sync.WaitGroup
}

const (
	workers  = 16              // requests in work at once; the socket's buffer holds those that wait
	patience = 3 * time.Second // for one request: a NAS has asked again, or elsewhere, by then
)

// Listen starts a server on an address, host:port. It returns an error when the address cannot be had or the database does not answer.
// The log gets what an operator must see, never a password or a secret.
func Listen(ctx context.Context, desk Desk, address string, log *slog.Logger) (*Server, error) {
	s := &Server{desk: desk, log: log, attempts: make(chan attempt, waiting), stopping: make(chan struct{}), ended: make(chan struct{})}
	if err := s.Refresh(ctx); err != nil {
		return nil, err
	}
	conn, err := net.ListenPacket("udp", address)
	if err != nil {
		return nil, fmt.Errorf("o endereço RADIUS %s não pode ser usado: %w", address, err)
	}
	s.conn = conn.(*net.UDPConn)
	for range workers {
		s.workers.Go(s.work)
	}
	s.writers.Go(s.keepAttempts)
	s.writers.Go(s.keepFresh)
	return s, nil
}

// Addr is where the server listens.
func (s *Server) Addr() netip.AddrPort { return s.conn.LocalAddr().(*net.UDPAddr).AddrPort() }

// work serves one datagram after the other until the server stops.
func (s *Server) work() {
	var datagram [radius.MaxPacketLength]byte
	for {
		n, from, err := s.conn.ReadFromUDPAddrPort(datagram[:])
		switch {
		case err == nil:
			s.serve(datagram[:n], from)
		case s.isStopping() || errors.Is(err, net.ErrClosed):
			return
		default:
			s.log.Error("network: reading", "error", err)
			s.pause(time.Second)
		}
	}
}

// serve answers one datagram, or keeps silent, and counts how it ended. Its row is written after the answer is on its way.
func (s *Server) serve(wire []byte, from netip.AddrPort) {
	end := Failed
	s.guard("serving a request", func() {
		var reply []byte
		var row *attempt
		reply, row, end = s.once(wire, from.Addr().Unmap().WithZone(""))
		if reply != nil {
			if _, err := s.conn.WriteToUDPAddrPort(reply, from); err != nil {
				s.log.Error("network: answering", "error", err)
			}
		}
		if row != nil {
			s.attempts <- *row
		}
	})
	s.counts.add(end)
}

// once works out the answer to a request, or finds the one it had.
func (s *Server) once(wire []byte, nas netip.Addr) (reply []byte, row *attempt, end Outcome) {
	request := keyOf(nas, wire)
	reply, first := s.recent.claim(request)
	if !first {
		return reply, nil, Repeated
	}
	defer func() { s.recent.keep(request, reply) }() // after a panic there is none, and the request may come again
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	return s.access(ctx, wire, nas)
}

// guard keeps a panic from ending the server.
func (s *Server) guard(what string, do func()) {
	defer func() {
		if p := recover(); p != nil {
			s.log.Error("network: panic while "+what, "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
		}
	}()
	do()
}

func (s *Server) isStopping() bool {
	select {
	case <-s.stopping:
		return true
	default:
		return false
	}
}

// pause waits, and tells whether the server still runs.
func (s *Server) pause(d time.Duration) bool {
	select {
	case <-s.stopping:
		return false
	case <-time.After(d):
		return true
	}
}

// Stop ends the server: what it has read is answered and every row is written, or the context ends first and its error is returned.
func (s *Server) Stop(ctx context.Context) error {
	s.stop.Do(func() {
		close(s.stopping)
		_ = s.conn.SetReadDeadline(time.Unix(1, 0)) // wakes the readers and leaves the socket open for their answers
		go func() {
			s.workers.Wait()
			close(s.attempts)
			s.writers.Wait()
			close(s.ended)
		}()
	})
	defer s.conn.Close()
	select {
	case <-s.ended:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
