# setup.sh - what ./quickstart and ./run-tests share: packages, and who builds; read with `.`, in the top folder
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh

say() {
	printf '==> %s\n' "$*"
}

die() {
	printf '%s: %s\n' "${0##*/}" "$*" >&2
	exit 1
}

# packages_for build|test: their names. The tests need what the build needs.
packages_for() {
	case $1 in
	build) awk '$1 == "build" { print $2 }' build-aux/packages ;;
	test) awk '$1 == "build" || $1 == "test" { print $2 }' build-aux/packages ;;
	esac
}

# missing_of PACKAGE...: those that dpkg does not have.
missing_of() {
	for package; do
		# shellcheck disable=SC2016 # dpkg-query's own variable
		case $(dpkg-query -W -f='${db:Status-Abbrev}' "$package" 2>/dev/null) in
		ii*) ;;
		*) printf '%s ' "$package" ;;
		esac
	done
}

# What somebody who may install them has to know.
tell_packages() {
	printf 'Needed on Debian 12, installed by somebody who may do so:\n\n    apt-get install %s\n\n' "$*" >&2
}

tell_packages_elsewhere() {
	printf 'This is no Debian. Where the next steps fail, install these, under the names they have here:\n\n' >&2
	awk -v what="$1" '$1 == "build" || $1 == what { p = $2; $1 = $2 = ""; sub(/^ */, ""); printf "    %-20s %s\n", p, $0 }' \
		build-aux/packages >&2
	printf '\n' >&2
}

# install_packages build|test
# Asks apt only where something is missing; needs root or sudo only then.
install_packages() {
	if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
		tell_packages_elsewhere "$1"
		return 0
	fi
	# shellcheck disable=SC2046 # names are words
	missing=$(missing_of $(packages_for "$1"))
	if [ -z "$missing" ]; then
		say "the packages needed are installed"
		return 0
	fi
	say "missing: $missing"
	become=
	if [ "$(id -u)" != 0 ]; then
		if command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
			become='sudo env'
		else
			tell_packages "$missing"
			die 'installing packages takes root or sudo; run this again once they are there'
		fi
	else
		become=env
	fi
	say "installing them with apt-get${become#env}"
	# The lists may be old, or not there at all: they are fetched only when a first try fails.
	# shellcheck disable=SC2086 # words
	if ! apt_install $missing >/dev/null 2>&1; then
		$become DEBIAN_FRONTEND=noninteractive apt-get -qq update ||
			say 'apt-get update failed; trying with the lists that are there'
		apt_install $missing || {
			tell_packages "$missing"
			die 'apt-get could not install them: is there a network, and do its sources have Debian 12?'
		}
	fi
}

apt_install() {
	# shellcheck disable=SC2086 # words
	$become DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o Dpkg::Use-Pty=0 install --no-install-recommends "$@" </dev/null
}

# become_owner "$0" "$@"
# Whoever owns the checkout builds in it, so that root leaves nothing of its own in the folder of somebody else: where
# root runs this (sudo ./quickstart), it starts again as that user. Packages have been installed by then.
become_owner() {
	[ "$(id -u)" = 0 ] || return 0
	owner=$(stat -c %u .)
	group=$(stat -c %g .)
	[ "$owner" != 0 ] || return 0
	home=$(getent passwd "$owner" | cut -d: -f6) || home=
	name=$(getent passwd "$owner" | cut -d: -f1) || name=
	if [ -n "$name" ]; then groups=--init-groups; else groups=--clear-groups; fi
	say "going on as ${name:-user $owner}, who owns this folder"
	exec setpriv --reuid="$owner" --regid="$group" $groups \
		env -u TMPDIR HOME="${home:-/nonexistent}" USER="${name:-$owner}" LOGNAME="${name:-$owner}" \
		BROADSHEET_PACKAGES_DONE=1 "$@"
}

# How many jobs make runs at once.
jobs() {
	nproc 2>/dev/null || echo 2
}

# can_write: whether this user can build here at all.
check_writable() {
	[ -w . ] || die "$(id -un 2>/dev/null || id -u) may not write to $(pwd)"
}

# build: configure here unless that has been done, and make. Shows the whole output only where it fails.
build() {
	if [ ! -x configure ] || [ configure.ac -nt configure ]; then
		say 'autoreconf -fi'
		quietly autoreconf -fi
	fi
	if [ ! -f Makefile ]; then
		say './configure'
		quietly ./configure
	fi
	say "make -j$(jobs)"
	quietly make -j"$(jobs)"
}

# quietly COMMAND...: its output is shown only where it fails.
quietly() {
	log=$(mktemp) || die 'no room for a temporary file'
	if "$@" >"$log" 2>&1; then
		rm -f "$log"
	else
		status=$?
		cat "$log" >&2
		rm -f "$log"
		die "failed with status $status: $*"
	fi
}
