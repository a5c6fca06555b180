#!/bin/sh
# Builds what is needed and runs the benchmarks; --help tells more.
# BENCH_BUILD=never   use the build that is there
set -eu

bench=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$bench")

if [ "${BENCH_BUILD:-}" != never ]; then
    command -v mvn >/dev/null || { echo "$0: needs Maven (Debian: apt install maven)" >&2; exit 1; }
    echo "building ..." >&2
    (cd "$root" && mvn -q -B -DskipTests -pl bench -am package) </dev/null >&2
fi
# What was built is measured to the end, whatever changes in the sources meanwhile.
export CAIRN_BUILD=never
# Sets java: the JDK that the build chose.
. "$root/cli/target/cairn/launch"

run() {
    LC_ALL=C.UTF-8 exec "$java" -Xmx512m -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED \
        --sun-misc-unsafe-memory-access=allow "-Djava.library.path=$root/cli/target/cairn/native" \
        -cp "$bench/target/classes:$bench/target/lib/*" "$@"
}

if [ "${1:-}" = --micro ]; then
    shift
    run org.openjdk.jmh.Main "$@"
fi
if [ "${1:-}" = --soak ]; then
    shift
    run cairn.bench.soak.Soak --dir "$bench/target/soak" "$@"
fi
if [ "${1:-}" = --collect ]; then
    shift
    run cairn.bench.collect.Collect --dir "$bench/target/collect" "$@"
fi
if [ "${1:-}" = --connections ]; then
    # How many, and for how many minutes.
    repo=$(mktemp -d)
    trap 'rm -rf "$repo"' EXIT
    "$java" -Xmx1g --enable-native-access=ALL-UNNAMED -cp "$bench/target/classes:$bench/target/lib/*" \
        cairn.bench.connections.HeldConnections "$root/cairn" "$repo/repo" "${2:-1000}" "${3:-10}"
    exit
fi
if [ "${1:-}" = --shares ]; then
    # How many hosts, how many MiB each, and KiB of a block.
    "$java" -Xmx1500m --enable-native-access=ALL-UNNAMED -cp "$bench/target/classes:$bench/target/lib/*" \
        cairn.bench.shares.Shares "${2:-20}" "${3:-100}" "${4:-256}"
    exit
fi
run cairn.bench.compare.Compare --cairn "$root/cairn" --dir "$bench/target/compare" "$@"
