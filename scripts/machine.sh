#!/usr/bin/env bash
# Says what a measurement was made on.
set -euo pipefail
echo "machine: $(nproc) × $(grep -m1 'model name' /proc/cpuinfo | cut -d: -f2 | xargs), $(free -g | awk '/Mem:/{print $2}') GiB"
echo "system:  $(. /etc/os-release && echo "$PRETTY_NAME"), $(go version | cut -d' ' -f3)"
