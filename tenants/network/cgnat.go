package network

import (
	"encoding/binary"
	"net/netip"

	"enlace/tenants"
)

// cgnat is how a NAS shares public addresses, so that a year later a port tells whose it was (Marco Civil): the private addresses one after
// the other get a block of ports each, from the first port above the well-known ones, and the next public address when one is full.
type cgnat struct {
	private, public netip.Prefix
	ports           int // of a subscriber; 0: it does not
}

const firstPort, lastPort = 1024, 65535

// perAddress is how many subscribers share a public address.
func (n cgnat) perAddress() int {
	if n.ports == 0 {
		return 0
	}
	return (lastPort + 1 - firstPort) / n.ports
}

// of is the public address and the ports of a private one; nil when it has none.
func (n cgnat) of(private string) (public *string, from, to int) {
	address, err := netip.ParseAddr(private)
	if err != nil || n.perAddress() == 0 || !n.private.Contains(address) {
		return nil, 0, 0
	}
	nth := int(number(address) - number(n.private.Addr()))
	shared := netip.AddrFrom4(numbered(number(n.public.Addr()) + uint32(nth/n.perAddress())))
	if !n.public.Contains(shared) {
		return nil, 0, 0
	}
	s := shared.String()
	from = firstPort + nth%n.perAddress()*n.ports
	return &s, from, from + n.ports - 1
}

func number(a netip.Addr) uint32 {
	four := a.As4()
	return binary.BigEndian.Uint32(four[:])
}

func numbered(n uint32) (four [4]byte) {
	binary.BigEndian.PutUint32(four[:], n)
	return four
}

// readCGNAT reads the three fields of a NAS; all empty are none. A mapping that does not hold every private address is refused.
func readCGNAT(private, public string, ports int, wrong *tenants.Fields) (n cgnat) {
	if private == "" && public == "" && ports == 0 {
		return n
	}
	var okPrivate, okPublic bool
	n.private, okPrivate = prefix4(private)
	n.public, okPublic = prefix4(public)
	if !okPrivate {
		wrong.Add("cgnat_privada", "prefix_shape")
	}
	if !okPublic {
		wrong.Add("cgnat_publica", "prefix_shape")
	}
	n.ports = ports
	okPorts := ports >= 64 && ports <= lastPort+1-firstPort
	if !okPorts {
		wrong.Add("cgnat_portas", tenants.Between(64, lastPort+1-firstPort))
	}
	if !okPrivate || !okPublic || !okPorts {
		return cgnat{}
	}
	if 1<<(32-n.private.Bits()) > n.perAddress()<<(32-n.public.Bits()) {
		wrong.Add("cgnat_portas", "cgnat_room")
	}
	return n
}

func prefix4(text string) (netip.Prefix, bool) {
	p, err := netip.ParsePrefix(text)
	return p, err == nil && p.Addr().Is4() && p.Bits() >= 8 && p.Masked() == p
}
