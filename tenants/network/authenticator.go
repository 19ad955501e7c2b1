package network

import (
	"crypto/hmac"
	"crypto/md5"

	"layeh.com/radius"
	"layeh.com/radius/rfc2865"
	"layeh.com/radius/rfc2869"

	"enlace/ent/nas"
)

// vouch keeps of the NAS that share an address those a request may come from (RFC 3579 §3.2). A Message-Authenticator must be right, even
// from a NAS that need not send one; a request without it counts only for those that need not. signed tells whether it had one.
//
// An Access-Request has no other protection, so that an answer can be forged for one without it (BlastRADIUS, CVE-2024-3596). The forgery
// rides on a Proxy-State, which only a proxy sends, and a proxy can sign: with it, Message-Authenticator is asked of everybody.
func vouch(known []*peer, request *radius.Packet) (eligible []*peer, signed bool) {
	mac, signed := request.Lookup(rfc2869.MessageAuthenticator_Type)
	_, proxied := request.Lookup(rfc2865.ProxyState_Type)
	for _, p := range known {
		switch {
		case signed && verifies(mac, request, p.secret), !signed && !proxied && !p.mustSign():
			eligible = append(eligible, p)
		}
	}
	return eligible, signed
}

func (p *peer) mustSign() bool {
	return p.authenticator == nas.AuthenticatorSim || p.authenticator == nas.AuthenticatorAuto && p.seen.Load()
}

func verifies(mac radius.Attribute, request *radius.Packet, secret []byte) bool {
	right, err := signature(request, secret)
	return err == nil && hmac.Equal(mac, right)
}

// sign encodes an answer with its Message-Authenticator, which comes first: an attacker who controls what follows it can no longer forge.
func sign(answer *radius.Packet) ([]byte, error) {
	answer.Attributes = append(radius.Attributes{{Type: rfc2869.MessageAuthenticator_Type}}, answer.Attributes...)
	mac, err := signature(answer, answer.Secret)
	if err != nil {
		return nil, err
	}
	answer.Attributes[0].Attribute = mac
	return answer.Encode()
}

// signature is HMAC-MD5 over the packet with sixteen zeros in the place of its Message-Authenticator (RFC 3579 §3.2). A packet to sign or to
// verify carries the authenticator of the request, which layeh's answers hold until they are encoded.
func signature(p *radius.Packet, secret []byte) (radius.Attribute, error) {
	blank := *p
	blank.Attributes = append(radius.Attributes(nil), p.Attributes...)
	blank.Set(rfc2869.MessageAuthenticator_Type, make(radius.Attribute, md5.Size))
	wire, err := blank.MarshalBinary()
	if err != nil {
		return nil, err
	}
	mac := hmac.New(md5.New, secret)
	mac.Write(wire)
	return mac.Sum(nil), nil
}
