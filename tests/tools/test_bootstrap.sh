#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What bootstrap does on machines that lack something: a path of stand-ins takes
# the place of apt, sudo and the compiler.
set -eu
work=$(mktemp -d "${TMPDIR:-/tmp}/nucleo bootstrap.XXXXXX")
trap 'rm -rf "$work"' EXIT
shell=$(command -v sh)

fail() {
	echo "test_bootstrap.sh: $*" >&2
	cat "$work/out" >&2
	exit 1
}

stub() {
	printf '#!%s\n%s\n' "$shell" "$2" >"$work/bin/$1"
	chmod +x "$work/bin/$1"
}

# machine: a fresh one, with nothing but what every system has.
machine() {
	rm -rf "$work/tree" "$work/bin" "$work/calls" "$work/policy"
	mkdir "$work/tree" "$work/bin"
	sed "s|^service_policy=.*|service_policy='$work/policy'|" "$top_srcdir/bootstrap" >"$work/tree/bootstrap"
	: >"$work/calls"
	for tool in cat chmod dirname env grep mkdir rm tee; do
		ln -s "$(command -v "$tool")" "$work/bin/$tool"
	done
	stub id 'echo 1000'
}

with_apt() {
	# shellcheck disable=SC2016 # for the stand-in to expand
	stub apt-get 'echo "apt-get $DEBIAN_FRONTEND $*" >>"${0%/*}/../calls"
		[ ! -x "${0%/*}/../policy" ] || echo "forbidden: $("${0%/*}/../policy" || echo $?)" >>"${0%/*}/../calls"'
	stub dpkg-query 'case "$*" in *make*) echo installed ;; *) exit 1 ;; esac'
	stub systemctl 'echo "systemctl $*" >>"${0%/*}/../calls"'
}

# try STATUS ARGUMENT...: runs bootstrap, from another folder
try() {
	wanted=$1
	shift
	status=0
	(cd / && PATH="$work/bin" "$shell" "$work/tree/bootstrap" "$@") >"$work/out" 2>&1 </dev/null || status=$?
	[ "$status" -eq "$wanted" ] || fail "bootstrap $*: status $status, not $wanted"
}

says() {
	grep -qF -e "$1" "$work/out" || fail "does not say: $1"
}

called() {
	grep -qF -e "$1" "$work/calls" || fail "not called: $1, but: $(cat "$work/calls")"
}

machine
try 0
says './bootstrap run'
says './bootstrap check'
try 2 correr
says './bootstrap run'

# Another distribution: names, and no attempt.
try 1 run
says 'no está apt'
says ' gcc libc6-dev make autoconf automake pkg-config gettext libncurses-dev libsqlite3-dev'

# What came by another road is not asked for.
stub cc 'exit 0'
stub pkg-config 'exit 0'
try 1 check
says ' make autoconf automake gettext mandoc'

# No root, no sudo: the line for an administrator.
machine
with_apt
try 1 run
says 'apt-get update && apt-get install --no-install-recommends gcc'
[ ! -s "$work/calls" ] || fail "called apt without being root"

# With sudo: says what first, installs only what is missing, then goes on to build.
# shellcheck disable=SC2016
stub sudo 'echo sudo >>"${0%/*}/../calls"; exec "$@"'
stub autoreconf 'echo no macros; exit 1'
try 1 check
says 'se instalarán estos paquetes: gcc libc6-dev pkg-config'
called 'sudo'
called 'apt-get noninteractive -q update'
called 'apt-get noninteractive -q -y --no-install-recommends install gcc libc6-dev pkg-config'
called 'libcmocka-dev libvterm-dev'
# The server that the tests bring is installed but not started, and that once only.
called ' openssh-server'
called 'forbidden: 101'
called 'systemctl --quiet disable ssh.service'
[ ! -e "$work/policy" ] || fail "services stay forbidden"
says 'no macros'
says 'falló «autoreconf'

# Nothing missing: apt is left alone, and arguments reach the program.
machine
with_apt
stub dpkg-query 'echo installed'
stub autoreconf ': >configure; : >Makefile.in; : >config.h.in'
stub make ':'
stub getconf 'echo 3'
mkdir "$work/tree/build"
echo "abs_top_builddir = $(cd "$work/tree" && pwd -P)/build" >"$work/tree/build/Makefile"
# shellcheck disable=SC2016
printf '#!%s\necho "nucleo: $*"\n' "$shell" >"$work/tree/build/nucleo"
chmod +x "$work/tree/build/nucleo"
try 0 run
says 'nucleo: --demo list commitments'
try 0 run list 'a b'
says 'nucleo: list a b'
[ ! -s "$work/calls" ] || fail "called apt though nothing is missing"

# Without the tests there is no server, and a policy of the machine's own stays.
machine
with_apt
stub id 'echo 0'
stub autoreconf 'exit 1'
try 1 run
called 'install gcc'
! grep -q forbidden "$work/calls" || fail "forbade services for nothing"
echo 'exit 101' >"$work/policy"
try 1 check
grep -q 101 "$work/policy" || fail "removed the machine's own policy"

# An installation that fails is told as such.
machine
with_apt
stub id 'echo 0'
stub apt-get 'exit 100'
try 1 run
says 'apt no pudo instalar: gcc'
try 1 check
says 'apt no pudo instalar: gcc'
[ ! -e "$work/policy" ] || fail "services stay forbidden after a failure"
