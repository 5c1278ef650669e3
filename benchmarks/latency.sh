#!/bin/sh
# Measures a complete scan of a well-configured site at latencies of 0, 20 and 100 ms, and its number of round trips.
set -eu
cd "$(dirname "$0")/.."
. benchmarks/classpath.sh
# Discard the log of the test server, which contains every handshake that a scan aborts on purpose.
exec java -Xmx256m -cp "$classpath" benchmarks/LatencyBenchmark.java 2>/dev/null
