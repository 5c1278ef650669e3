#!/bin/sh
# Compares the time that WebSentry, MDN HTTP Observatory, sslscan and testssl.sh need for the same local site.
# MDN HTTP Observatory is an npm package; pass the folder where it is installed, otherwise it is skipped:
#   npm install --ignore-scripts --prefix FOLDER @mdn/mdn-http-observatory && benchmarks/compare.sh FOLDER
set -eu
observatory=${1:+$(cd "$1" && pwd)}
if [ -n "$observatory" ]; then
    # Its install script downloads the HSTS preload list; for a site on loopback an empty list suffices.
    list="$observatory/node_modules/@mdn/mdn-http-observatory/conf/hsts-preload.json"
    [ -e "$list" ] || echo '{}' >"$list"
fi
cd "$(dirname "$0")/.."
file="$PWD/scanner-engine/target/benchmark-classpath"
mvn -B -q -pl scanner-engine -am -DskipTests package dependency:build-classpath \
    -Dmdep.outputFile="$file" -Dmdep.includeScope=test
classpath="scanner-engine/target/classes:$(cat "$file")"
classes=scanner-engine/target/benchmark-classes
javac -d "$classes" -cp "$classpath" benchmarks/Comparison.java benchmarks/TlsBenchmark.java
date -u +%Y-%m-%d
uname -sm
sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | sort | uniq -c
java -version 2>&1 | head -n 1
[ -z "$observatory" ] || sed -n 's/^ *"version": "\(.*\)",/MDN HTTP Observatory \1/p' \
    "$observatory/node_modules/@mdn/mdn-http-observatory/package.json"
! command -v node >/dev/null || echo "node $(node --version)"
! command -v sslscan >/dev/null || sslscan --version --no-colour | head -n 2
! command -v testssl >/dev/null || testssl --version --color 0 2>/dev/null | sed -n 's/^ *\(testssl.sh *[0-9][^ ]*\).*/\1/p'
# Redirect the log of the test server, which contains every handshake that a scan aborts on purpose.
exec java -Drounds="${ROUNDS:-5}" -Dobservatory="$observatory" -cp "$classes:$classpath" Comparison 2>scanner-engine/target/compare.log
