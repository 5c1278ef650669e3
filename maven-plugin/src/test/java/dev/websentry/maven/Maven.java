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
 * A Maven distribution, as a user's command line starts it, on a repository that holds the plugin. What else it needs comes
 * from the repository that this build filled; the network is never asked.
 *
 * @param settings what its settings.xml holds beside the repositories
 * @param environment variables beside the usual ones
 */
record Maven(Path home, String settings, Map<String, String> environment) {

    /** The one that runs this build. */
    static Maven running() {
        return new Maven(Path.of(System.getProperty("it.mavenHome")), "", Map.of());
    }

    /** The other ones that the goals must run on: unpacked by the build. */
    static List<Maven> others() throws IOException {
        try (Stream<Path> homes = Files.list(Path.of(System.getProperty("it.distributions")))) {
            return homes.sorted().map(home -> new Maven(home, "", Map.of())).toList();
        }
    }

    Maven withSettings(String more) {
        return new Maven(home, settings + more, environment);
    }

    Maven with(String variable, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(variable, value);
        return new Maven(home, settings, more);
    }

    /** Runs it in a folder. */
    MavenRun run(Path folder, List<String> arguments) throws IOException, InterruptedException {
        try (StartedMaven started = start(folder, arguments)) {
            return started.end(Duration.ofMinutes(3));
        }
    }

    /** Starts it in a folder. */
    StartedMaven start(Path folder, List<String> arguments) throws IOException {
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
        // What the outer build was started with is none of this one's business.
        Stream.of("MAVEN_OPTS", "MAVEN_ARGS", "MAVEN_PROJECTBASEDIR", "MAVEN_CONFIG", "MAVEN_HOME", "M2_HOME")
                .forEach(builder.environment()::remove);
        builder.environment().putAll(environment);
        return new StartedMaven(builder.start(), console, settingsFile, folder);
    }

    /** Runs the goal as in an empty folder: no POM. */
    MavenRun scan(Path folder, String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(MavenRun.PLUGIN + ":scan"));
        all.addAll(List.of(arguments));
        return run(folder, all);
    }

    /** Puts the repository of the outer build in the place of Maven Central. */
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
