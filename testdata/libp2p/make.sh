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

# The daemon prints the fingerprint of its private network when it starts; alone and on loopback.
sed -n 2p private-network.tsv | cut -f1 | tr '|' '\n' >"$IPFS_PATH/swarm.key"
"$kubo" config --json AutoConf.Enabled false
"$kubo" daemon >"$IPFS_PATH/daemon.log" 2>&1 &
daemon=$!
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    grep -q "Swarm key fingerprint" "$IPFS_PATH/daemon.log" && break
    sleep 1
done
kill "$daemon"
wait "$daemon" || true
sed -n 's/^Swarm key fingerprint: //p' "$IPFS_PATH/daemon.log" >fingerprint.txt
