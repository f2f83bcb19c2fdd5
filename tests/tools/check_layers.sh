#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The rules of the house that a machine can see: what may include what, which
# functions are banned, how long files and functions may be, what lies where.
# Prints "file:line: what is wrong" and fails; else prints the figures.
#
#   check_layers.sh [TREE]     default: $top_srcdir
set -eu
LC_ALL=C
export LC_ALL
tree=${1:-${top_srcdir:-.}}
tools=$(cd "$(dirname "$0")" && pwd)
cd "$tree"

# What autoconf, automake and a build inside the tree leave; git ignores them.
generated='Makefile Makefile.in aclocal.m4 autom4te.cache build-aux config.h config.h.in config.log
	config.status configure stamp-h1 libnucleo.a nucleo nucleo-ics.so _build _inst'
allowed='README.md CONTRIBUTING.md COPYING NEWS configure.ac Makefile.am bootstrap include src share tests'

top_level() {
	if [ -e .git ] && command -v git >/dev/null && git rev-parse --git-dir >/dev/null 2>&1; then
		git ls-files --cached --others --exclude-standard | sed 's|/.*||' | sort -u
	else
		for name in *; do
			case " $(echo $generated) " in *" $name "*) continue ;; esac
			case $name in build*) continue ;; esac
			echo "$name"
		done
	fi
}

check_names() {
	top_level | while read -r name; do
		case $name in .*) continue ;; esac
		case " $allowed " in
		*" $name "*) ;;
		*) echo "$name:1: only these lie at the top: $allowed" ;;
		esac
	done
	# A module split over several files may declare them all in one header.
	for file in src/*/*.c; do
		[ -e "$file" ] || continue
		stem=${file#src/}
		case $stem in *_data.c) continue ;; esac
		[ -e "include/nucleo/${stem%.c}.h" ] || grep -q "^#include \"nucleo/${stem%/*}/" "$file" ||
			echo "$file:1: neither include/nucleo/${stem%.c}.h nor a header of its layer"
	done
}

# Texts written by hand. Captured text (the demo, expected screens) is not ours to trim.
list_sources() {
	find src include tests share -type f \( -name '*.c' -o -name '*.h' -o -name '*.sh' \
		-o -name '*.awk' -o -name '*.sql' -o -name '*.po' -o -name '*.1' \) | grep -v '^share/demo/' | sort
	for file in Makefile.am configure.ac bootstrap .ci/run; do
		[ ! -e "$file" ] || echo "$file"
	done
}

found=$(
	check_names
	list_sources | while IFS= read -r file; do
		head -n 3 "$file" | grep -q 'SPDX-License-Identifier: GPL-3.0-or-later' ||
			echo "$file:1: no SPDX line"
		awk -v file="$file" '/[ \t\r]$/ { print file ":" FNR ": blank at the end of the line" }' "$file"
	done
	list_sources | grep '\.[ch]$' | while IFS= read -r file; do
		awk -v file="$file" -f "$tools/check_source.awk" "$file"
	done
)
echo "$found" | grep -v '^figure ' | grep . && status=1 || status=0

echo "$found" | awk '$1 == "figure" { print $2, $3 }' | sort -n | awk '
	{ lines[NR] = $1; wide += $2 }
	END {
		if (NR)
			printf "%d functions: median %d lines, p90 %d, longest %d; %d with over 5 parameters\n", NR,
				lines[int((NR + 1) / 2)], lines[int((NR * 9 + 9) / 10)], lines[NR], wide
	}'
exit $status
