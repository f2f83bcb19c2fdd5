#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Takes the pictures of README.md from the real program on its demonstration,
# always on the same day, so that the same screens are the same bytes.
#
#   screenshots.sh FOLDER     after a build with the tests' programs (make screenshots does it)
set -eu
folder=${1:?which folder?}
if ! command -v faketime >/dev/null; then
	echo "faketime is missing (Debian package: faketime)"
	exit 77
fi
home=$(mktemp -d "${TMPDIR:-/tmp}/nucleo-pictures.XXXXXX")
trap 'rm -rf "$home"' EXIT

# The clock stands still; what measures time, as waiting does, goes on.
env -i PATH="$PATH" HOME="$home" TMPDIR="$home" TERM=xterm-256color LC_ALL=C.UTF-8 \
	TZ=America/Guayaquil \
	"$top_builddir/tests/tools/screenshot" "$folder" \
	faketime --exclude-monotonic -f '2024-02-15 10:00:00' "$top_builddir/nucleo" --demo
