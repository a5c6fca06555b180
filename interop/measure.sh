#!/bin/sh
# Builds what is needed and measures implementations of libp2p on loopback, each with itself.
# usage: interop/measure.sh [--small] [cairn] [go] [js]
# BENCH_BUILD=never   use the build that is there
set -eu

interop=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$interop")

if [ "${BENCH_BUILD:-}" != never ]; then
    (cd "$root" && mvn -q -B -DskipTests -pl interop,cli -am package) </dev/null >&2
fi
export CAIRN_BUILD=never
# Sets java: the JDK that the build chose.
. "$root/cli/target/cairn/launch"
cd "$root"
exec "$java" --enable-native-access=ALL-UNNAMED -cp "$interop/target/classes:$interop/target/lib/*" cairn.interop.Measure "$@"
