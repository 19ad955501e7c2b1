package network

import (
	"cmp"
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/connection"
	"enlace/ent/networklogin"
	"enlace/tenants"
	"enlace/tenants/brazil"
	"enlace/tenants/customers"
	"enlace/tenants/history"
	"enlace/tenants/staff"
	"enlace/tenants/status"
)

// Longest login (RFC 2865 §5.1) and password (§5.2) that fit the packet, in bytes.
const (
	longestLogin    = 253
	longestPassword = 128
)

// SetLogin gives a subscription its login and password, or other ones in place of those it has; the customer's history tells the login,
// never the password. It returns Invalid for a field, NotFound for the subscription, Conflict login_taken when another subscription of
// the ISP has that login.
func (d Desk) SetLogin(ctx context.Context, c *ent.Client, subscription uuid.UUID, login, password string) error {
	login = strings.TrimSpace(login)
	if err := checkLogin(login, password); err != nil {
		return err
	}
	owner, err := c.Subscription.Get(ctx, subscription)
	if ent.IsNotFound(err) {
		return tenants.NotFound()
	}
	if err != nil {
		return err
	}
	rows, err := c.NetworkLogin.Query().Where(networklogin.Or(networklogin.Login(login), networklogin.SubscriptionID(subscription))).All(ctx)
	if err != nil {
		return err
	}
	var own *ent.NetworkLogin
	for _, row := range rows {
		if row.SubscriptionID != subscription {
			return tenants.Conflict("login_taken")
		}
		own = row
	}
	sealed, err := d.Vault.Seal(ctx, forLogin, password)
	if err != nil {
		return err
	}
	entry := history.Entry{Customer: owner.CustomerID, Subject: "subscription", ID: subscription, Event: "login_set", After: map[string]any{"login": login}}
	if own != nil {
		entry.Before = map[string]any{"login": own.Login}
		err = own.Update().SetLogin(login).SetPassword(sealed).SetActive(true).Exec(ctx)
	} else {
		err = c.NetworkLogin.Create().SetSubscriptionID(subscription).SetLogin(login).SetPassword(sealed).Exec(ctx)
	}
	if err != nil {
		return taken(err, "login_taken")
	}
	if err := history.Write(ctx, c, d.DB.Now(), entry); err != nil {
		return err
	}
	if own != nil && own.Login != login {
		if err := status.Tell(ctx, c, d.DB.Now(), subscription); err != nil {
			return err
		}
	}
	return customers.Index(ctx, c, owner.CustomerID) // a login finds its customer
}

// Given is a login the office gives a service (Login de conexão); without a password one is made.
type Given struct {
	Login
	Key string `json:"-"` // of the form: sent twice, it is given once
}

// ReadLogin reads what was typed.
func ReadLogin(t tenants.Typed, subscription uuid.UUID) Given {
	return Given{Login{subscription, strings.TrimSpace(t["login"]), strings.TrimSpace(t["password"])}, t["chave"]}
}

// GiveLogin is SetLogin by the office. It returns the password that was made, which is told here alone and only once, "" when one was typed;
// Denied without the permission to habilitar, NotFound, Invalid and Conflict login_taken.
func (d Desk) GiveLogin(ctx context.Context, in Given) (password string, err error) {
	_, err = d.DB.Once(ctx, "login_set", in.Key, in, func(ctx context.Context, c *ent.Client) (string, error) {
		if err := staff.Require(ctx, c, staff.Enable); err != nil {
			return "", err
		}
		if in.Password == "" {
			password = staff.NewPassword()
		}
		return "", d.SetLogin(ctx, c, in.Subscription, in.Login.Login, cmp.Or(in.Password, password))
	})
	return password, err
}

func checkLogin(login, password string) error {
	var faults tenants.Fields
	switch {
	case login == "":
		faults.Add("login", "required")
	case len(login) > longestLogin || !utf8.ValidString(login) || strings.ContainsFunc(login, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }):
		faults.Add("login", "login_shape")
	}
	switch {
	case password == "":
		faults.Add("password", "required")
	case len(password) > longestPassword || strings.ContainsFunc(password, unicode.IsControl):
		faults.Add("password", "password_shape")
	}
	return faults.Err()
}

// MoveLogin hands the login of one subscription to the one that follows it, with its password and the session it is in; one without a login
// hands over nothing.
// The history is the caller's, who knows why. It returns NotFound for the new subscription and Conflict has_login when that one has its own.
func (d Desk) MoveLogin(ctx context.Context, c *ent.Client, from, to uuid.UUID) error {
	if _, err := c.Subscription.Get(ctx, to); ent.IsNotFound(err) {
		return tenants.NotFound()
	} else if err != nil {
		return err
	}
	switch has, err := c.NetworkLogin.Query().Where(networklogin.SubscriptionID(to)).Exist(ctx); {
	case err != nil:
		return err
	case has:
		return tenants.Conflict("has_login")
	}
	if err := c.NetworkLogin.Update().Where(networklogin.SubscriptionID(from)).SetSubscriptionID(to).Exec(ctx); err != nil {
		return err
	}
	if err := c.Connection.Update().Where(connection.SubscriptionID(from), connection.EndedAtIsNil()).SetSubscriptionID(to).Exec(ctx); err != nil {
		return err
	}
	return status.Tell(ctx, c, d.DB.Now(), to)
}

// Suggest is a login a service of a person might have: the first and the last name at the ISP, joana.souza@fibranorte.
func Suggest(name, slug string) string {
	plain, _ := brazil.ASCII(strings.ToLower(name))
	words := strings.FieldsFunc(plain, func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	if len(words) == 0 {
		return ""
	}
	if len(words) > 2 {
		words = []string{words[0], words[len(words)-1]}
	}
	return strings.Join(words, ".") + "@" + slug
}
