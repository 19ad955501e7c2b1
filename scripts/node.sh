#!/usr/bin/env bash
# Node.js fetches and copies the browser's assets; a machine without it gets Debian's.
set -euo pipefail
command -v npm >/dev/null && command -v node >/dev/null && exit 0
"$(dirname "$0")/packages.sh" nodejs npm
