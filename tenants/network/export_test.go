package network

import (
	"context"
	"net/netip"
)

// Access is what the server makes of one datagram, without a socket.
func (s *Server) Access(ctx context.Context, wire []byte, from netip.Addr) ([]byte, Outcome) {
	reply, _, end := s.access(ctx, wire, from)
	return reply, end
}

// Account is what the server makes of one datagram of accounting, without a socket: it is in the log when this returns.
func (s *Server) Account(ctx context.Context, wire []byte, from netip.Addr) Outcome {
	f, end := s.account(ctx, wire, from, s.desk.DB.Now())
	if end != Recorded {
		return end
	}
	if err := s.record([]filed{f}); err != nil {
		s.log.Error(err.Error())
		return Failed
	}
	return Recorded
}

func init() { // a NAS of the tests is near
	for i := range waits {
		waits[i] /= 3
	}
}
