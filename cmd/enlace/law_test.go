package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// rooms are the rooms of the house, lowest first. A room imports only rooms before it.
var rooms = []string{
	"tenants/calendar", "tenants/money", "tenants/brazil", "ent", "tenants",
	"tenants/history", "tenants/outbox", "tenants/numbers", "tenants/files", "tenants/mail", "tenants/messages", "tenants/staff", "tenants/catalog", "tenants/bots", "tenants/platform",
	"tenants/customers", "tenants/invites", "tenants/status", "tenants/network", "tenants/contracts", "tenants/billing", "tenants/collection", "tenants/support", "tenants/outages",
	"tenants/subscriptions", "tenants/dunning", "tenants/sales", "tenants/intake", "tenants/routines", "tenants/reports", "tenants/subscribers", "tenants/demo", "views", "handlers", "jobs", "bot", "cmd",
}

// apart are doors: they never see each other.
var apart = []string{"handlers", "jobs", "bot"}

// keepers are the only rooms that may know a library.
var keepers = map[string][]string{
	"github.com/gofiber/":             {"handlers"},
	"github.com/hibiken/asynq":        {"jobs"},
	"github.com/go-telegram-bot-api/": {"bot"},
	"layeh.com/radius":                {"tenants/network"},
	"entgo.io/ent/dialect":            {"ent", "tenants"},
	"github.com/wneessen/go-mail":     {"jobs"},
	"github.com/microcosm-cc/":        {"tenants/contracts"},
	"github.com/jackc/pgx/":           {"ent", "tenants"},
	"modernc.org/sqlite":              {"ent", "tenants"},
}

// roomOf finds the room a package of the project stands in: the longest one its path begins with.
func roomOf(pkg string) string {
	best := ""
	for _, room := range rooms {
		if (pkg == room || strings.HasPrefix(pkg, room+"/")) && len(room) > len(best) {
			best = room
		}
	}
	return best
}

func breach(pkg, imported string) string {
	from := roomOf(pkg)
	for library, allowed := range keepers {
		if strings.HasPrefix(imported, library) && !slices.Contains(allowed, from) {
			return "only " + strings.Join(allowed, ", ") + " may know " + library
		}
	}
	own, ok := strings.CutPrefix(imported, "enlace/")
	if !ok {
		return ""
	}
	to := roomOf(own)
	switch {
	case from == "" || to == "":
		return "it is in no room"
	case slices.Index(rooms, to) > slices.Index(rooms, from):
		return to + " comes after " + from
	case from != to && slices.Contains(apart, from) && slices.Contains(apart, to):
		return from + " and " + to + " are doors and never see each other"
	}
	return ""
}

func TestTheImportLaw(t *testing.T) {
	files, tree := 0, "../.."
	err := filepath.WalkDir(tree, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && (entry.Name() == "node_modules" || entry.Name() == ".git") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		files++
		parsed, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(tree, name)
		if err != nil {
			return err
		}
		for _, spec := range parsed.Imports {
			imported, _ := strconv.Unquote(spec.Path.Value)
			if why := breach(path.Dir(filepath.ToSlash(relative)), imported); why != "" {
				t.Errorf("%s imports %s: %s", relative, imported, why)
			}
		}
		return nil
	})
	if err != nil || files < 100 {
		t.Fatalf("%d files read, %v", files, err)
	}
}

// platformCallers are the files that may look past one ISP, with DB.Platform, PlatformRead or PlatformAt.
var platformCallers = []string{"tenants/directory.go", "tenants/outbox/claim.go", "tenants/outbox/end.go", "tenants/outbox/engines.go",
	"tenants/platform/actions.go", "tenants/platform/change.go", "tenants/platform/found.go", "tenants/platform/isps.go", "tenants/platform/manager.go", "tenants/platform/operators.go",
	"tenants/progress.go"}

var lookPast = regexp.MustCompile(`\.Platform(Read|At)?\(ctx`)

func TestOnlyTheListedFilesSeeThePlatform(t *testing.T) {
	var callers []string
	err := filepath.WalkDir("../..", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return err
		}
		text, err := os.ReadFile(name)
		if lookPast.Match(text) {
			callers = append(callers, strings.TrimPrefix(filepath.ToSlash(name), "../../"))
		}
		return err
	})
	slices.Sort(callers)
	if err != nil || !slices.Equal(callers, platformCallers) {
		t.Errorf("Platform is called by %v, %v", callers, err)
	}
}

func TestTheLawSeesABreach(t *testing.T) {
	for _, c := range [][2]string{
		{"tenants/money", "enlace/tenants"},
		{"tenants/brazil/pix", "enlace/ent"},
		{"tenants/customers", "enlace/tenants/billing"},
		{"jobs", "enlace/bot"},
		{"handlers", "github.com/hibiken/asynq"},
		{"tenants/billing", "entgo.io/ent/dialect/sql"},
	} {
		if breach(c[0], c[1]) == "" {
			t.Errorf("%s may import %s", c[0], c[1])
		}
	}
	if why := breach("tenants/billing", "enlace/tenants/customers"); why != "" {
		t.Error(why)
	}
}
