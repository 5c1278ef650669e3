package dev.websentry.server.running;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.websentry.server.testing.Await;
import dev.websentry.server.testing.QuickJvm;
import dev.websentry.server.testing.TestClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The executable jar of the build, started as operators do. */
final class PackagedServer implements AutoCloseable {
    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");
    private static final int MAX_SECONDS = 180;

    private final Process process;
    private final Path log;

    private PackagedServer(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts the server on free ports and waits until it is ready.
     *
     * @param folder a folder for the log
     */
    static PackagedServer start(Path folder, List<String> settings) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("--server.port=0", "--server.address=127.0.0.1", "--management.server.port=0"));
        arguments.addAll(settings);
        Path log = folder.resolve("log");
        PackagedServer server = new PackagedServer(process(arguments, log).start(), log);
        try {
            Await.until("the server is ready", () -> server.log().contains("is ready") || !server.process.isAlive());
            if (!server.process.isAlive()) {
                throw new AssertionError(server.log());
            }
            return server;
        } catch (AssertionError e) {
            server.close();
            throw e;
        }
    }

    /** Runs the jar until it ends. Returns its output. */
    static String run(Path folder, int exitCode, String input, List<String> arguments) throws Exception {
        Path log = folder.resolve("output");
        Process process = process(arguments, log).start();
        process.outputWriter(StandardCharsets.UTF_8).append(input).close();
        try {
            if (!process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("the process has not ended: " + Files.readString(log));
            }
        } finally {
            process.destroyForcibly();
        }
        String output = Files.readString(log);
        assertEquals(exitCode, process.exitValue(), output);
        return output;
    }

    private static ProcessBuilder process(List<String> arguments, Path log) {
        String jar = Objects.requireNonNull(System.getProperty("packaged.server"), "packaged.server: path of the jar");
        List<String> command = new ArrayList<>(QuickJvm.command("-jar", jar));
        command.addAll(arguments);
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    TestClient client() {
        return new TestClient(() -> url(0));
    }

    /** Returns a client of the management port. */
    TestClient management() {
        return new TestClient(() -> url(1));
    }

    /** Returns a URL in the order in which the ports were opened. */
    private URI url(int index) {
        List<String> ports =
                PORT.matcher(log()).results().map(found -> found.group(1)).toList();
        return URI.create("http://127.0.0.1:" + ports.get(index));
    }

    @Override
    public void close() {
        process.destroyForcibly();
        // The next server may use the same folder.
        process.onExit().join();
    }
}
