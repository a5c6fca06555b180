#!/bin/bash
# Measures how long a node takes to fetch a DAG from others, Kubo and Cairn, in turns, on loopback. Prints seconds of
# `refs -r`, and of CPU that the daemons took for it; the first round of a daemon is cold.
# usage: interop/measure-blocks.sh [option value]...
#   --carrier tcp|quic                default tcp
#   --size MiB                        of one file, default 1024
#   --files N                         instead of it, a folder of N files of 4 KiB
#   --rounds N                        default 3
#   --rtt MS --loss SHARE --rate B/S  of a path between them; loss each way; the rate is that of each provider
#   --providers N                     default 1
#   --pairs FROM-TO,...               default kubo-kubo,cairn-cairn; also kubo-cairn and cairn-kubo
# BENCH_BUILD=never   use the build that is there
set -euo pipefail

interop=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$interop")
carrier=tcp size=1024 files=0 rounds=3 rtt=0 loss=0 rate=0 providers=1 pairs=kubo-kubo,cairn-cairn
while [ $# -gt 1 ]; do
    case $1 in
        --carrier | --size | --files | --rounds | --rtt | --loss | --rate | --providers | --pairs) declare "${1#--}=$2" ;;
        *) break ;;
    esac
    shift 2
done
[ $# = 0 ] || { echo "$0: what is $1? See the top of this file." >&2 && exit 1; }
case $carrier in
    tcp) listen=/ip4/127.0.0.1/tcp/0 datagrams=tcp ;;
    quic) listen=/ip4/127.0.0.1/udp/0/quic-v1 datagrams=udp ;;
    *) echo "$0: tcp or quic, not $carrier" >&2 && exit 1 ;;
esac

if [ "${BENCH_BUILD:-}" != never ]; then
    (cd "$root" && mvn -q -B -DskipTests -pl cli,interop -am package) </dev/null >&2
fi
export CAIRN_BUILD=never
. "$root/cli/target/cairn/launch" # sets java
ipfs=$("$interop/kubo/build.sh" "${CAIRN_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/cairn}" ipfs | tail -1)
work=$(mktemp -d)
all=()

finish() {
    for pid in "${all[@]}"; do kill "$pid" 2>/dev/null || true; done
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

await() { # file, words in it
    for _ in $(seq 600); do
        grep -qs "$2" "$1" && return
        sleep 0.1
    done
    echo "$0: no '$2' in $1:" >&2 && cat "$1" >&2 && exit 1
}

start() { # program, repo; sets pid
    local name=$work/$1-$2
    "$1" "$2" daemon >"$name.log" 2>&1 &
    # What a shell function started in the background is the program's parent, or the program itself.
    local shell=$!
    await "$name.log" 'Daemon is ready'
    pid=$(pgrep -P "$shell" | head -1 || true)
    pid=${pid:-$shell}
    all+=("$pid")
}

# The address at which a provider is reached, through a relay where there is a path.
address() { # program, repo
    local id direct port
    id=$("$1" "$2" id -f '<id>')
    direct=$("$1" "$2" swarm addrs local | head -1)
    direct=${direct%/p2p/*}
    if [ "$rtt$loss$rate" = 000 ]; then
        echo "$direct/p2p/$id"
        return
    fi
    port=$(cut -d/ -f5 <<<"$direct")
    "$java" -Xmx64m -cp "$interop/target/classes:$interop/target/lib/*" cairn.testkit.relay.RelayMain $datagrams \
        --target "127.0.0.1:$port" --delay "$(awk "BEGIN { print $rtt / 2 }")" --loss "$loss" --rate "$rate" \
        >"$work/relay-$1-$2" 2>&1 &
    echo $! >>"$work/relays"
    await "$work/relay-$1-$2" :
    sed "s#/$port#/$(head -1 "$work/relay-$1-$2" | cut -d: -f2)#" <<<"$direct/p2p/$id"
}

cpu() { # pids
    local sum=0 pid
    for pid in "$@"; do sum=$((sum + $(awk '{print $14 + $15}' "/proc/$pid/stat"))); done
    echo "$sum"
}

content="a file of $size MiB"
if [ "$files" = 0 ]; then
    head -c $((size << 20)) /dev/urandom >"$work/content"
else
    content="$files files of 4 KiB"
    mkdir "$work/content"
    head -c $((files * 4096)) /dev/urandom | (cd "$work/content" && split -a 4 -b 4096 -)
fi
echo "$carrier, $content, $providers provider(s), $rtt ms, loss $loss, rate $rate; $(nproc) cores;" \
    "Kubo $("$ipfs" version -n); $(date -u +%FT%RZ)"
for pair in ${pairs//,/ }; do
    from=${pair%-*} to=${pair#*-} pids=()
    prepare "$to" "to-$pair"
    for i in $(seq "$providers"); do
        prepare "$from" "from-$pair-$i"
        declare "cid_${pair/-/_}=$("$from" "from-$pair-$i" add -r -Q "$work/content")"
        start "$from" "from-$pair-$i"
        pids+=("$pid")
    done
    start "$to" "to-$pair"
    pids+=("$pid")
    for i in $(seq "$providers"); do
        "$to" "to-$pair" swarm connect "$(address "$from" "from-$pair-$i")" >/dev/null
    done
    declare "pids_${pair/-/_}=${pids[*]}"
done
[ ! -e "$work/relays" ] || while read -r pid; do all+=("$pid"); done <"$work/relays"
rm -r "$work/content"

for round in $(seq "$rounds"); do
    for pair in ${pairs//,/ }; do
        ids=pids_${pair/-/_} cid=cid_${pair/-/_} to=${pair#*-}
        before=$(cpu ${!ids})
        began=$(date +%s%N)
        "$to" "to-$pair" refs -r "${!cid}" >/dev/null
        ended=$(date +%s%N)
        after=$(cpu ${!ids})
        awk -v p="$pair" -v r="$round" -v t=$((ended - began)) -v c=$((after - before)) \
            'BEGIN { printf "%s round %d: %.2f s, CPU %.2f s\n", p, r, t / 1e9, c / 100 }'
        "$to" "to-$pair" repo gc -q >/dev/null
    done
done
for pair in ${pairs//,/ }; do
    ids=pids_${pair/-/_}
    for pid in ${!ids}; do
        awk -v p="$pair" '/VmHWM|VmRSS/ { printf "%s %s %d MB\n", p, $1, $2 / 1000 }' "/proc/$pid/status"
    done
done
