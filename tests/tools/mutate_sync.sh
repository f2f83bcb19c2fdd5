#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Whether the tests of src/sync notice when one of its safeguards is taken out:
# each is, in a copy, and the tests must fail; unchanged they must pass.
# Run by `make check-mutations`, which sets the variables.
set -eu
: "${top_srcdir:?}" "${top_builddir:?}" "${CC:?}" "${TEST_LIBS:?}"
work=$(mktemp -d "${TMPDIR:-/tmp}/nucleo-mutate-XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
tests='test_folder test_folder_whole test_log test_log_sim test_whole_sim'
survivors=0

compile() {
	for file in "$work"/sync/*.c "$top_srcdir"/tests/sync/*.c; do
		# What is not used any more after a change is no error here.
		$CC -std=gnu11 -D_GNU_SOURCE -O1 -w -include stdbool.h -I"$top_builddir" -I"$top_srcdir/include" -I"$top_srcdir/tests" \
			-c "$file" -o "$work/$(basename "$file" .c).o"
	done
	# The parts that were compiled here come before the library, which adds the rest.
	parts=
	for file in "$work"/sync/*.c "$top_srcdir"/tests/sync/*.c; do
		# What has a main of its own is no part of them.
		case $file in */test_*.c | */share_*.c | */check_*.c | */*_proxy.c) continue ;; esac
		parts="$parts $work/$(basename "$file" .c).o"
	done
	for test in $tests; do
		# TEST_LIBS is a list.
		# shellcheck disable=SC2086
		$CC -o "$work/$test" "$work/$test.o" $parts $TEST_LIBS
	done
}

# Prints the tests that fail; a hang fails as well.
run() {
	for test in $tests; do
		timeout 30 "$work/$test" >"$work/output" 2>&1 || printf ' %s' "$test"
	done
}

fresh() {
	rm -rf "$work/sync"
	cp -R "$top_srcdir/src/sync" "$work/sync"
	chmod -R u+w "$work/sync"
}

# mutate WHAT FILE SED-SCRIPT
mutate() {
	fresh
	sed "$3" "$top_srcdir/src/sync/$2" >"$work/sync/$2"
	if cmp -s "$top_srcdir/src/sync/$2" "$work/sync/$2"; then
		echo "$1: nothing to change in src/sync/$2; write the mutation anew"
		survivors=$((survivors + 1))
		return
	fi
	compile
	failed=$(run)
	if [ -n "$failed" ]; then
		echo "$1: noticed by$failed"
	else
		echo "$1: NOT NOTICED"
		survivors=$((survivors + 1))
	fi
}

fresh
compile
failed=$(run)
if [ -n "$failed" ]; then
	echo "unchanged, these fail already:$failed"
	exit 1
fi
echo "unchanged: all pass"

mutate 'a file is renamed, not linked' folder_put.c 's/rename : link,/rename : rename,/'
mutate 'no fsync before the name is given' folder_put.c 's/return fsync(fd) != 0 ? errno : 0;/return 0;/'
mutate 'the self-test believes what it is told' folder_probe.c \
	's/return failure && keeps_first(folder, name) ? 0 : EEXIST;/return 0;/'
mutate 'the umask decides the bits' folder_put.c 's/fchmod(fd, st.st_mode & mask) != 0/false/'
mutate 'links are followed' folder.c 's/ | O_NOFOLLOW//'
mutate 'a missing primitive ends it' folder_probe.c 's/if (failure && failure != EEXIST)/if (false)/'
mutate 'leftovers of the living are removed' folder_tidy.c 's/now - LEFTOVER_SECONDS/now + 1/'
mutate 'no read-back' drive.c 's/(void)drive->ops->put_if_absent(/return drive->ops->put_if_absent(/'
mutate 'whatever is there is taken for ours' drive.c 's/if (there.length != length ||.*/if (false)/'
mutate 'absent is believed after a put' drive.c 's/if (result != DRIVE_ABSENT)/if (true)/'
mutate 'no check of the hash' frame.c 's/memcmp(expected.data, seal, length) == 0/true/'
mutate 'no check of the parent' log.c 's/if (strcmp(framed->start.parent.hex, head->hash.hex) != 0)/if (false)/'
mutate 'no refresh before a pull' log.c 's/result = refresh(drive, head->number + 1, err);/result = LOG_DONE;/'
mutate 'no refresh of the uppermost folder' log.c 's/if (result == DRIVE_ABSENT)/if (false)/'
mutate 'no look at the head before a put' log.c \
	's/enum log_result result = log_check_head(drive, head, err);/enum log_result result = LOG_DONE;/'
mutate 'gone is believed of an old answer' log.c '/believed only/,/^	}/{/if (result == LOG_LOST)/s/result == LOG_LOST/false/;}'

[ $survivors -eq 0 ] || echo "$survivors mutations survive" >&2
[ $survivors -eq 0 ]
