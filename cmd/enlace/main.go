// Command enlace is the whole of Enlace in one binary: the office on the web, the workers, RADIUS and the subscriber's bot.
package main

import (
	"fmt"
	"os"
	"strings"
	_ "time/tzdata" // the zones of the ISPs, on a machine that has none

	"github.com/alecthomas/kong"
)

// commands is the command line. Each command's Run reads what it needs, wires the rooms and returns one clear sentence when it cannot.
type commands struct {
	Run      runCommand      `cmd:"" help:"Serve tudo em um processo."`
	Web      webCommand      `cmd:"" help:"Serve só as páginas, ao lado de worker e radius."`
	Worker   workerCommand   `cmd:"" help:"Faz só o trabalho de fundo: tarefas, agendas e bots."`
	Radius   radiusCommand   `cmd:"" help:"Responde só ao RADIUS."`
	Demo     demoCommand     `cmd:"" help:"Carrega a demonstração e termina."`
	Migrate  migrateCommand  `cmd:"" help:"Atualiza o banco de dados."`
	Tenant   tenantCommand   `cmd:"" help:"Cuida dos provedores da instalação."`
	Operator operatorCommand `cmd:"" help:"Cuida de quem opera a plataforma."`
	Check    checkCommand    `cmd:"" help:"Confere dados contra as regras: um objeto JSON por linha na entrada, um por linha na saída."`
}

func main() {
	var cli commands
	parser := kong.Must(&cli, kong.Name("enlace"), kong.Description("Retaguarda de provedores de internet."), kong.UsageOnError())
	command, err := parser.Parse(os.Args[1:])
	if err != nil {
		fmt.Fprintf(os.Stderr, "enlace: não entendi (%v); veja enlace --help\n", err)
		os.Exit(2)
	}
	if err := command.Run(); err != nil {
		fmt.Fprintln(os.Stderr, "enlace:", strings.Join(strings.Fields(err.Error()), " ")) // one line, whatever a library makes of it
		os.Exit(1)
	}
}
