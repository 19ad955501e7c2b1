package network

import (
	"time"

	"layeh.com/radius"
	"layeh.com/radius/rfc2865"
	"layeh.com/radius/rfc2869"
)

// A partial suspension leaves this part of the plan's speed, but not less than the floor: enough to read the notice and to pay.
const (
	reducedPart  = 10
	reducedFloor = 256 // kbit/s, each way
)

// said is what the subscriber's own router shows of a rejection; it tells a stranger nothing about who has a login.
var said = map[Reason]string{
	WrongPassword:     "Usuário ou senha inválidos.",
	UnknownLogin:      "Usuário ou senha inválidos.",
	UnsupportedMethod: "Método de autenticação não aceito: use PAP, CHAP ou MS-CHAPv2.",
	SuspendedDebt:     "Serviço suspenso por débito.",
	SuspendedRequest:  "Serviço suspenso a pedido do cliente.",
	Waiting:           "Serviço ainda não habilitado.",
	Cancelled:         "Serviço cancelado.",
}

// reply puts the finding on the wire. A rejection says why (Reply-Message, RFC 2865 §5.18). An accept carries the profile in the vendor's
// words and in its Class, how often the NAS is to report (Acct-Interim-Interval, RFC 2869 §5.16), and when it must ask again
// (Session-Timeout, §5.27), as at the end of a trust. Proxy-State goes back as it came (§5.33).
func (f *finding) reply(request *radius.Packet) ([]byte, error) {
	code := radius.CodeAccessReject
	if f.Accept {
		code = radius.CodeAccessAccept
	}
	answer := request.Response(code)
	answer.Secret = f.peer.secret
	if !f.Accept {
		if err := rfc2865.ReplyMessage_SetString(answer, said[f.Reason]); err != nil {
			return nil, err
		}
	} else {
		answer.Attributes = append(answer.Attributes, dialects[f.peer.vendor](f.Profile)...)
		answer.Add(rfc2865.Class_Type, f.class())
		answer.Add(rfc2869.AcctInterimInterval_Type, radius.NewInteger(uint32(f.peer.interim/time.Second)))
		if limit := f.subscriber.timeout(f.Answer, f.at); limit > 0 {
			answer.Add(rfc2865.SessionTimeout_Type, radius.NewInteger(uint32(wholeSeconds(limit))))
		}
	}
	if f.Accept || !f.proved {
		var password string
		if f.proved {
			password = f.subscriber.password
		}
		own, err := msAnswer(request, f.peer.secret, f.proved, password)
		if err != nil {
			return nil, err
		}
		answer.Attributes = append(answer.Attributes, own...)
	}
	giveBack(answer, request)
	return sign(answer)
}

// giveBack gives a proxy back what it sent along.
func giveBack(answer, request *radius.Packet) {
	for _, attribute := range request.Attributes {
		if attribute.Type == rfc2865.ProxyState_Type {
			answer.Add(attribute.Type, attribute.Attribute)
		}
	}
}

// wholeSeconds rounds up: who asks again at the end finds the trust gone.
func wholeSeconds(d time.Duration) int64 { return int64((d + time.Second - 1) / time.Second) }

func reduced(kbps int) int { return max(kbps/reducedPart, reducedFloor) }
