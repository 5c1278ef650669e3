import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Sends one request repeatedly over persistent connections, and prints requests per second, p50, p99 and errors.
 * Implements only a minimal subset of HTTP/1.1, to use little of the CPU time that it shares with the server.
 *
 * <p>{@code java ServerLoad.java NAME URL CONNECTIONS SECONDS MAX HEADER [BODY]}: MAX limits the number of requests.
 * With a BODY, which is JSON, the method is POST. A status other than 200 is an error; the first error is printed.
 */
final class ServerLoad {
    private static final int READ_TIMEOUT_MILLIS = 120_000;

    private final URI url;
    private final byte[] request;
    private final int maxRequests;
    private final long end;

    private ServerLoad(URI url, byte[] request, int maxRequests, long end) {
        this.url = url;
        this.request = request;
        this.maxRequests = maxRequests;
        this.end = end;
    }

    public static void main(String[] args) throws Exception {
        if (args.length < 6 || args.length > 7) {
            System.err.println("Usage: ServerLoad NAME URL CONNECTIONS SECONDS MAX HEADER [BODY]");
            System.exit(2);
        }
        URI url = URI.create(args[1]);
        int connections = Integer.parseInt(args[2]);
        long startNanos = System.nanoTime();
        ServerLoad load = new ServerLoad(
                url,
                request(url, args[5], args.length > 6 ? args[6] : null),
                Math.max(1, Integer.parseInt(args[4]) / connections),
                startNanos + Integer.parseInt(args[3]) * 1_000_000_000L);
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        List<Future<ConnectionStats>> running = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            running.add(threads.submit(load::run));
        }
        List<ConnectionStats> stats = new ArrayList<>();
        for (Future<ConnectionStats> one : running) {
            stats.add(one.get());
        }
        threads.shutdown();
        print(args[0], stats, (System.nanoTime() - startNanos) / 1e9);
    }

    private static byte[] request(URI url, String header, String body) {
        String head = (body == null ? "GET " : "POST ") + url.getRawPath() + " HTTP/1.1\r\nHost: " + url.getAuthority()
                + "\r\nAccept: */*\r\n" + header + "\r\n";
        return (body == null
                        ? head + "\r\n"
                        : head + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void print(String name, List<ConnectionStats> stats, double seconds) {
        long[] took = stats.stream().flatMapToLong(one -> Arrays.stream(one.took, 0, one.answers)).sorted().toArray();
        int errors = stats.stream().mapToInt(one -> one.errors).sum();
        System.out.printf(
                Locale.ROOT,
                "%-34s %8.1f /s   p50 %8.1f ms   p99 %8.1f ms   errors %d of %d%n",
                name,
                took.length / seconds,
                percentile(took, 0.50),
                percentile(took, 0.99),
                errors,
                took.length + errors);
        stats.stream().filter(one -> one.firstError != null).findFirst().ifPresent(one -> System.out.println(one.firstError));
    }

    private static double percentile(long[] sorted, double part) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.min(sorted.length - 1, sorted.length * part)] / 1e6;
    }

    private ConnectionStats run() {
        ConnectionStats stats = new ConnectionStats();
        while (continues(stats)) {
            try (Socket socket = new Socket(url.getHost(), url.getPort())) {
                socket.setTcpNoDelay(true);
                socket.setSoTimeout(READ_TIMEOUT_MILLIS);
                InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
                boolean open = true;
                while (open && continues(stats)) {
                    open = exchange(in, socket.getOutputStream(), stats);
                }
            } catch (IOException e) {
                stats.error(e.toString());
            }
        }
        return stats;
    }

    private boolean continues(ConnectionStats stats) {
        return System.nanoTime() < end && stats.answers + stats.errors < maxRequests;
    }

    /**
     * Sends the request and reads the response.
     *
     * @return whether the connection stays open
     */
    private boolean exchange(InputStream in, OutputStream out, ConnectionStats stats) throws IOException {
        long startNanos = System.nanoTime();
        out.write(request);
        String status = line(in);
        long length = 0;
        boolean chunked = false;
        boolean open = true;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Long.parseLong(header.substring(15).strip());
            }
            chunked |= lower.startsWith("transfer-encoding:");
            open &= !lower.startsWith("connection: close");
        }
        if (chunked) {
            do {
                length = Long.parseLong(line(in), 16);
                in.skipNBytes(length + 2);
            } while (length > 0);
        } else {
            in.skipNBytes(length);
        }
        if (status.startsWith("HTTP/1.1 200")) {
            stats.answer(System.nanoTime() - startNanos);
        } else {
            stats.error(status);
        }
        return open;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder(64);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the server closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    /** Measurements of one connection. */
    private static final class ConnectionStats {
        private long[] took = new long[1024];
        private int answers;
        private int errors;
        private String firstError;

        private void answer(long nanos) {
            if (answers == took.length) {
                took = Arrays.copyOf(took, answers * 2);
            }
            took[answers++] = nanos;
        }

        private void error(String what) {
            errors++;
            firstError = firstError == null ? what : firstError;
        }
    }
}
