package network

import (
	"crypto/subtle"
	"strings"

	"layeh.com/radius"
	"layeh.com/radius/rfc2759"
	"layeh.com/radius/rfc2865"
	"layeh.com/radius/rfc3079"
)

// Microsoft's attributes of MS-CHAPv2 and MPPE (RFC 2548 §2.1, §2.3, §2.4).
const (
	ofMicrosoft     = 311
	msCHAPError     = 2
	msCHAPChallenge = 11
	msCHAP2Response = 25
	msCHAP2Success  = 26
	mppeSendKey     = 16
	mppeRecvKey     = 17
)

// msProof is an MS-CHAP2-Response: an identifier, the subscriber's own challenge and the answer to both (RFC 2548 §2.3.2).
type msProof struct {
	identifier               byte
	challenge, peer, answers []byte
	login                    []byte
}

// readMSProof reads it; nil is none, or one of another shape.
func readMSProof(request *radius.Packet) *msProof {
	challenge, response := vendorValue(request, ofMicrosoft, msCHAPChallenge), vendorValue(request, ofMicrosoft, msCHAP2Response)
	if len(challenge) != 16 || len(response) != 50 {
		return nil
	}
	login := rfc2865.UserName_GetString(request)
	if i := strings.LastIndexByte(login, '\\'); i >= 0 { // a domain before the name is no part of the proof (RFC 2759 §4)
		login = login[i+1:]
	}
	return &msProof{response[0], challenge, response[2:18], response[26:50], []byte(login)}
}

// msCHAP2 is RFC 2759: the answer is reckoned from both challenges, the login and the password. The shared secret has no part in it.
func msCHAP2(request *radius.Packet, _ []byte, password string) bool {
	p := readMSProof(request)
	if p == nil {
		return false
	}
	right, err := rfc2759.GenerateNTResponse(p.challenge, p.peer, p.login, []byte(password))
	return err == nil && subtle.ConstantTimeCompare(p.answers, right) == 1
}

// msAnswer is what a request by MS-CHAPv2 must be answered with beside the rest: that this server knows the password too (MS-CHAP2-Success), with the
// keys of the line, or that it was wrong and there is no second try (MS-CHAP-Error). Nothing for a request by another way.
func msAnswer(request *radius.Packet, secret []byte, proved bool, password string) (radius.Attributes, error) {
	p := readMSProof(request)
	if p == nil {
		return nil, nil
	}
	if !proved {
		return radius.Attributes{vendorText(ofMicrosoft, msCHAPError, string([]byte{p.identifier})+"E=691 R=0 V=3")}, nil
	}
	shown, err := rfc2759.GenerateAuthenticatorResponse(p.challenge, p.peer, p.answers, p.login, []byte(password))
	if err != nil {
		return nil, err
	}
	keys, err := p.keys(request, secret, password)
	return append(radius.Attributes{vendorText(ofMicrosoft, msCHAP2Success, string([]byte{p.identifier})+shown)}, keys...), err
}

// keys are those with which a NAS that is set to do so encrypts the line (MPPE, RFC 3079 §3.3), hidden under the shared secret (RFC 2548 §2.4.2). No
// MS-MPPE-Encryption-Policy goes with them: that would have each router encrypt that can, for nothing on the ISP's own fibre.
func (p *msProof) keys(request *radius.Packet, secret []byte, password string) (all radius.Attributes, err error) {
	for _, kind := range []byte{mppeSendKey, mppeRecvKey} {
		key, err := rfc3079.MakeKey(p.answers, []byte(password), kind == mppeSendKey)
		if err != nil {
			return nil, err
		}
		salt := []byte{0x80, kind} // the first bit is set, and no two in a packet are alike; the request's authenticator makes it new
		hidden, err := radius.NewTunnelPassword(key, salt, secret, request.Authenticator[:])
		if err != nil {
			return nil, err
		}
		all = append(all, vendor(ofMicrosoft, kind, hidden))
	}
	return all, nil
}
