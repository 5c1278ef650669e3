#!/bin/sh
# Prints the wall time of the TLS assessment of a local server beside sslscan and testssl.sh, as ratios in one run.
set -eu
cd "$(dirname "$0")/.."
file="$PWD/scanner-engine/target/benchmark-classpath"
mvn -B -q -pl scanner-engine -am -DskipTests package dependency:build-classpath \
    -Dmdep.outputFile="$file" -Dmdep.includeScope=test
# The fixture's web server logs every handshake that a scan breaks off on purpose.
exec java -cp "scanner-engine/target/classes:$(cat "$file")" benchmarks/TlsBenchmark.java 2>/dev/null
