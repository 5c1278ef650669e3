#!/usr/bin/env bash
# Measures how much time a scan of one local site adds to a Maven run: medians of alternating runs, and their ratio.
#
#   benchmarks/startup.sh [ROUNDS]
#
# Requires a JDK, Maven and bash. Installs the plugin into the local Maven repository, as ./websentry does.
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=${1:-7}
version=$(sed -n 's:.*<version>\(.*\)</version>.*:\1:p' pom.xml | head -n 1)
goal=dev.websentry:websentry-maven-plugin:$version:scan
mvn -q -B -DskipTests -Dspotless.check.skip -Dmdep.analyze.skip -Dinvoker.skip -pl test-site,maven-plugin -am install

folder=$(mktemp -d)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
"$java" -cp "test-site/target/classes:$(cat test-site/target/demo-classpath)" \
    dev.websentry.testsite.demo.DemoServer "$folder" >"$folder/server.log" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null || :; rm -rf "$folder"' EXIT
until [ -f "$folder/scan.properties" ]; do
    kill -0 "$server" 2>/dev/null || { echo "the demo site did not start, see $folder/server.log" >&2; exit 1; }
    sleep 0.2
done
# The demo site is graded F. Neither the grade nor incomplete results on a busy machine may fail the build.
arguments=(-Dwebsentry.failBelow=F -Dwebsentry.failOnIncomplete=false "-Dwebsentry.outputDirectory=$folder/reports")
while IFS= read -r line; do
    arguments+=("-D$line")
done <"$folder/scan.properties"

cat >"$folder/pom.xml" <<'POM'
<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>startup</groupId>
  <artifactId>startup</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
</project>
POM

# Prints the wall time and the CPU time in seconds.
took() {
    local TIMEFORMAT='%R %U %S'
    { time "$@" >"$folder/mvn.log" 2>&1; } 2>"$folder/time" || { cat "$folder/mvn.log" >&2; exit 1; }
    awk '{ print $1, $2 + $3 }' "$folder/time"
}

# median FILE FIELD
median() {
    awk -v field="$2" '{ print $field }' "$1" | sort -n | sed -n "$(((rounds + 1) / 2))p"
}

row() {
    awk -v name="$1" -v empty="$(median "$folder/empty" "$2")" -v scan="$(median "$folder/scan" "$2")" 'BEGIN {
        printf "  %-26s %6.2f s  %6.2f s  adds %5.2f s, ratio %.2f\n", name, empty, scan, scan - empty, scan / empty
    }'
}

empty() { took mvn -B -o -f "$folder/pom.xml" validate; }
scan() { took mvn -B -o -f "$folder/pom.xml" "$goal" "${arguments[@]}"; }

# Run each once to fill the disk cache.
empty >/dev/null
scan >/dev/null
for _ in $(seq "$rounds"); do
    empty >>"$folder/empty"
    scan >>"$folder/scan"
done
[ -f "$folder/reports/report.json" ] || { echo "the scan did not write a report" >&2; exit 1; }

mvn -B -version | grep -E '(Apache Maven|Java version)'
printf 'scan is complete: %s\n' \
    "$(grep -q '"complete" : true' "$folder/reports/report.json" && echo yes || echo no)"
printf 'medians of %d rounds: mvn validate, nothing to do; mvn websentry:scan, one site\n' "$rounds"
row 'wall time' 1
row 'CPU time, all cores' 2
