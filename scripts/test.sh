#!/usr/bin/env bash
# Every test, told as JSON: all of them under the race detector but the simulation of an ISP's months, which does one thing after the other and
# would take ten times as long there.
set -uo pipefail
alone='^TestAnISPLivesThroughItsMonths$'
go test -race -json -timeout 60m -skip "$alone" ./...
all=$?
go test -json -timeout 60m -run "$alone" ./jobs
exit $((all | $?))
