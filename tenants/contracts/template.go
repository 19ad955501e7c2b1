package contracts

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/contract"
	"enlace/ent/contracttemplate"
	"enlace/ent/history"
	"enlace/ent/predicate"
	"enlace/ent/templateversion"
	"enlace/tenants"
	"enlace/tenants/brazil/print"
	happened "enlace/tenants/history"
	"enlace/tenants/staff"
)

// LongestTemplate is how long the text of a template may be, in letters.
const LongestTemplate = 200_000

// Template is a template of contracts (modelo de contrato).
type Template struct {
	*ent.ContractTemplate
	Body     string                 // as people write it
	Used     int                    // contracts made of it
	Versions []*ent.TemplateVersion // the newest first, without their texts
	Told     []*ent.History
}

// Templates lists the templates by name, withdrawn ones among them. Denied without Configure.
func (d Desk) Templates(ctx context.Context) (rows []*ent.ContractTemplate, err error) {
	return rows, d.configure(ctx, d.DB.Read, func(ctx context.Context, c *ent.Client) error {
		rows, err = c.ContractTemplate.Query().Order(contracttemplate.ByName()).All(ctx)
		return err
	})
}

// Template reads a template with the text of a version, or with its newest for version 0. It returns NotFound, and Denied without Configure.
func (d Desk) Template(ctx context.Context, id uuid.UUID, version int) (t *Template, err error) {
	return t, d.configure(ctx, d.DB.Read, func(ctx context.Context, c *ent.Client) error {
		row, err := c.ContractTemplate.Query().Where(contracttemplate.ID(id), used).Only(ctx)
		if err != nil {
			return found(err)
		}
		if version == 0 {
			version = row.Version
		}
		text, err := c.TemplateVersion.Query().Where(templateversion.TemplateID(id), templateversion.Version(version)).Only(ctx)
		if err != nil {
			return found(err)
		}
		t = &Template{ContractTemplate: row, Body: Markup(Blocks(text.Body))}
		if t.Used, err = strconv.Atoi(tenants.Said(row, "used")); err != nil {
			return err
		}
		t.Versions, err = c.TemplateVersion.Query().Where(templateversion.TemplateID(id)).Order(ent.Desc(templateversion.FieldVersion)).Limit(mostTold).
			Select(templateversion.FieldID, templateversion.FieldVersion, templateversion.FieldMadeAt, templateversion.FieldMadeBy).All(ctx)
		if err != nil {
			return err
		}
		t.Told, err = c.History.Query().Where(history.Subject("contract_template"), history.SubjectID(id)).
			Order(ent.Desc(history.FieldAt, history.FieldID)).Limit(mostTold).All(ctx)
		return err
	})
}

// used puts beside a template how many contracts were made of it.
var used = tenants.CountBeside[predicate.ContractTemplate]("used", contracttemplate.FieldID, contract.Table, contract.FieldTemplateID)

func (d Desk) configure(ctx context.Context, how func(context.Context, func(context.Context, *ent.Client) error) error, do func(context.Context, *ent.Client) error) error {
	return how(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Configure); err != nil {
			return err
		}
		return do(ctx, c)
	})
}

// MayConfigure returns Denied without Configure: who may not write a template is told so before he types.
func (d Desk) MayConfigure(ctx context.Context) error {
	return d.configure(ctx, d.DB.Read, func(context.Context, *ent.Client) error { return nil })
}

// NewText is the form of a template.
type NewText struct {
	Name string
	Body []print.Block
	Key  string
}

// ReadText reads the form of a template: its fields and its signs are checked here, before anything is kept of it.
func ReadText(t tenants.Typed, wrong *tenants.Fields) (in NewText, named map[string]string) {
	in = NewText{Name: t.RequiredPrinted(wrong, "nome"), Key: t["chave"]}
	typed := t.Long(wrong, "corpo", LongestTemplate)
	if (*wrong)["corpo"] != "" {
		return in, nil
	}
	if in.Body = Read(typed); len(in.Body) == 0 {
		wrong.Add("corpo", "required")
		return in, nil
	}
	if fault := tenants.FaultOf(check(in.Body)); fault != nil {
		wrong.Add("corpo", fault.Fields["corpo"])
		return in, fault.Args
	}
	return in, nil
}

// SaveTemplate adds a template, or gives the one with that id a new version; a text that stays as it is makes none. What was issued keeps its
// own. The same form sent twice saves once. It returns Invalid unknown_field, open_field or unprintable, which name what is meant, Invalid
// name_taken, NotFound, and Denied without Configure.
func (d Desk) SaveTemplate(ctx context.Context, id uuid.UUID, t tenants.Typed) (uuid.UUID, error) {
	var wrong tenants.Fields
	in, named := ReadText(t, &wrong)
	if fault := tenants.FaultOf(wrong.Err()); fault != nil {
		for name, value := range named {
			fault.With(name, value)
		}
		return uuid.Nil, fault
	}
	answer, err := d.DB.Once(ctx, "save_template", in.Key, []string{id.String(), in.Name, HTML(in.Body)}, func(ctx context.Context, c *ent.Client) (string, error) {
		if err := staff.Require(ctx, c, staff.Configure); err != nil {
			return "", err
		}
		all, err := c.ContractTemplate.Query().All(ctx)
		if err != nil {
			return "", err
		}
		for _, other := range all {
			if other.ID != id && strings.EqualFold(other.Name, in.Name) {
				return "", tenants.Invalid("nome", "name_taken")
			}
		}
		if id == uuid.Nil {
			made, err := d.add(ctx, c, in)
			return made.String(), err
		}
		i := slices.IndexFunc(all, func(row *ent.ContractTemplate) bool { return row.ID == id })
		if i < 0 {
			return "", tenants.NotFound()
		}
		return id.String(), d.change(ctx, c, all[i], in)
	})
	if err != nil {
		return uuid.Nil, err
	}
	return uuid.Parse(answer)
}

func (d Desk) add(ctx context.Context, c *ent.Client, in NewText) (uuid.UUID, error) {
	row, err := c.ContractTemplate.Create().SetName(in.Name).Save(ctx)
	if err != nil {
		return uuid.Nil, err
	}
	if err := d.version(ctx, c, row.ID, row.Version, in); err != nil {
		return uuid.Nil, err
	}
	return row.ID, d.note(ctx, c, row.ID, "setting_added", map[string]any{"nome": in.Name})
}

func (d Desk) change(ctx context.Context, c *ent.Client, before *ent.ContractTemplate, in NewText) error {
	_, now, err := newest(ctx, c, before.ID)
	if err != nil {
		return err
	}
	update := c.ContractTemplate.Update().Where(contracttemplate.ID(before.ID), contracttemplate.Version(before.Version)).SetName(in.Name)
	event, after := "", map[string]any{"nome": in.Name}
	switch {
	case now.Body != HTML(in.Body):
		event, after["version"] = "template_versioned", before.Version+1
		update.AddVersion(1)
	case before.Name != in.Name:
		event = "template_renamed"
	default:
		return nil
	}
	changed, err := update.Save(ctx)
	if err == nil && changed == 0 {
		err = tenants.Conflict("template_changed")
	}
	if err == nil && event == "template_versioned" {
		err = d.version(ctx, c, before.ID, before.Version+1, in)
	}
	if err != nil {
		return err
	}
	return d.note(ctx, c, before.ID, event, after)
}

func (d Desk) version(ctx context.Context, c *ent.Client, of uuid.UUID, n int, in NewText) error {
	return c.TemplateVersion.Create().SetTemplateID(of).SetVersion(n).SetBody(HTML(in.Body)).SetMadeBy(tenants.Who(ctx).Name).SetMadeAt(d.DB.Now()).Exec(ctx)
}

func (d Desk) note(ctx context.Context, c *ent.Client, id uuid.UUID, event string, after map[string]any) error {
	return happened.Write(ctx, c, d.DB.Now(), happened.Entry{Subject: "contract_template", ID: id, Event: event, After: after})
}

// SetTemplateActive withdraws a template, so that nothing new is made of it, or takes it back. It returns NotFound, and Denied without
// Configure.
func (d Desk) SetTemplateActive(ctx context.Context, id uuid.UUID, active bool) error {
	return d.configure(ctx, d.DB.Write, func(ctx context.Context, c *ent.Client) error {
		row, err := c.ContractTemplate.Get(ctx, id)
		if err != nil {
			return found(err)
		}
		if row.Active == active {
			return nil
		}
		if err := row.Update().SetActive(active).Exec(ctx); err != nil {
			return err
		}
		event := "setting_withdrawn"
		if active {
			event = "setting_returned"
		}
		return d.note(ctx, c, id, event, map[string]any{"nome": row.Name})
	})
}
