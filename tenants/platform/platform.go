// Package platform is the office of the platform's operator: it makes the installation's ISPs and says what each may use. It sees the
// directory, its own people and what they did, and of what is inside an ISP no more than whether its first gerente has come in.
package platform

import (
	"context"
	"time"

	"enlace/tenants"
	"enlace/tenants/staff"
)

// Desk is where the operator works. It has a Gate, so there is one for the life of a process: share the pointer.
type Desk struct {
	DB    *tenants.DB
	Staff *staff.Desk // hires an ISP's first gerente
	gate  staff.Gate
}

// Permission is what a Denied of this room names.
const Permission = "platform"

// require returns Denied unless the context's actor is an operator, or the system: a command on the server.
func require(ctx context.Context) error {
	if who := tenants.Who(ctx); who.Kind != tenants.Operator && who.Kind != tenants.System {
		return tenants.Denied(Permission)
	}
	return nil
}

// Zone is where the operator's clocks are read: the platform has no zone of its own. Brasília has had no summer time since 2019.
var Zone = time.FixedZone("Brasília", -3*60*60)

// Zones are the zones of Brazil an ISP may be in (IANA, zone1970.tab), the most people first.
var Zones = []string{
	"America/Sao_Paulo", "America/Bahia", "America/Fortaleza", "America/Recife", "America/Maceio", "America/Belem", "America/Santarem",
	"America/Araguaina", "America/Manaus", "America/Eirunepe", "America/Cuiaba", "America/Campo_Grande", "America/Porto_Velho",
	"America/Boa_Vista", "America/Rio_Branco", "America/Noronha",
}
