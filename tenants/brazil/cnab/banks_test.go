package cnab

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// paper is a blank record on which a test writes at columns, as the manuals give them.
type paper []byte

func blank(width int) paper { return paper(strings.Repeat(" ", width)) }

func (p paper) at(column int, text string) paper {
	copy(p[column-1:], text)
	return p
}

func TestItauBaixaByPixIsAPayment(t *testing.T) {
	payload := "00020101021226770014BR.GOV.BCB.PIX2555pix.itau.example/qr/v2/1"
	detail := func(sequence int, movement string) string {
		return string(blank(400).at(1, "1").at(63, "00000017").at(109, movement).at(111, "201126").at(147, "201126").
			at(153, "0000000008990").at(254, "0000000008990").at(395, fmt.Sprintf("%06d", sequence)))
	}
	file := strings.Join([]string{
		string(blank(400).at(1, "02RETORNO01COBRANCA").at(27, "07300003511").at(77, "341").at(95, "201126").at(109, "00007").at(395, "000001")),
		detail(2, "10"),
		string(blank(400).at(1, "3"+payload).at(395, "000003")),
		detail(4, "10"),
		detail(5, "02"),
		string(blank(400).at(1, "3"+payload).at(395, "000006")),
		detail(7, "10"),
		string(blank(400).at(1, "3").at(392, "E01").at(395, "000008")),
		string(blank(400).at(1, "9201341").at(213, "00000004"+"00000000035960").at(395, "000009")),
	}, "\n")
	ret := reading(t, []byte(file))
	if ret.Err() != nil || len(ret.Titles) != 4 {
		t.Fatalf("%d titles, %v", len(ret.Titles), ret.Err())
	}
	for i, paid := range []bool{true, false, false, false} {
		if ret.Titles[i].Settles() != paid {
			t.Errorf("title %d settles: %t", i, !paid)
		}
	}
	if got := ret.Titles[0]; got.PixPayload != payload || got.Received() != 8990 {
		t.Errorf("%+v", got)
	}
}

func TestBancoDoBrasilCBR643(t *testing.T) {
	file := strings.Join([]string{
		string(blank(400).at(1, "02RETORNO01COBRANCA").at(27, "33251").at(32, "00028935").at(77, "001").at(95, "200109").at(101, "0000007").at(150, "1622420").at(395, "000001")),
		string(blank(400).at(1, "7").at(64, "16224200000000003").at(87, "01").at(109, "06").at(111, "200109").at(147, "000000").at(153, "0000000009064").
			at(176, "220109").at(182, "0000500").at(254, "0000000009064").at(306, "0000000008564").at(393, "04").at(395, "000002")),
		string(blank(400).at(1, "9201001").at(395, "000003")),
	}, "\r\n")
	ret := reading(t, []byte(file))
	want := Title{Line: 2, NossoNumero: "16224200000000003", Movement: "06", Reasons: "01", OccurredOn: calendar.MustParse("2009-01-20"),
		CreditedOn: calendar.MustParse("2009-01-22"), Nominal: 9064, Paid: 9064, Net: 8564, Fee: 500, Channel: "04", settles: true}
	if ret.Err() != nil || len(ret.Titles) != 1 || ret.Titles[0] != want {
		t.Fatalf("%+v, %v", ret.Titles, ret.Err())
	}
	if (ret.Agreement != Agreement{"1622420", "3325", "00028935"}) || ret.FileSequence != "0000007" || want.Received() != 9064 {
		t.Errorf("%+v %s", ret.Agreement, ret.FileSequence)
	}
}

func TestSantanderKeepsItsOwnColumns(t *testing.T) {
	file := strings.Join([]string{
		string(blank(240).at(1, "03300000").at(33, "9999").at(38, "123456789").at(53, "007125577").at(143, "228042016").at(158, "000031")),
		string(blank(240).at(1, "03300011T01")),
		string(blank(240).at(1, "0330001300001T 17").at(41, "0000000289647").at(55, "C318-01").at(70, "28042016").at(78, "000000000012600").at(194, "000000000000060").at(209, "04")),
		string(blank(240).at(1, "0330001300002U 17").at(78, "000000000012600").at(93, "000000000012540").at(138, "2804201629042016")),
		string(blank(240).at(1, "03300015").at(18, "000002")),
		string(blank(240).at(1, "03399999").at(18, "000001000006")),
	}, "\n\n")
	ret := reading(t, []byte(file))
	want := Title{Line: 5, NossoNumero: "0000000289647", Document: "C318-01", Movement: "17", Reasons: "04", Due: calendar.MustParse("2016-04-28"),
		OccurredOn: calendar.MustParse("2016-04-28"), CreditedOn: calendar.MustParse("2016-04-29"), Nominal: 12600, Paid: 12600, Net: 12540, Fee: 60, settles: true}
	if ret.Err() != nil || len(ret.Titles) != 1 || ret.Titles[0] != want || !*ret.TrailerMatches {
		t.Fatalf("%+v, %v", ret.Titles, ret.Err())
	}
	if (ret.Agreement != Agreement{"007125577", "9999", "123456789"}) || ret.FileSequence != "000031" {
		t.Errorf("%+v %s", ret.Agreement, ret.FileSequence)
	}
}

// A retorno of each bank, written by its own tables, reads back title by title, with the payments and nothing else settling.
func TestARetornoWrittenByItsTablesIsRead(t *testing.T) {
	for bank, b := range banks {
		if b.returns240 != nil {
			rapid.Check(t, func(rt *rapid.T) { readsBack(rt, bank, CNAB240, returned240(rt, bank, b.returns240)) })
		}
		if b.returns400 != nil {
			rapid.Check(t, func(rt *rapid.T) { readsBack(rt, bank, CNAB400, returned400(rt, bank, b.returns400)) })
		}
	}
}

// returned is a file and what it tells.
type returned struct {
	rows   []string
	titles []Title
}

func readsBack(t *rapid.T, bank, layout string, file returned) {
	ret, err := ReadReturn(strings.NewReader(strings.Join(file.rows, "\r\n")))
	if err != nil || ret.Err() != nil || ret.Layout != layout || ret.Bank != bank {
		t.Fatal(bank, layout, err, ret.Err())
	}
	if len(ret.Titles) != len(file.titles) {
		t.Fatalf("%s %s: %d of %d titles", bank, layout, len(ret.Titles), len(file.titles))
	}
	for i, title := range ret.Titles {
		if title != file.titles[i] {
			t.Fatalf("%s %s: got  %+v\nwant %+v", bank, layout, title, file.titles[i])
		}
		if title.Settles() && title.Movement == "28" {
			t.Fatalf("%s %s: a fee settles", bank, layout)
		}
	}
}

func returned240(t *rapid.T, bank string, layout *layout240) (file returned) {
	var sum money.Cents
	file.rows = []string{string(blank(240).at(1, bank+"00000").at(143, "210122026")), string(blank(240).at(1, bank+"00011T01"))}
	for i := range rapid.IntRange(0, 8).Draw(t, "titles") {
		title := aTitle(t, layout.t, layout.u)
		title.Line, title.settles = len(file.rows)+1, title.Movement == "06" || title.Movement == "17"
		first, second := blank(240).at(1, fmt.Sprintf("%s00013%05dT", bank, 2*i+1)), blank(240).at(1, fmt.Sprintf("%s00013%05dU", bank, 2*i+2)).at(16, title.Movement)
		layout.t.write(&title, first)
		layout.u.write(&title, second)
		file.rows = append(file.rows, string(first), string(second))
		file.titles = append(file.titles, title)
		sum += title.Nominal
	}
	n := len(file.titles)
	file.rows = append(file.rows, string(blank(240).at(1, bank+"00015").at(18, fmt.Sprintf("%06d%06d%017d", 2*n+2, n, sum))),
		string(blank(240).at(1, bank+"99999").at(18, fmt.Sprintf("000001%06d", 2*n+4))))
	return file
}

func returned400(t *rapid.T, bank string, layout *layout400) (file returned) {
	var sum money.Cents
	add := func(row paper) {
		file.rows = append(file.rows, string(row.at(395, fmt.Sprintf("%06d", len(file.rows)+1))))
	}
	add(blank(400).at(1, "02RETORNO01COBRANCA").at(77, bank).at(95, "201126"))
	for range rapid.IntRange(0, 8).Draw(t, "titles") {
		title := aTitle(t, layout.title, nil)
		title.Line, title.settles, title.creditOnly = len(file.rows)+1, layout.settles[title.Movement], layout.creditOnly
		row := blank(400).at(1, layout.detail)
		layout.title.write(&title, row)
		add(row)
		file.titles = append(file.titles, title)
		sum += title.Nominal
	}
	end := blank(400).at(1, "9")
	if layout.titles > 0 {
		end.at(layout.titles, fmt.Sprintf("%08d%014d", len(file.titles), sum))
	}
	add(end)
	return file
}

// aTitle is a title of which only what the tables hold is filled in.
func aTitle(t *rapid.T, tables ...table[Title]) (title Title) {
	word := func(most int) *rapid.Generator[string] {
		return rapid.StringMatching(fmt.Sprintf("[0-9A-Z]{0,%d}", most))
	}
	date := rapid.Custom(func(t *rapid.T) calendar.Date {
		return day("2000-01-01").AddDays(rapid.IntRange(0, 20000).Draw(t, "days"))
	})
	cent := rapid.Custom(func(t *rapid.T) money.Cents { return money.Cents(rapid.Int64Range(0, 9_999_999_999).Draw(t, "cents")) })
	for _, f := range slices.Concat(tables...) {
		switch f.name {
		case movement.name:
			title.Movement = rapid.StringMatching("[0-9]{2}").Draw(t, f.name)
		case nossoNumero.name:
			title.NossoNumero = word(f.length).Draw(t, f.name)
		case document.name:
			title.Document = word(f.length).Draw(t, f.name)
		case control.name:
			title.Control = word(f.length).Draw(t, f.name)
		case reasons.name:
			title.Reasons = word(f.length).Draw(t, f.name)
		case channel.name:
			title.Channel = word(f.length).Draw(t, f.name)
		case due.name:
			title.Due = date.Draw(t, f.name)
		case occurredOn.name:
			title.OccurredOn = date.Draw(t, f.name)
		case creditedOn.name:
			title.CreditedOn = date.Draw(t, f.name)
		case nominal.name:
			title.Nominal = cent.Draw(t, f.name)
		case paid.name:
			title.Paid = cent.Draw(t, f.name)
		case net.name:
			title.Net = cent.Draw(t, f.name)
		case fee.name:
			title.Fee = cent.Draw(t, f.name) % 10_000_000 // seven columns at Banco do Brasil
		case interest.name:
			title.Interest = cent.Draw(t, f.name)
		case discount.name:
			title.Discount = cent.Draw(t, f.name)
		case rebate.name:
			title.Rebate = cent.Draw(t, f.name)
		default:
			t.Fatalf("a part of a title that no test fills: %s", f.name)
		}
	}
	if paidCells := slices.IndexFunc(slices.Concat(tables...), func(f field[Title]) bool { return f.name == paid.name }); paidCells >= 0 {
		for _, f := range slices.Concat(tables...) {
			if f.name == net.name && f.start == slices.Concat(tables...)[paidCells].start {
				title.Paid = title.Net // one column for both
			}
		}
	}
	return title
}

func TestInterMovesItsMovement(t *testing.T) {
	file := strings.Join([]string{
		string(blank(400).at(1, "02RETORNO01COBRANCA").at(77, "077INTER").at(95, "201126").at(111, "0000031").at(395, "000001")),
		string(blank(400).at(1, "1").at(21, "11000010012345679").at(38, "F1042").at(71, "00000000426").at(87, "110"+"06"+"201126"+"1042").at(119, "201126"+"0000000009990").
			at(160, "0000000009990"+"231126").at(395, "000002")),
		string(blank(400).at(1, "1").at(71, "00000000434").at(87, "110"+"07"+"201126").at(119, "201126"+"0000000009990").at(395, "000003")),
		string(blank(400).at(1, "9").at(395, "000004")),
	}, "\r\n")
	ret := reading(t, []byte(file))
	want := Title{Line: 2, NossoNumero: "00000000426", Document: "1042", Control: "F1042", Movement: "06", Due: day("2026-11-20"), OccurredOn: day("2026-11-20"),
		CreditedOn: day("2026-11-23"), Nominal: 9990, Paid: 9990, Net: 9990, settles: true}
	if ret.Err() != nil || len(ret.Titles) != 2 || ret.Titles[0] != want || ret.Titles[1].Settles() || ret.FileSequence != "0000031" {
		t.Errorf("%+v, %v", ret.Titles, ret.Err())
	}
	if (ret.Agreement != Agreement{Account: "001234567"}) { // of its first title: the header names nobody
		t.Errorf("%+v", ret.Agreement)
	}
}
