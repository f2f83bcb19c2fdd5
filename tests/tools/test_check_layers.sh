#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# check_layers.sh passes a good tree and finds each fault in a bad one.
set -eu
check=$top_srcdir/tests/tools/check_layers.sh
work=$(mktemp -d "${TMPDIR:-/tmp}/nucleo layers.XXXXXX")
trap 'rm -rf "$work"' EXIT
spdx='/* SPDX-License-Identifier: GPL-3.0-or-later */'
failures=0

good_tree() {
	rm -rf "$work/tree"
	mkdir -p "$work/tree/src/store" "$work/tree/src/cli" "$work/tree/include/nucleo/store" \
		"$work/tree/tests/unit" "$work/tree/share"
	cd "$work/tree"
	printf '%s\n' "$spdx" '#include <sqlite3.h>' '#include "nucleo/base/error.h"' \
		'/* system() in a comment, and below "strcpy(" in a text */' \
		'static int f(int a, int b, int (*c)(int, int, int), int d,' '	     int e)' '{' \
		'	return a + b + c(1, 2, d) + e + (int)sizeof("strcpy(x)");' '}' >src/store/x.c
	printf '%s\n' "$spdx" 'int x(void);' >include/nucleo/store/x.h
	printf '%s\n' "$spdx" '#include "nucleo/store/x.h"' 'int y;' \
		'static const char *const words[] = {"a"};' 'static const int n = 3;' \
		'static int f(void);' 'static volatile sig_atomic_t stop;' >src/store/x_more.c
	printf '%s\n' "$spdx" '#include "nucleo/views/v.h"' '#include "nucleo/cli/c.h"' >src/main.c
}

# expect WORDS: the tree is refused with these words and nothing else.
expect() {
	if out=$(sh "$check" "$work/tree" 2>&1); then
		echo "accepted, though: $1" >&2
		failures=$((failures + 1))
	elif [ "$(echo "$out" | grep -c '^[^ ]*:[0-9]*: ')" != 1 ] || ! echo "$out" | grep -qF "$1"; then
		printf 'wanted one complaint "%s", got:\n%s\n' "$1" "$out" >&2
		failures=$((failures + 1))
	fi
}

# source FILE LINE WORDS: one more file with this line makes the tree bad.
source_case() {
	good_tree
	mkdir -p "$(dirname "$1")"
	printf '%s\n' "$spdx" "$2" >"$1"
	expect "$3"
}

good_tree
sh "$check" "$work/tree" >"$work/out" || { cat "$work/out"; echo "refused a good tree" >&2; exit 1; }
grep -q '^1 functions: median 1 lines' "$work/out" || { echo "counts no function" >&2; exit 1; }

h=include/nucleo
source_case $h/base/a.h '#include "nucleo/model/record.h"' 'base may not include model'
source_case $h/model/a.h '#include "nucleo/store/list.h"' 'model may not include store'
source_case $h/store/a.h '#include "nucleo/exchange/csv.h"' 'store may not include exchange'
source_case $h/ui/a.h '#include "nucleo/model/record.h"' 'ui may not include model'
source_case $h/ui/a.h '#include "nucleo/store/list.h"' 'ui may not include store'
source_case $h/cli/a.h '  #  include "nucleo/ui/table.h"' 'cli may not include ui'
source_case $h/cli/a.h '#include "nucleo/views/agenda.h"' 'cli may not include views'
source_case $h/views/a.h '#include "nucleo/cli/c.h"' 'views may not include cli'
source_case $h/views/a.h '#include "nucleo/app.h"' 'views may not include nucleo/app.h'
source_case $h/model/a.h '#include <sqlite3.h>' 'SQLite belongs'
source_case $h/store/a.h '#include <sqlite3.h>' 'SQLite belongs'
source_case $h/ui/a.h '#include <ncursesw/curses.h>' 'curses belongs'
source_case $h/ui/a.h '#include <curses.h>' 'curses belongs'
source_case $h/ui/a.h '#include "canvas.h"' 'instead'
source_case $h/ui/a.h '#include <cmocka.h>' 'belongs to the tests'
source_case $h/extra/a.h 'int a;' 'unknown layer extra'
source_case $h/ui/a.h '#include "nucleo/other/b.h"' 'unknown layer other'
source_case src/main.c 'int a = atoi("1");' 'atoi() is banned'
source_case src/main.c 'int a = strlen("\"") + strcpy (x, y);' 'strcpy() is banned'
source_case src/main.c 'void *p = /* "*/ malloc(1); /* " */' 'malloc() is banned'
source_case $h/store/a.h 'int a = printf("");' 'lower layers never print'
source_case tests/unit/test_a.c 'int a = sprintf(x, y);' 'sprintf() is banned'
source_case src/main.c 'int a; ' 'blank at the end'
source_case src/main.c 'int f(int a, int b, int c, int d, int e, int f, int g, int h)
{
}' 'more than 7 parameters'
source_case src/main.c "/* $(printf '%098d' 0) */" 'wider than 100'
source_case src/main.c "$(awk 'BEGIN { print "int f(void)\n{"; for (i = 0; i < 81; i++) print ";"; print "}" }')" \
	'a function of 81 lines'
source_case src/main.c "$(awk 'BEGIN { for (i = 0; i < 600; i++) print ";" }')" 'more than 600 lines'
source_case src/main.c 'static int counter;' '"counter" is a mutable global'
source_case src/main.c '	static const char *last = "";' '"last" is a mutable global'
source_case src/main.c 'static struct a table[] = {{1}};' '"table" is a mutable global'
source_case src/ui/lonely.c '#include "nucleo/base/error.h"' 'nor a header of its layer'
source_case notes/a.txt 'x' 'only these lie at the top'

good_tree
echo 'int a;' >src/main.c
expect 'no SPDX line'

exit $((failures > 0))
