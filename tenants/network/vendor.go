package network

import (
	"fmt"

	"layeh.com/radius"
	"layeh.com/radius/rfc2865"
	"layeh.com/radius/rfc2869"

	"enlace/ent/nas"
)

// dialects are the words of each vendor for a profile, as Access-Accept and CoA-Request carry them. Speeds are kbit/s.
var dialects = map[nas.Vendor]func(p Profile) radius.Attributes{
	nas.VendorMikrotik: mikrotik,
	nas.VendorHuawei:   huawei,
	nas.VendorCisco:    cisco,
	nas.VendorJuniper:  juniper,
	nas.VendorAccel:    accel,
}

// The vendors' numbers (IANA, Private Enterprise Numbers).
const (
	ofMikrotik = 14988
	ofHuawei   = 2011
	ofCisco    = 9
	ofJuniper  = 4874 // of the E series, and of the MX as a subscriber's edge
)

// mikrotik: Mikrotik-Rate-Limit (8) is rx/tx as the router sees it, what the subscriber sends first.
func mikrotik(p Profile) radius.Attributes {
	return append(pool(p), vendorText(ofMikrotik, 8, fmt.Sprintf("%dk/%dk", p.UpKbps, p.DownKbps)))
}

// huawei: Input is what the subscriber sends; average (2, 5) and peak (3, 6) rates in bit/s, the pool by Huawei-Framed-Pool (88).
func huawei(p Profile) (all radius.Attributes) {
	up, down := bits(p.UpKbps), bits(p.DownKbps)
	all = radius.Attributes{vendor(ofHuawei, 2, up), vendor(ofHuawei, 3, up), vendor(ofHuawei, 5, down), vendor(ofHuawei, 6, down)}
	if p.Pool != "" {
		all = append(all, vendorText(ofHuawei, 88, p.Pool))
	}
	return all
}

// cisco: Cisco-AVPair (1) names policies of the equipment, one a speed: 1000k for 1 Mega.
func cisco(p Profile) (all radius.Attributes) {
	all = radius.Attributes{vendorText(ofCisco, 1, fmt.Sprintf("ip:sub-qos-policy-in=%dk", p.UpKbps)),
		vendorText(ofCisco, 1, fmt.Sprintf("ip:sub-qos-policy-out=%dk", p.DownKbps))}
	if p.Pool != "" {
		all = append(all, vendorText(ofCisco, 1, "ip:addr-pool="+p.Pool))
	}
	return all
}

// juniper: ERX-Ingress-Policy-Name (10) and ERX-Egress-Policy-Name (11) name policies of the equipment, one a speed; the pool by
// ERX-Address-Pool-Name (2).
func juniper(p Profile) (all radius.Attributes) {
	all = radius.Attributes{vendorText(ofJuniper, 10, fmt.Sprintf("%dk", p.UpKbps)), vendorText(ofJuniper, 11, fmt.Sprintf("%dk", p.DownKbps))}
	if p.Pool != "" {
		all = append(all, vendorText(ofJuniper, 2, p.Pool))
	}
	return all
}

// accel: accel-ppp's shaper reads Filter-Id, what the subscriber receives first.
func accel(p Profile) radius.Attributes {
	return append(pool(p), &radius.AVP{Type: rfc2865.FilterID_Type, Attribute: radius.Attribute(fmt.Sprintf("%d/%d", p.DownKbps, p.UpKbps))})
}

// pool is Framed-Pool (RFC 2869 §5.18).
func pool(p Profile) radius.Attributes {
	if p.Pool == "" {
		return nil
	}
	return radius.Attributes{{Type: rfc2869.FramedPool_Type, Attribute: radius.Attribute(p.Pool)}}
}

// bits is a speed in bit/s, as far as 32 bits go.
func bits(kbps int) radius.Attribute {
	return radius.NewInteger(uint32(min(int64(kbps)*1000, 1<<32-1)))
}

func vendorText(id uint32, kind byte, text string) *radius.AVP {
	return vendor(id, kind, radius.Attribute(text))
}

// vendor is an attribute of a vendor (RFC 2865 §5.26). Its value is one of ours, so short that it fits.
func vendor(id uint32, kind byte, value radius.Attribute) *radius.AVP {
	inner := append(radius.Attribute{kind, byte(2 + len(value))}, value...)
	outer, _ := radius.NewVendorSpecific(id, inner)
	return &radius.AVP{Type: rfc2865.VendorSpecific_Type, Attribute: outer}
}

// vendorValue reads the first attribute of a vendor that a packet has; nil is none.
func vendorValue(p *radius.Packet, id uint32, kind byte) radius.Attribute {
	for _, attribute := range p.Attributes {
		if attribute.Type != rfc2865.VendorSpecific_Type {
			continue
		}
		of, inner, err := radius.VendorSpecific(attribute.Attribute)
		for err == nil && of == id && len(inner) >= 2 && int(inner[1]) >= 2 && int(inner[1]) <= len(inner) {
			if inner[0] == kind {
				return inner[2:inner[1]]
			}
			inner = inner[inner[1]:]
		}
	}
	return nil
}
