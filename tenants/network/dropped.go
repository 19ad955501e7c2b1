package network

import (
	"context"
	"sync"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/authattempt"
	"enlace/ent/nas"
	"enlace/tenants/staff"
)

// Why packets of a known NAS are dropped: nothing of them is answered, so that only this tells its ISP.
const (
	Unsigned    Reason = "unsigned"     // without the Message-Authenticator that is asked of it
	WrongSecret Reason = "wrong_secret" // made with another secret
)

// droppedEvery is how often it is written that packets of a NAS are dropped, for each reason: one row, however many come.
const droppedEvery = time.Minute

// drops remembers when each NAS was last told of: an entry for each NAS and reason, whoever sends however much.
type drops struct {
	mu   sync.Mutex
	told map[dropped]time.Time
}

type dropped struct {
	nas uuid.UUID
	why Reason
}

// due says whether it is time to tell of a drop, and takes it as told.
func (d *drops) due(of dropped, now time.Time) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if last, before := d.told[of]; before && now.Sub(last) < droppedEvery {
		return false
	}
	if d.told == nil {
		d.told = map[dropped]time.Time{}
	}
	d.told[of] = now
	return true
}

// dropping has an ISP told that a packet of its NAS was dropped. Where several ISPs have one at the address, nobody knows whose it was; and
// nothing waits for a word that finds no room.
func (s *Server) dropping(known []*peer, why Reason) {
	now := s.desk.DB.Now()
	if len(known) != 1 || !s.drops.due(dropped{known[0].id, why}, now) {
		return
	}
	select {
	case s.attempts <- attempt{isp: known[0].isp, nas: known[0].id, reason: why, at: now}:
	default:
	}
}

// Dropped is that packets of a NAS were dropped in the last day.
type Dropped struct {
	Why         Reason // the last time
	First, Last time.Time
	Minutes     int // in how many of them it happened
	Asks        nas.Authenticator
}

const (
	droppedFor  = 24 * time.Hour
	mostDropped = 5000 // rows that are looked at, the newest
)

// Dropped tells of the NAS whose packets were dropped, by id. It returns Denied without the permission to configure.
func (d Desk) Dropped(ctx context.Context) (of map[uuid.UUID]Dropped, err error) {
	of = map[uuid.UUID]Dropped{}
	return of, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Configure); err != nil {
			return err
		}
		rows, err := c.AuthAttempt.Query().Where(authattempt.SubscriptionIDIsNil(), authattempt.ReasonIn(string(Unsigned), string(WrongSecret)), authattempt.AtGTE(d.DB.Now().Add(-droppedFor))).
			Order(ent.Desc(authattempt.FieldAt)).Limit(mostDropped).All(ctx)
		if err != nil || len(rows) == 0 {
			return err
		}
		all, err := c.Nas.Query().All(ctx)
		if err != nil {
			return err
		}
		asks, minutes := map[uuid.UUID]nas.Authenticator{}, map[uuid.UUID]map[time.Time]bool{}
		for _, one := range all {
			asks[one.ID] = one.Authenticator
		}
		for _, row := range rows {
			one, before := of[row.NasID]
			if !before {
				one, minutes[row.NasID] = Dropped{Why: Reason(row.Reason), Last: row.At, Asks: asks[row.NasID]}, map[time.Time]bool{}
			}
			minutes[row.NasID][row.At.Truncate(droppedEvery)] = true
			one.First, one.Minutes = row.At, len(minutes[row.NasID])
			of[row.NasID] = one
		}
		return nil
	})
}
