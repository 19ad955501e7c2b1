package main

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/caarlos0/env/v11"

	"enlace/jobs"
	"enlace/tenants/mail"
	"enlace/tenants/staff"
	"enlace/views"
)

// config is what the environment says.
type config struct {
	Addr       string `env:"ENLACE_ADDR" envDefault:":8080"`
	OpsAddr    string `env:"ENLACE_OPS_ADDR" envDefault:"127.0.0.1:9090"`
	BaseDomain string `env:"ENLACE_BASE_DOMAIN" envDefault:"localhost"`
	PublicURL  string `env:"ENLACE_PUBLIC_URL"` // https://{slug}.example.com
	DataDir    string `env:"ENLACE_DATA_DIR" envDefault:"./data"`

	DatabaseURL      string `env:"ENLACE_DATABASE_URL"`
	DatabaseOwnerURL string `env:"ENLACE_DATABASE_OWNER_URL"`
	RedisURL         string `env:"ENLACE_REDIS_URL"`  // none: a queue inside the process
	SecretKey        string `env:"ENLACE_SECRET_KEY"` // at least 32 characters

	RadiusAuthAddr string `env:"ENLACE_RADIUS_AUTH_ADDR" envDefault:":1812"`
	RadiusAcctAddr string `env:"ENLACE_RADIUS_ACCT_ADDR" envDefault:":1813"`

	TelegramEndpoint string `env:"ENLACE_TELEGRAM_ENDPOINT"` // with a %s for the token and one for the method
	SMTPURL          string `env:"ENLACE_SMTP_URL"`          // none: letters are kept in the data folder
	CEPURL           string `env:"ENLACE_CEP_URL"`           // with a %s for the CEP; several, asked in turn, are parted by blanks

	DemoPassword      string `env:"ENLACE_DEMO_PASSWORD"`
	DemoTelegramToken string `env:"ENLACE_DEMO_TELEGRAM_TOKEN"` // bot of fibranorte

	Dev bool `env:"ENLACE_DEV"` // shows /componentes
}

// readConfig reads the environment and refuses, in one sentence, what cannot be.
func readConfig() (config, error) {
	c, err := env.ParseAs[config]()
	if err != nil {
		return c, fmt.Errorf("o ambiente não pôde ser lido: %w", err)
	}
	for _, door := range [][2]string{{"ENLACE_ADDR", c.Addr}, {"ENLACE_OPS_ADDR", c.OpsAddr}, {"ENLACE_RADIUS_AUTH_ADDR", c.RadiusAuthAddr}, {"ENLACE_RADIUS_ACCT_ADDR", c.RadiusAcctAddr}} {
		if _, err := net.ResolveTCPAddr("tcp", door[1]); err != nil { // an address of UDP is written the same
			return c, fmt.Errorf("%s=%s não é um endereço: use HOST:PORTA, como 127.0.0.1:8080", door[0], door[1])
		}
	}
	if _, err := c.mail(); err != nil {
		return c, err
	}
	switch {
	case c.DatabaseURL != "" && !strings.HasPrefix(c.DatabaseURL, "postgres://") && !strings.HasPrefix(c.DatabaseURL, "postgresql://"):
		return c, errors.New("ENLACE_DATABASE_URL não começa por postgres://")
	case slices.ContainsFunc(strings.Fields(c.CEPURL), func(service string) bool { return strings.Count(service, "%s") != 1 }):
		return c, errors.New("ENLACE_CEP_URL não tem um %s no lugar do CEP: use, por exemplo, https://viacep.com.br/ws/%s/json/")
	case !hostShape.MatchString(c.BaseDomain):
		return c, fmt.Errorf("ENLACE_BASE_DOMAIN=%s não é um domínio: use, por exemplo, exemplo.com.br", c.BaseDomain)
	case c.DemoTelegramToken != "" && !tokenShape.MatchString(c.DemoTelegramToken):
		return c, errors.New("ENLACE_DEMO_TELEGRAM_TOKEN não tem a forma de um token do Telegram, números:letras")
	case c.DemoPassword != "" && staff.CheckPassword(c.DemoPassword) != "":
		return c, fmt.Errorf("ENLACE_DEMO_PASSWORD: %s", views.Sentence(staff.CheckPassword(c.DemoPassword), nil))
	case c.PublicURL != "" && !strings.Contains(c.PublicURL, "{slug}"):
		return c, errors.New("ENLACE_PUBLIC_URL não tem {slug}: use, por exemplo, https://{slug}.exemplo.com.br")
	}
	return c, nil
}

// What a domain and a token of a bot look like.
var (
	hostShape  = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$`)
	tokenShape = regexp.MustCompile(`^\d+:[\w-]+$`)
)

// embedded says that each ISP is a file of the data folder.
func (c config) embedded() bool { return c.DatabaseURL == "" }

// shared returns an error, in one sentence, unless several processes can work on this installation at once.
func (c config) shared() error {
	for _, needed := range [][2]string{{"ENLACE_DATABASE_URL", c.DatabaseURL}, {"ENLACE_REDIS_URL", c.RedisURL}} {
		if needed[1] == "" {
			return fmt.Errorf("falta %s: enlace web, worker e radius trabalham lado a lado sobre um PostgreSQL e um Redis; sem eles use enlace run", needed[0])
		}
	}
	return nil
}

// secure says that people come by https, through a proxy of ours.
func (c config) secure() bool { return strings.HasPrefix(c.PublicURL, "https://") }

// ownerURL is the login that migrates.
func (c config) ownerURL() string {
	if c.DatabaseOwnerURL != "" {
		return c.DatabaseOwnerURL
	}
	return c.DatabaseURL
}

// address is where an ISP is reached.
func (c config) address(slug string) string {
	if c.PublicURL != "" {
		return strings.ReplaceAll(c.PublicURL, "{slug}", slug)
	}
	_, port, _ := net.SplitHostPort(c.Addr)
	if port == "80" {
		return "http://" + slug + "." + c.BaseDomain + "/"
	}
	return "http://" + slug + "." + c.BaseDomain + ":" + port + "/"
}

// site is address with a slash at its end.
func (c config) site(slug string) string { return strings.TrimSuffix(c.address(slug), "/") + "/" }

// mail is how letters leave the house.
func (c config) mail() (mail.Door, error) {
	if c.SMTPURL == "" {
		return jobs.MailFolder{Path: c.mailFolder()}, nil
	}
	door, err := jobs.NewSMTP(c.SMTPURL)
	if err != nil {
		return nil, fmt.Errorf("ENLACE_SMTP_URL %w", err)
	}
	return door, nil
}

// mailFolder is where letters are kept without a mail server; "" with one.
func (c config) mailFolder() string {
	if c.SMTPURL != "" {
		return ""
	}
	return filepath.Join(c.DataDir, "mail")
}

const shortestSecret = 32

// secret is the key that signs. Embedded, it is made on the first run and kept in the data folder; otherwise several processes share it, so
// it has to be given.
func (c config) secret() ([]byte, error) {
	switch {
	case c.SecretKey != "" && len(c.SecretKey) < shortestSecret:
		return nil, fmt.Errorf("ENLACE_SECRET_KEY tem menos de %d caracteres", shortestSecret)
	case c.SecretKey != "":
		return []byte(c.SecretKey), nil
	case !c.embedded():
		return nil, errors.New("falta ENLACE_SECRET_KEY: com ENLACE_DATABASE_URL a chave é obrigatória")
	}
	if err := os.MkdirAll(c.DataDir, 0o700); err != nil {
		return nil, fmt.Errorf("a pasta de dados %s não pode ser usada: %w", c.DataDir, err)
	}
	name := filepath.Join(c.DataDir, "chave")
	key, err := os.ReadFile(name)
	if errors.Is(err, os.ErrNotExist) {
		var fresh [32]byte
		_, _ = rand.Read(fresh[:]) // it never fails: crypto/rand ends the process instead
		key = []byte(hex.EncodeToString(fresh[:]))
		err = os.WriteFile(name, key, 0o600)
	}
	if err != nil {
		return nil, fmt.Errorf("a chave %s não pode ser usada: %w", name, err)
	}
	if len(key) < shortestSecret {
		return nil, fmt.Errorf("a chave %s está incompleta", name)
	}
	return key, nil
}
