package network

import (
	"context"
	"net/netip"
	"time"

	"layeh.com/radius"
	"layeh.com/radius/rfc2865"
	"layeh.com/radius/rfc2866"

	"enlace/ent"
	"enlace/ent/connection"
	"enlace/ent/networklogin"
	"enlace/tenants"
)

// filed is a report on its way into the log; its NAS hears of it when it is there.
type filed struct {
	report
	key   requestKey
	reply []byte
	to    netip.AddrPort
}

// account reads one Accounting-Request (RFC 2866). A packet whose authenticator is wrong is from nobody; of several ISPs behind one address
// and secret it is the one that has the login.
func (s *Server) account(ctx context.Context, wire []byte, from netip.Addr, at time.Time) (f filed, end Outcome) {
	request, err := radius.Parse(wire, nil)
	if err != nil || request.Code != radius.CodeAccountingRequest {
		return f, Malformed
	}
	wire = wire[:int(wire[2])<<8|int(wire[3])] // what follows is padding (RFC 2865 §3)
	known := (*s.directory.Load())[from]
	if len(known) == 0 {
		return f, UnknownNAS
	}
	var senders []*peer
	for _, p := range known {
		if radius.IsAuthenticRequest(wire, p.secret) {
			senders = append(senders, p)
		}
	}
	if len(senders) == 0 {
		s.dropping(known, WrongSecret)
		return f, WrongAuthenticator
	}
	sender, err := s.knower(ctx, senders, text(request.Get(rfc2865.UserName_Type)), text(request.Get(rfc2866.AcctSessionID_Type)))
	switch {
	case err != nil:
		s.log.Error("network: a report could not be read", "nas", from, "error", err)
		return f, Failed
	case sender == nil:
		return f, Undecided
	}
	var ok bool
	if f.report, ok = readReport(request, sender, at); !ok {
		return f, Malformed
	}
	answer := request.Response(radius.CodeAccountingResponse)
	answer.Secret = sender.secret
	giveBack(answer, request)
	if f.reply, err = answer.Encode(); err != nil {
		return f, Failed
	}
	return f, Recorded
}

// knower is the one NAS among several of one address and secret that a report is of: where the session is known under the login, which may have
// another name since, and else whose ISP has the login; nil when that is none or more than one.
func (s *Server) knower(ctx context.Context, senders []*peer, login, session string) (*peer, error) {
	if len(senders) == 1 {
		return senders[0], nil
	}
	runs, err := s.only(ctx, senders, func(ctx context.Context, c *ent.Client, p *peer) (bool, error) {
		return c.Connection.Query().Where(connection.NasID(p.id), connection.AcctSessionID(session), connection.Login(login), connection.EndedAtIsNil()).Exist(ctx)
	})
	if err != nil || runs != nil {
		return runs, err
	}
	return s.only(ctx, senders, func(ctx context.Context, c *ent.Client, _ *peer) (bool, error) {
		return c.NetworkLogin.Query().Where(networklogin.Login(login)).Exist(ctx)
	})
}

// only is the one among the NAS for which something is so in its ISP; nil when that is none or more than one.
func (s *Server) only(ctx context.Context, senders []*peer, so func(context.Context, *ent.Client, *peer) (bool, error)) (one *peer, err error) {
	for _, p := range senders {
		var is bool
		err := s.desk.DB.Read(tenants.With(ctx, p.isp), func(ctx context.Context, c *ent.Client) (err error) {
			is, err = so(ctx, c, p)
			return err
		})
		switch {
		case err != nil:
			return nil, err
		case is && one != nil:
			return nil, nil
		case is:
			one = p
		}
	}
	return one, nil
}

// hear takes one datagram of accounting to the log, or answers again what was answered.
func (s *Server) hear(wire []byte, from netip.AddrPort) {
	end := Failed
	defer func() { s.counts.add(end) }()
	nas := from.Addr().Unmap().WithZone("")
	key := keyOf(nas, wire)
	reply, first := s.recent.claim(key)
	if !first {
		if end = Repeated; reply != nil {
			s.answer(s.acct, reply, from)
		}
		return
	}
	kept := false
	defer func() {
		if !kept {
			s.recent.keep(key, nil)
		}
	}()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	var f filed
	if f, end = s.account(ctx, wire, nas, s.desk.DB.Now()); end == Recorded {
		f.key, f.to, kept = key, from, true
		s.books[shelfOf(f.peer.isp)] <- f
	}
}
