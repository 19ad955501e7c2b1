#!/usr/bin/env bash
# Runs a command beside its own PostgreSQL and Redis, both in a temporary folder and gone afterwards.
# The command finds them in ENLACE_TEST_POSTGRES_URL and ENLACE_TEST_REDIS_URL.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
"$here/packages.sh" postgresql redis-server

work=$(mktemp -d /tmp/enlace-servers.XXXXXX)
chmod 711 "$work"
bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
as_postgres() { if [ "$(id -u)" -eq 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
free_port() { node -e 'const s=require("net").createServer();s.listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})'; }

finish() {
	as_postgres "$bin/pg_ctl" -D "$work/pg/data" -m immediate stop >/dev/null 2>&1 || true
	[ -f "$work/redis.pid" ] && kill "$(cat "$work/redis.pid")" 2>/dev/null || true
	rm -rf "$work"
}
trap finish EXIT

# Postgres refuses to run as root, so its folder belongs to the user postgres.
mkdir "$work/pg"
[ "$(id -u)" -eq 0 ] && chown postgres "$work/pg"
pg_port=$(free_port)
cd "$work/pg"
as_postgres "$bin/initdb" -D "$work/pg/data" -U owner --auth=trust --encoding=UTF8 --locale=C.UTF-8 >"$work/initdb.log" 2>&1 || { cat "$work/initdb.log" >&2; exit 1; }
as_postgres "$bin/pg_ctl" -D "$work/pg/data" -w -l "$work/pg/log" -o "-p $pg_port -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=200 -c fsync=${PG_FSYNC:-off} -c shared_buffers=256MB" start >/dev/null || { cat "$work/pg/log" >&2; exit 1; }

redis_port=$(free_port)
redis-server --port "$redis_port" --bind 127.0.0.1 --dir "$work" --save '' --appendonly yes --maxmemory-policy noeviction --daemonize yes --pidfile "$work/redis.pid" --logfile "$work/redis.log" >/dev/null

export ENLACE_TEST_POSTGRES_URL="postgres://owner@127.0.0.1:$pg_port/postgres?sslmode=disable"
export ENLACE_TEST_REDIS_URL="redis://127.0.0.1:$redis_port/0"
mkdir "$work/tmp"
export TMPDIR="$work/tmp" # what the command leaves behind goes with the servers
cd "$here/.."
"$@"
