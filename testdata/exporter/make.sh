#!/bin/bash
# Makes the DAGs in this folder with a real Kubo, from generated files: `make.sh IPFS_BINARY`.
# Each line of roots.tsv: name of the CAR, root CID, what it holds. The content of a file is
# the bytes i*i*7 mod 251 for i from 0; licence: that of the project.
set -euo pipefail
ipfs=$1
here=$(cd "$(dirname "$0")" && pwd)
export IPFS_PATH=$(mktemp -d) IPFS_TELEMETRY=off
tree=$(mktemp -d)
trap 'rm -rf "$IPFS_PATH" "$tree"' EXIT
"$ipfs" init --profile=test >/dev/null

content() { python3 -c 'import sys; sys.stdout.buffer.write(bytes(i*i*7 % 251 for i in range(int(sys.argv[1]))))' "$1"; }

: > "$here/roots.tsv"
keep() { # name, note, arguments of add
    local name=$1 note=$2 cid
    shift 2
    cid=$("$ipfs" add -Q --pin=false "$@")
    "$ipfs" dag export -p=false "$cid" > "$here/$name.car"
    printf '%s\t%s\t%s\n' "$name" "$cid" "$note" >> "$here/roots.tsv"
}

content 10000 > "$tree/file"
keep file-v0 'file of 10000 bytes, dag-pb leaves, 3 links a node' --chunker=size-512 --max-file-links=3 "$tree/file"
keep file-v1 'file of 10000 bytes, raw leaves, 3 links a node' --cid-version=1 --chunker=size-512 --max-file-links=3 "$tree/file"
keep file-trickle 'file of 10000 bytes, trickle, 3 links a node' --trickle --chunker=size-512 --max-file-links=3 "$tree/file"
keep file-inline 'file of 10000 bytes, leaves of 24 bytes inlined' --cid-version=1 --inline --inline-limit=32 --chunker=size-24 "$tree/file"

mkdir -p "$tree/mixed/sub/deeper" "$tree/mixed/empty"
content 700 > "$tree/mixed/one"
content 0 > "$tree/mixed/nothing"
content 9 > "$tree/mixed/sub/ü ☃"
content 8 > "$tree/mixed/sub/$(printf 'n%.0s' {1..200})"
content 3 > "$tree/mixed/sub/deeper/back\\slash"
ln -s ../one "$tree/mixed/sub/link"
chmod 640 "$tree/mixed/one"
chmod 700 "$tree/mixed/sub"
touch -d '2001-02-03T04:05:06.789Z' "$tree/mixed/one" "$tree/mixed/sub/deeper" "$tree/mixed/sub"
keep tree 'directories, link, empty file, odd names' -r "$tree/mixed"
keep tree-meta 'the same with modes and times' -r --preserve-mode --preserve-mtime "$tree/mixed"

mkdir "$tree/many"
for i in $(seq 300); do content $((i % 5)) > "$tree/many/entry-$i"; done
keep hamt-8 '300 files entry-N of N mod 5 bytes, sharded by 8' -r --cid-version=1 --max-directory-links=8 --max-hamt-fanout=8 "$tree/many"
keep hamt-256 'the same, sharded by 256' -r --max-directory-links=8 --max-hamt-fanout=256 "$tree/many"
