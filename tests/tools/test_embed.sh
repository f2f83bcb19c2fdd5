#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# share/embed.sh keeps every byte that a C string can hold, and refuses the rest.
set -eu
embed=$top_srcdir/share/embed.sh
work=$(mktemp -d "${TMPDIR:-/tmp}/nucleo embed.XXXXXX")
trap 'rm -rf "$work"' EXIT

fail() {
	echo "test_embed.sh: $*" >&2
	exit 1
}

# All bytes but zero, what C reads specially, and no newline at the end.
LC_ALL=C awk 'BEGIN { for (i = 1; i < 256; i++) printf "%c", i }' >"$work/bytes.txt"
printf '%s' '"\n\\" ??/ ??= %d \0 \x41 1\1231 /* */ ñ
tab	end' >>"$work/bytes.txt"
[ "$(wc -c <"$work/bytes.txt")" -gt 290 ] || fail "the sample is short"
: >"$work/empty.txt"

sh "$embed" demo "$work" bytes.txt empty.txt >"$work/data.c"
cat >"$work/main.c" <<'END'
#include <stdio.h>
#include "nucleo/exchange/demo_data.h"
int main(void)
{
	return demo_file_count != 2 || demo_files[1].text[0] || fputs(demo_files[0].text, stdout) < 0;
}
END
(cd "$work" && $CC -std=gnu11 -Wall -Wextra -Wconversion -Werror -I"$top_srcdir/include" \
	-o embedded main.c data.c) || fail "the C file does not compile cleanly"
"$work/embedded" >"$work/back.txt"
cmp "$work/bytes.txt" "$work/back.txt" || fail "bytes changed"

# Filters pass as the demo does.
sh "$embed" filter "$work" bytes.txt empty.txt | tail -n +5 >"$work/filter.c"
sed 's/demo_file/document_filter/g' "$work/data.c" | tail -n +5 | cmp -s "$work/filter.c" - ||
	fail "a filter is embedded in another way"

# What must not pass.
printf 'a\0b' >"$work/zero.txt"
: >"$work/001-a.sql"
: >"$work/003-c.sql"
: >"$work/2b.sql"
for bad in "demo zero.txt" "demo missing.txt" "schema 003-c.sql" "schema 001-a.sql 003-c.sql" \
	"schema 2b.sql" "other bytes.txt"; do
	set -- $bad
	kind=$1
	shift
	if sh "$embed" "$kind" "$work" "$@" >/dev/null 2>&1; then
		fail "accepted: $bad"
	fi
done
