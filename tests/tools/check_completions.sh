#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Each shell offers exactly the commands, kinds and options that the help shows, also after the
# Spanish name of a command; and so does what they ask the program. A shell that is not installed
# is left out.
set -eu
PATH="$top_builddir:$PATH"
export PATH
status=0
tried=
# Where there are no files to offer.
nowhere=$(mktemp -d)
trap 'rmdir "$nowhere"' EXIT
cd "$nowhere"

# The options a help shows; with "value", those that take one.
options() {
	sed -n "s/^  \(--[a-z-]*\) ${1:+[A-Z]}.*/\1/p" | sort
}
# The first words of the rows after the heading "$1".
section() {
	awk -v heading="$1" 'index($0, heading) == 1 { on = 1; next } !/^  /{ on = 0 } on { print $1 }' |
		tr -d , | sort
}

# What the help of a command says can follow it.
first_words() {
	awk '/^(Primer|Clases)/ { on = 1; next } !/^  /{ on = 0 } on { print $1 }' | sort
}

offer_bash() {
	bash -c '. "$top_srcdir/share/completions/nucleo.bash"
		compopt() { :; }
		COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}
		_nucleo; printf "%s\n" "${COMPREPLY[@]}"' bash "$@"
}
offer_fish() {
	fish --no-config -c 'source "$top_srcdir/share/completions/nucleo.fish"
		complete -C "$argv"' "$@" | cut -f1
}
# compadd puts the words into a terminal; here it prints those that fit.
offer_zsh() {
	zsh -f -c 'compadd() { print -l -- ${(M)${(P)2}:#$words[CURRENT]*}; }
		_files() { : }
		words=("$@"); CURRENT=$#
		. "$top_srcdir/share/completions/_nucleo"' zsh "$@" || :
}

expect() {
	wanted=$1
	shift
	got=$("offer_$shell" nucleo "$@" | sed '/^$/d' | sort)
	[ "$got" = "$wanted" ] && return
	printf '%s: "nucleo %s" offers\n%s\ninstead of\n%s\n' "$shell" "$*" "$got" "$wanted" >&2
	status=1
}

# What may follow one command, called as "$2".
check_command() {
	help=$(nucleo "$1" --help)
	expect "$(echo "$help" | options)" "$2" --
	case $1 in
	help) expect "$commands" "$2" '' ;;
	*) expect "$(echo "$help" | first_words)" "$2" '' ;;
	esac
}

commands=$(nucleo --help | section Órdenes)
# What the scripts ask the program.
offer_program() {
	nucleo help --commands ${2:+"$2"}
}
shell=program
expect "$commands"
for name in $commands; do
	help=$(nucleo "$name" --help)
	expect "$({ echo "$help" | options; echo "$help" | first_words; } | sort)" "$name"
done
for shell in bash fish zsh; do
	command -v $shell >/dev/null || continue
	tried="$tried $shell"
	expect "$commands" ''
	expect "$(nucleo --help | options)" --
	for option in $(nucleo --help | options value); do
		expect '' "$option" ''
		expect "$commands" "$option" value ''
	done
	expect '' nothing ''
	for name in $commands; do
		alias=$(nucleo --help | sed -n "s/^  $name, \([^ ]*\) .*/\1/p")
		check_command "$name" "$name"
		check_command "$name" "$alias"
	done
	expect "$(printf 'vence:\nvencida')" list followups ven
	expect "$(nucleo filter complete meetings '' | sort)" list meeting ''
done
echo "shells tried:${tried:- none}"
exit $status
