package dev.websentry.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the script websentry with a Maven that only leaves a file, so that nothing is built. */
@DisabledOnOs(OS.WINDOWS)
class CommandLineScriptTest {
    @TempDir
    private Path folder;

    private record ScriptRun(int exitCode, String output, boolean calledMaven) {}

    private ScriptRun run(String... arguments) throws IOException, InterruptedException {
        Path called = folder.resolve("called");
        Path maven = Files.writeString(folder.resolve("mvn"), "#!/bin/sh\ntouch '" + called + "'\nexit 1\n");
        assertTrue(maven.toFile().setExecutable(true));
        List<String> command = new ArrayList<>(List.of("sh", "../websentry"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PATH", folder + ":" + System.getenv("PATH"));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new ScriptRun(process.waitFor(), output, Files.exists(called));
    }

    /** POSIX.1-2017 utility conventions, and the GNU Coding Standards section 4.8.2: --help prints usage and exits 0. */
    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h"})
    void helpPrintsUsageWithoutBuilding(String option) throws Exception {
        ScriptRun run = run(option);
        assertEquals(0, run.exitCode(), run.output());
        assertTrue(run.output().startsWith("Usage: ./websentry [URL "), run.output());
        assertEquals(false, run.calledMaven());
    }

    @Test
    void anOptionWithoutAUrlSaysWhatIsMissing() throws Exception {
        ScriptRun run = run("-Dwebsentry.failBelow=A");
        assertEquals(2, run.exitCode(), run.output());
        assertEquals(
                "websentry: the URL is missing before '-Dwebsentry.failBelow=A';"
                        + " use: ./websentry URL -Dwebsentry.failBelow=A\n",
                run.output());
        assertEquals(false, run.calledMaven());
    }

    @Test
    void aUrlInAPropertyIsAUrl() throws Exception {
        ScriptRun run = run("-Dwebsentry.url=https://www.example.com");
        assertTrue(run.calledMaven(), run.output());
    }
}
