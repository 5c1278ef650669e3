package dev.websentry.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A Maven distribution that is started from the command line, with a repository that contains the plugin. All other
 * artifacts come from the local repository of this build; the network is not used.
 *
 * @param settings additional content of settings.xml
 * @param environment additional environment variables
 */
record MavenDistribution(Path home, String settings, Map<String, String> environment) {

    /** Returns the distribution that runs this build. */
    static MavenDistribution running() {
        return new MavenDistribution(Path.of(System.getProperty("it.mavenHome")), "", Map.of());
    }

    /** Returns the other supported distributions, which this build unpacks. */
    static List<MavenDistribution> others() throws IOException {
        try (Stream<Path> homes = Files.list(Path.of(System.getProperty("it.distributions")))) {
            return homes.sorted()
                    .map(home -> new MavenDistribution(home, "", Map.of()))
                    .toList();
        }
    }

    MavenDistribution withSettings(String more) {
        return new MavenDistribution(home, settings + more, environment);
    }

    MavenDistribution with(String variable, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(variable, value);
        return new MavenDistribution(home, settings, more);
    }

    /** Runs Maven in a directory and waits for its end. */
    MavenRun run(Path folder, List<String> arguments) throws IOException, InterruptedException {
        try (MavenProcess started = start(folder, arguments)) {
            return started.end(Duration.ofMinutes(3));
        }
    }

    /** Starts Maven in a directory. */
    MavenProcess start(Path folder, List<String> arguments) throws IOException {
        Path settingsFile = Files.createTempFile("settings", ".xml");
        Files.writeString(settingsFile, settingsXml());
        List<String> command = new ArrayList<>(List.of(
                home.resolve("bin").resolve(isWindows() ? "mvn.cmd" : "mvn").toString(),
                "-B",
                "-s",
                settingsFile.toString(),
                "-gs",
                settingsFile.toString(),
                "-Dmaven.repo.local=" + System.getProperty("it.repository")));
        command.addAll(arguments);
        Path console = Files.createTempFile("maven", ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(console.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        // Isolates this build from the environment of the outer build.
        Stream.of("MAVEN_OPTS", "MAVEN_ARGS", "MAVEN_PROJECTBASEDIR", "MAVEN_CONFIG", "MAVEN_HOME", "M2_HOME")
                .forEach(builder.environment()::remove);
        // Each run lasts seconds, in which the optimizing compiler costs more than it gains.
        builder.environment().put("MAVEN_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        builder.environment().putAll(environment);
        return new MavenProcess(builder.start(), console, settingsFile, folder);
    }

    /** Runs the goal scan without a POM. */
    MavenRun scan(Path folder, String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(MavenRun.PLUGIN + ":scan"));
        all.addAll(List.of(arguments));
        return run(folder, all);
    }

    /** Returns a settings.xml that replaces Maven Central by the local repository of the outer build. */
    private String settingsXml() {
        String builtFrom = Path.of(System.getProperty("it.builtFrom")).toUri().toString();
        String repository = "<id>central</id><url>" + builtFrom + "</url>";
        return """
            <settings>
              <profiles>
                <profile>
                  <id>it</id>
                  <repositories><repository>%1$s</repository></repositories>
                  <pluginRepositories><pluginRepository>%1$s</pluginRepository></pluginRepositories>
                </profile>
              </profiles>
              <activeProfiles><activeProfile>it</activeProfile></activeProfiles>
              %2$s
            </settings>
            """.formatted(repository, settings);
    }

    private static boolean isWindows() {
        return System.getProperty("os.name").startsWith("Windows");
    }

    @Override
    public String toString() {
        return String.valueOf(home.getFileName());
    }
}
