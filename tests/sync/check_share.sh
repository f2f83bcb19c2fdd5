#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The program on real mounts: people on several of them write at once while their
# processes and mounts are killed, stopped and come back, and nothing that was
# acknowledged may be lost. Stock SQLite goes first in each setting and has to
# lose something: mounts on which it does not are no test. Before all that two
# persons work at screens, each on a mount of her own.
#
#   check_share.sh [--short] [--total N] [--seed N]
#
# Run by `make check-share`, which sets the variables. Where there can be no
# mounts it says so and succeeds.
set -eu
: "${top_srcdir:?}" "${top_builddir:?}"
total=3000
seed=1
gap=300
limit=3600
while [ $# -gt 0 ]; do
	case $1 in
	--short)
		total=80
		gap=60
		limit=300
		;;
	--total) total=$2 && shift ;;
	--seed) seed=$2 && shift ;;
	*)
		echo "usage: check_share.sh [--short] [--total N] [--seed N]" >&2
		exit 2
		;;
	esac
	shift
done

# on_mounts COMMAND..., with the options of mounts.sh before it
on_mounts() {
	status=0
	sh "$top_srcdir/tests/sync/mounts.sh" --limit $limit "$@" || status=$?
	if [ $status -eq 77 ]; then
		echo "check-share: skipped: there can be no mounts here"
		exit 0
	fi
	[ $status -eq 0 ] || exit $status
}

# setting NAME NUMBER OPTION...: stock SQLite, then the program until so many commits
setting() {
	echo "==> $1"
	wanted=$2
	shift 2
	on_mounts "$@" "$top_builddir/tests/sync/share_control"
	on_mounts "$@" "$top_builddir/tests/sync/share_rig" --total "$wanted" --seed "$seed" --gap $gap
}

echo '==> two persons at two screens'
on_mounts "$top_builddir/tests/ui/test_two_screens"
echo '==> two persons who write down one meeting'
on_mounts "$top_builddir/tests/ui/test_two_scribes"
on_mounts "$top_builddir/tests/ui/test_contested_line"
echo "seed $seed"
setting 'two machines' "$total"
setting 'two machines without hard links' "$total" --options disable_hardlink
setting 'two machines that keep pages in memory' "$total" --options kernel_cache
setting 'four machines, a round trip of 5 ms' $((total / 4)) --machines 4 --delay 5
