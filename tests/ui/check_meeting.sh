#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A meeting while it is recorded: the program is killed at random moments of a
# long one and nothing may be lost or there twice, and one that was imported is
# typed anew at the speed of fast hands and has to give the same records.
#
#   check_meeting.sh [--short] [--runs N] [--entries N] [--seed N]
#
# Run by `make check-meeting`, which sets the variables.
set -eu
: "${top_srcdir:?}" "${top_builddir:?}"
runs=100
entries=200
seed=$(date +%j)
keys=60
while [ $# -gt 0 ]; do
	case $1 in
	--short)
		runs=24
		entries=40
		keys=0
		;;
	--runs) runs=$2 && shift ;;
	--entries) entries=$2 && shift ;;
	--seed) seed=$2 && shift ;;
	*)
		echo "usage: check_meeting.sh [--short] [--runs N] [--entries N] [--seed N]" >&2
		exit 2
		;;
	esac
	shift
done
echo "==> killed at $runs moments of a meeting of $entries entries, seed $seed"
NUCLEO_RUNS=$runs NUCLEO_ENTRIES=$entries NUCLEO_SEED=$seed \
	"$top_builddir/tests/ui/test_meeting_kill"
echo "==> typed at $keys keys a second (0: as fast as it goes)"
NUCLEO_KEYS_A_SECOND=$keys "$top_builddir/tests/ui/test_meeting_typed"
