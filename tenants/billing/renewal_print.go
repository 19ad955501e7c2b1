package billing

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/renewal"
	"enlace/ent/renewalitem"
	"enlace/tenants"
	"enlace/tenants/brazil/print"
	"enlace/tenants/files"
	"enlace/tenants/staff"
)

// printedAtOnce is how many carnês are read in one transaction while all of a renewal are printed.
const printedAtOnce = 20

// PrintAllOfRenewal prints every carnê of a renewal into one file, in the order of its list, one after the other: memory does not grow with them.
// It is a worker's. Broken off, it begins again, and once the file is there nothing more is done.
func (d Desk) PrintAllOfRenewal(ctx context.Context, id uuid.UUID) error {
	row, _, err := d.nextItem(ctx, id)
	if err != nil || row.State != renewal.StatePrinting {
		return err
	}
	err = d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := files.DropPaper(ctx, c, id); err != nil {
			return err
		}
		return c.Renewal.UpdateOneID(id).SetPrinted(0).SetSize(0).Exec(ctx)
	})
	if err != nil {
		return err
	}
	isp, _ := tenants.From(ctx)
	out := files.NewPaper(ctx, d.DB, id)
	size := &counted{to: out}
	press, err := print.NewPress(size, print.Imprint{Title: "Carnês renovados até " + row.Until.BR(), Author: isp.Name, MadeAt: row.CreatedAt.In(isp.Zone)})
	if err != nil {
		return err
	}
	if row.Done > 0 {
		if err := d.printBooklets(ctx, press, id); err != nil {
			return err
		}
		if err := press.Close(); err != nil {
			return err
		}
		if err := out.Close(); err != nil {
			return err
		}
	}
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		return c.Renewal.Update().Where(renewal.ID(id), renewal.StateEQ(renewal.StatePrinting)).SetState(renewal.StateDone).SetSize(size.n).SetChangedAt(d.DB.Now()).Exec(ctx)
	})
}

// printBooklets draws the carnês of a renewal; one that was cancelled meanwhile has nothing to draw.
func (d Desk) printBooklets(ctx context.Context, press *print.Press, id uuid.UUID) error {
	logos := logos{}
	for printed := 0; ; {
		papers, err := d.papersOf(ctx, id, printed)
		if err != nil || len(papers) == 0 {
			return err
		}
		for _, p := range papers {
			if p == nil {
				continue
			}
			if err := press.Booklet(print.Brand{Name: p.brand.Name, Logo: logos.of(p.logo)}, p.slips); err != nil {
				return fmt.Errorf("%s: %w", p.name, err)
			}
		}
		printed += len(papers)
		err = d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
			return c.Renewal.UpdateOneID(id).SetPrinted(printed).Exec(ctx)
		})
		if err != nil {
			return err
		}
	}
}

// papersOf are the next carnês of a renewal to be drawn; nil for one with nothing to draw.
func (d Desk) papersOf(ctx context.Context, id uuid.UUID, after int) (papers []*paper, err error) {
	return papers, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		items, err := c.RenewalItem.Query().Where(renewalitem.RenewalID(id), renewalitem.StateEQ(renewalitem.StateDone)).Order(renewalitem.ByPosition()).
			Offset(after).Limit(printedAtOnce).All(ctx)
		if err != nil {
			return err
		}
		for _, item := range items {
			row, err := c.Booklet.Get(ctx, *item.BookletID)
			if err != nil {
				return err
			}
			p, err := d.bookletPaper(ctx, c, row)
			if fault := tenants.FaultOf(err); fault != nil {
				p, err = nil, nil
			}
			if err != nil {
				return err
			}
			papers = append(papers, p)
		}
		return nil
	})
}

// logos are those drawn so far, each opened once and so written into the file once.
type logos map[[32]byte]*print.Logo

func (l logos) of(content []byte) *print.Logo {
	sum := sha256.Sum256(content)
	if _, there := l[sum]; !there {
		l[sum], _ = print.OpenLogo(content) // nil for none
	}
	return l[sum]
}

// counted is a writer that knows how much went through it.
type counted struct {
	to io.Writer
	n  int64
}

func (c *counted) Write(b []byte) (int, error) {
	n, err := c.to.Write(b)
	c.n += int64(n)
	return n, err
}

// RenewalPDF opens the file of all carnês of a renewal. It returns Conflict renewal_unprinted while it is not there, and NotFound.
func (d Desk) RenewalPDF(ctx context.Context, id uuid.UUID) (name string, size int64, content io.Reader, err error) {
	err = d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.See); err != nil {
			return err
		}
		row, err := c.Renewal.Get(ctx, id)
		switch {
		case ent.IsNotFound(err):
			return tenants.NotFound()
		case err != nil:
			return err
		case row.State != renewal.StateDone || row.Size == 0:
			return tenants.Conflict("renewal_unprinted")
		}
		name, size = "Carnês renovados até "+row.Until.String()+".pdf", row.Size
		return nil
	})
	return name, size, files.ReadPaper(ctx, d.DB, id), err
}
