#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The long form of the sweeps over the simulated drive: runs each program given
# with many seeds, adds up the faults it says were injected, and fails when one
# fails or when they are too few. Run by `make check-sweeps`.
#
#   sweep_sync.sh LEAST PROGRAM...
set -eu
least=$1
shift
output=$(mktemp "${TMPDIR:-/tmp}/nucleo-sweep-XXXXXX")
trap 'rm -f "$output"' EXIT
trap 'exit 1' HUP INT TERM
total=0
for program; do
	echo "$program: running"
	if ! "$program" >"$output" 2>&1; then
		cat "$output"
		exit 1
	fi
	count=$(awk '$2 == "faults" && $3 == "injected," { sum += $1 } END { print sum + 0 }' "$output")
	echo "$program: $count faults injected, all that must hold held"
	total=$((total + count))
done
echo "$total faults injected, at least $least wanted"
[ "$total" -ge "$least" ]
