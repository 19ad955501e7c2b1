package psptest

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// The schemas of the Central Bank's API Pix 2.9 (Apache-2.0), as far as we use it: names, patterns, sizes and what is required are its facts.

// schema is what a value must be. A field that is not of an object's fields is against it.
type schema struct {
	kind     string // object, array, string, integer
	required []string
	fields   map[string]schema
	items    *schema
	pattern  *regexp.Regexp
	longest  int // letters of a string
	least    int // of an integer
	most     int
	enum     []string
	format   string // date, date-time, uri
	oneOf    []schema
}

func object(required string, fields map[string]schema) schema {
	return schema{kind: "object", required: strings.Fields(required), fields: fields}
}
func texts(longest int) schema { return schema{kind: "string", longest: longest} }
func shaped(pattern string) schema {
	return schema{kind: "string", pattern: regexp.MustCompile("^(?:" + pattern + ")$")}
}
func formatted(format string) schema     { return schema{kind: "string", format: format} }
func among(values ...string) schema      { return schema{kind: "string", enum: values} }
func numbers(least, most int) schema     { return schema{kind: "integer", least: least, most: most} }
func arrayOf(items schema) schema        { return schema{kind: "array", items: &items} }
func either(schemas ...schema) schema    { return schema{oneOf: schemas} }
func (s schema) needs(all string) schema { s.required = strings.Fields(all); return s }
func (s schema) with(more map[string]schema) schema {
	s.fields = maps.Clone(s.fields)
	maps.Copy(s.fields, more)
	return s
}

var (
	chargeTxID = shaped(`[a-zA-Z0-9]{26,35}`)
	anyTxID    = shaped(`[a-zA-Z0-9]{1,35}`)
	endToEnd   = shaped(`[a-zA-Z0-9]{32}`)
	amount     = shaped(`\d{1,10}\.\d{2}`)
	instant    = formatted("date-time")
	day        = formatted("date")
	key        = texts(77)
	revision   = numbers(0, math.MaxInt32)
	cpf        = shaped(`\d{11}`)
	cnpj       = shaped(`[0-9A-Z]{14}`)
	person     = object("cpf nome", map[string]schema{"cpf": cpf, "nome": texts(200)})
	company    = object("cnpj nome", map[string]schema{"cnpj": cnpj, "nome": texts(200)})
	place      = map[string]schema{"logradouro": texts(200), "cidade": texts(200), "uf": texts(2), "cep": texts(8)}
	payerPlus  = map[string]schema{"logradouro": texts(200), "cidade": texts(200), "uf": texts(2), "cep": texts(8), "email": texts(254)}
	payer      = either(person, company)
	datedPayer = either(person.with(payerPlus), company.with(payerPlus))
	receiver   = either(person.with(place).needs("cpf nome logradouro cidade uf cep"),
		company.with(place).with(map[string]schema{"nomeFantasia": texts(200)}).needs("cnpj nome logradouro cidade uf cep"))
	status = among("ATIVA", "CONCLUIDA", "REMOVIDA_PELO_USUARIO_RECEBEDOR", "REMOVIDA_PELO_PSP")

	share = func(most int) schema {
		return object("modalidade valorPerc", map[string]schema{"modalidade": numbers(1, most), "valorPerc": amount})
	}
	discount = either(
		object("modalidade descontoDataFixa", map[string]schema{"modalidade": numbers(1, 2),
			"descontoDataFixa": arrayOf(object("data valorPerc", map[string]schema{"data": day, "valorPerc": amount}))}),
		object("modalidade valorPerc", map[string]schema{"modalidade": numbers(3, 6), "valorPerc": amount}))
	cobAmount  = object("original", map[string]schema{"original": amount, "modalidadeAlteracao": numbers(0, 1)})
	cobvAmount = object("original", map[string]schema{"original": amount, "multa": share(2), "juros": share(8), "abatimento": share(2), "desconto": discount})

	lifetime = object("", map[string]schema{"expiracao": numbers(1, math.MaxInt32)})
	dueDay   = object("dataDeVencimento", map[string]schema{"dataDeVencimento": day, "validadeAposVencimento": numbers(0, math.MaxInt32)})
	base     = map[string]schema{"chave": key, "solicitacaoPagador": texts(140),
		"infoAdicionais": arrayOf(object("nome valor", map[string]schema{"nome": texts(50), "valor": texts(200)}))}
	asked = map[string]schema{"loc": object("id", map[string]schema{"id": numbers(1, math.MaxInt32)})}

	cobAsked    = object("valor chave calendario", base).with(asked).with(map[string]schema{"calendario": lifetime, "devedor": payer, "valor": cobAmount})
	cobvAsked   = object("valor chave devedor calendario", base).with(asked).with(map[string]schema{"calendario": dueDay, "devedor": datedPayer, "valor": cobvAmount})
	removal     = map[string]schema{"status": among("REMOVIDA_PELO_USUARIO_RECEBEDOR")}
	cobRevised  = cobAsked.with(removal).needs("")
	cobvRevised = cobvAsked.with(removal).needs("")

	location = object("id txid location tipoCob criacao", map[string]schema{"id": numbers(1, math.MaxInt32), "txid": chargeTxID, "location": texts(77), "tipoCob": among("cob", "cobv"), "criacao": instant})
	made     = map[string]schema{"txid": chargeTxID, "revisao": revision, "loc": location, "location": texts(77), "status": status, "pixCopiaECola": texts(512), "pix": arrayOf(pixGot)}
	cobGot   = cobAsked.with(made).with(map[string]schema{"calendario": lifetime.with(map[string]schema{"criacao": instant}).needs("criacao expiracao")}).
			needs("txid calendario revisao status valor chave")
	cobvGot = cobvAsked.with(made).with(place).with(map[string]schema{"recebedor": receiver,
		"calendario":                                                                                           dueDay.with(map[string]schema{"criacao": instant}).needs("criacao dataDeVencimento validadeAposVencimento")}).
		needs("location txid devedor calendario revisao status valor chave recebedor logradouro cidade uf cep") // the last four beside the receiver too, by the schema's letter

	returned = object("id rtrId valor horario status", map[string]schema{"id": texts(35), "rtrId": endToEnd, "valor": amount,
		"natureza": texts(40), "descricao": texts(140), "motivo": texts(140), "status": among("EM_PROCESSAMENTO", "DEVOLVIDO", "NAO_REALIZADO"),
		"horario": object("", map[string]schema{"solicitacao": instant, "liquidacao": instant})})
	valued = object("valor", map[string]schema{"valor": amount})
	pixGot = object("endToEndId valor horario", map[string]schema{"endToEndId": endToEnd, "txid": anyTxID, "valor": amount, "chave": key, "horario": instant,
		"infoPagador": texts(140), "devolucoes": arrayOf(returned),
		"componentesValor": object("", map[string]schema{"original": valued, "juros": valued, "multa": valued, "desconto": valued, "abatimento": valued})})
	paging = object("paginaAtual itensPorPagina quantidadeDePaginas quantidadeTotalDeItens", map[string]schema{"paginaAtual": numbers(0, math.MaxInt32),
		"itensPorPagina": numbers(1, 1000), "quantidadeDePaginas": numbers(1, math.MaxInt32), "quantidadeTotalDeItens": numbers(0, math.MaxInt32)})
	pageGot = object("parametros pix cobs", map[string]schema{"pix": arrayOf(pixGot), "cobs": arrayOf(cobGot), // by the schema's letter; there are none among Pix
		"parametros": object("inicio fim paginacao", map[string]schema{"inicio": instant, "fim": instant, "paginacao": paging})})

	webhookAsked = object("webhookUrl", map[string]schema{"webhookUrl": formatted("uri")})
	webhookGot   = object("webhookUrl cnpj criacao", map[string]schema{"webhookUrl": formatted("uri"), "cnpj": cnpj, "chave": key, "criacao": instant})
	webhookCall  = object("pix", map[string]schema{"pix": arrayOf(pixGot)})
	problemGot   = object("type title status", map[string]schema{"type": formatted("uri"), "title": texts(200), "status": numbers(400, 599), "detail": texts(500),
		"violacoes": arrayOf(object("", map[string]schema{"razao": texts(200), "propriedade": texts(100), "valor": texts(200)}))})
)

// violation is one thing against a schema, as the API says it.
type violation struct {
	Reason string `json:"razao"`
	Field  string `json:"propriedade"`
	Value  string `json:"valor,omitempty"`
}

// check says what of a value is against the schema; at is its name.
func (s schema) check(at string, value any) []violation {
	wrong := func(why string) []violation {
		return []violation{{why, at, fmt.Sprint(value)}}
	}
	if s.oneOf != nil {
		var all []violation
		for _, one := range s.oneOf {
			found := one.check(at, value)
			if len(found) == 0 {
				return nil
			}
			all = append(all, found...)
		}
		return all[:1]
	}
	switch s.kind {
	case "object":
		return s.checkObject(at, value)
	case "array":
		list, ok := value.([]any)
		if !ok {
			return wrong("não é uma lista")
		}
		var all []violation
		for i, item := range list {
			all = append(all, s.items.check(fmt.Sprintf("%s[%d]", at, i), item)...)
		}
		return all
	case "integer":
		n, ok := value.(json.Number)
		if !ok {
			return wrong("não é um número")
		}
		if i, err := n.Int64(); err != nil || int(i) < s.least || int(i) > s.most {
			return wrong(fmt.Sprintf("não é um inteiro de %d a %d", s.least, s.most))
		}
		return nil
	}
	text, ok := value.(string)
	switch {
	case !ok:
		return wrong("não é um texto")
	case s.pattern != nil && !s.pattern.MatchString(text):
		return wrong("não respeita o padrão")
	case s.longest > 0 && utf8.RuneCountInString(text) > s.longest:
		return wrong(fmt.Sprintf("passa de %d caracteres", s.longest))
	case s.enum != nil && !slices.Contains(s.enum, text):
		return wrong("não é um dos valores")
	case !s.hasFormat(text):
		return wrong("não respeita o formato " + s.format)
	}
	return nil
}

func (s schema) hasFormat(text string) bool {
	var err error
	switch s.format {
	case "date":
		_, err = time.Parse(time.DateOnly, text)
	case "date-time":
		_, err = time.Parse(time.RFC3339, text)
	case "uri":
		var u *url.URL
		if u, err = url.Parse(text); err == nil && (u.Scheme == "" || u.Host == "") {
			return false
		}
	}
	return err == nil
}

func (s schema) checkObject(at string, value any) (all []violation) {
	fields, ok := value.(map[string]any)
	if !ok {
		return []violation{{"não é um objeto", at, fmt.Sprint(value)}}
	}
	for _, name := range s.required {
		if _, there := fields[name]; !there {
			all = append(all, violation{Reason: "não foi informado", Field: at + "." + name})
		}
	}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		of, known := s.fields[name]
		if !known {
			all = append(all, violation{Reason: "não é um campo da API", Field: at + "." + name})
			continue
		}
		all = append(all, of.check(at+"."+name, fields[name])...)
	}
	return all
}

// plain is a value as JSON reads it back, to be checked.
func plain(value any) any {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	read, err := parse(text)
	if err != nil {
		panic(err)
	}
	return read
}

func parse(text []byte) (value any, err error) {
	decoder := json.NewDecoder(strings.NewReader(string(text)))
	decoder.UseNumber()
	if err := decoder.Decode(&value); err != nil {
		return nil, err
	}
	if decoder.More() {
		return nil, fmt.Errorf("more than one value")
	}
	return value, nil
}
