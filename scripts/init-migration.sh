#!/usr/bin/env bash
# Writes the one init migration of each engine anew from ent/schema. Once a first user has data this script goes, and files are only added.
set -euo pipefail
cd "$(dirname "$0")/.."
# The migrations are embedded, so the writer is built before they are taken away.
writer=$(mktemp -d)/next
go build -o "$writer" ./ent/migrate/next
rm -f ent/migrate/postgres/*.sql ent/migrate/sqlite/*.sql
scripts/with-servers.sh "$writer" init
