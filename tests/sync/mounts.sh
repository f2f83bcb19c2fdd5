#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs a command while one folder is mounted several times with sshfs, as if by
# several machines that know nothing of each other's locks and caches.
#
#   mounts.sh [--machines N] [--options LIST] [--delay MS] [--limit SECONDS] COMMAND...
#
#   --machines N       how many mounts (2)
#   --options LIST     more options for each sshfs, as "disable_hardlink"
#   --delay MS         a round trip that long between each machine and the server
#   --limit SECONDS    ends the command after so long (3600)
#
# The command finds a folder in $MOUNTS: "served" is what the server has; 1, 2 ...
# are the mounts, 1.pid, 2.pid ... their sshfs processes. For it there are also
#
#   sh $MOUNTS_SCRIPT --mount I      mounts machine I again
#   sh $MOUNTS_SCRIPT --unmount I    leaves its bare mount point, whatever became of sshfs
#
# Needs /dev/fuse, sshfs and sshd, but no system sshd and no other keys than its
# own. Gives the status of the command, 77 where there can be no mounts, 124
# after the limit. All that runs below it has MOUNTS in its environment, and is
# killed by that at the end: nothing is waited for, as it may hang behind a mount.
set -eu
PATH=$PATH:/usr/sbin:/sbin
machines=2
options=
delay=
limit=3600
top_builddir=${top_builddir:-.}
script=$(cd "$(dirname "$0")" && pwd -P)/mounts.sh

fail() {
	echo "mounts.sh: $*" >&2
	exit 1
}

skip() {
	echo "mounts.sh: skipped: $*" >&2
	exit 77
}

# till SECONDS COMMAND...: tries until it succeeds
till() {
	tries=$(($1 * 20))
	shift
	until "$@"; do
		tries=$((tries - 1))
		[ $tries -gt 0 ] || return 1
		sleep 0.05
	done
}

# ---- one mount; nothing here touches its files
is_mounted() {
	grep -qF " $MOUNTS/$1 " /proc/self/mountinfo
}

has_ended_or_mounted() {
	is_mounted "$1" || ! kill -0 "$2" 2>/dev/null
}

mount_machine() {
	extra=$(cat "$MOUNTS/options")
	sshfs -f -F "$MOUNTS/ssh_config" ${extra:+-o "$extra"} "rig:$MOUNTS/served" "$MOUNTS/$1" \
		>"$MOUNTS/$1.log" 2>&1 </dev/null &
	echo $! >"$MOUNTS/$1.pid"
	till 20 has_ended_or_mounted "$1" $!
	is_mounted "$1"
}

is_unmounted() {
	is_mounted "$1" || return 0
	fusermount3 -uz "$MOUNTS/$1" 2>/dev/null
}

case ${1-} in
--mount)
	mount_machine "$2" || fail "machine $2: $(cat "$MOUNTS/$2.log")"
	exit
	;;
--unmount)
	till 20 is_unmounted "$2" || fail "machine $2 stays mounted"
	exit
	;;
esac

while [ $# -gt 1 ]; do
	case $1 in
	--machines) machines=$2 ;;
	--options) options=$2 ;;
	--delay) delay=$2 ;;
	--limit) limit=$2 ;;
	*) break ;;
	esac
	shift 2
done
[ $# -gt 0 ] || fail "a command is wanted; see the head of this file"

for tool in sshfs fusermount3 ssh ssh-keygen sshd; do
	command -v $tool >/dev/null || skip "$tool is not installed (Debian: sshfs, openssh-server)"
done
(: <>/dev/fuse) 2>/dev/null || skip "/dev/fuse cannot be used here"

# ---- the end, however it comes
work=$(mktemp -d "${TMPDIR:-/tmp}/nucleo-mounts-XXXXXX")
work=$(cd "$work" && pwd -P)
watchdog=

# The ids of all processes that were started below.
those_below() {
	grep -lzxsF "MOUNTS=$work" /proc/[0-9]*/environ | sed 's|^/proc/||; s|/environ$||'
}

# A killed sshfs lets go whoever waits for it. sshd writes over its environment.
none_is_left() {
	left=$(those_below) || true
	# shellcheck disable=SC2086 # a list of numbers
	[ -z "$left" ] || { kill -9 $left 2>/dev/null; false; }
}

tear_down() {
	[ ! -s "$work/sshd.pid" ] || kill -9 "$(cat "$work/sshd.pid")" 2>/dev/null || true
	till 5 none_is_left || echo "mounts.sh: these do not end: $left" >&2
	for machine in $(seq "$machines"); do
		MOUNTS=$work
		till 5 is_unmounted "$machine" || echo "mounts.sh: $work/$machine stays mounted" >&2
	done
	rm -rf --one-file-system "$work"
}

finish() {
	status=$?
	trap - EXIT
	trap '' HUP INT TERM
	[ -z "$watchdog" ] || kill "$watchdog" 2>/dev/null || true
	tear_down
	exit "$status"
}
trap finish EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'echo "mounts.sh: ended after $limit s" >&2; exit 124' ALRM

# Ends a command that takes too long, and clears up after a script that was killed.
watch_over() {
	trap '' HUP INT
	trap - EXIT TERM ALRM
	while kill -0 $$ 2>/dev/null; do
		limit=$((limit - 1))
		[ $limit -ne 0 ] || kill -ALRM $$
		sleep 1
	done
	tear_down
}
watch_over >/dev/null 2>&1 &
watchdog=$!

# ---- the server
below() {
	env MOUNTS="$work" MOUNTS_SCRIPT="$script" "$@"
}

listens() {
	grep -q '^Server listening' "$work/sshd.log" || ! kill -0 "$sshd" 2>/dev/null
}

start_sshd() {
	[ "$(id -u)" -ne 0 ] || mkdir -p /run/sshd
	for key in host user; do
		ssh-keygen -q -t ed25519 -N '' -C rig -f "$work/$key-key"
	done
	cat >"$work/sshd_config" <<-END
		ListenAddress 127.0.0.1
		HostKey $work/host-key
		PidFile $work/sshd.pid
		AuthorizedKeysFile $work/user-key.pub
		AuthenticationMethods publickey
		PermitRootLogin prohibit-password
		UsePAM no
		StrictModes no
		MaxStartups 100
		Subsystem sftp internal-sftp
	END
	: >"$work/sshd.log"
	for try in $(seq 20); do
		port=$((20000 + ($$ + try * 997) % 12000))
		"$(command -v sshd)" -D -e -f "$work/sshd_config" -p $port >"$work/sshd.log" 2>&1 </dev/null &
		sshd=$!
		till 20 listens || fail "sshd: $(cat "$work/sshd.log")"
		kill -0 "$sshd" 2>/dev/null && return
		grep -q 'already in use' "$work/sshd.log" || fail "sshd: $(cat "$work/sshd.log")"
	done
	fail "no port is free for sshd"
}

start_proxy() {
	env MOUNTS="$work" "$top_builddir/tests/sync/delay_proxy" --ms "$delay" "$port" \
		>"$work/proxy" </dev/null &
	till 20 test -s "$work/proxy" || fail "the delay proxy does not start"
	port=$(cat "$work/proxy")
}

start_sshd
[ -z "$delay" ] || start_proxy
cat >"$work/ssh_config" <<END
Host *
HostName 127.0.0.1
Port $port
User $(id -un)
IdentityFile $work/user-key
IdentitiesOnly yes
UserKnownHostsFile /dev/null
StrictHostKeyChecking no
BatchMode yes
LogLevel ERROR
END
echo "$options" >"$work/options"
mkdir "$work/served"
for machine in $(seq "$machines"); do
	mkdir "$work/$machine"
	below sh "$script" --mount "$machine" 2>"$work/error" || {
		grep -Eq 'Operation not permitted|Permission denied' "$work/error" &&
			skip "this system does not let sshfs mount: $(cat "$work/error")"
		fail "$(cat "$work/error")"
	}
done

# In the background, so that signals are taken at once.
exec 3<&0
below "$@" <&3 3<&- &
command=$!
wait $command
