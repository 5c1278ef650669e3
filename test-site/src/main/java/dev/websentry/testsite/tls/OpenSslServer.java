package dev.websentry.testsite.tls;

import dev.websentry.testsite.TestCertificate;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Runs {@code openssl s_server} on a free port of 127.0.0.1. It responds to HTTP requests with a status page. */
public final class OpenSslServer implements AutoCloseable {
    private static final Pattern ACCEPT = Pattern.compile("ACCEPT .*:(\\d+)");

    private final Process process;
    private final Path directory;
    private final int port;

    private OpenSslServer(Process process, Path directory, int port) {
        this.process = process;
        this.directory = directory;
        this.port = port;
    }

    /** Returns whether {@code openssl} is installed. LibreSSL, which macOS calls openssl, lacks options used here. */
    public static boolean isInstalled() {
        try {
            Process version = new ProcessBuilder("openssl", "version")
                    .redirectErrorStream(true)
                    .start();
            String name = new String(version.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return version.waitFor() == 0 && name.startsWith("OpenSSL ");
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Starts a server.
     *
     * @param certificate certificate of the server
     * @param options options of s_server, such as {@code -tls1_2}
     */
    public static OpenSslServer start(TestCertificate certificate, String... options) {
        return start(List.of(certificate), options);
    }

    /** Starts a server with one or two certificates. */
    public static OpenSslServer start(List<TestCertificate> certificates, String... options) {
        try {
            Path directory = Files.createTempDirectory("openssl");
            List<String> command = new ArrayList<>(List.of("openssl", "s_server", "-accept", "127.0.0.1:0", "-www"));
            for (int i = 0; i < certificates.size(); i++) {
                String number = i == 0 ? "" : "d";
                Path chain = Files.writeString(
                        directory.resolve("chain" + i), certificates.get(i).chainPem());
                Path key = Files.writeString(
                        directory.resolve("key" + i), certificates.get(i).keyPem());
                command.addAll(List.of("-" + number + "cert", chain.toString(), "-" + number + "key", key.toString()));
                command.addAll(List.of("-" + number + "cert_chain", chain.toString()));
            }
            command.addAll(Arrays.asList(options));
            return start(command, directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }

    private static OpenSslServer start(List<String> command, Path directory) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder log = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher matcher = ACCEPT.matcher(line);
            if (matcher.matches()) {
                drain(output);
                return new OpenSslServer(process, directory, Integer.parseInt(matcher.group(1)));
            }
            log.append(line).append('\n');
        }
        throw new IOException(String.join(" ", command) + " did not start:\n" + log);
    }

    /** Discards the output, since a full pipe would block the server. */
    private static void drain(BufferedReader output) {
        Thread reader = new Thread(
                () -> {
                    try {
                        while (output.readLine() != null) {
                            // Discard.
                        }
                    } catch (IOException e) {
                        // The server has ended.
                    }
                },
                "openssl-output");
        reader.setDaemon(true);
        reader.start();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
