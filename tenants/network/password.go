package network

import (
	"crypto/md5"
	"crypto/subtle"

	"layeh.com/radius"
	"layeh.com/radius/rfc2865"
)

// proof tells whether a request proves that the password is known. Each way of proving is a line of proofs.
type proof func(request *radius.Packet, secret []byte, password string) bool

// proofs are the ways this server understands, by the attribute that carries them; MS-CHAPv2 comes in one of Microsoft's.
var proofs = map[radius.Type]proof{
	rfc2865.UserPassword_Type: pap,
	rfc2865.CHAPPassword_Type: chap,
}

// proofOf returns the way a request proves its password, or nil when it is one this server does not understand.
func proofOf(request *radius.Packet) proof {
	for _, attribute := range request.Attributes {
		if way := proofs[attribute.Type]; way != nil {
			return way
		}
	}
	if vendorValue(request, ofMicrosoft, msCHAP2Response) != nil {
		return msCHAP2
	}
	return nil
}

// pap reads the password itself, hidden under the shared secret (RFC 2865 §5.2).
func pap(request *radius.Packet, secret []byte, password string) bool {
	given, err := radius.UserPassword(request.Get(rfc2865.UserPassword_Type), secret, request.Authenticator[:])
	return err == nil && subtle.ConstantTimeCompare(given, []byte(password)) == 1
}

// chap reads an identifier and MD5(identifier, password, challenge); without CHAP-Challenge the challenge is the request's authenticator
// (RFC 2865 §5.3, §5.40). The shared secret has no part in it.
func chap(request *radius.Packet, _ []byte, password string) bool {
	given := request.Get(rfc2865.CHAPPassword_Type)
	if len(given) != 1+md5.Size {
		return false
	}
	challenge, sent := request.Lookup(rfc2865.CHAPChallenge_Type)
	if !sent {
		challenge = request.Authenticator[:]
	}
	sum := md5.New()
	sum.Write(given[:1])
	sum.Write([]byte(password))
	sum.Write(challenge)
	return subtle.ConstantTimeCompare(given[1:], sum.Sum(nil)) == 1
}
