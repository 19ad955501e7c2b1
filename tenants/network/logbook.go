package network

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"
	"layeh.com/radius/rfc2866"

	"enlace/ent"
	"enlace/ent/connection"
	"enlace/tenants"
	"enlace/tenants/status"
)

// books is how many write at once; each ISP's reports go to one of them, so that they stay in order.
const books = 4

func shelfOf(isp tenants.Tenant) int { return int(isp.ID[len(isp.ID)-1]) % books }

// keepBook writes reports as they come: one transaction takes all of an ISP that waited while the last one ran, and only then are they
// answered. A NAS that hears nothing asks again, so that what is answered is kept and what is not is told once more. It ends when the
// readers have.
func (s *Server) keepBook(in <-chan filed) {
	for first := range in {
		batch := map[uuid.UUID][]filed{first.peer.isp.ID: {first}}
		for range min(len(in), together-1) {
			next := <-in
			batch[next.peer.isp.ID] = append(batch[next.peer.isp.ID], next)
		}
		for _, reports := range batch {
			s.guard("writing reports", func() { s.file(reports) })
		}
	}
}

// file keeps reports and answers them; when they cannot be kept together, each by itself: one that spoils the rest is alone in getting no
// answer.
func (s *Server) file(reports []filed) {
	for i := range reports {
		defer s.recent.settle(reports[i].key) // after a panic it may come again
	}
	err := s.record(reports)
	if err != nil && len(reports) > 1 {
		for i := range reports {
			s.file(reports[i : i+1])
		}
		return
	}
	for _, f := range reports {
		if err != nil {
			s.log.Error("network: a report was not kept", "isp", f.peer.isp.Slug, "session", f.session, "error", err)
			s.counts.add(Failed)
			continue
		}
		s.recent.keep(f.key, f.reply)
		s.answer(s.acct, f.reply, f.to)
	}
}

// record is the transaction.
func (s *Server) record(reports []filed) error {
	ctx, cancel := context.WithTimeout(tenants.With(context.Background(), reports[0].peer.isp), writeLimit)
	defer cancel()
	return s.desk.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := hold(ctx, c, reports); err != nil {
			return err
		}
		p := page{c: c, now: s.desk.DB.Now(), rows: map[sessionName][]*ent.Connection{}}
		for rest := reports; len(rest) > 0; {
			upTo := slices.IndexFunc(rest, func(f filed) bool { return f.ofNAS() })
			if upTo == 0 {
				if err := closeAll(ctx, c, &rest[0].report); err != nil {
					return err
				}
				rest = rest[1:]
				continue
			}
			if upTo < 0 {
				upTo = len(rest)
			}
			if err := p.enter(ctx, rest[:upTo]); err != nil {
				return err
			}
			rest = rest[upTo:]
		}
		return nil
	})
}

// hold keeps other servers from the sessions of the NAS until the transaction ends: the row of a NAS is the lock of its sessions.
func hold(ctx context.Context, c *ent.Client, reports []filed) error {
	var all []uuid.UUID
	for _, f := range reports {
		if !slices.Contains(all, f.peer.id) {
			all = append(all, f.peer.id)
		}
	}
	slices.SortFunc(all, func(a, b uuid.UUID) int { return slices.Compare(a[:], b[:]) }) // everybody in one order, so that none waits for each other
	for _, id := range all {
		if err := holdNAS(ctx, c, id); err != nil {
			return err
		}
	}
	return nil
}

func holdNAS(ctx context.Context, c *ent.Client, id uuid.UUID) error {
	isp, _ := tenants.From(ctx)
	_, err := c.ExecContext(ctx, `UPDATE nas SET name = name WHERE tenant_id = $1 AND id = $2`, isp.ID.String(), id.String())
	return err
}

// ofNAS says that a report is of the NAS itself, not of a session.
func (r *report) ofNAS() bool {
	return r.kind == rfc2866.AcctStatusType_Value_AccountingOn || r.kind == rfc2866.AcctStatusType_Value_AccountingOff
}

// closeAll ends the sessions of a NAS that has begun anew or went off. One that goes on nevertheless says so by its next report.
func closeAll(ctx context.Context, c *ent.Client, r *report) error {
	return c.Connection.Update().Where(connection.NasID(r.peer.id), connection.EndedAtIsNil(), connection.StartedAtLTE(r.at)).
		SetEndedAt(r.at).SetCause(NASRestart).ClearTraffic().Exec(ctx)
}

// sessionName is how a NAS names a session.
type sessionName struct {
	nas     uuid.UUID
	session string
}

// page is what one transaction reads and writes of the log.
type page struct {
	c    *ent.Client
	now  time.Time
	rows map[sessionName][]*ent.Connection // oldest first
}

// enter adds reports of sessions, in order.
func (p *page) enter(ctx context.Context, reports []filed) error {
	if err := p.read(ctx, reports); err != nil {
		return err
	}
	var begun []*ent.Connection
	of := map[*ent.Connection]*peer{}
	var changed []*ent.Connection
	for i := range reports {
		r := &reports[i].report
		key := sessionName{r.peer.id, r.session}
		c, old := r.place(p.rows[key])
		switch {
		case old:
			continue
		case c == nil:
			for _, before := range p.rows[key] {
				if before.EndedAt == nil { // its name is another's now
					end := before.UpdatedAt
					before.EndedAt, before.Cause, before.Traffic = &end, Lost, nil
					changed = append(changed, before)
				}
			}
			c = r.begun()
			c.ID = uuid.Must(uuid.NewV7())
			p.rows[key] = append(p.rows[key], c)
			begun = append(begun, c)
		default:
			if err := p.goesOn(ctx, c, r); err != nil {
				return err
			}
			r.onto(c)
		}
		of[c] = r.peer
		if !slices.Contains(begun, c) && !slices.Contains(changed, c) {
			changed = append(changed, c)
		}
	}
	if err := p.owners(ctx, begun, of); err != nil {
		return err
	}
	if err := p.write(ctx, changed); err != nil { // before the new ones: of one name only one may be open
		return err
	}
	return p.write(ctx, begun)
}

func (p *page) read(ctx context.Context, reports []filed) error {
	wanted := map[uuid.UUID][]string{}
	for i := range reports {
		r := &reports[i].report
		if key := (sessionName{r.peer.id, r.session}); p.rows[key] == nil {
			p.rows[key] = []*ent.Connection{}
			wanted[key.nas] = append(wanted[key.nas], key.session)
		}
	}
	for id, sessions := range wanted {
		found, err := p.c.Connection.Query().Where(connection.NasID(id), connection.AcctSessionIDIn(sessions...)).
			Order(connection.ByStartedAt(), connection.ByID()).All(ctx)
		if err != nil {
			return err
		}
		for _, row := range found {
			key := sessionName{id, row.AcctSessionID}
			p.rows[key] = append(p.rows[key], row)
		}
	}
	return nil
}

// owners says whose the new sessions are. One that was given something else than its subscription is to have now, because that changed
// between the answer and the first report, is brought in line at once.
func (p *page) owners(ctx context.Context, begun []*ent.Connection, of map[*ent.Connection]*peer) error {
	if len(begun) == 0 {
		return nil
	}
	var logins []string
	for _, c := range begun {
		logins = append(logins, c.Login)
	}
	known, err := subscribersOf(ctx, p.c, logins...)
	if err != nil {
		return err
	}
	for _, c := range begun {
		s := known[c.Login]
		if s == nil {
			continue
		}
		c.SubscriptionID, c.CustomerID = &s.id, &s.customer
		due := s.due(of[c], p.now)
		if c.EndedAt == nil && (!due.Accept || c.Profile != "" && c.Profile != due.Profile.String()) {
			if err := status.Tell(ctx, p.c, p.now, s.id); err != nil {
				return err
			}
		}
	}
	return nil
}

// goesOn sees to a session that reports though it was held to be over. One that was only not heard of has what its NAS was last told, and is
// looked at for what has changed since; of one that was put off, or whose NAS began anew, nobody knows what it has.
func (p *page) goesOn(ctx context.Context, c *ent.Connection, r *report) error {
	if c.SubscriptionID == nil || r.kind != rfc2866.AcctStatusType_Value_InterimUpdate || !r.later(c) || c.EndedAt == nil && c.Profile != off {
		return nil
	}
	if c.Profile == off || c.Cause == NASRestart {
		if err := p.c.Connection.UpdateOneID(c.ID).SetProfile("").Exec(ctx); err != nil {
			return err
		}
	}
	return status.Tell(ctx, p.c, p.now, *c.SubscriptionID)
}

// write keeps sessions, new or changed, in one statement. What the NAS was told to give is written where it is told, and here only at the
// start.
func (p *page) write(ctx context.Context, rows []*ent.Connection) error {
	if len(rows) == 0 {
		return nil
	}
	return p.c.Connection.MapCreateBulk(rows, func(create *ent.ConnectionCreate, i int) {
		c := rows[i]
		create.SetID(c.ID).SetNasID(c.NasID).SetNillableSubscriptionID(c.SubscriptionID).SetNillableCustomerID(c.CustomerID).
			SetLogin(c.Login).SetAcctSessionID(c.AcctSessionID).SetOpening(c.Opening).SetProfile(c.Profile).
			SetNillableIpv4(c.Ipv4).SetNillableIpv6(c.Ipv6).SetNillableIpv6Delegated(c.Ipv6Delegated).
			SetNillablePublicIP(c.PublicIP).SetPortFrom(c.PortFrom).SetPortTo(c.PortTo).SetCallingStation(c.CallingStation).SetNasPort(c.NasPort).
			SetStartedAt(c.StartedAt).SetUpdatedAt(c.UpdatedAt).SetSeconds(c.Seconds).SetNillableEndedAt(c.EndedAt).SetCause(c.Cause).
			SetBytesUp(c.BytesUp).SetBytesDown(c.BytesDown).SetTraffic(c.Traffic)
	}).OnConflictColumns(connection.FieldID).Update(func(u *ent.ConnectionUpsert) {
		u.UpdateOpening().UpdateIpv4().UpdateIpv6().UpdateIpv6Delegated().UpdatePublicIP().UpdatePortFrom().UpdatePortTo().
			UpdateCallingStation().UpdateNasPort().UpdateStartedAt().UpdateUpdatedAt().UpdateSeconds().UpdateEndedAt().UpdateCause().
			UpdateBytesUp().UpdateBytesDown().UpdateTraffic()
	}).Exec(ctx)
}
