#!/bin/bash
# Measures how long a node takes to fetch a DAG from another, Kubo from Kubo and Cairn from Cairn, in turns, on loopback.
# usage: interop/measure-blocks.sh [tcp|quic] [MiB of one file, default 1024] [rounds, default 3]
# Prints seconds of `refs -r`, and of CPU that both daemons took for it; the first round of a daemon is cold.
# BENCH_BUILD=never   use the build that is there
set -euo pipefail

interop=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$interop")
carrier=${1:-tcp}
size=${2:-1024}
rounds=${3:-3}
case $carrier in
    tcp) listen=/ip4/127.0.0.1/tcp/0 ;;
    quic) listen=/ip4/127.0.0.1/udp/0/quic-v1 ;;
    *) echo "$0: tcp or quic, not $carrier" >&2 && exit 1 ;;
esac

if [ "${BENCH_BUILD:-}" != never ]; then
    (cd "$root" && mvn -q -B -DskipTests -pl cli -am package) </dev/null >&2
fi
export CAIRN_BUILD=never
ipfs=$("$interop/kubo/build.sh" "${CAIRN_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/cairn}" ipfs | tail -1)
work=$(mktemp -d)
pids=()

finish() {
    for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
    wait
    rm -rf "$work"
}
trap finish EXIT

# Calls a program in one of its repos.
kubo() { IPFS_PATH=$work/kubo-$1 "$ipfs" "${@:2}"; }
cairn() { CAIRN_PATH=$work/cairn-$1 "$root/cairn" "${@:2}"; }

prepare() { # program, repo
    if [ "$1" = kubo ]; then
        kubo "$2" init --profile=test >/dev/null 2>&1
        kubo "$2" config profile apply unixfs-v1-2025 >/dev/null
    else
        cairn "$2" init 2>/dev/null
        cairn "$2" config --json Bootstrap '[]'
        cairn "$2" config --json Discovery.MDNS.Enabled false
        cairn "$2" config --json Addresses.API '["/ip4/127.0.0.1/tcp/0"]'
    fi
    "$1" "$2" config --json Addresses.Swarm "[\"$listen\"]" >/dev/null
}

start() { # program, repo
    "$1" "$2" daemon >"$work/$1-$2.log" 2>&1 &
    until grep -q 'Daemon is ready' "$work/$1-$2.log"; do sleep 0.1; done
    # What a shell function started in the background is the program's parent, or the program itself.
    local pid=$! child
    child=$(pgrep -P "$pid" | head -1 || true)
    pids+=("${child:-$pid}")
}

cpu() { # pids
    local sum=0 pid
    for pid in "$@"; do sum=$((sum + $(awk '{print $14 + $15}' "/proc/$pid/stat"))); done
    echo "$sum"
}

echo "carrier $carrier, a file of $size MiB; $(nproc) cores; Kubo $("$ipfs" version -n); $(date -u +%FT%RZ)"
head -c $((size << 20)) /dev/urandom >"$work/file"
for program in kubo cairn; do
    for repo in from to; do prepare $program $repo; done
    cid=$($program from add -Q "$work/file")
    for repo in from to; do start $program $repo; done
    id=$($program from id -f '<id>')
    address=$($program from swarm addrs local | head -1)
    $program to swarm connect "${address%/p2p/*}/p2p/$id" >/dev/null
    declare "pids_$program=${pids[*]: -2}"
done
rm "$work/file"

for round in $(seq "$rounds"); do
    for program in kubo cairn; do
        ids=pids_$program
        before=$(cpu ${!ids})
        began=$(date +%s%N)
        $program to refs -r "$cid" >/dev/null
        ended=$(date +%s%N)
        after=$(cpu ${!ids})
        awk -v p=$program -v r="$round" -v t=$((ended - began)) -v c=$((after - before)) \
            'BEGIN { printf "%s round %d: %.2f s, CPU %.2f s\n", p, r, t / 1e9, c / 100 }'
        $program to repo gc -q >/dev/null
    done
done
for program in kubo cairn; do
    ids=pids_$program
    for pid in ${!ids}; do
        awk -v p=$program '/VmHWM|VmRSS/ { printf "%s %s %d MB\n", p, $1, $2 / 1000 }' "/proc/$pid/status"
    done
done
