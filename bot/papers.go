package bot

import (
	"context"
	"slices"

	"rsc.io/qr"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/subscribers"
)

// The kinds of paper; each is of the invoice, the carnê, the contract or the customer whose id it has.
const invoicePaper, pixPaper, bookletPaper, contractPaper, dataPaper, dataFile = "invoice", "pix", "booklet", "contract", "data", "data_file"

// handOver makes a paper and sends it, if the chat may still see whose it is.
func (s *speaker) handOver(ctx context.Context, chat int64, n note) error {
	customers, err := s.desk.CustomersOf(ctx, chat)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(customers, is(n.Paper.Customer))
	if i < 0 {
		return nil
	}
	name, content, err := s.draw(subscribers.As(ctx, customers[i]), n.Paper)
	switch {
	case tenants.FaultOf(err) != nil:
		return s.api.Send(ctx, chat, notPrinted(n.Paper.Kind), n.Keys.board())
	case err != nil:
		return err
	case n.Paper.Kind == pixPaper:
		return s.api.SendPhoto(ctx, chat, name, content, n.Text)
	}
	return s.api.SendDocument(ctx, chat, name, content, n.Text)
}

func (s *speaker) draw(ctx context.Context, p *paper) (name string, content []byte, err error) {
	var file *ent.File
	switch p.Kind {
	case invoicePaper:
		return s.desk.InvoicePDF(ctx, p.ID)
	case pixPaper:
		content, err = s.drawPix(ctx, p)
		return namePix, content, err
	case dataPaper:
		content, err = s.desk.DataPDF(ctx)
		return nameData, content, err
	case dataFile:
		content, err = s.desk.Data(ctx)
		return nameDataFile, content, err
	case contractPaper:
		file, err = s.desk.ContractPDF(ctx, p.ID)
	default:
		file, err = s.desk.BookletPDF(ctx, p.ID)
	}
	if err != nil {
		return "", nil, err
	}
	return file.Name, file.Content, nil
}

// drawPix draws the QR code of what is owed of an invoice now, as a PNG.
func (s *speaker) drawPix(ctx context.Context, p *paper) ([]byte, error) {
	of, err := s.desk.Invoice(ctx, p.ID)
	if err != nil {
		return nil, err
	}
	text, _, err := of.PixToPay()
	switch {
	case err != nil:
		return nil, err
	case text == "":
		return nil, tenants.NotFound()
	}
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return nil, err
	}
	return code.PNG(), nil
}
