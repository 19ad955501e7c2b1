package psptest

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"time"

	"enlace/tenants/brazil/pix"
	"enlace/tenants/brazil/pix/psp"
	"enlace/tenants/calendar"
)

// charge is one that is kept, with the fields it was asked for.
type charge struct {
	kind     psp.Kind
	txid     string
	fields   map[string]any
	status   psp.Status
	revision int
	made     time.Time
	location int
}

// chargeAt answers what is asked of a charge.
func (p *PSP) chargeAt(method string, kind psp.Kind, txid string, sent any) answered {
	if wrong := chargeTxID.check("txid", txid); wrong != nil {
		return refusal(http.StatusBadRequest, "RequisicaoInvalida", wrong...)
	}
	kept := p.charges[txid]
	if kept != nil && kept.kind != kind {
		kept = nil
	}
	switch method {
	case http.MethodPut:
		return p.put(kept, kind, txid, sent)
	case http.MethodPatch:
		if kept == nil {
			return refusal(http.StatusNotFound, "NaoEncontrado")
		}
		return p.revise(kept, sent)
	case http.MethodGet:
		if kept == nil {
			return refusal(http.StatusNotFound, "NaoEncontrado")
		}
		return p.shown(http.StatusOK, kept)
	}
	return refusal(http.StatusMethodNotAllowed, "RequisicaoInvalida")
}

// put keeps a charge; one that is there and active takes what is sent.
func (p *PSP) put(kept *charge, kind psp.Kind, txid string, sent any) answered {
	if wrong := p.against(kind, map[psp.Kind]schema{psp.Immediate: cobAsked, psp.Dated: cobvAsked}[kind], sent); wrong != nil {
		return refusal(http.StatusBadRequest, invalid(kind), wrong...)
	}
	switch {
	case kept == nil && p.charges[txid] != nil:
		return refusal(http.StatusBadRequest, invalid(kind), violation{Reason: "o txid já está em uso", Field: fieldOf(kind, "txid")})
	case kept == nil:
		kept = &charge{kind: kind, txid: txid, status: psp.Active, made: p.now(), location: len(p.charges) + 1}
		p.charges[txid] = kept
	case kept.status != psp.Active:
		return refusal(http.StatusBadRequest, invalid(kind), violation{Reason: "a cobrança não está ATIVA", Field: fieldOf(kind, "status")})
	default:
		kept.revision++
	}
	kept.fields = sent.(map[string]any)
	return p.shown(http.StatusCreated, kept)
}

func (p *PSP) revise(kept *charge, sent any) answered {
	rules := map[psp.Kind]schema{psp.Immediate: cobRevised, psp.Dated: cobvRevised}[kept.kind]
	if wrong := p.against(kept.kind, rules, sent); wrong != nil {
		return refusal(http.StatusBadRequest, invalid(kept.kind), wrong...)
	}
	fields := maps.Clone(sent.(map[string]any))
	_, removing := fields["status"]
	switch {
	case kept.status != psp.Active:
		return refusal(http.StatusBadRequest, invalid(kept.kind), violation{Reason: "a cobrança não está ATIVA", Field: fieldOf(kept.kind, "status")})
	case removing && len(fields) > 1:
		return refusal(http.StatusBadRequest, invalid(kept.kind), violation{Reason: "remoção com outras alterações", Field: fieldOf(kept.kind, "status")})
	case removing:
		kept.status = psp.RemovedByReceiver
	default:
		maps.Copy(kept.fields, fields)
	}
	kept.revision++
	return p.shown(http.StatusOK, kept)
}

func invalid(kind psp.Kind) string {
	return map[psp.Kind]string{psp.Immediate: "CobOperacaoInvalida", psp.Dated: "CobVOperacaoInvalida"}[kind]
}

// against lists what of a charge is against the schema, and then against the rules beyond it.
func (p *PSP) against(kind psp.Kind, rules schema, sent any) []violation {
	if wrong := rules.check(string(kind), sent); wrong != nil {
		return wrong
	}
	fields := sent.(map[string]any)
	wrong := func(field, why string) []violation { return []violation{{Reason: why, Field: fieldOf(kind, field)}} }
	if key, there := fields["chave"]; there && !slices.Contains(p.keys, key.(string)) {
		return wrong("chave", "a chave não pertence a este usuário recebedor")
	}
	original := ""
	if valor, there := fields["valor"].(map[string]any); there {
		original = valor["original"].(string)
		if amount, ok := psp.ParseAmount(original); !ok || amount == 0 {
			return wrong("valor.original", "o valor é zero")
		}
	}
	calendario, _ := fields["calendario"].(map[string]any)
	due, there := calendario["dataDeVencimento"].(string)
	if there && calendar.MustParse(due).Before(calendar.Of(p.now())) {
		return wrong("calendario.dataDeVencimento", "anterior à data de criação da cobrança")
	}
	return nil
}

// shown is a charge as the API shows it.
func (p *PSP) shown(status int, c *charge) answered {
	calendario := maps.Clone(c.fields["calendario"].(map[string]any))
	calendario["criacao"] = c.made.UTC().Format(time.RFC3339)
	if _, told := calendario["expiracao"]; c.kind == psp.Immediate && !told {
		calendario["expiracao"] = 86400
	}
	if _, told := calendario["validadeAposVencimento"]; c.kind == psp.Dated && !told {
		calendario["validadeAposVencimento"] = 30
	}
	location := fmt.Sprintf("pix.psp.example/qr/v2/%s/%s", c.kind, c.txid)
	code, err := pix.Build(pix.Code{URL: location, Name: "RECEBEDOR DA SUITE", City: "BELEM"})
	if err != nil {
		p.t.Error(err)
	}
	body := maps.Clone(c.fields)
	maps.Copy(body, map[string]any{"calendario": calendario, "txid": c.txid, "revisao": c.revision, "status": c.status, "location": location, "pixCopiaECola": code,
		"loc": map[string]any{"id": c.location, "txid": c.txid, "location": location, "tipoCob": c.kind, "criacao": calendario["criacao"]}})
	var paid []any
	for _, one := range p.paid {
		if one.TxID == c.txid {
			paid = append(paid, one.shown())
		}
	}
	if paid != nil {
		body["pix"] = paid
	}
	if c.kind == psp.Immediate {
		return answered{status, body, &cobGot}
	}
	at := map[string]any{"logradouro": "Rua Um", "cidade": "Belém", "uf": "PA", "cep": "66035145"}
	maps.Copy(body, at)
	receiver := map[string]any{"cnpj": "12ABC34501DE35", "nome": "Recebedor da Suíte"}
	maps.Copy(receiver, at)
	body["recebedor"] = receiver
	return answered{status, body, &cobvGot}
}

// Kept is the status of a charge and its amount as they stand; "" for one that is not kept.
func (p *PSP) Kept(txid string) (status psp.Status, amount string, revision int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	c := p.charges[txid]
	if c == nil {
		return "", "", 0
	}
	return c.status, c.fields["valor"].(map[string]any)["original"].(string), c.revision
}

// Field is what a charge was asked for, by the names of the API: Field(txid, "valor", "multa", "valorPerc").
func (p *PSP) Field(txid string, path ...string) any {
	p.mu.Lock()
	defer p.mu.Unlock()
	c := p.charges[txid]
	if c == nil {
		return nil
	}
	var at any = c.fields
	for _, name := range path {
		fields, ok := at.(map[string]any)
		if !ok {
			return nil
		}
		at = fields[name]
	}
	return at
}
