package views

import (
	"fmt"
	"strings"
)

// Bars is a chart of lying bars, its values written at their ends.
type Bars []Bar

// Bar is one of them; Share is of 200, the longest's length.
type Bar struct {
	Label, Text string
	Share       int
}

// NewBars measures bars against the longest.
func NewBars(labels, texts []string, values []int64) Bars {
	var longest int64 = 1
	for _, v := range values {
		longest = max(longest, v)
	}
	bars := make(Bars, len(values))
	for i, v := range values {
		bars[i] = Bar{Label: labels[i], Text: texts[i], Share: int(200 * v / longest)}
	}
	return bars
}

// Columns is a chart of standing columns: one hue, paler for the rest and full for what matters, whose value is written at it.
type Columns struct {
	Finding string // what it shows, in words
	Grid    []Rule
	Bars    []Pillar
	Numbers Table // the same under "Ver números"; none where they stand elsewhere on the page
}

// Rule is a line of the grid with its value.
type Rule struct {
	Y, TextY int
	Text     string
}

// Pillar is a column, its place reckoned.
type Pillar struct {
	X, Y, W, H       float64
	Hot              bool
	Label, Value     string
	Middle, LabelTop float64
}

// Point is a value of a chart.
type Point struct {
	Label, Value string // the label under the column and the value at it; empty is not written
	Amount       int64
	Hot          bool
}

// the drawing: 676 wide, its columns stand on 165 and rise to 15
const (
	chartLeft, chartRight, chartFoot, chartTop = 30.0, 658.0, 165.0, 15.0
)

// NewColumns reckons where each column stands; full is the value of the uppermost line, of which there are three above the foot.
func NewColumns(finding string, points []Point, full int64, numbers Table) Columns {
	c := Columns{Finding: finding, Numbers: numbers}
	for i := range int64(4) {
		y := int(chartFoot - (chartFoot-chartTop)*float64(i)/3)
		c.Grid = append(c.Grid, Rule{Y: y, TextY: y + 4, Text: number(int(full * i / 3))})
	}
	step := (chartRight - chartLeft) / float64(max(len(points), 1))
	for i, p := range points {
		h := (chartFoot - chartTop) * float64(p.Amount) / float64(max(full, 1))
		x := chartLeft + step*float64(i) + step*.13
		c.Bars = append(c.Bars, Pillar{X: x, Y: chartFoot - h, W: step * .74, H: h, Hot: p.Hot,
			Label: p.Label, Value: p.Value, Middle: x + step*.37, LabelTop: chartFoot - h - 6})
	}
	return c
}

// NewMoneyColumns is NewColumns of amounts in cents: the uppermost line is the next round amount, and unit says in what its figures are.
func NewMoneyColumns(finding string, points []Point) (c Columns, unit string) {
	var highest int64
	for _, p := range points {
		highest = max(highest, p.Amount)
	}
	full := roundUp(highest)
	unit, one := "R$", int64(100)
	if full >= 30_000_00 {
		unit, one = "R$ mil", 1_000_00
	}
	c = NewColumns(finding, points, full, Table{})
	for i := range c.Grid {
		c.Grid[i].Text = number(int(full * int64(i) / 3 / one))
	}
	return c, unit
}

// roundUp is the least amount not under another of which a third is a round one: 30, 60, 90, 150, 300 … reais.
func roundUp(cents int64) int64 {
	for step := int64(30_00); ; step *= 10 {
		for _, full := range []int64{step, 2 * step, 3 * step, 5 * step} {
			if cents <= full {
				return full
			}
		}
	}
}

// Curve is the traffic of some days as a line over an area.
type Curve struct {
	Finding string
	Line    string // of the path, in 340 by 46
	Area    string
	Note    string
}

// NewCurve draws values from left to right; the highest touches the top.
func NewCurve(finding string, values []int64, note string) *Curve {
	var highest int64 = 1
	for _, v := range values {
		highest = max(highest, v)
	}
	var b strings.Builder
	for i, v := range values {
		letter := "L"
		if i == 0 {
			letter = "M"
		}
		fmt.Fprintf(&b, "%s%d %d", letter, 340*i/max(len(values)-1, 1), 46-int(40*v/highest))
	}
	return &Curve{Finding: finding, Line: b.String(), Area: b.String() + "L340 46L0 46Z", Note: note}
}
