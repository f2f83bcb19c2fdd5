#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Writes a C file that holds files of share/ as text, so that the program needs
# no data at run time.
#
#   embed.sh schema FOLDER FILE...   the migrations, numbered by their names
#   embed.sh demo FOLDER FILE...     the demo, by name
#   embed.sh filter FOLDER FILE...   the filters given to pandoc, by name
#
# FILE is relative to FOLDER. Bytes pass as they are, through octal escapes
# where C could read them otherwise ("?" too: it begins trigraphs). A file with
# a zero byte is refused, for the arrays hold C strings.
set -eu

fail() {
	echo "embed.sh: $*" >&2
	exit 1
}

literal() {
	od -An -v -tu1 "$1" | awk -v name="$1" '
	BEGIN { printf "\t\t\"" }
	{
		for (i = 1; i <= NF; i++) {
			if ($i == 0) {
				print "embed.sh: " name ": zero byte" > "/dev/stderr"
				exit 1
			}
			if ($i == 10)
				printf "\\n\"\n\t\t\""
			else if ($i >= 32 && $i < 127 && $i != 34 && $i != 63 && $i != 92)
				printf "%c", $i + 0
			else
				printf "\\%03o", $i
		}
	}
	END { printf "\"" }'
}

# NNN-name.sql, numbered 1, 2, 3 ... without a gap.
schema_fields() {
	number=$(expr "$1" : '0*\([1-9][0-9]*\)-[a-z0-9-]*\.sql$') || fail "$1: not NNN-name.sql"
	[ "$number" -eq "$2" ] || fail "$1: migration $2 was expected here"
	stem=${1%.sql}
	printf '%s, "%s"' "$number" "${stem#*-}"
}

plain_fields() {
	expr "$1" : '[A-Za-z0-9._-]*$' >/dev/null || fail "$1: not a plain name"
	printf '"%s"' "$1"
}

case ${1-} in
schema) header=store/schema_data.h type=schema_script array=schema_scripts count=schema_script_count ;;
demo) header=exchange/demo_data.h type=demo_file array=demo_files count=demo_file_count ;;
filter) header=exchange/document_data.h type=document_filter array=document_filters count=document_filter_count ;;
*) fail "schema, demo or filter?" ;;
esac
kind=$1 folder=$2
shift 2

echo "/* SPDX-License-Identifier: GPL-3.0-or-later */"
echo "/* Made by share/embed.sh. Change the files it embeds instead. */"
echo "#include \"nucleo/$header\""
echo
echo "#include <stddef.h>"
echo
echo "const struct $type ${array}[] = {"
position=0
for file; do
	position=$((position + 1))
	[ -r "$folder/$file" ] || fail "$folder/$file: cannot be read"
	case $kind in
	schema) fields=$(schema_fields "${file##*/}" "$position") ;;
	*) fields=$(plain_fields "${file##*/}") ;;
	esac
	text=$(literal "$folder/$file")
	printf '\t{%s,\n%s},\n' "$fields" "$text"
done
case $kind in
schema) echo "	{0, NULL, NULL}," ;;
*) echo "	{NULL, NULL}," ;;
esac
echo "};"
echo "const int $count = $#;"
