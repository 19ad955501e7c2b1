package cnab

import (
	"fmt"
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

func TestWhatIsWrittenByTheColumnsIsRead(t *testing.T) {
	amount := rapid.Int64Range(0, mostCents-1)
	day := rapid.Custom(func(t *rapid.T) calendar.Date {
		return calendar.MustParse("1999-12-30").AddDays(rapid.IntRange(0, 20000).Draw(t, "days"))
	})
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 8).Draw(t, "titles")
		var want []Title
		var nominal int64
		rows := []string{string(blank(240).at(1, "75600000").at(143, "210122026")), string(blank(240).at(1, "75600011T01"))}
		for i := range n {
			title := Title{Line: 3 + 2*i, NossoNumero: rapid.StringMatching(`[0-9A-Z]{1,20}`).Draw(t, "nosso número"), Movement: rapid.StringMatching(`[0-9]{2}`).Draw(t, "movement"),
				Due: day.Draw(t, "due"), OccurredOn: day.Draw(t, "occurred"), Nominal: money.Cents(amount.Draw(t, "nominal")), Paid: money.Cents(amount.Draw(t, "paid")),
				Net: money.Cents(amount.Draw(t, "net")), Fee: money.Cents(amount.Draw(t, "fee"))}
			title.settles = title.Movement == "06" || title.Movement == "17"
			nominal += int64(title.Nominal)
			rows = append(rows,
				string(blank(240).at(1, fmt.Sprintf("7560001300%03dT %s", 2*i+1, title.Movement)).at(38, title.NossoNumero).at(74, packed(title.Due)).
					at(82, fmt.Sprintf("%015d", title.Nominal)).at(199, fmt.Sprintf("%015d", title.Fee))),
				string(blank(240).at(1, fmt.Sprintf("7560001300%03dU %s", 2*i+2, title.Movement)).
					at(78, fmt.Sprintf("%015d%015d", title.Paid, title.Net)).at(138, packed(title.OccurredOn))))
			want = append(want, title)
		}
		rows = append(rows, string(blank(240).at(1, "75600015").at(18, fmt.Sprintf("%06d%06d%017d", 2*n+2, n, nominal))),
			string(blank(240).at(1, "75699999").at(18, fmt.Sprintf("000001%06d", 2*n+4))))
		ret, err := ReadReturn(strings.NewReader(strings.Join(rows, "\r\n")))
		if err != nil || ret.Err() != nil && nominal < mostCents {
			t.Fatal(err, ret.Err())
		}
		for i, title := range ret.Titles {
			if title != want[i] {
				t.Fatalf("got  %+v\nwant %+v", title, want[i])
			}
		}
		if len(ret.Titles) != n || !*ret.TrailerMatches {
			t.Fatalf("%d of %d titles", len(ret.Titles), n)
		}
	})
}
