#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every text of the program has its translation, none of them a guess.
set -eu
if [ -z "$XGETTEXT" ] || [ -z "$MSGCMP" ]; then
	echo "xgettext and msgcmp are missing (Debian package: gettext)"
	exit 77
fi
status=0
for po in "$top_srcdir"/share/po/*.po; do
	"$MSGCMP" "$po" "$top_builddir/share/po/nucleo.pot" || status=1
done
[ $status -eq 0 ] || echo "run \"make update-po\" and translate what is new in share/po" >&2
exit $status
