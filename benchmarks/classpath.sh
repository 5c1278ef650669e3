# Builds what the benchmarks run on and names it in $classpath. Read by the scripts beside it, from the project's folder.
file="$PWD/scanner-engine/target/benchmark-classpath"
mvn -B -q -pl scanner-engine -am -DskipTests package dependency:build-classpath \
    -Dmdep.outputFile="$file" -Dmdep.includeScope=test
classpath="$PWD/scanner-engine/target/classes:$(cat "$file")"
