#!/bin/sh
# Prints how long a full scan of a well-behaved site takes over links of 0, 20 and 100 ms, and how many round trips it waits for.
set -eu
cd "$(dirname "$0")/.."
. benchmarks/classpath.sh
# The fixture's web server logs every handshake that a scan breaks off on purpose.
exec java -Xmx256m -cp "$classpath" benchmarks/LatencyBenchmark.java 2>/dev/null
