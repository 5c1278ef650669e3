package dev.websentry.maven;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A running Maven process. */
record MavenProcess(Process process, Path console, Path settings, Path folder) implements AutoCloseable {

    /** Waits for the end of the process. */
    MavenRun end(Duration timeout) throws IOException, InterruptedException {
        if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("Maven did not end: " + readConsole());
        }
        return new MavenRun(process.exitValue(), readConsole(), folder);
    }

    /** Reads what is not UTF-8 as well, since Windows has other encodings of the console. */
    private String readConsole() throws IOException {
        return new String(Files.readAllBytes(console), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.delete(console);
        Files.delete(settings);
    }
}
