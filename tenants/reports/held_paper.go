package reports

import (
	"bytes"
	"context"
	"fmt"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/brazil/print"
)

// mostPrinted is how many lines of a class are printed, the newest; the file for machines has all of it.
const mostPrinted = 100

// HeldPDF is what is held of a customer for a person to read: class by class, a line a row (LGPD, art. 19, II). What is long is shortened to its newest lines, and
// what says nothing on paper is counted; HeldJSON has all of it. It returns the faults of Held.
func (d Desk) HeldPDF(ctx context.Context, id uuid.UUID) (content []byte, err error) {
	isp, _ := tenants.From(ctx)
	made := d.DB.Now()
	paper := &print.Record{Provider: isp.Name, Title: "Seus dados pessoais", Foot: "Lei Geral de Proteção de Dados, arts. 18 e 19 · " + isp.Name, MadeAt: made}
	err = d.held(ctx, id, "data_exported", func(ctx context.Context, c *ent.Client, who *ent.Customer) error {
		t := teller{isp.Zone}
		card := print.Block{Kind: print.Table}
		for _, one := range t.card(who) {
			card.Rows = append(card.Rows, []print.Text{print.Words(one[0]), print.Words(one[1])})
		}
		paper.Body = []print.Block{{Kind: print.Title, Text: print.Words("O que guardamos sobre você")},
			{Kind: print.Paragraph, Text: print.Words("Feito em " + t.at(made) + ". Tudo, sem resumo, está no arquivo para computador (dados-pessoais.json).")},
			{Kind: print.Heading, Text: print.Words(TitleOf("cadastro"))}, card}
		classes, err := classesOf(ctx, c, id)
		if err != nil {
			return err
		}
		for _, one := range classes {
			read, err := one.read(ctx)
			if err != nil {
				return err
			}
			paper.Body = append(paper.Body, told(TitleOf(one.code), read.lines(t))...)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	// Drawing is done outside the transaction: it takes milliseconds that nobody should wait for.
	var b bytes.Buffer
	err = paper.Draw(&b)
	return b.Bytes(), err
}

// told is a class on paper.
func told(title string, lines []string) []print.Block {
	blocks := []print.Block{{Kind: print.Heading, Text: print.Words(fmt.Sprintf("%s (%d)", title, len(lines)))}}
	said := print.Block{Kind: print.Bullets}
	for _, line := range lines[max(0, len(lines)-mostPrinted):] {
		if line != "" {
			said.Items = append(said.Items, print.Words(line))
		}
	}
	switch {
	case len(lines) == 0:
		return append(blocks, print.Block{Kind: print.Paragraph, Text: print.Words("Nada.")})
	case len(said.Items) == 0:
		return append(blocks, print.Block{Kind: print.Paragraph, Text: print.Words("No arquivo para computador.")})
	case len(lines) > mostPrinted:
		blocks = append(blocks, print.Block{Kind: print.Paragraph, Text: print.Words(fmt.Sprintf("As últimas %d linhas; as outras estão no arquivo para computador.", mostPrinted))})
	}
	return append(blocks, said)
}
