#!/usr/bin/env bash
# Every test, told as JSON: all of them under the race detector but those that would take ten times as long there and have little to show it: the
# simulation of an ISP's months, which does one thing after the other, and the runs of thousands whose workers are killed again and again: what one
# process leaves to the next is in the store. What works side by side in them has tests of its own that are watched.
# SQLite's C, translated, is not ours to watch; left alone it runs three times as fast. No package with generic code may be left alone: the linker
# keeps one copy of what several packages instantiate, and were it an unwatched one, locks would go unseen everywhere.
set -uo pipefail
alone='^Test(AnISPLivesThroughItsMonths|.*WorkerIsKilled.*)$'
go test -race -gcflags='modernc.org/sqlite/lib=-race=false' -json -timeout 85m -skip "$alone" ./...
all=$?
go test -json -timeout 60m -run "$alone" ./jobs
exit $((all | $?))
