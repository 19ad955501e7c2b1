package billing

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/ent/company"
	"enlace/ent/contact"
	"enlace/ent/customer"
	"enlace/ent/declaration"
	"enlace/tenants"
	"enlace/tenants/brazil"
	"enlace/tenants/calendar"
	"enlace/tenants/history"
	"enlace/tenants/mail"
	"enlace/tenants/money"
	"enlace/tenants/staff"
)

// DeclareSettled is the kind of job that declares to customers, once a year each, that all of the year before is paid (declaração anual de
// quitação, Lei 12.007/2009).
const DeclareSettled = "billing.declare_settled"

// DeclaredAt is when, after midnight.
const DeclaredAt = 7 * time.Hour

// declaredIn is the month by which the law wants it. Who settles the year later has it in the first days of the month after.
const (
	declaredIn    = time.May
	declaredLater = 5 // days at the beginning of each month
)

// declarableYear is the last year that is declared on a day, if any is: the one before from its month on.
func declarableYear(today calendar.Date) (year int, now bool) {
	if year = today.Year() - 1; today.Month() < declaredIn {
		year--
	}
	return year, today.Month() == declaredIn || today.Day() <= declaredLater
}

// DeclareSettled declares to every customer the last year in which he was charged, the year before or an earlier one, who owes nothing of it or of
// before, once each, and sends it to who has an e-mail address. One that is broken off is taken up where it stood.
func (d Desk) DeclareSettled(ctx context.Context) (made int, err error) {
	for after, more := uuid.Nil, true; more; {
		some := 0
		err := d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) (err error) {
			if err := staff.Require(ctx, c, staff.Charge); err != nil {
				return err
			}
			year, now := declarableYear(d.DB.Today(ctx))
			if more = false; !now {
				return nil
			}
			ids, err := c.Customer.Query().Where(customer.IDGT(after)).Order(customer.ByID()).Limit(atATime).IDs(ctx)
			if err != nil || len(ids) == 0 {
				return err
			}
			after, more = ids[len(ids)-1], len(ids) == atATime
			p := d.post(ctx, c)
			last, err := p.lastCharged(ctx, year, ids)
			for _, year := range slices.Sorted(maps.Keys(last)) {
				if n, err := p.declare(ctx, year, last[year]); err != nil {
					return err
				} else {
					some += n
				}
			}
			return err
		})
		if made += some; err != nil {
			return made, err
		}
	}
	return made, nil
}

// lastCharged are some customers by the last year, up to one, in which something fell due that they have paid.
func (p post) lastCharged(ctx context.Context, upTo int, who []uuid.UUID) (map[int][]uuid.UUID, error) {
	var rows []struct {
		Customer uuid.UUID     `json:"customer_id"`
		Last     calendar.Date `json:"last"`
	}
	err := p.c.Charge.Query().Where(charge.CustomerIDIn(who...), charge.DueLT(calendar.On(upTo+1, time.January, 1)), charge.ClosedAtNotNil(), charge.CancelledAtIsNil()).
		GroupBy(charge.FieldCustomerID).Aggregate(ent.As(ent.Max(charge.FieldDue), "last")).Scan(ctx, &rows)
	years := map[int][]uuid.UUID{}
	for _, one := range rows {
		years[one.Last.Year()] = append(years[one.Last.Year()], one.Customer)
	}
	return years, err
}

// declare declares a year to those of some customers who may be told so and were not.
func (p post) declare(ctx context.Context, year int, who []uuid.UUID) (made int, err error) {
	first, next := calendar.On(year, time.January, 1), calendar.On(year+1, time.January, 1)
	var told []uuid.UUID
	if err := p.c.Declaration.Query().Where(declaration.CustomerIDIn(who...), declaration.Year(year)).Select(declaration.FieldCustomerID).Scan(ctx, &told); err != nil {
		return 0, err
	}
	open, err := p.c.Charge.Query().Where(charge.CustomerIDIn(who...), charge.DueLT(next), charge.ClosedAtIsNil(), charge.CancelledAtIsNil()).Order(charge.ByNumber()).All(ctx)
	if err != nil {
		return 0, err
	}
	apart := map[uuid.UUID][]*ent.Charge{} // what is contested is no debt yet, and no settled one either
	for _, row := range open {
		if contested(row) {
			apart[row.CustomerID] = append(apart[row.CustomerID], row)
		} else {
			told = append(told, row.CustomerID)
		}
	}
	var sums []struct {
		Customer uuid.UUID   `json:"customer_id"`
		Sum      money.Cents `json:"sum"`
	}
	err = p.c.Charge.Query().Where(charge.CustomerIDIn(who...), charge.DueGTE(first), charge.DueLT(next), charge.ClosedAtNotNil(), charge.CancelledAtIsNil()).
		GroupBy(charge.FieldCustomerID).Aggregate(ent.As(ent.Sum(charge.FieldAmount), "sum")).Scan(ctx, &sums)
	if err != nil {
		return 0, err
	}
	for _, one := range sums {
		if slices.Contains(told, one.Customer) {
			continue
		}
		if err := p.declareTo(ctx, year, one.Customer, one.Sum, apart[one.Customer]); err != nil {
			return made, err
		}
		made++
	}
	return made, nil
}

func (p post) declareTo(ctx context.Context, year int, of uuid.UUID, amount money.Cents, apart []*ent.Charge) error {
	who, err := p.c.Customer.Get(ctx, of)
	if err != nil {
		return err
	}
	body, replyTo, err := p.declarationText(ctx, who, year, amount, apart)
	if err != nil {
		return err
	}
	id := uuid.Must(uuid.NewV7())
	create := p.c.Declaration.Create().SetID(id).SetCustomerID(of).SetYear(year).SetAmount(amount).SetDay(p.today).SetBody(body).SetAt(p.now)
	addresses, err := p.c.Contact.Query().Where(contact.CustomerID(of), contact.KindEQ(contact.KindEmail)).Order(contact.ByPosition()).Limit(1).All(ctx)
	if err != nil {
		return err
	}
	for _, to := range addresses {
		isp, _ := tenants.From(ctx)
		letter, err := mail.Send(ctx, p.c, p.now, mail.Message{Customer: of, About: "declaration", AboutID: id, To: to.Value, ReplyTo: replyTo,
			Subject: fmt.Sprintf("Quitação anual de débitos de %d, %s", year, isp.Name), Text: body})
		if err != nil {
			return err
		}
		create.SetEmailID(letter.ID)
	}
	if err := create.Exec(ctx); err != nil {
		return err
	}
	return history.Write(ctx, p.c, p.now, history.Entry{Customer: of, Subject: "declaration", ID: id, Event: "declared_settled", After: map[string]any{"year": strconv.Itoa(year), "amount": amount}})
}

// declarationText is the declaration in words, with the sentence the law asks for (art. 4), and the address of the company that gives it.
func (p post) declarationText(ctx context.Context, who *ent.Customer, year int, amount money.Cents, apart []*ent.Charge) (text, from string, err error) {
	isp, _ := tenants.From(ctx)
	giver := isp.Name
	own, err := p.c.Company.Query().Where(company.Active(true)).Order(ent.Asc(company.FieldID)).First(ctx)
	switch {
	case err == nil:
		giver, from = own.Name+", CNPJ "+brazil.FormatCNPJ(own.Cnpj)+",", own.Email
	case !ent.IsNotFound(err):
		return "", "", err
	}
	text = fmt.Sprintf("%s declara que %s, %s, quitou tudo o que venceu no ano de %d, R$ %s, e nada deve dos anos anteriores.\n", giver, who.Name, documentOf(who), year, amount)
	for _, row := range apart {
		text += fmt.Sprintf("Fica de fora a cobrança %d, de %s, que está em contestação.\n", row.Number, row.Amount.BRL())
	}
	return text + fmt.Sprintf("\nPara comprovar que as obrigações foram cumpridas, esta declaração substitui as quitações dos faturamentos mensais de %d e dos anos anteriores (Lei 12.007/2009, art. 4º).\n\n%s\n", year, p.today.InWords()), from, nil
}

// Declaration is a declaration with whom it was made to and the e-mail that carried it, where one did.
type Declaration struct {
	*ent.Declaration
	Customer *ent.Customer
	Letter   *ent.Email
}

// Declaration reads that of a customer and a year. It returns NotFound where none was made, and Denied without See.
func (d Desk) Declaration(ctx context.Context, of uuid.UUID, year int) (one *Declaration, err error) {
	return one, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.See); err != nil {
			return err
		}
		row, err := c.Declaration.Query().Where(declaration.CustomerID(of), declaration.Year(year)).Only(ctx)
		if ent.IsNotFound(err) {
			return tenants.NotFound()
		} else if err != nil {
			return err
		}
		one = &Declaration{Declaration: row}
		if row.EmailID != nil {
			if one.Letter, err = c.Email.Get(ctx, *row.EmailID); err != nil {
				return err
			}
		}
		one.Customer, err = c.Customer.Get(ctx, of)
		return err
	})
}
