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

// Server answers Access-Requests (RFC 2865) and Accounting-Requests (RFC 2866) over UDP for every ISP of the installation.
type Server struct {
	desk       Desk
	log        *slog.Logger
	auth, acct *net.UDPConn

	directory  atomic.Pointer[directory]
	refreshing sync.Mutex
	recent     recent
	attempts   chan attempt
	drops      drops
	books      [books]chan filed
	counts     counts

	stop             sync.Once
	stopping, ended  chan struct{}
	workers, writers sync.WaitGroup
}

const (
	workers  = 16              // requests in work at once; the socket's buffer holds those that wait
	readers  = 4               // of accounting: they read and check, and leave the rest to the books
	patience = 3 * time.Second // for one request: a NAS has asked again, or elsewhere, by then
)

// Addresses are where a server listens, host:port.
type Addresses struct{ Auth, Acct string }

// TakenError is that an address cannot be had: that of accounting, or of authentication.
type TakenError struct {
	Address string
	Acct    bool
	Err     error
}

func (e *TakenError) Error() string {
	return fmt.Sprintf("o endereço RADIUS %s não pode ser usado: %v", e.Address, e.Err)
}

// Listen starts a server. It returns a TakenError when an address cannot be had, or another when the database does not answer.
// The log gets what an operator must see, never a password or a secret.
func Listen(ctx context.Context, desk Desk, at Addresses, log *slog.Logger) (*Server, error) {
	s := &Server{desk: desk, log: log, attempts: make(chan attempt, waiting), stopping: make(chan struct{}), ended: make(chan struct{})}
	if err := s.Refresh(ctx); err != nil {
		return nil, err
	}
	var err error
	if s.auth, err = listen(at.Auth); err != nil {
		return nil, &TakenError{at.Auth, false, err}
	}
	if s.acct, err = listen(at.Acct); err != nil {
		return nil, errors.Join(&TakenError{at.Acct, true, err}, s.auth.Close())
	}
	for i := range s.books {
		s.books[i] = make(chan filed, waiting)
		s.writers.Go(func() { s.keepBook(s.books[i]) })
	}
	for range workers {
		s.workers.Go(func() { s.work(s.auth, s.serve) })
	}
	for range readers {
		s.workers.Go(func() { s.work(s.acct, s.hear) })
	}
	s.writers.Go(s.keepAttempts)
	s.writers.Go(s.keepFresh)
	s.writers.Go(s.keepTime)
	return s, nil
}

// listen opens an address, with room for a burst: all subscribers come back at once when the power does.
func listen(address string) (*net.UDPConn, error) {
	conn, err := net.ListenPacket("udp", address)
	if err != nil {
		return nil, err
	}
	udp := conn.(*net.UDPConn)
	_ = udp.SetReadBuffer(burst) // the system may give less
	return udp, nil
}

// burst is how many bytes of datagrams may wait.
const burst = 4 << 20

// Addr is where the server listens for Access-Requests.
func (s *Server) Addr() netip.AddrPort { return s.auth.LocalAddr().(*net.UDPAddr).AddrPort() }

// AcctAddr is where it listens for Accounting-Requests.
func (s *Server) AcctAddr() netip.AddrPort { return s.acct.LocalAddr().(*net.UDPAddr).AddrPort() }

// work serves one datagram after the other until the server stops.
func (s *Server) work(conn *net.UDPConn, serve func(wire []byte, from netip.AddrPort)) {
	var datagram [radius.MaxPacketLength]byte
	for {
		n, from, err := conn.ReadFromUDPAddrPort(datagram[:])
		switch {
		case err == nil:
			s.guard("serving a request", func() { serve(datagram[:n], from) })
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
	defer func() { s.counts.add(end) }()
	var reply []byte
	var row *attempt
	reply, row, end = s.once(wire, from.Addr().Unmap().WithZone(""))
	if reply != nil {
		s.answer(s.auth, reply, from)
	}
	if row != nil {
		s.attempts <- *row
	}
}

func (s *Server) answer(conn *net.UDPConn, reply []byte, to netip.AddrPort) {
	if _, err := conn.WriteToUDPAddrPort(reply, to); err != nil {
		s.log.Error("network: answering", "error", err)
	}
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
		for _, conn := range []*net.UDPConn{s.auth, s.acct} {
			_ = conn.SetReadDeadline(time.Unix(1, 0)) // wakes the readers and leaves the socket open for their answers
		}
		go func() {
			s.workers.Wait()
			close(s.attempts)
			for _, book := range s.books {
				close(book)
			}
			s.writers.Wait()
			close(s.ended)
		}()
	})
	defer s.auth.Close()
	defer s.acct.Close()
	select {
	case <-s.ended:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
