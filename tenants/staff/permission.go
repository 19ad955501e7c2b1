package staff

import (
	"context"
	"log/slog"
	"slices"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/permission"
	"enlace/tenants"
)

// Permission is one thing a person of the staff may do. Its value is what the database, the logs and a Denied name.
type Permission string

// The permissions; views/words_ptbr.go has the sentence of each.
const (
	See           Permission = "see"            // customers, services, carnês, invoices, history
	Sell          Permission = "sell"           // sell, edit customers, contracts, plan change, transfer, pause, Vincular Telegram
	Discount      Permission = "discount"       // a price below the plan's, within its cap
	Trust         Permission = "trust"          // desbloqueio em confiança
	Charge        Permission = "charge"         // carnês and loose charges
	Receive       Permission = "receive"        // baixa, agreement, contest
	Reverse       Permission = "reverse"        // take a payment back (estorno)
	Attend        Permission = "attend"         // tickets, work orders, diagnosis
	Outages       Permission = "outages"        // open and end outages
	Visit         Permission = "visit"          // the work orders one is the technician of, and what they are about
	Enable        Permission = "enable"         // habilitar
	Suspend       Permission = "suspend"        // suspend by hand
	Cancel        Permission = "cancel"         // cancel a service
	Undo          Permission = "undo"           // desfazer, within the ISP's hours
	Override      Permission = "override"       // go past a refusal, with a reason
	Configure     Permission = "configure"      // plans, lists, policies, brand
	ManageUsers   Permission = "users"          // users and this table
	Trace         Permission = "trace"          // who had an address at an instant
	ReportSales   Permission = "report_sales"   // vendas, cancelamentos
	ReportFinance Permission = "report_finance" // receipts, debts, correspondentes
	ReportSupport Permission = "report_support" // the marks of tickets, by who had them
)

// Permissions lists all, in the order the settings show them.
var Permissions = []Permission{
	See, Sell, Discount, Trust, Charge, Receive, Reverse, Attend, Outages, Visit, Enable, Suspend, Cancel, Undo, Override, Configure, ManageUsers, Trace,
	ReportSales, ReportFinance, ReportSupport,
}

// Roles lists the roles of an ISP's staff, in the order the settings show them.
var Roles = []string{"gerente", "comercial", "financeiro", "suporte", "tecnico"}

// defaults is what each role may do where the ISP has not said otherwise; product.md §9. The gerente may everything.
var defaults = map[string][]Permission{
	"gerente":    Permissions,
	"comercial":  {See, Sell, Discount, Trust, Charge, Attend, Enable, Cancel, ReportSales},
	"financeiro": {See, Trust, Charge, Receive, Reverse, Attend, ReportFinance},
	"suporte":    {See, Trust, Attend, Outages, Enable},
	"tecnico":    {Visit},
}

// Require returns Denied, naming the permission, unless the context's actor has it. The system may everything; a subscriber has no
// permission of the staff, so a use case that serves one decides by itself before it asks here.
func Require(ctx context.Context, c *ent.Client, p Permission) error {
	may, err := May(ctx, c, p)
	if err != nil || may {
		return err
	}
	who := tenants.Who(ctx)
	slog.WarnContext(ctx, "permission denied", "permission", p, "actor", who.ID, "role", who.Role)
	return tenants.Denied(string(p))
}

// RequireOrOwn is Require that also lets a technician do it in a work order that is his: one of the technicians, and with Visit.
func RequireOrOwn(ctx context.Context, c *ent.Client, p Permission, technicians ...uuid.UUID) error {
	if who := tenants.Who(ctx); who.Kind == tenants.User && slices.Contains(technicians, who.ID) {
		if may, err := May(ctx, c, Visit); err != nil || may {
			return err
		}
	}
	return Require(ctx, c, p)
}

// May says whether the context's actor has a permission. Screens ask it to leave out what would only be refused.
func May(ctx context.Context, c *ent.Client, p Permission) (bool, error) {
	switch who := tenants.Who(ctx); who.Kind {
	case tenants.System:
		return true, nil
	case tenants.User:
		if held, ok := ctx.Value(heldKey{}).(held); ok && held.by == who.ID {
			return held.granted[p], nil
		}
		all, err := Granted(ctx, c, who.Role)
		return all[p], err
	}
	return false, nil
}

// held is what somebody may do, as it was read at the beginning of a request.
type held struct {
	by      uuid.UUID
	granted map[Permission]bool
}

type heldKey struct{}

// As makes the session's person the actor of a request and keeps what he may do for as long as it lasts: a page asks many times.
func (s *Session) As(ctx context.Context) context.Context {
	return context.WithValue(tenants.As(ctx, s.Actor), heldKey{}, held{s.Actor.ID, s.Granted})
}

// Granted is what a role may do: the default table, with the cells the ISP has changed.
func Granted(ctx context.Context, c *ent.Client, role string) (map[Permission]bool, error) {
	all := granted(role)
	if !slices.Contains(Roles, role) {
		return all, nil
	}
	changed, err := c.Permission.Query().Where(permission.RoleEQ(permission.Role(role))).All(ctx)
	for _, row := range changed {
		all[Permission(row.Action)] = row.Allowed
	}
	return all, err
}

// granted is what a role may do where the ISP has not said otherwise.
func granted(role string) map[Permission]bool {
	all := map[Permission]bool{}
	for _, p := range defaults[role] {
		all[p] = true
	}
	return all
}

// Allow changes one cell of the ISP's permission table. The gerente keeps ManageUsers, or nobody could give it back. It returns Invalid for
// a role or a permission that does not exist, and Denied without ManageUsers.
func (d *Desk) Allow(ctx context.Context, role string, p Permission, allowed bool) error {
	var wrong tenants.Fields
	if !slices.Contains(Roles, role) {
		wrong.Add("role", "unknown_choice")
	}
	if !slices.Contains(Permissions, p) {
		wrong.Add("permission", "unknown_choice")
	}
	if role == "gerente" && p == ManageUsers && !allowed {
		wrong.Add("permission", "permission_kept")
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := Require(ctx, c, ManageUsers); err != nil {
			return err
		}
		n, err := c.Permission.Update().Where(permission.RoleEQ(permission.Role(role)), permission.Action(string(p))).SetAllowed(allowed).Save(ctx)
		if err == nil && n == 0 {
			err = c.Permission.Create().SetRole(permission.Role(role)).SetAction(string(p)).SetAllowed(allowed).Exec(ctx)
		}
		if err != nil {
			return err
		}
		return d.note(ctx, c, tenants.Who(ctx).ID, "permission_changed", map[string]any{"role": role, "permission": string(p), "allowed": allowed})
	})
}

// Table is what each role may do.
type Table map[string]map[Permission]bool

// Table reads the ISP's permission table. Denied without ManageUsers.
func (d *Desk) Table(ctx context.Context) (Table, error) {
	table := Table{}
	return table, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := Require(ctx, c, ManageUsers); err != nil {
			return err
		}
		for _, role := range Roles {
			granted, err := Granted(ctx, c, role)
			if err != nil {
				return err
			}
			table[role] = granted
		}
		return nil
	})
}

// SetTable changes every cell of the permission table that differs from want, each as Allow does, all or none.
func (d *Desk) SetTable(ctx context.Context, want Table) error {
	return d.DB.Write(ctx, func(ctx context.Context, _ *ent.Client) error {
		now, err := d.Table(ctx)
		if err != nil {
			return err
		}
		for _, role := range Roles {
			for _, p := range Permissions {
				if now[role][p] == want[role][p] {
					continue
				}
				if err := d.Allow(ctx, role, p, want[role][p]); err != nil {
					return err
				}
			}
		}
		return nil
	})
}
