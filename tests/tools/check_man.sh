#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The manual page is sound mdoc and opens on the version it belongs to.
set -eu
if ! command -v mandoc >/dev/null; then
	echo "mandoc is missing (Debian package: mandoc)"
	exit 77
fi
for page in "$top_srcdir"/share/man/*.1; do
	mandoc -Tlint -Wwarning "$page"
done
