#!/bin/sh
# Measures one run over many local sites: total time, time per site, and whether the reports equal those of separate
# scans. Then prints how many threads, file descriptors and bytes remain in the JVM after a thousand scans.
# BATCH_OPTS contains additional JVM options for the scanner.
set -eu
cd "$(dirname "$0")/.."
. benchmarks/classpath.sh
folder=$(mktemp -d)
server=
trap 'test -z "$server" || kill "$server"; rm -rf "$folder"' EXIT
# Compiled first: the source launcher would compile in the measured JVM.
javac -d "$folder/classes" -cp "$classpath" benchmarks/BatchBenchmark.java
for sites in ${*:-10 200 1000}; do
    # The sites are not measured, so the JVM does not spend time on optimizing their code. They keep every request.
    java -Xmx2g -XX:TieredStopAtLevel=1 -cp "$classpath" dev.websentry.testsite.demo.DemoServer "$folder/$sites" "$sites" 2>/dev/null &
    server=$!
    while ! test -f "$folder/$sites/scan.properties"; do
        kill -0 "$server"
        sleep 0.2
    done
    test "$sites" = 10 && repeat=1000 || repeat=
    java ${BATCH_OPTS:-} -Xmx256m -cp "$folder/classes:$classpath" BatchBenchmark "$folder/$sites" $repeat 2>/dev/null
    kill "$server"
    wait "$server" 2>/dev/null || :
    server=
done
