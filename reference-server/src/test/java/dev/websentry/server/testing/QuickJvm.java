package dev.websentry.server.testing;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The JVM of servers that tests start in a separate process: small, and without optimizations that pay off later. */
public final class QuickJvm {
    private QuickJvm() {}

    /** Returns the command that runs this JVM's Java with the arguments. */
    public static List<String> command(String... arguments) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return Stream.concat(
                        Stream.of(java, "-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
                        Stream.of(arguments))
                .toList();
    }
}
