package dev.websentry.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An execution that three modules inherit from their parent POM. */
class InheritedExecutionIT {
    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private static LoopbackSites sites;

    @BeforeAll
    static void start() throws IOException {
        sites = LoopbackSites.start(shared);
    }

    @AfterAll
    static void stop() {
        sites.close();
    }

    private static String pom(String artifact, String rest) {
        return """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  %s
                  <artifactId>%s</artifactId>
                  %s
                </project>
                """.formatted(
                        artifact.equals("parent")
                                ? "<groupId>it</groupId><version>1</version><packaging>pom</packaging>"
                                : "<parent><groupId>it</groupId><artifactId>parent</artifactId><version>1</version></parent>"
                                        + "<packaging>pom</packaging>",
                        artifact,
                        rest);
    }

    private void writeModules() throws IOException {
        String version = System.getProperty("it.version");
        Files.writeString(folder.resolve("pom.xml"), pom("parent", """
                <modules><module>a</module><module>b</module><module>c</module></modules>
                <build><plugins><plugin>
                  <groupId>dev.websentry</groupId>
                  <artifactId>websentry-maven-plugin</artifactId>
                  <version>%s</version>
                  <executions><execution><goals><goal>scan</goal></goals></execution></executions>
                </plugin></plugins></build>
                """.formatted(version)));
        for (String module : List.of("a", "b", "c")) {
            Files.createDirectory(folder.resolve(module));
            Files.writeString(folder.resolve(module).resolve("pom.xml"), pom(module, ""));
        }
    }

    private MavenRun verify(String... more) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("verify"));
        arguments.addAll(List.of(sites.with("-Dwebsentry.url=" + sites.good().url())));
        arguments.addAll(List.of(more));
        return MavenRun.in(folder, arguments);
    }

    @Test
    void threeModulesScanOnceAndEachHasTheReports() throws Exception {
        writeModules();
        MavenRun run = verify("-T2", "-Dwebsentry.failBelow=F", "-Dwebsentry.failOnIncomplete=false");
        assertEquals(0, run.exitCode(), run.console());
        assertEquals(3, run.lines("Not scanned again: another module").size(), run.console());
        for (String module : List.of(".", "a", "b", "c")) {
            assertTrue(
                    Files.exists(folder.resolve(module).resolve("target/websentry/report.json")),
                    module + "\n" + run.console());
        }
    }

    @Test
    void anUnknownPropertyFailsTheBuildWithTheNearestName() throws Exception {
        MavenRun run = MavenRun.scan(
                folder, sites.with("-Dwebsentry.url=" + sites.good().url(), "-Dwebsentry.failbelow=A+"));
        assertTrue(run.exitCode() != 0, run.console());
        assertTrue(
                run.console().contains("unknown property websentry.failbelow; did you mean websentry.failBelow?"),
                run.console());
    }
}
