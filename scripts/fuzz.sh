#!/usr/bin/env bash
# Runs each native fuzz target for the time given, one after the other.
# By default Go spends up to a minute making one long input shorter, which is the whole time of a CNAB target.
set -euo pipefail
grep -rlE '^func Fuzz' --include='*_test.go' . | xargs -n1 dirname | sort -u | while read -r room; do
	grep -hoE '^func Fuzz\w+' "$room"/*_test.go | cut -d' ' -f2 | while read -r target; do
		go test -run '^$' -fuzz "^$target\$" -fuzztime "$1" -fuzzminimizetime 1s "$room" </dev/null
	done
done
