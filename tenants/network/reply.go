package network

import (
	"fmt"
	"time"

	"layeh.com/radius"
	"layeh.com/radius/rfc2865"
	"layeh.com/radius/vendors/mikrotik"
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
	UnsupportedMethod: "Método de autenticação não aceito: use PAP ou CHAP.",
	SuspendedDebt:     "Serviço suspenso por débito.",
	SuspendedRequest:  "Serviço suspenso a pedido do cliente.",
	Waiting:           "Serviço ainda não habilitado.",
	Cancelled:         "Serviço cancelado.",
}

// reply puts the finding on the wire: Reply-Message on a rejection (RFC 2865 §5.18), Session-Timeout in seconds when it stands on trust
// (§5.27), so that the NAS asks again at its end, Mikrotik-Rate-Limit at reduced speed. Proxy-State goes back as it came (§5.33).
func (f *finding) reply(request *radius.Packet) ([]byte, error) {
	code := radius.CodeAccessReject
	if f.Accept {
		code = radius.CodeAccessAccept
	}
	answer := request.Response(code)
	answer.Secret = f.peer.secret
	var err error
	switch {
	case !f.Accept:
		err = rfc2865.ReplyMessage_SetString(answer, said[f.Reason])
	case f.Reduced:
		err = mikrotik.MikrotikRateLimit_SetString(answer, f.subscriber.reducedRate())
	case !f.Until.IsZero():
		err = rfc2865.SessionTimeout_Set(answer, rfc2865.SessionTimeout(wholeSeconds(f.Until.Sub(f.at))))
	}
	if err != nil {
		return nil, err
	}
	for _, attribute := range request.Attributes {
		if attribute.Type == rfc2865.ProxyState_Type {
			answer.Add(attribute.Type, attribute.Attribute)
		}
	}
	return sign(answer)
}

// wholeSeconds rounds up: who asks again at the end finds the trust gone.
func wholeSeconds(d time.Duration) int64 { return int64((d + time.Second - 1) / time.Second) }

// reducedRate is rx/tx as the router sees it: what the subscriber sends, then what he receives.
func (s *subscriber) reducedRate() string {
	return fmt.Sprintf("%dk/%dk", reduced(s.upKbps), reduced(s.downKbps))
}

func reduced(kbps int) int { return max(kbps/reducedPart, reducedFloor) }
