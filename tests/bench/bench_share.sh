#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What sharing costs: on a local disk, and on mounts where there can be some.
#
#   bench_share.sh [--short]
#
# Run by `make bench`, which sets the variables.
set -eu
: "${top_srcdir:?}" "${top_builddir:?}"
bench=$top_builddir/tests/bench/bench_share

# on_mounts PLACE OPTION...
on_mounts() {
	place=$1
	shift
	status=0
	# An option or none.
	# shellcheck disable=SC2086
	sh "$top_srcdir/tests/sync/mounts.sh" --limit 300 "$@" "$bench" $flags "$place" || status=$?
	[ $status -ne 77 ] || echo "bench_share: skipped: there can be no mounts here"
	[ $status -eq 0 ] || [ $status -eq 77 ] || exit $status
}

flags=${1-}
# shellcheck disable=SC2086
"$bench" $flags local
on_mounts mounts --machines 2
on_mounts mounts --machines 4
on_mounts cable --machines 2 --delay 5
