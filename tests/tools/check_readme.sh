#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The pictures in README.md are the screens the tests expect: a block after
#   <!-- screen: NAME -->
# holds tests/ui/expected/NAME.txt without its cursor line. With --update the
# blocks are written again; without, it fails when one is not as it should be.
set -eu
root=${top_srcdir:-$(cd "$(dirname "$0")/../.." && pwd)}
fresh=$(mktemp)
trap 'rm -f "$fresh"' EXIT

awk -v dumps="$root/tests/ui/expected" '
function paste(name,    file, line, found) {
	file = dumps "/" name ".txt"
	print "```"
	while ((getline line < file) > 0) {
		found = 1
		if (line !~ /^cursor /)
			print line
	}
	print "```"
	if (!found) {
		print "README.md:" NR ": no screen " name > "/dev/stderr"
		failed = 1
	}
}
skipping { if (/^```$/ && ++fences == 2) skipping = 0; next }
{ print }
/^<!-- screen: [a-z0-9-]+ -->$/ { paste($3); skipping = 1; fences = 0; pictures++ }
END {
	if (!pictures)
		print "README.md: no pictures" > "/dev/stderr"
	exit failed || skipping || !pictures
}' "$root/README.md" >"$fresh"

if [ "${1:-}" = --update ]; then
	cat "$fresh" >"$root/README.md"
else
	diff -u "$root/README.md" "$fresh"
fi
