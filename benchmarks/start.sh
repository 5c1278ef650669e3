#!/usr/bin/env bash
# Measures how fast the packaged server starts and how fast it then serves reports, for each of its documented
# commands in turns: the plain jar, the jar with an archive, and the command of the container.
#
#   benchmarks/start.sh [ROUNDS [SECONDS]]
#
# Prints the median time to the first response, wall and processor time, and the idle memory; then requests per second
# and p99 of report reads with an API key, uncompressed and compressed, over SECONDS each (0: not measured).
# Requires Linux, a JDK, Maven, bash, curl and ps. The load generator runs on the same machine as the server.
#
# Environment variables:
#   JAR            jar to use instead of building one
#   OTHER_JAR      another version to compare with; its archive is made by a start without requests
#   CONTAINER_JDK  home of the JDK that the container has; its commands are left out if it is not set
#   VARIANTS       expression that selects the commands, such as 'jar|container'
#   OPTIONS        more JVM options of all commands, such as -XX:TieredStopAtLevel=1
#   WARM_UP        seconds of reads before the measurement; default 40
#   PORT           port of the server; the next port is used for management
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=${1:-5}
seconds=${2:-10}
port=${PORT:-28490}
base=http://127.0.0.1:$port
jdk=${JAVA_HOME:+$JAVA_HOME/bin/}java
read -ra more <<<"${OPTIONS:-}"
jar=${JAR:-}
if [ -z "$jar" ]; then
    mvn -q -B -DskipTests -Dspotless.check.skip -Dmdep.analyze.skip -pl reference-server -am package
    jar=$(ls reference-server/target/reference-server-*.jar)
fi

folder=$(mktemp -d)
server=
stop() {
    if [ -n "$server" ]; then
        kill "$server" 2>/dev/null || :
        wait "$server" 2>/dev/null || :
        server=
    fi
}
trap 'stop; rm -rf "$folder"' EXIT
settings=(
    "--server.port=$port" --server.address=127.0.0.1 "--management.server.port=$((port + 1))"
    "--websentry.data-dir=$folder/data" --websentry.scan.allow=127.0.0.1/32
)

# The commands are files with one word per line.
words() { printf '%s\n' "$@"; }
service=(-XX:+UseSerialGC -Xms64m -Xmx512m "${more[@]}")
mapfile -t container < <(grep -v '^#' deploy/docker/jvm.options | grep -v sqlite)
container+=("${more[@]}")
# prepare VERSION JAR
prepare() {
    words "$jdk" "${service[@]}" -jar "$2" >"$folder/$1 jar"
    archive "$1" "$2" archive "$jdk" "${service[@]}"
    if [ -n "${CONTAINER_JDK:-}" ]; then
        archive "$1" "$2" container "$CONTAINER_JDK/bin/java" "${container[@]}"
    fi
}
# archive VERSION JAR NAME JAVA OPTION...
archive() {
    local app="$folder/$1-$3" java=$4
    if [ "$1" = current ]; then
        "$java" deploy/CreateArchive.java "$2" "$app" "${@:5}" >"$folder/log" 2>&1 || { cat "$folder/log" >&2; exit 1; }
        words "$java" "@$app/command" >"$folder/$1 $3"
    else
        "$java" -Djarmode=tools -jar "$2" extract --destination "$app" >/dev/null
        "$java" "${@:5}" "-XX:ArchiveClassesAtExit=$app/server.jsa" -Dspring.context.exit=onRefresh \
            -jar "$app/$(basename "$2")" "${settings[@]}" >"$folder/log" 2>&1
        test -s "$app/server.jsa" || { cat "$folder/log" >&2; exit 1; }
        words "$java" "${@:5}" "-XX:SharedArchiveFile=$app/server.jsa" -jar "$app/$(basename "$2")" >"$folder/$1 $3"
    fi
}
prepare current "$jar"
if [ -n "${OTHER_JAR:-}" ]; then
    prepare other "$OTHER_JAR"
fi
mapfile -t variants < <(
    find "$folder" -maxdepth 1 -type f -name '* *' -printf '%f\n' | sort | grep -E "${VARIANTS:-.}"
)

# Prints the processor time of the server in seconds.
processor() { awk -v ticks="$(getconf CLK_TCK)" '{ sub(/.*\) /, ""); print ($12 + $13) / ticks }' "/proc/$server/stat"; }
# Starts a variant with an empty database; prints the wall time and the processor time to the first response.
start() {
    local begun
    mapfile -t command <"$folder/$1"
    rm -rf "$folder/data"
    begun=$(date +%s.%N)
    "${command[@]}" "${settings[@]}" >"$folder/log" 2>&1 &
    server=$!
    until curl -s -o /dev/null "$base/api/account"; do
        kill -0 "$server" 2>/dev/null || { cat "$folder/log" >&2; exit 1; }
        sleep 0.02
    done
    date +%s.%N | awk -v begun="$begun" -v processor="$(processor)" '{ print $1 - begun, processor }' >"$folder/took"
}
memory() { ps -o rss= -p "$server" | awk '{ print $1 / 1024 }'; }
# median FILE FIELD
median() { awk -v field="$2" '{ print $field }' "$1" | sort -n | sed -n "$(((rounds + 1) / 2))p"; }

printf 'processors %s, load %s, %s rounds\n' "$(nproc)" "$(cut -d ' ' -f 1 /proc/loadavg)" "$rounds"
for _ in $(seq "$rounds"); do
    for variant in "${variants[@]}"; do
        start "$variant"
        sleep 5
        echo "$(cat "$folder/took") $(memory)" >>"$folder/times of $variant"
        stop
    done
done
printf '%-20s %16s %16s %16s\n' '' 'first response' 'processor time' 'idle memory'
for variant in "${variants[@]}"; do
    times="$folder/times of $variant"
    printf '%-20s %14.2f s %14.2f s %13.0f MB\n' "$variant" "$(median "$times" 1)" "$(median "$times" 2)" "$(median "$times" 3)"
done

json() { curl --fail-with-body -sS -b "$folder/cookies" -c "$folder/cookies" -H 'Content-Type: application/json' -d "$2" "$base$1"; }
field() { sed -n "s/.*\"$1\" *: *\"\([^\"]*\)\".*/\1/p"; }
# load NAME SECONDS [HEADER]
load() {
    "$jdk" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 benchmarks/ServerLoad.java \
        "$1" "$report" 16 "$2" 10000000 "Authorization: $key${3:+$'\r\n'$3}"
}
# The server scans itself, and its report is read.
reads() {
    rm -f "$folder/cookies"
    json /api/auth/signup '{"email": "load@example.com", "password": "a long password"}' >"$folder/answer"
    mapfile -t command <"$folder/$1"
    "${command[@]}" set-plan load@example.com agency "${settings[@]}" >"$folder/log" 2>&1 || { cat "$folder/log" >&2; exit 1; }
    key=$(json /api/keys '{"name": "load"}' | field key)
    report=$base/api/scan/$(curl --fail-with-body -sS -H "Authorization: $key" -H 'Content-Type: application/json' \
        -d "{\"url\": \"$base/\"}" "$base/api/scan" | field scanId)/json
    load warm-up "${WARM_UP:-40}" >"$folder/answer"
    load "$1" "$seconds"
    load "$1, gzip" "$((${WARM_UP:-40} / 2))" 'Accept-Encoding: gzip' >"$folder/answer"
    load "$1, gzip" "$seconds" 'Accept-Encoding: gzip'
}
if [ "$seconds" -gt 0 ]; then
    for variant in "${variants[@]}"; do
        start "$variant"
        reads "$variant"
        printf '%-34s %8.0f MB\n' "$variant, memory" "$(memory)"
        stop
    done
fi
