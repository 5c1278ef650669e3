package dev.websentry.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Maven of its own, as a user's command line starts it, on a repository that holds the plugin. What else it needs comes
 * from the repository that this build filled; the network is never asked.
 *
 * @param exitCode 0 when the build went well
 * @param console everything it printed
 * @param folder where it ran
 */
record MavenRun(int exitCode, String console, Path folder) {
    static final String PLUGIN = "dev.websentry:websentry-maven-plugin:" + System.getProperty("it.version");

    /** Runs Maven in a folder with these arguments. */
    static MavenRun in(Path folder, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("it.mavenHome"), "bin", isWindows() ? "mvn.cmd" : "mvn")
                        .toString(),
                "-B",
                "-s",
                settings().toString(),
                "-gs",
                settings().toString(),
                "-Dmaven.repo.local=" + System.getProperty("it.repository")));
        command.addAll(arguments);
        Path console = Files.createTempFile("maven", ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(console.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        // What the outer build was started with is none of this one's business.
        Stream.of("MAVEN_OPTS", "MAVEN_ARGS", "MAVEN_PROJECTBASEDIR", "MAVEN_CONFIG")
                .forEach(builder.environment()::remove);
        Process process = builder.start();
        if (!process.waitFor(3, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IllegalStateException("Maven did not end: " + Files.readString(console));
        }
        String text = Files.readString(console);
        Files.delete(console);
        return new MavenRun(process.exitValue(), text, folder);
    }

    /** Runs the goal as in an empty folder: no POM. */
    static MavenRun scan(Path folder, String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(PLUGIN + ":scan"));
        all.addAll(List.of(arguments));
        return in(folder, all);
    }

    List<String> reports() throws IOException {
        Path reports = folder.resolve("target/websentry");
        if (!Files.exists(reports)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(reports)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** The lines that hold a text. */
    List<String> lines(String text) {
        return console.lines().filter(line -> line.contains(text)).toList();
    }

    /** Puts the repository of the outer build in the place of Maven Central. */
    private static Path settings() throws IOException {
        String builtFrom = Path.of(System.getProperty("it.builtFrom")).toUri().toString();
        String repository = "<id>central</id><url>" + builtFrom + "</url>";
        return Files.writeString(
                Path.of(System.getProperty("it.repository")).resolveSibling("it-settings.xml"),
                """
                <settings>
                  <profiles>
                    <profile>
                      <id>it</id>
                      <repositories><repository>%1$s</repository></repositories>
                      <pluginRepositories><pluginRepository>%1$s</pluginRepository></pluginRepositories>
                    </profile>
                  </profiles>
                  <activeProfiles><activeProfile>it</activeProfile></activeProfiles>
                </settings>
                """.formatted(repository));
    }

    private static boolean isWindows() {
        return System.getProperty("os.name").startsWith("Windows");
    }
}
