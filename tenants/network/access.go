package network

import (
	"context"
	"net/netip"
	"time"

	"layeh.com/radius"
	"layeh.com/radius/rfc2865"

	"enlace/tenants"
)

// finding is what a request from one NAS comes to.
type finding struct {
	Grant
	at         time.Time
	peer       *peer
	login      string
	subscriber *subscriber // none when the login is unknown
	proved     bool        // the password is right
}

// access works out the answer to one datagram and the row that tells of it. Without an answer the server keeps silent, and the Outcome says why.
func (s *Server) access(ctx context.Context, wire []byte, from netip.Addr) (reply []byte, row *attempt, end Outcome) {
	request, err := radius.Parse(wire, nil)
	if err != nil || request.Code != radius.CodeAccessRequest {
		return nil, nil, Malformed
	}
	known := (*s.directory.Load())[from]
	if len(known) == 0 {
		return nil, nil, UnknownNAS
	}
	eligible, signed := vouch(known, request)
	if len(eligible) == 0 {
		s.dropping(known, map[bool]Reason{true: WrongSecret, false: Unsigned}[signed])
		return nil, nil, WrongAuthenticator
	}
	f, err := s.whose(ctx, eligible, request)
	if err != nil {
		s.log.Error("network: a request could not be answered", "nas", from, "error", err)
		return nil, nil, Failed
	}
	if f == nil {
		return nil, nil, Undecided
	}
	if signed {
		if err := s.noteSigned(ctx, f.peer); err != nil {
			s.log.Error("network: that a NAS signs could not be kept", "nas", from, "error", err)
		}
	}
	if reply, err = f.reply(request); err != nil {
		s.log.Error("network: an answer could not be encoded", "nas", from, "error", err)
		return nil, nil, Failed
	}
	end = Rejected
	if f.Accept {
		end = Accepted
	}
	return reply, f.attempt(), end
}

// whose finds the one NAS the request is from. Where several may have sent it, it is the one with whose secret, and in whose ISP, the password
// is right; when none or more than one fits there is no finding, since an answer under a wrong secret would be of use to nobody.
func (s *Server) whose(ctx context.Context, eligible []*peer, request *radius.Packet) (*finding, error) {
	var fitting []*finding
	for _, p := range eligible {
		f, err := s.examine(ctx, p, request)
		if err != nil || len(eligible) == 1 {
			return f, err
		}
		if f.proved {
			fitting = append(fitting, f)
		}
	}
	if len(fitting) != 1 {
		return nil, nil
	}
	return fitting[0], nil
}

// examine answers the request as one from the NAS. The password comes before the state: who does not know it learns nothing of a debt.
func (s *Server) examine(ctx context.Context, p *peer, request *radius.Packet) (*finding, error) {
	f := &finding{at: s.desk.DB.Now(), peer: p, login: rfc2865.UserName_GetString(request)}
	var err error
	if f.subscriber, err = s.desk.find(tenants.With(ctx, p.isp), f.login); err != nil {
		return nil, err
	}
	proves := proofOf(request)
	switch {
	case f.subscriber == nil:
		f.Reason = UnknownLogin
	case proves == nil:
		f.Reason = UnsupportedMethod
	case !proves(request, p.secret, f.subscriber.password):
		f.Reason = WrongPassword
	default:
		f.proved = true
		f.Grant = f.subscriber.due(p, f.at)
	}
	return f, nil
}
