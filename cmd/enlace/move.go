package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"text/tabwriter"

	"enlace/tenants"
)

type tenantExport struct {
	Slug string `arg:"" help:"Provedor."`
	File string `arg:"" optional:"" help:"Arquivo a escrever. (SLUG.sqlite)"`
}

// Run writes the ISP into a new file, says what is in it, and which key opens what is sealed there.
func (t tenantExport) Run() error {
	if t.File == "" {
		t.File = t.Slug + ".sqlite"
	}
	return withHouse(func(ctx context.Context, h *house) error {
		moved, err := h.db.Export(ctx, h.vault, t.Slug, t.File)
		switch fault := tenants.FaultOf(err); {
		case fault != nil && fault.Kind == tenants.KindNotFound:
			return fmt.Errorf("não há provedor %s nesta instalação", t.Slug)
		case err != nil:
			return spoken(err, nil)
		}
		if err := listMoved(os.Stdout, moved); err != nil {
			return err
		}
		fmt.Printf("%s: %s, inteiro, em %s.\n", moved.Tenant.Slug, moved.Tenant.Name, t.File)
		fmt.Printf("Senhas de conexão, segredos de equipamentos e tokens vão selados: só abrem com a chave desta instalação, %s.\n", h.whereKeyIs())
		return nil
	})
}

type tenantImport struct {
	File string `arg:"" help:"Arquivo escrito por enlace tenant export."`
	Slug string `help:"Outro nome no endereço."`
}

// Run reads the ISP from a file, whole or not at all, and says what to look after.
func (t tenantImport) Run() error {
	return withHouse(func(ctx context.Context, h *house) error {
		moved, err := h.db.Import(ctx, h.vault, t.File, t.Slug)
		if err != nil {
			return spoken(err, nil)
		}
		if err := listMoved(os.Stdout, moved); err != nil {
			return err
		}
		fmt.Printf("%s: %s, inteiro, em %s\n", moved.Tenant.Slug, moved.Tenant.Name, h.config.address(moved.Tenant.Slug))
		if moved.OtherKey {
			fmt.Printf("A chave desta instalação, %s, não é a de onde ele veio: senhas de conexão, segredos de equipamentos e tokens não abrem e precisam ser digitados de novo.\n", h.whereKeyIs())
		}
		if moved.Active {
			fmt.Println("Ele já está aberto aqui. Se também está onde estava, suspenda-o lá: os dois cobrariam e responderiam aos mesmos assinantes.")
		} else {
			fmt.Println("Ele chegou suspenso, como saiu.")
		}
		h.sayFromWhen()
		return nil
	})
}

// sayFromWhen says of a provider that is new here when it is served: SQLite's files are found when they are opened.
func (h *house) sayFromWhen() {
	if h.config.embedded() {
		fmt.Println("Um enlace run que já esteja de pé nesta pasta o serve depois de reiniciado.")
	}
}

// whereKeyIs names the place of the key that opens what is sealed.
func (h *house) whereKeyIs() string {
	if h.config.SecretKey != "" {
		return "a de ENLACE_SECRET_KEY"
	}
	return "a de " + filepath.Join(h.config.DataDir, "chave") + ", que em outra vai em ENLACE_SECRET_KEY"
}

// listMoved prints the tables that hold something, and how much.
func listMoved(to io.Writer, moved tenants.Moved) error {
	out, all := tabwriter.NewWriter(to, 0, 4, 2, ' ', tabwriter.AlignRight), 0
	for _, table := range moved.Tables {
		if table.Rows > 0 {
			fmt.Fprintf(out, "%d\t %s\n", table.Rows, table.Name)
		}
		all += table.Rows
	}
	fmt.Fprintf(out, "%d\t linhas\n", all)
	return out.Flush()
}
