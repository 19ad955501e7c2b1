package jobs

import (
	"cmp"
	"time"

	"enlace/tenants/brazil/pix/psp"
	"enlace/tenants/calendar"
)

// What goes over the wire, by the names of the API (CobSolicitada, CobVSolicitada, CobGerada, CobVGerada, Pix).

type sentCharge struct {
	Calendar *sentCalendar `json:"calendario,omitempty"`
	Payer    *sentPayer    `json:"devedor,omitempty"`
	Amount   *sentAmount   `json:"valor,omitempty"`
	Key      string        `json:"chave,omitempty"`
	Note     string        `json:"solicitacaoPagador,omitempty"`
	Status   psp.Status    `json:"status,omitempty"`
}

type sentCalendar struct {
	Seconds    int            `json:"expiracao,omitempty"`
	Due        *calendar.Date `json:"dataDeVencimento,omitempty"`
	PayableFor *int           `json:"validadeAposVencimento,omitempty"`
}

type sentPayer struct {
	CPF  string `json:"cpf,omitempty"`
	CNPJ string `json:"cnpj,omitempty"`
	Name string `json:"nome"`
}

type sentAmount struct {
	Original string        `json:"original"`
	Fine     *sentShare    `json:"multa,omitempty"`
	Interest *sentShare    `json:"juros,omitempty"`
	Discount *sentDiscount `json:"desconto,omitempty"`
}

type sentShare struct {
	Mode  int    `json:"modalidade"`
	Share string `json:"valorPerc"`
}

type sentDiscount struct {
	Mode  int            `json:"modalidade"`
	Fixed []sentUntilDay `json:"descontoDataFixa"`
}

type sentUntilDay struct {
	Day   calendar.Date `json:"data"`
	Share string        `json:"valorPerc"`
}

// The modes by which the API reckons.
const (
	finePercent     = 2
	interestByMonth = 3 // by civil days
	discountByDay   = 1 // an amount until a day
)

// wired is a charge as it is sent.
func wired(c psp.Charge) sentCharge {
	sent := sentCharge{Key: c.Key, Note: c.Note, Amount: &sentAmount{Original: c.Amount.Decimal()}, Calendar: &sentCalendar{Seconds: int(c.Lifetime / time.Second)}}
	if c.Payer != (psp.Payer{}) {
		sent.Payer = &sentPayer{Name: c.Payer.Name}
		if psp.IsCPF(c.Payer.Document) {
			sent.Payer.CPF = c.Payer.Document
		} else {
			sent.Payer.CNPJ = c.Payer.Document
		}
	}
	if c.Kind() == psp.Immediate {
		return sent
	}
	sent.Calendar = &sentCalendar{Due: &c.Due, PayableFor: &c.PayableFor}
	if c.Fine > 0 {
		sent.Amount.Fine = &sentShare{finePercent, c.Fine.String()}
	}
	if c.Interest > 0 {
		sent.Amount.Interest = &sentShare{interestByMonth, c.Interest.String()}
	}
	if c.Discount > 0 {
		sent.Amount.Discount = &sentDiscount{discountByDay, []sentUntilDay{{c.Due, c.Discount.Decimal()}}}
	}
	return sent
}

type gotCharge struct {
	TxID     string     `json:"txid"`
	Status   psp.Status `json:"status"`
	Revision int        `json:"revisao"`
	Key      string     `json:"chave"`
	Calendar struct {
		Due calendar.Date `json:"dataDeVencimento"`
	} `json:"calendario"`
	Amount struct {
		Original string `json:"original"`
	} `json:"valor"`
	Location string `json:"location"`
	Loc      struct {
		Location string `json:"location"`
	} `json:"loc"`
	CopyPaste string   `json:"pixCopiaECola"`
	Paid      []gotPix `json:"pix"`
}

// kept reads a charge, which must be the one that was asked about.
func (g gotCharge) kept(kind psp.Kind, txid string) (*psp.Kept, error) {
	amount, ok := psp.ParseAmount(g.Amount.Original)
	if !ok || g.TxID != txid || g.Status == "" {
		return nil, errUnreadable
	}
	k := &psp.Kept{Kind: kind, TxID: g.TxID, Status: g.Status, Revision: g.Revision, Key: g.Key, Amount: amount, Due: g.Calendar.Due, Location: g.Location, CopyPaste: g.CopyPaste}
	if k.Location == "" {
		k.Location = g.Loc.Location
	}
	for _, p := range g.Paid {
		paid, err := p.paid()
		if err != nil {
			return nil, err
		}
		k.Paid = append(k.Paid, *paid)
	}
	return k, nil
}

type gotPix struct {
	EndToEnd string    `json:"endToEndId"`
	TxID     string    `json:"txid"`
	Key      string    `json:"chave"`
	Amount   string    `json:"valor"`
	At       time.Time `json:"horario"`
	Parts    struct {
		Fine     gotValue `json:"multa"`
		Interest gotValue `json:"juros"`
	} `json:"componentesValor"`
	Returns []struct {
		ID     string `json:"id"`
		Amount string `json:"valor"`
		Status string `json:"status"`
	} `json:"devolucoes"`
}

func (g gotPix) paid() (*psp.Paid, error) {
	amount, ok := psp.ParseAmount(g.Amount)
	if !ok || !psp.IsEndToEnd(g.EndToEnd) || g.TxID != "" && !psp.IsTxID(g.TxID) || g.At.IsZero() {
		return nil, errUnreadable
	}
	p := &psp.Paid{EndToEnd: g.EndToEnd, TxID: g.TxID, Key: g.Key, Amount: amount, At: g.At}
	for _, part := range []gotValue{g.Parts.Fine, g.Parts.Interest} {
		late, ok := psp.ParseAmount(cmp.Or(part.Amount, "0.00"))
		if !ok {
			return nil, errUnreadable
		}
		p.Late += late
	}
	for _, r := range g.Returns {
		back, ok := psp.ParseAmount(r.Amount)
		if !ok {
			return nil, errUnreadable
		}
		p.Returns = append(p.Returns, psp.Return{ID: r.ID, Amount: back, Status: r.Status})
	}
	return p, nil
}

type gotValue struct {
	Amount string `json:"valor"`
}

type gotPage struct {
	Parameters struct {
		Paging struct {
			Current int `json:"paginaAtual"`
			Pages   int `json:"quantidadeDePaginas"`
		} `json:"paginacao"`
	} `json:"parametros"`
	Pix []gotPix `json:"pix"`
}
