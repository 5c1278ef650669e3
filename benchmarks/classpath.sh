# Builds the engine and sets $classpath. Sourced by the other scripts in this folder, from the root of the repository.
file="$PWD/scanner-engine/target/benchmark-classpath"
mvn -B -q -pl scanner-engine -am -DskipTests package dependency:build-classpath \
    -Dmdep.outputFile="$file" -Dmdep.includeScope=test
classpath="$PWD/scanner-engine/target/classes:$(cat "$file")"
