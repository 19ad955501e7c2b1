#!/usr/bin/env bash
# Runs each native fuzz target for the time given, one after the other.
set -euo pipefail
grep -rlE '^func Fuzz' --include='*_test.go' . | xargs -n1 dirname | sort -u | while read -r room; do
	grep -hoE '^func Fuzz\w+' "$room"/*_test.go | cut -d' ' -f2 | while read -r target; do
		go test -run '^$' -fuzz "^$target\$" -fuzztime "$1" "$room" </dev/null
	done
done
