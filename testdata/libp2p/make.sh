#!/bin/sh
# Makes the tables and PEM files here from private-keys.txt. See README.md.
# usage: make.sh VECTORS KUBO
#   VECTORS  vectors.go, built with the go.mod of interop/kubo
#   KUBO     the `ipfs` program
set -eu
cd "$(dirname "$0")"
vectors=$1 kubo=$2

"$vectors" keys <private-keys.txt >keys.tsv
"$vectors" records <private-keys.txt >records.tsv
"$vectors" private-network >private-network.tsv

IPFS_PATH=$(mktemp -d)
IPFS_TELEMETRY=off
export IPFS_PATH IPFS_TELEMETRY
trap 'rm -rf "$IPFS_PATH"' EXIT
"$kubo" init --profile=test,unixfs-v1-2025 >/dev/null
n=0
while read -r key; do
    n=$((n + 1))
    printf %s "$key" | xxd -r -p >"$IPFS_PATH/key"
    "$kubo" key import --allow-any-key-type "k$n" "$IPFS_PATH/key" >/dev/null
    "$kubo" key export -f pem-pkcs8-cleartext -o "key-$n.pem" "k$n"
    chmod 644 "key-$n.pem"
done <private-keys.txt
