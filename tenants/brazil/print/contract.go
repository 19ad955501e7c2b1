package print

import (
	"fmt"
	"time"

	"enlace/tenants/calendar"
)

// Deed is a contract as it goes on paper.
type Deed struct {
	Number   int64
	Provider string // who it is from, at the head and under the first signature
	Holder   string // who it is with
	Template string // what it was made of: "Adesão residencial, versão 7"
	Body     []Block
	Hash     string // SHA-256 of the frozen text, hexadecimal
	Verify   string // address at which number and hash can be checked; "" for none
	Telegram string // link into the ISP's bot; "" for none

	Acceptance *Acceptance // printed as an annex of one page or more; nil for none
}

// Acceptance is how a contract was accepted.
type Acceptance struct {
	On   calendar.Date
	At   time.Time // when it was marked, as its clocks show
	By   string    // who marked it
	Note string
}

// The page of a contract (look.md, section 6), in millimetres.
const (
	deedMargin = 22.0
	deedWidth  = pageWidth - 2*deedMargin
	deedBottom = pageHeight - 27 // nothing of the text stands lower
	deedFoot   = pageHeight - 19 // baseline of the foot
	proseSize  = 10.0
	proseLine  = 1.5 * proseSize / pointsPerMM
	labelWidth = 38.0 // of a table with two columns
	indent     = 6.0
)

// strip is a part of the text that stays on one page. Strips lie one below the other.
type strip struct {
	above, height float64
	keep          bool                      // on the page of the next one
	draw          func(s *sheet, y float64) // y is its top
}

// Contract prints a contract on pages of its own, and its annex after it: the pages of the contract are the same with it and without. It
// returns ErrPixTooLong for an address that no QR code holds; then nothing is printed.
func (p *Press) Contract(d *Deed) error {
	for _, address := range []string{d.Verify, d.Telegram} {
		if _, err := encodeQR(address); err != nil {
			return err
		}
	}
	strips := p.page.body(d.Body)
	if n := len(strips); n > 0 { // the last line and the signatures stay together
		strips[n-1].keep = true
	}
	strips = append(strips, d.signatures())
	if d.Verify != "" {
		strips[len(strips)-1].keep = true
		strips = append(strips, d.verification())
	}
	if d.Telegram != "" {
		strips = append(strips, d.telegram())
	}
	paper := letterhead{d.Provider, fmt.Sprintf("Contrato %d", d.Number), d.foot()}
	if err := p.sheets(paper, strips, "página"); err != nil || d.Acceptance == nil {
		return err
	}
	return p.sheets(paper, p.page.body(d.annex()), "anexo, página")
}

// letterhead is what stands around running text: who it is from and what it is, at the head of the first page, and the foot of every one.
type letterhead struct{ from, what, foot string }

// sheets lays strips out on pages and prints them.
func (p *Press) sheets(paper letterhead, strips []strip, called string) error {
	pages := paginate(strips)
	for i, page := range pages {
		s := &p.page
		y := deedMargin
		if i == 0 {
			y = s.head(paper)
		}
		for j, one := range page {
			if j > 0 {
				y += one.above
			}
			one.draw(s, y)
			y += one.height
		}
		s.op("0.2 g")
		s.text(deedMargin, deedFoot, regular, 7.5, encode(paper.foot))
		s.line(deedMargin, deedFoot, deedWidth, regular, 7.5, fmt.Sprintf("%s %d de %d", called, i+1, len(pages)), right)
		s.op("0 g")
		p.endPage()
	}
	return p.err
}

// headHeight is what the head takes of the first page.
const headHeight = 14.0

// head draws who the paper is from and what it is, and returns where the text begins.
func (s *sheet) head(paper letterhead) float64 {
	const whatWidth = 55.0
	s.line(deedMargin, deedMargin+3.4, deedWidth-whatWidth, bold, proseSize, paper.from, left)
	s.line(deedMargin+deedWidth-whatWidth, deedMargin+3.4, whatWidth, regular, proseSize, paper.what, right)
	s.rule(deedMargin, deedMargin+7.4, deedMargin+deedWidth, deedMargin+7.4, 0.3)
	return deedMargin + headHeight
}

func (d *Deed) foot() string {
	hash := d.Hash
	if len(hash) > 8 {
		hash = hash[:4] + "…" + hash[len(hash)-4:]
	}
	return fmt.Sprintf("Contrato %d · Modelo %s · sha256 %s", d.Number, d.Template, hash)
}

// paginate fills page after page. What must be kept together goes to the next one whole, unless it is longer than a page.
func paginate(strips []strip) (pages [][]strip) {
	const whole = deedBottom - deedMargin
	page, room := []strip(nil), whole-headHeight
	for i := 0; i < len(strips); {
		end, height := i+1, strips[i].height
		for ; end < len(strips) && strips[end-1].keep; end++ {
			height += strips[end].above + strips[end].height
		}
		if len(page) > 0 && strips[i].above+height > room {
			pages, page, room = append(pages, page), nil, whole
		}
		if height > room {
			end, height = i+1, strips[i].height
		}
		if len(page) > 0 {
			height += strips[i].above
		}
		page, room, i = append(page, strips[i:end]...), room-height, end
	}
	return append(pages, page)
}

// signatures are the two lines to sign on.
func (d *Deed) signatures() strip {
	const gap, space = 14.0, 18.0
	half := (deedWidth - gap) / 2
	return strip{above: 2, height: space + 7, draw: func(s *sheet, y float64) {
		for i, who := range []string{d.Provider, d.Holder} {
			x := deedMargin + float64(i)*(half+gap)
			s.rule(x, y+space, x+half, y+space, 0.3)
			s.line(x, y+space+4.6, half, regular, 9, who, left)
		}
	}}
}

// verification says where the paper can be checked, and has the whole hash.
func (d *Deed) verification() strip {
	const qrSize = 24.0
	return strip{above: 6, height: qrSize, draw: func(s *sheet, y float64) {
		_ = s.qrCode(deedMargin-2, y, qrSize, d.Verify) // Contract has seen that it can be drawn
		x, width := deedMargin+qrSize+1, deedWidth-qrSize-1
		s.op("0.2 g")
		s.line(x, y+8, width, regular, 8, "Confira o número, a data e o código deste contrato em", left)
		s.line(x, y+12, width, bold, 8, d.Verify, left)
		s.line(x, y+16, width, regular, 7, "sha256 "+d.Hash, left)
		s.op("0 g")
	}}
}

// telegram is the link into the ISP's bot. What it asks for is told beforehand.
func (d *Deed) telegram() strip {
	const qrSize = 22.0 // it still stands under the signatures of the standard contract
	return strip{above: 3, height: qrSize, draw: func(s *sheet, y float64) {
		_ = s.qrCode(deedMargin-2, y, qrSize, d.Telegram) // Contract has seen that it can be drawn
		x, width := deedMargin+qrSize+1, deedWidth-qrSize-1
		s.op("0.2 g")
		s.line(x, y+7.5, width, bold, 8, "Faturas, carnê e atendimento no Telegram", left)
		s.line(x, y+11.5, width, regular, 8, "Aponte a câmera do celular para o código. O bot pede a data de nascimento do titular, ou o telefone do cadastro.", left)
		s.line(x, y+15.5, width, regular, 7, d.Telegram, left)
		s.op("0 g")
	}}
}

// annex is how the contract was accepted. It leaves the contract as it is.
func (d *Deed) annex() []Block {
	a := d.Acceptance
	row := func(label, text string) []Text { return []Text{Words(label), Words(text)} }
	return []Block{
		{Kind: Title, Text: Words(fmt.Sprintf("Anexo: aceite do contrato %d", d.Number))},
		{Kind: Table, Rows: [][]Text{row("Prestadora", d.Provider), row("Assinante", d.Holder), row("Aceito em", a.On.BR()), row("Como foi aceito", a.Note),
			row("Registrado por", a.By+", em "+a.At.Format("02/01/2006 às 15:04")), row("sha256 do texto", d.Hash[:len(d.Hash)/2]+"\n"+d.Hash[len(d.Hash)/2:])}},
		{Kind: Paragraph, Text: Words("Este anexo registra o aceite. O texto do contrato é o que foi emitido, sem mudança: o código acima é o dele.")},
	}
}
