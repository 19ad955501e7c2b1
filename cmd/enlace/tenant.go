package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"text/tabwriter"
	"time"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/catalog"
	"enlace/tenants/staff"
	"enlace/views"
)

// migrateCommand brings the database up to this binary.
type migrateCommand struct{}

// Run migrates Postgres as the owner of its tables. The files of the data folder need no command: opening them migrates them.
func (migrateCommand) Run() error {
	c, err := readConfig()
	if err != nil {
		return err
	}
	ctx := context.Background()
	if !c.embedded() {
		return tenants.MigratePostgres(ctx, c.ownerURL())
	}
	db, err := openStore(ctx, c)
	if err != nil {
		return err
	}
	return db.Close()
}

// tenantCommand looks after the ISPs of the installation.
type tenantCommand struct {
	Create tenantCreate `cmd:"" help:"Cria um provedor e o acesso do gerente; mostra a senha uma vez."`
	List   tenantList   `cmd:"" help:"Lista os provedores."`
}

type tenantCreate struct {
	Slug         string `arg:"" help:"Nome no endereço: SLUG.dominio"`
	Name         string `required:"" help:"Nome do provedor."`
	ManagerEmail string `required:"" help:"E-mail do gerente."`
	ManagerName  string `default:"Gerente" help:"Nome do gerente."`
	Zone         string `default:"America/Sao_Paulo" help:"Fuso horário."`
}

// Run makes the ISP with its first person, who hires the others.
func (t tenantCreate) Run() error {
	zone, err := time.LoadLocation(t.Zone)
	if err != nil {
		return fmt.Errorf("o fuso horário %s não existe", t.Zone)
	}
	return withHouse(func(ctx context.Context, h *house) error {
		password := staff.NewPassword()
		_, err := h.db.Found(ctx, t.Slug, t.Name, zone, func(ctx context.Context, c *ent.Client) error {
			if err := catalog.Defaults(ctx, c); err != nil {
				return err
			}
			_, err := h.staff.Hire(ctx, staff.Hire{Name: t.ManagerName, Email: t.ManagerEmail, Password: password, Role: "gerente"})
			return err
		})
		if err != nil {
			return spoken(err)
		}
		fmt.Printf("%s\nE-mail: %s\nSenha: %s\n", h.config.address(t.Slug), t.ManagerEmail, password)
		return nil
	})
}

type tenantList struct{}

// Run lists the ISPs that are open for work.
func (tenantList) Run() error {
	return withHouse(func(ctx context.Context, h *house) error {
		all, err := h.db.Directory(ctx)
		if err != nil {
			return err
		}
		out := tabwriter.NewWriter(os.Stdout, 0, 4, 2, ' ', 0)
		for _, t := range all {
			fmt.Fprintf(out, "%s\t%s\t%s\n", t.Slug, t.Name, h.config.address(t.Slug))
		}
		return out.Flush()
	})
}

func withHouse(do func(context.Context, *house) error) error {
	ctx := context.Background()
	h, err := openHouse(ctx)
	if err != nil {
		return err
	}
	return errors.Join(do(ctx, h), h.db.Close())
}

// spoken says a fault in words.
func spoken(err error) error {
	fault := tenants.FaultOf(err)
	if fault == nil {
		return err
	}
	for _, code := range fault.Fields {
		return errors.New(views.Sentence(code, fault.Args))
	}
	return errors.New(views.FaultSentence(fault))
}
