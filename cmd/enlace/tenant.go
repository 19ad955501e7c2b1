package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"text/tabwriter"

	"enlace/tenants"
	"enlace/tenants/platform"
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
	Export tenantExport `cmd:"" help:"Escreve um provedor inteiro em um arquivo."`
	Import tenantImport `cmd:"" help:"Lê um provedor inteiro de um arquivo."`
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
	var wrong tenants.Fields
	typed := tenants.Typed{"slug": t.Slug, "nome": t.Name, "fuso": t.Zone, "gerente": t.ManagerName, "email": t.ManagerEmail}
	in := platform.ReadFounding(typed, &wrong)
	if err := wrong.Err(); err != nil {
		return spoken(err, typed)
	}
	return withHouse(func(ctx context.Context, h *house) error {
		done, err := h.platform.Found(ctx, in)
		if err != nil {
			return spoken(err, typed)
		}
		fmt.Printf("%s\nE-mail: %s\nSenha: %s\n", h.config.address(in.Slug), done.Email, done.Password)
		h.sayFromWhen()
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

// spoken says a fault in words: of the fields by name, with what was typed.
func spoken(err error, typed tenants.Typed) error {
	fault := tenants.FaultOf(err)
	switch {
	case fault == nil:
		return err
	case len(fault.Fields) == 0:
		return errors.New(views.FaultSentence(fault))
	}
	var said []string
	for _, field := range slices.Sorted(maps.Keys(fault.Fields)) {
		named := map[string]string{"value": typed[field]}
		maps.Copy(named, fault.Args)
		said = append(said, cmp.Or(views.FieldName(field), field)+": "+views.Sentence(fault.Fields[field], named))
	}
	return errors.New(strings.Join(said, "; "))
}
