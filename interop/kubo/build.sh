#!/bin/sh
# Builds Kubo's `ipfs` of the version that go.mod names into CACHE_DIR, once, and prints the path of the binary.
# usage: interop/kubo/build.sh CACHE_DIR
set -eu

if [ $# -ne 1 ]; then
    echo "usage: $0 CACHE_DIR" >&2
    exit 2
fi
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
cache=$(cd "$1" && pwd)
version=$(sed -n 's/.*github.com\/ipfs\/kubo \(v[0-9.]*\).*/\1/p' "$here/go.mod" | head -n 1)
binary="$cache/ipfs-$version"

if [ ! -x "$binary" ]; then
    if ! command -v go >/dev/null 2>&1; then
        echo "$0: no 'go' on the PATH: install $(sed -n 's/^go /Go /p' "$here/go.mod") or newer" >&2
        echo "$0: (or give the path of a Kubo $version that is already there to whatever asked for it)" >&2
        exit 1
    fi
    echo "building Kubo $version, about three minutes on two cores" >&2
    (cd "$here" && go build -o "$binary.part" github.com/ipfs/kubo/cmd/ipfs) >&2
    mv "$binary.part" "$binary"
fi
echo "$binary"
