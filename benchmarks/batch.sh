#!/bin/sh
# Prints how long one run over many local sites takes, what it costs a site, and whether each report is the one that the
# site gets alone; then how many threads, descriptors and bytes a thousand scans leave in one JVM. BATCH_OPTS are more options for
# the scanner's Java.
set -eu
cd "$(dirname "$0")/.."
. benchmarks/classpath.sh
folder=$(mktemp -d)
server=
trap 'test -z "$server" || kill "$server"; rm -rf "$folder"' EXIT
for sites in ${*:-10 200 1000}; do
    # The sites are not what is measured: what the runtime spends on optimizing them is left out.
    java -Xmx512m -XX:TieredStopAtLevel=1 -cp "$classpath" dev.websentry.testsite.demo.DemoServer "$folder/$sites" "$sites" 2>/dev/null &
    server=$!
    while ! test -f "$folder/$sites/scan.properties"; do
        kill -0 "$server"
        sleep 0.2
    done
    test "$sites" = 10 && repeat=1000 || repeat=
    java ${BATCH_OPTS:-} -Xmx256m -cp "$classpath" benchmarks/BatchBenchmark.java "$folder/$sites" $repeat 2>/dev/null
    kill "$server"
    wait "$server" 2>/dev/null || :
    server=
done
