package sales

import (
	"context"
	"strconv"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/user"
	"enlace/ent/workordertype"
	"enlace/tenants"
	"enlace/tenants/support"
)

// checkVisit warns, as a fault that names the other visit, when the technician is elsewhere at that time; the clerk may go on despite it.
// Somebody who makes no visits any more, and an hour that has passed since it was typed, are refused beside their fields.
func checkVisit(ctx context.Context, c *ent.Client, now time.Time, s Sale) error {
	v := s.Visit
	if v == nil {
		return nil
	}
	kind, err := c.WorkOrderType.Query().Where(workordertype.ID(v.Type)).Only(ctx)
	if err != nil {
		return found(err)
	}
	if !kind.Active {
		return tenants.Invalid("os_tipo", "choice")
	}
	if v.Technician != uuid.Nil {
		who, err := c.User.Get(ctx, v.Technician)
		if err != nil {
			return found(err)
		}
		if !who.Active || who.Role != user.RoleTecnico {
			return tenants.Invalid("os_tecnico", "technician_gone")
		}
	}
	if !v.StartsAt.IsZero() && v.StartsAt.Before(now) {
		return tenants.Invalid("os_hora", "hour_past")
	}
	if v.Technician == uuid.Nil || v.StartsAt.IsZero() || v.Despite {
		return nil
	}
	minutes := v.Minutes
	if minutes == 0 {
		minutes = kind.Minutes
	}
	other, err := support.Overlapping(ctx, c, v.Technician, v.StartsAt, minutes)
	if err != nil || other == nil {
		return err
	}
	isp, _ := tenants.From(ctx)
	return tenants.Invalid("os_mesmo_assim", "technician_busy").With("number", strconv.FormatInt(other.Number, 10)).
		With("at", other.StartsAt.In(isp.Zone).Format("15:04"))
}
