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
 * Sends one request again and again over connections that stay open, and prints requests per second, p50, p99 and errors.
 * Speaks just enough HTTP/1.1, so that it takes little of the processors it shares with the server.
 *
 * <p>{@code java ServerLoad.java NAME URL CONNECTIONS SECONDS MOST HEADER [BODY]}: MOST bounds the number of requests; with a
 * BODY, which is JSON, it posts. An answer other than 200 is an error, and the first of them is printed.
 */
final class ServerLoad {
    private static final int PATIENCE_MILLIS = 120_000;

    private final URI url;
    private final byte[] request;
    private final int most;
    private final long end;

    private ServerLoad(URI url, byte[] request, int most, long end) {
        this.url = url;
        this.request = request;
        this.most = most;
        this.end = end;
    }

    public static void main(String[] args) throws Exception {
        if (args.length < 6 || args.length > 7) {
            System.err.println("Expected: NAME URL CONNECTIONS SECONDS MOST HEADER [BODY]");
            System.exit(2);
        }
        URI url = URI.create(args[1]);
        int connections = Integer.parseInt(args[2]);
        long begun = System.nanoTime();
        ServerLoad load = new ServerLoad(
                url,
                request(url, args[5], args.length > 6 ? args[6] : null),
                Math.max(1, Integer.parseInt(args[4]) / connections),
                begun + Integer.parseInt(args[3]) * 1_000_000_000L);
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        List<Future<Seen>> running = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            running.add(threads.submit(load::run));
        }
        List<Seen> seen = new ArrayList<>();
        for (Future<Seen> one : running) {
            seen.add(one.get());
        }
        threads.shutdown();
        print(args[0], seen, (System.nanoTime() - begun) / 1e9);
    }

    private static byte[] request(URI url, String header, String body) {
        String head = (body == null ? "GET " : "POST ") + url.getRawPath() + " HTTP/1.1\r\nHost: " + url.getAuthority()
                + "\r\nAccept: */*\r\n" + header + "\r\n";
        return (body == null
                        ? head + "\r\n"
                        : head + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void print(String name, List<Seen> seen, double seconds) {
        long[] took = seen.stream().flatMapToLong(one -> Arrays.stream(one.took, 0, one.answers)).sorted().toArray();
        int errors = seen.stream().mapToInt(one -> one.errors).sum();
        System.out.printf(
                Locale.ROOT,
                "%-34s %8.1f /s   p50 %8.1f ms   p99 %8.1f ms   errors %d of %d%n",
                name,
                took.length / seconds,
                at(took, 0.50),
                at(took, 0.99),
                errors,
                took.length + errors);
        seen.stream().filter(one -> one.firstError != null).findFirst().ifPresent(one -> System.out.println(one.firstError));
    }

    private static double at(long[] sorted, double part) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.min(sorted.length - 1, sorted.length * part)] / 1e6;
    }

    private Seen run() {
        Seen seen = new Seen();
        while (goesOn(seen)) {
            try (Socket socket = new Socket(url.getHost(), url.getPort())) {
                socket.setTcpNoDelay(true);
                socket.setSoTimeout(PATIENCE_MILLIS);
                InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
                boolean open = true;
                while (open && goesOn(seen)) {
                    open = ask(in, socket.getOutputStream(), seen);
                }
            } catch (IOException e) {
                seen.error(e.toString());
            }
        }
        return seen;
    }

    private boolean goesOn(Seen seen) {
        return System.nanoTime() < end && seen.answers + seen.errors < most;
    }

    /** Whether the connection stays open. */
    private boolean ask(InputStream in, OutputStream out, Seen seen) throws IOException {
        long begun = System.nanoTime();
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
            seen.answer(System.nanoTime() - begun);
        } else {
            seen.error(status);
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

    /** What one connection saw. */
    private static final class Seen {
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
