#!/bin/sh
# Lay the ground for one purpose: packages of the system, .venv, the locked Python packages.
# usage: packaging/setup.sh run|check|package
# What is there already is left alone, so that a second run needs no network.
set -eu
cd "$(dirname "$0")/.."
purpose=$1

say() { echo "setup: $*" >&2; }

offscreen="libegl1 libgl1 libfontconfig1 libfreetype6 libdbus-1-3 libglib2.0-0 libxkbcommon0 libx11-6 libcups2"
xcb="libx11-xcb1 libxcb-cursor0 libxcb-glx0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0
    libxcb-render-util0 libxcb-shape0 libxcb-shm0 libxcb-sync1 libxcb-util1 libxcb-xfixes0 libxcb-xkb1
    libxkbcommon-x11-0"
checkers="age libjaxb-api-java libnss3-tools libpdfbox2-java openssl poppler-utils qpdf unzip"

wanted=$offscreen
case $purpose in
run) [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || wanted="$wanted $xcb" ;;
check)
    wanted="$wanted $checkers"
    command -v javac >/dev/null || wanted="$wanted default-jdk-headless" # any JDK will do
    ;;
package) wanted="$wanted $xcb binutils" ;; # the frozen program carries the libraries
*) say "unknown purpose: $purpose"; exit 2 ;;
esac

# PYTHON may name another interpreter: 3.11 to 3.13 (Qt's wheels end there).
python=
for candidate in ${PYTHON:-python3.11 python3}; do
    if "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then
        python=$candidate
        break
    fi
done
if [ -z "$python" ]; then
    say "Python 3.11 to 3.13 is needed: apt-get install python3"
    exit 1
fi
# Debian cuts ensurepip, which venv needs, out of python3.
"$python" -c 'import ensurepip' 2>/dev/null || wanted="$wanted python3-venv"

missing=
if command -v dpkg-query >/dev/null; then
    # Provides too: newer releases renamed some libraries.
    installed=$(dpkg-query -W -f='${db:Status-Abbrev}, ${Package}, ${Provides},\n' | grep '^ii')
    for name in $wanted; do
        printf '%s\n' "$installed" | grep -qE ", $name( \(|,)" || missing="$missing $name"
    done
fi
if [ -n "$missing" ]; then
    if [ "$(id -u)" = 0 ]; then
        say "installing$missing"
        export DEBIAN_FRONTEND=noninteractive
        # shellcheck disable=SC2086 # a list of names
        { apt-get update -qq && apt-get install -qq -y --no-install-recommends $missing >/dev/null; } ||
            say "apt-get failed; going on without$missing"
    else
        say "ask root for: apt-get install$missing"
    fi
fi

if [ ! -x .venv/bin/python ]; then
    "$python" -m venv .venv >/dev/null || {
        rm -rf .venv
        say "no virtual environment, so nothing can be installed"
        exit 1
    }
fi
if ! cmp -s requirements.lock .venv/installed.lock; then
    say "installing the locked packages into .venv"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
    cp requirements.lock .venv/installed.lock
fi
