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
