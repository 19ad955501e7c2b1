package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"enlace/tenants"
	"enlace/tenants/platform"
	"enlace/tenants/staff"
)

// operatorCommand looks after those who operate the platform. It needs no session: whoever may run it holds the server.
type operatorCommand struct {
	Create   operatorCreate   `cmd:"" help:"Cria o acesso de um operador; mostra a senha uma vez."`
	Password operatorPassword `cmd:"" help:"Troca a senha de um operador e encerra os acessos dele; mostra a senha uma vez."`
	Remove   operatorRemove   `cmd:"" help:"Retira o acesso de um operador."`
}

// secretFlag says where a password comes from.
type secretFlag struct {
	Stdin bool `help:"Lê a senha da entrada padrão; sem isto ela é feita e mostrada."`
}

// password reads the password, or makes one and says so.
func (s secretFlag) password(in io.Reader) (password string, made bool, err error) {
	if !s.Stdin {
		return staff.NewPassword(), true, nil
	}
	line, err := bufio.NewReader(in).ReadString('\n')
	if err == io.EOF {
		err = nil
	}
	return strings.TrimRight(line, "\r\n"), false, err
}

type operatorCreate struct {
	Email string `arg:"" help:"E-mail do operador."`
	Name  string `default:"Operador" help:"Nome do operador."`
	secretFlag
}

// Run adds the operator.
func (o operatorCreate) Run() error {
	return withPassword(o.secretFlag, o.Email, func(ctx context.Context, desk *platform.Desk, password string) error {
		return desk.Hire(ctx, platform.Hire{Name: o.Name, Email: o.Email, Password: password})
	})
}

type operatorPassword struct {
	Email string `arg:"" help:"E-mail do operador."`
	secretFlag
}

// Run gives the operator another password.
func (o operatorPassword) Run() error {
	return withPassword(o.secretFlag, o.Email, func(ctx context.Context, desk *platform.Desk, password string) error {
		return desk.SetPassword(ctx, o.Email, password)
	})
}

// withPassword does something with a password and, where it was made here, says it together with where it serves.
func withPassword(from secretFlag, email string, do func(context.Context, *platform.Desk, string) error) error {
	password, made, err := from.password(os.Stdin)
	if err != nil {
		return err
	}
	return withHouse(func(ctx context.Context, h *house) error {
		if err := do(ctx, h.platform, password); err != nil {
			return spoken(err, tenants.Typed{"email": email})
		}
		fmt.Printf("%s\nE-mail: %s\n", h.config.address(tenants.OperatorSlug), email)
		if made {
			fmt.Printf("Senha: %s\n", password)
		}
		return nil
	})
}

type operatorRemove struct {
	Email string `arg:"" help:"E-mail do operador."`
}

// Run takes the operator's access away.
func (o operatorRemove) Run() error {
	return withHouse(func(ctx context.Context, h *house) error {
		return spoken(h.platform.Remove(ctx, o.Email), tenants.Typed{"email": o.Email})
	})
}
