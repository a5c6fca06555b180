#!/bin/sh
# Builds Kubo's `ipfs` of the version that go.mod names, or the peer over its go-libp2p, into CACHE_DIR,
# where it isn't there yet, and prints the path of the binary.
# usage: interop/kubo/build.sh CACHE_DIR [ipfs | peer]
set -eu

if [ $# -lt 1 ] || [ $# -gt 2 ]; then
    echo "usage: $0 CACHE_DIR [ipfs | peer]" >&2
    exit 2
fi
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
cache=$(cd "$1" && pwd)
version=$(sed -n 's/.*github.com\/ipfs\/kubo \(v[0-9.]*\).*/\1/p' "$here/go.mod" | head -n 1)

need_go() {
    if ! command -v go >/dev/null 2>&1; then
        echo "$0: no 'go' on the PATH: install $(sed -n 's/^go /Go /p' "$here/go.mod") or newer" >&2
        echo "$0: (or give the path of a Kubo $version that is already there to whatever asked for it)" >&2
        exit 1
    fi
}

case "${2:-ipfs}" in
    ipfs)
        binary="$cache/ipfs-$version"
        if [ ! -x "$binary" ]; then
            need_go
            echo "building Kubo $version, about three minutes on two cores" >&2
            (cd "$here" && go build -o "$binary.part" github.com/ipfs/kubo/cmd/ipfs) >&2
            mv "$binary.part" "$binary"
        fi
        ;;
    peer)
        # Named by what it is made of, so that each change makes another.
        sum=$(cat "$here"/go.mod "$here"/go.sum "$here"/peer/*.go | cksum | cut -d ' ' -f 1)
        binary="$cache/go-peer-$sum"
        if [ ! -x "$binary" ]; then
            need_go
            echo "building the go-libp2p peer, about a minute on two cores" >&2
            (cd "$here" && go build -o "$binary.part" ./peer) >&2
            mv "$binary.part" "$binary"
        fi
        ;;
    *)
        echo "$0: no '$2' to build" >&2
        exit 2
        ;;
esac
echo "$binary"
