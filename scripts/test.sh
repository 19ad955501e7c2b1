#!/usr/bin/env bash
# Every test, told as JSON: all of them under the race detector but the simulation of an ISP's months, which does one thing after the other and
# would take ten times as long there. The C of SQLite, translated, is not ours to watch: with it left alone whatever runs on SQLite takes a third.
set -uo pipefail
alone='^TestAnISPLivesThroughItsMonths$'
go test -race -gcflags='modernc.org/...=-race=false' -json -timeout 60m -skip "$alone" ./...
all=$?
go test -json -timeout 60m -run "$alone" ./jobs
exit $((all | $?))
