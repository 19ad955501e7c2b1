package network

import (
	"context"
	"fmt"
	"net/netip"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/nas"
	"enlace/tenants"
)

// peer is a NAS as the server sees it.
type peer struct {
	isp           tenants.Tenant
	id            uuid.UUID
	secret        []byte
	authenticator nas.Authenticator
	seen          atomic.Bool // it has signed a request
	vendor        nas.Vendor
	interim       time.Duration // between two reports of a session
	walledPool    string
	cgnat         cgnat
	coa           netip.AddrPort // where it hears CoA-Request and Disconnect-Request; port 0: nowhere
}

// directory holds the NAS of every ISP by address. Behind the NAT of one carrier several ISPs may share an address.
type directory map[netip.Addr][]*peer

// stale is how old the directory may grow before it is read again.
const stale = 5 * time.Second

// keepFresh reads the directory anew every few seconds and forgets old answers.
func (s *Server) keepFresh() {
	for s.pause(stale) {
		s.recent.age()
		s.guard("refreshing", func() {
			ctx, cancel := context.WithTimeout(context.Background(), 2*stale)
			defer cancel()
			if err := s.Refresh(ctx); err != nil {
				s.log.Warn("network: the NAS could not be read anew", "error", err)
			}
		})
	}
}

// Refresh reads the NAS of every ISP anew, each in its own scope: no transaction sees those of two. On an error the server goes on with
// what it knew.
func (s *Server) Refresh(ctx context.Context) error {
	s.refreshing.Lock() // or an older reading could come to lie over a newer one
	defer s.refreshing.Unlock()
	isps, err := s.desk.DB.Directory(ctx)
	if err != nil {
		return fmt.Errorf("network: the directory of ISPs: %w", err)
	}
	fresh := directory{}
	for _, isp := range isps {
		if err := s.readNAS(tenants.With(ctx, isp), isp, fresh); err != nil {
			return fmt.Errorf("network: the NAS of %s: %w", isp.Slug, err)
		}
	}
	s.directory.Store(&fresh)
	return nil
}

// readNAS adds one ISP's. A NAS that cannot be used is left out: it must not silence the others.
func (s *Server) readNAS(ctx context.Context, isp tenants.Tenant, into directory) error {
	var rows []*ent.Nas
	err := s.desk.DB.Read(ctx, func(ctx context.Context, c *ent.Client) (err error) {
		rows, err = c.Nas.Query().Where(nas.Active(true)).All(ctx)
		return err
	})
	for _, row := range rows {
		address, p, err := s.desk.peer(ctx, isp, row)
		if err != nil {
			s.log.Warn("network: a NAS is left out", "isp", isp.Slug, "nas", row.ID, "error", err)
			continue
		}
		into[address] = append(into[address], p)
	}
	return err
}

func (d Desk) peer(ctx context.Context, isp tenants.Tenant, row *ent.Nas) (netip.Addr, *peer, error) {
	address, err := netip.ParseAddr(row.Address)
	if err != nil {
		return address, nil, err
	}
	secret, err := d.Vault.Open(ctx, forNAS, row.Secret)
	if err != nil {
		return address, nil, err
	}
	var wrong tenants.Fields // there is none: it was read when it was typed
	p := &peer{isp: isp, id: row.ID, secret: []byte(secret), authenticator: row.Authenticator, vendor: row.Vendor,
		interim: time.Duration(row.InterimSeconds) * time.Second, walledPool: row.WalledPool, cgnat: readCGNAT(row.CgnatPrivate, row.CgnatPublic, row.CgnatPorts, &wrong), coa: netip.AddrPortFrom(address, uint16(row.CoaPort))}
	p.seen.Store(row.AuthenticatorSeen)
	return address, p, nil
}

// noteSigned keeps that a NAS on auto has signed a request; from now on it must, here and on every other server.
func (s *Server) noteSigned(ctx context.Context, p *peer) error {
	if p.authenticator != nas.AuthenticatorAuto || p.seen.Load() {
		return nil
	}
	err := s.desk.DB.Write(tenants.With(ctx, p.isp), func(ctx context.Context, c *ent.Client) error {
		return c.Nas.Update().Where(nas.ID(p.id)).SetAuthenticatorSeen(true).Exec(ctx)
	})
	if err == nil {
		p.seen.Store(true)
	}
	return err
}
