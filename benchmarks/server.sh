#!/usr/bin/env bash
# Measures the reference server: starts the packaged server on loopback with an empty database and a local site, and
# prints its start-up time, memory usage, and throughput of reports and scans.
#
#   benchmarks/server.sh [SECONDS]
#
# Requires Linux, a JDK, Maven, bash, curl and ps. Reads reports with wrk if it is installed, which uses less CPU time
# than ServerLoad.java. The load generator runs on the same machine as the server and competes with it.
#
# Environment variables:
#   WARM_UP           seconds of reading reports before the measurement; default 60
#   SERVER_JAVA_OPTS  JVM options of the server
#   SERVER_JAR        jar to use instead of building one
#   SERVER_OPTIONS    additional settings, such as --websentry.db.url=jdbc:postgresql://...
#   PORT              port of the server; the next port is used for management
#   SERVER_ARCHIVE    if "yes", creates an archive first, as docs/server.md recommends
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-10}
port=${PORT:-28480}
base=http://127.0.0.1:$port
# If another server uses the port, its responses would be measured.
for taken in "$port" "$((port + 1))"; do
    if (exec 3<>"/dev/tcp/127.0.0.1/$taken") 2>/dev/null; then
        echo "port $taken is in use; set PORT so that this port and the next one are free" >&2
        exit 1
    fi
done
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
read -ra options <<<"${SERVER_JAVA_OPTS:-}"
read -ra settings <<<"${SERVER_OPTIONS:-}"
jar=${SERVER_JAR:-}
if [ -z "$jar" ]; then
    mvn -q -B -DskipTests -Dspotless.check.skip -Dmdep.analyze.skip -pl test-site,reference-server -am package
    jar=$(ls reference-server/target/reference-server-*.jar)
fi

folder=$(mktemp -d)
site=
server=
# shellcheck disable=SC2317 # Called by the trap.
clean() {
    for process in $server $site; do
        kill "$process" 2>/dev/null || :
        wait "$process" 2>/dev/null || :
    done
    rm -rf "$folder"
}
trap clean EXIT

"$java" -cp "test-site/target/classes:$(cat test-site/target/demo-classpath)" \
    dev.websentry.testsite.demo.DemoServer "$folder" >"$folder/site.log" 2>&1 &
site=$!
until [ -f "$folder/scan.properties" ]; do
    kill -0 "$site" 2>/dev/null || { cat "$folder/site.log" >&2; exit 1; }
    sleep 0.2
done
property() { sed -n "s/^websentry\.$1=//p" "$folder/scan.properties"; }
url=$(property url)
settings+=(
    "--server.port=$port" --server.address=127.0.0.1 "--management.server.port=$((port + 1))"
    "--websentry.data-dir=$folder/data" --websentry.scan.allow=127.0.0.0/8
    "--websentry.scan.resolve=$(property resolve)" "--websentry.scan.dns-servers=$(property dnsServers)"
    "--websentry.scan.ca-certificates=$(property caCertificates)" "--websentry.scan.trust-anchor=$(property trustAnchor)"
)

command=("$java" "${options[@]}" -jar "$jar")
if [ "${SERVER_ARCHIVE:-}" = yes ]; then
    "$java" deploy/CreateArchive.java "$jar" "$folder/app" "${options[@]}" >"$folder/server.log" 2>&1 ||
        { cat "$folder/server.log" >&2; exit 1; }
    command=("$java" "@$folder/app/command")
fi

memory() { ps -o rss= -p "$server" | awk '{ printf "%.0f MB", $1 / 1024 }'; }
seconds_since() { date +%s.%N | awk -v begun="$1" '{ printf "%.2f s", $1 - begun }'; }
json() { curl --fail-with-body -sS -b "$folder/cookies" -c "$folder/cookies" -H 'Content-Type: application/json' -d "$2" "$base$1"; }
field() { sed -n "s/.*\"$1\" *: *\"\([^\"]*\)\".*/\1/p"; }
# Prints the CPU time of the server in seconds. Unlike the throughput, it does not depend on other load of the machine.
processor() {
    awk -v ticks="$(getconf CLK_TCK)" '{ sub(/.*\) /, ""); print ($12 + $13) / ticks }' "/proc/$server/stat"
}
load() {
    local before after
    before=$(processor)
    measure "$@"
    after=$(processor)
    sed -n 's/.*errors [0-9]* of //p' "$folder/load" | awk -v took="$before $after" \
        '{ split(took, t, " "); printf "%-34s %.2f ms CPU time of the server per request\n", "", (t[2] - t[1]) * 1000 / $1 }'
}
# Has the same arguments and output as ServerLoad.java.
measure() {
    if [ $# = 6 ] && command -v wrk >/dev/null; then
        wrk -t 1 -c "$3" -d "$4" --latency -H "$6" "$2" | tr -d '()%:' | awk -v name="$1" '
            $1 == "50" { p50 = $2 } $1 == "99" { p99 = $2 } $2 == "requests" { all = $1 } $1 == "Requests/sec" { rate = $2 }
            $1 == "Non-2xx" { errors += $NF }
            $1 == "Socket" { gsub(/[^0-9 ]/, ""); for (i = 1; i <= NF; i++) errors += $i }
            END { printf "%-34s %8.1f /s   p50 %11s   p99 %11s   errors %d of %d\n", name, rate, p50, p99, errors, all }
        ' | tee "$folder/load"
    else
        "$java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 benchmarks/ServerLoad.java "$@" | tee "$folder/load"
    fi
}

begun=$(date +%s.%N)
"${command[@]}" "${settings[@]}" >"$folder/server.log" 2>&1 &
server=$!
until curl -s -o "$folder/first" "$base/api/account"; do
    kill -0 "$server" 2>/dev/null || { cat "$folder/server.log" >&2; exit 1; }
    sleep 0.02
done
first=$(seconds_since "$begun")
kill -0 "$server" 2>/dev/null || { cat "$folder/server.log" >&2; exit 1; }
begun_processor=$(processor)
sleep 5
printf 'processors %s, load %s, %s\n' "$(nproc)" "$(cut -d ' ' -f 1 /proc/loadavg)" "$("$java" -version 2>&1 | head -n 1)"
printf '%-34s %s (%s s CPU time)\n' 'start-up to the first response' "$first" "$begun_processor"
printf '%-34s %s\n' 'memory when idle' "$(memory)"

json /api/auth/signup '{"email": "load@example.com", "password": "a long password"}' >"$folder/answer"
"${command[@]}" set-plan load@example.com agency "${settings[@]}" >"$folder/command.log" 2>&1 ||
    { cat "$folder/command.log" >&2; exit 1; }
key=$(json /api/keys '{"name": "load"}' | field key)
scan=$(curl --fail-with-body -sS -H "Authorization: $key" -H 'Content-Type: application/json' -d "{\"url\": \"$url\"}" "$base/api/scan" | field scanId)
report=$base/api/scan/$scan/json
size=$(curl --fail-with-body -sS -H "Authorization: $key" "$report" | wc -c)
cookie=$(awk '$6 == "session" { print $6 "=" $7 }' "$folder/cookies")

printf 'report of %s bytes; 16 connections read it for %s s each, after a warm-up of %s s:\n' "$size" "$seconds" "${WARM_UP:-60}"
load '(warming up)' "$report" 16 "${WARM_UP:-60}" 1000000 "Authorization: $key"
load 'GET report with a key' "$report" 16 "$seconds" 1000000 "Authorization: $key"
load 'GET report with a session' "$report" 16 "$seconds" 1000000 "Cookie: $cookie"
printf '%-34s %s\n' 'memory after reads' "$(memory)"
printf '4 connections scan %s:\n' "$url"
load 'POST scan, one account' "$base/api/scan" 4 "$seconds" 1000 "Authorization: $key" "{\"url\": \"$url\"}"
printf '%-34s %s\n' 'memory after scans' "$(memory)"
