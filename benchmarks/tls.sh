#!/bin/sh
# Prints the wall time of the TLS assessment of a local server beside sslscan and testssl.sh, as ratios in one run.
set -eu
cd "$(dirname "$0")/.."
. benchmarks/classpath.sh
# The fixture's web server logs every handshake that a scan breaks off on purpose.
exec java -cp "$classpath" benchmarks/TlsBenchmark.java 2>/dev/null
