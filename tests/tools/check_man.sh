#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The manual page is sound mdoc; it names every command, kind and option of the program, and its
# examples print what it says.
set -eu
PATH="$top_builddir:$PATH"
export PATH
page="$top_srcdir/share/man/nucleo.1"
status=0

expect() {
	grep -q -e "$1" "$page" && return
	echo "nucleo.1 lacks \"$1\"" >&2
	status=1
}
for name in $(nucleo help --commands); do
	expect "^\.It Ic $name"
	expect "^\.It Ic $(nucleo --help | sed -n "s/^  $name, \([^ ]*\) .*/\1/p")"
	for word in $(nucleo help --commands "$name"); do
		case $word in
		--*) expect "Fl $(printf '%s' "${word#-}" | sed 's/-/[-]/g')\\( \\|$\\)" ;;
		*) expect "^\.\\(Cm\\|It Ic $name\\) $word\\( \\|$\\)" ;;
		esac
	done
done

examples=$(awk '/^\$ nucleo --demo/ { print substr($0, 3) }' "$page")
[ -n "$examples" ] || { echo "nucleo.1 has no example" >&2; status=1; }
echo "$examples" | while read -r example; do
	said=$(awk -v line="\$ $example" 'on && /^\.Ed/ { exit } on; $0 == line { on = 1 }' "$page")
	[ "$($example)" = "$said" ] || { echo "nucleo.1: $example prints something else" >&2; exit 1; }
done || status=1

if command -v mandoc >/dev/null; then
	mandoc -Tlint -Wwarning "$page" || status=1
else
	echo "mandoc is missing (Debian package: mandoc)"
	[ $status -ne 0 ] || status=77
fi
exit $status
