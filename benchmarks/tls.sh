#!/bin/sh
# Compares the wall time of the TLS assessment of a local server with sslscan and testssl.sh.
set -eu
cd "$(dirname "$0")/.."
. benchmarks/classpath.sh
# Discard the log of the test server, which contains every handshake that a scan aborts on purpose.
exec java -cp "$classpath" benchmarks/TlsBenchmark.java 2>/dev/null
