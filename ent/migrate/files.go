package migrate

import "embed"

// Files holds the migrations, one folder an engine, in goose's format. `make schema` writes the next one.
//
//go:embed postgres/*.sql sqlite/*.sql
var Files embed.FS
