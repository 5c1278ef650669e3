package dev.websentry.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The result of a Maven run.
 *
 * @param exitCode 0 if the build was successful
 * @param console the console output
 * @param folder the working directory
 */
record MavenRun(int exitCode, String console, Path folder) {
    static final String PLUGIN = "dev.websentry:websentry-maven-plugin:" + System.getProperty("it.version");

    /** Runs the Maven version of this build in a directory. */
    static MavenRun in(Path folder, List<String> arguments) throws IOException, InterruptedException {
        return MavenDistribution.running().run(folder, arguments);
    }

    /** Runs the goal scan with the Maven version of this build, without a POM. */
    static MavenRun scan(Path folder, String... arguments) throws IOException, InterruptedException {
        return MavenDistribution.running().scan(folder, arguments);
    }

    /** Runs the goal grade with the Maven version of this build, without a POM. */
    static MavenRun grade(Path folder, String... arguments) throws IOException, InterruptedException {
        return MavenDistribution.running()
                .run(
                        folder,
                        Stream.concat(Stream.of(PLUGIN + ":grade"), Stream.of(arguments))
                                .toList());
    }

    /** Returns the sorted names of the report files. */
    List<String> reports() throws IOException {
        Path reports = folder.resolve("target/websentry");
        if (!Files.exists(reports)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(reports)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** Returns the lines of the console that contain a text. */
    List<String> lines(String text) {
        return console.lines().filter(line -> line.contains(text)).toList();
    }
}
