#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The pictures in README.md are there, and are what the program shows today.
set -eu
pictures=share/doc/screens
fresh=$(mktemp -d "${TMPDIR:-/tmp}/nucleo-readme.XXXXXX")
trap 'rm -rf "$fresh"' EXIT
status=0

linked=$(tr '\n' ' ' <"$top_srcdir/README.md" |
	grep -o '!\[[^]]*\]([^)]*)' | sed 's/.*](\(.*\))/\1/' | sort)
there=$(cd "$top_srcdir" && ls "$pictures"/*.svg)
if [ "$linked" != "$there" ]; then
	printf 'README.md has the pictures\n%s\nand %s\n%s\n' "$linked" "$pictures" "$there" >&2
	exit 1
fi

# What stands in for the clock is loaded before the program; so wants to be the sanitizers' library.
case ${INSTRUMENT-} in
*-fsanitize*)
	echo "not under sanitizers"
	exit 77
	;;
esac
sh "$top_srcdir/tests/tools/screenshots.sh" "$fresh" || exit $?
for picture in $there; do
	cmp "$top_srcdir/$picture" "$fresh/${picture##*/}" && continue
	diff "$top_srcdir/$picture" "$fresh/${picture##*/}" | head -n 10
	status=1
done
[ $status -eq 0 ] || echo 'look at the screens; then "make screenshots" takes the pictures again' >&2
exit $status
