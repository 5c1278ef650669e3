package dev.websentry.server.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A {@link TestServer}, whole, in a process of its own, for a test to end in whatever way. */
public final class ForkedServer implements AutoCloseable {
    private static final String PORT = "listens at ";
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final Process process;
    private final StringBuffer said = new StringBuffer();
    private volatile int port;

    private ForkedServer(Process process) {
        this.process = process;
        Thread reader = new Thread(this::read, "forked-server");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts it and waits until it answers. */
    public static ForkedServer start(List<String> settings, Instant now) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                ForkedServer.class.getName(),
                now.toString()));
        command.addAll(settings);
        try {
            ForkedServer server = new ForkedServer(
                    new ProcessBuilder(command).redirectErrorStream(true).start());
            Await.until("the server listens", () -> server.port > 0 || !server.process.isAlive());
            if (server.port == 0) {
                throw new AssertionError(server.said());
            }
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param arguments the time, then settings */
    public static void main(String[] arguments) {
        SettableClock clock = new SettableClock();
        clock.set(Instant.parse(arguments[0]));
        endWithTheTest();
        TestServer server = TestServer.start(Arrays.asList(arguments).subList(1, arguments.length), clock);
        System.out.println(PORT + server.port());
        System.out.flush();
    }

    /** Nobody is left to end this process when the test itself was killed. */
    private static void endWithTheTest() {
        Thread end = new Thread(() -> {
            LockSupport.parkNanos(PATIENCE.toNanos());
            Runtime.getRuntime().halt(1);
        });
        end.setDaemon(true);
        end.start();
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.append(line).append('\n');
                if (line.startsWith(PORT)) {
                    port = Integer.parseInt(line.substring(PORT.length()));
                }
            }
        } catch (IOException e) {
            // It has ended.
        }
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** What it wrote to its standard output, its log included. */
    public String said() {
        return said.toString();
    }

    /** SIGKILL. */
    public void kill() {
        process.toHandle().destroyForcibly();
    }

    /** SIGTERM. */
    public void terminate() {
        process.toHandle().destroy();
    }

    /** What it ended with, in time. */
    public int exitCode(Duration patience) throws InterruptedException {
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("it still runs after " + patience + "\n" + said());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
