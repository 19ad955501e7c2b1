package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"enlace/tenants"
	"enlace/tenants/bots"
	"enlace/tenants/demo"
	"enlace/tenants/staff"
)

// demoCommand loads the demonstration and ends.
type demoCommand struct {
	Clientes int `help:"Quantos clientes tem cada provedor." default:"300"`
}

// Run loads the two ISPs unless the installation holds one.
func (d demoCommand) Run() error {
	return withHouse(func(ctx context.Context, h *house) error { return h.demonstrate(ctx, os.Stdout, d.Clientes) })
}

// demonstrate loads the demonstration where there is no ISP yet, and says where its ISPs are and how to come in.
func (h *house) demonstrate(ctx context.Context, out io.Writer, customers int) error {
	password, err := h.demoPassword()
	if err != nil {
		return err
	}
	if _, err := demo.Load(ctx, demo.Options{DB: h.db, Vault: h.vault, Password: password, Customers: customers}); err != nil {
		return err
	}
	all, err := h.db.Directory(ctx)
	if err != nil {
		return err
	}
	for _, isp := range all {
		if token := h.config.DemoTelegramToken; token != "" && isp.Slug == demo.WithBot {
			if err := (bots.Desk{DB: h.db, Vault: h.vault}).SetBot(tenants.With(ctx, isp), token, ""); err != nil {
				return spoken(err, nil)
			}
		}
		fmt.Fprintf(out, "%s  %s\n", h.config.address(isp.Slug), isp.Name)
		for _, role := range staff.Roles {
			fmt.Fprintf(out, "    %s@%s.example\n", role, isp.Slug)
		}
	}
	fmt.Fprintf(out, "%s  Operador\n    %s\nSenha de todos: %s\n", h.config.address(tenants.OperatorSlug), demo.Operator, password)
	return nil
}

// demoPassword is the one given, or one made at the first load and kept in the data folder, so that a second run can say it again.
func (h *house) demoPassword() (string, error) {
	if h.config.DemoPassword != "" || !h.config.embedded() {
		if h.config.DemoPassword == "" {
			return "", errors.New("falta ENLACE_DEMO_PASSWORD: com ENLACE_DATABASE_URL a senha da demonstração é obrigatória")
		}
		return h.config.DemoPassword, nil
	}
	name := filepath.Join(h.config.DataDir, "senha-da-demonstracao")
	kept, err := os.ReadFile(name)
	if errors.Is(err, os.ErrNotExist) {
		kept = []byte(staff.NewPassword())
		err = os.WriteFile(name, kept, 0o600)
	}
	return string(kept), err
}
