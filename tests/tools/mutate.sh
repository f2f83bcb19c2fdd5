# SPDX-License-Identifier: GPL-3.0-or-later
# Whether tests notice when a safeguard is taken out: each is, in a copy of its
# file, and a test must fail; unchanged all must pass. Read by the scripts that
# list the safeguards, which set `layer`, the folder of the sources, `tests`, the
# quick ones first, and `helpers`, what those are linked with. Run by
# `make check-mutations`, which sets the rest.
: "${layer:?}" "${tests:?}" "${helpers:?}"
: "${top_srcdir:?}" "${top_builddir:?}" "${CC:?}" "${TEST_LIBS:?}"
work=$(mktemp -d "${TMPDIR:-/tmp}/nucleo-mutate-XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
survivors=0
mutant=
objects=

# What is not used any more after a change is no error here.
compile() {
	$CC -std=gnu11 -D_GNU_SOURCE -O1 -w -include stdbool.h -I"$top_builddir" \
		-I"$top_srcdir/include" -I"$top_srcdir/tests" -c "$1" -o "$2"
}

# What is compiled here comes before the library, which adds the rest.
link() {
	for test in $tests; do
		name=$(basename "$test")
		# These are lists; there may be no mutant.
		# shellcheck disable=SC2086
		$CC -o "$work/$name" "$work/$name.o" $mutant $objects $TEST_LIBS
	done
}

# Prints the first test that fails; a hang fails as well.
run() {
	for test in $tests; do
		timeout 60 "$work/$(basename "$test")" >"$work/output" 2>&1 || {
			printf ' %s' "$test"
			return
		}
	done
}

# mutate WHAT FILE SED-SCRIPT
mutate() {
	original="$top_srcdir/src/$layer/$2"
	sed "$3" "$original" >"$work/$2"
	if cmp -s "$original" "$work/$2"; then
		echo "$1: nothing to change in src/$layer/$2; write the mutation anew"
		survivors=$((survivors + 1))
		return
	fi
	mutant="$work/mutant.o"
	compile "$work/$2" "$mutant"
	link
	failed=$(run)
	if [ -n "$failed" ]; then
		echo "$1: noticed by$failed"
	else
		echo "$1: NOT NOTICED"
		survivors=$((survivors + 1))
	fi
}

end() {
	[ $survivors -eq 0 ] || echo "$survivors mutations survive" >&2
	[ $survivors -eq 0 ]
}

for helper in $helpers; do
	object="$work/$(basename "$helper").o"
	compile "$top_srcdir/tests/$helper.c" "$object"
	objects="$objects $object"
done
for test in $tests; do
	compile "$top_srcdir/tests/$test.c" "$work/$(basename "$test").o"
done
link
failed=$(run)
if [ -n "$failed" ]; then
	echo "unchanged, this one fails already:$failed"
	exit 1
fi
echo "unchanged: all pass"
