package dev.websentry.server.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A {@link TestServer} in a separate process, for tests that kill or terminate it. */
public final class ForkedTestServer implements AutoCloseable {
    private static final String PORT_PREFIX = "listens at ";
    private static final Duration MAX_LIFETIME = Duration.ofMinutes(4);

    private final Process process;
    private final StringBuffer output = new StringBuffer();
    private volatile int port;

    private ForkedTestServer(Process process) {
        this.process = process;
        Thread reader = new Thread(this::read, "forked-server");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts the process and waits until the server listens. */
    public static ForkedTestServer start(List<String> settings, Instant now) {
        List<String> command = new ArrayList<>(QuickJvm.command(
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                ForkedTestServer.class.getName(),
                now.toString()));
        command.addAll(settings);
        try {
            ForkedTestServer server = new ForkedTestServer(
                    new ProcessBuilder(command).redirectErrorStream(true).start());
            Await.until("the server listens", () -> server.port > 0 || !server.process.isAlive());
            if (server.port == 0) {
                throw new AssertionError(server.output());
            }
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param arguments the time, then settings */
    public static void main(String[] arguments) {
        MutableClock clock = new MutableClock();
        clock.set(Instant.parse(arguments[0]));
        limitLifetime();
        TestServer server = TestServer.start(Arrays.asList(arguments).subList(1, arguments.length), clock);
        System.out.println(PORT_PREFIX + server.port());
        System.out.flush();
    }

    /** Ends this process after a while, because nothing else ends it if the test process was killed. */
    private static void limitLifetime() {
        Thread end = new Thread(() -> {
            LockSupport.parkNanos(MAX_LIFETIME.toNanos());
            Runtime.getRuntime().halt(1);
        });
        end.setDaemon(true);
        end.start();
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.append(line).append('\n');
                if (line.startsWith(PORT_PREFIX)) {
                    port = Integer.parseInt(line.substring(PORT_PREFIX.length()));
                }
            }
        } catch (IOException e) {
            // The process has ended.
        }
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Returns the standard output of the process, including its log. */
    public String output() {
        return output.toString();
    }

    /** Sends SIGKILL. */
    public void kill() {
        process.toHandle().destroyForcibly();
    }

    /** Sends SIGTERM. */
    public void terminate() {
        process.toHandle().destroy();
    }

    /**
     * Waits for the end of the process.
     *
     * @throws AssertionError if the process still runs after the timeout
     */
    public int exitCode(Duration timeout) throws InterruptedException {
        if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("the server still runs after " + timeout + "\n" + output());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
