#!/bin/sh
# Makes cids.tsv and outputs/*.txt again from the answers of a real Kubo.
# usage: testdata/kubo/make.sh [IPFS_BINARY]    without an argument it is built by interop/kubo/build.sh
set -eu
here=$(cd "$(dirname "$0")" && pwd)
project=$(cd "$here/../.." && pwd)
ipfs=${1:-$("$project/interop/kubo/build.sh" "${XDG_CACHE_HOME:-$HOME/.cache}/cairn")}
case "$ipfs" in /*) ;; *) ipfs="$PWD/$ipfs" ;; esac

cd "$project"
mvn -q -pl testkit -am compile
# The launcher finds a JDK 25, and leaves its name here as java.
./cairn version >/dev/null
. cli/target/cairn/launch
"$java" "-Djava.io.tmpdir=${TMPDIR:-/tmp}" -cp testkit/target/classes:multiformats/target/classes \
    cairn.testkit.KuboTable "$ipfs" testdata/kubo/cids.tsv
testdata/kubo/outputs.sh "$ipfs"
