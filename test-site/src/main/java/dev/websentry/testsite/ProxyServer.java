package dev.websentry.testsite;

import dev.websentry.testsite.tls.ScriptedServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An HTTP proxy on loopback. It opens tunnels for CONNECT, forwards other requests (one per connection), and logs all
 * requests.
 *
 * <p>The proxy connects only to the destinations of its map, so that no traffic leaves the machine.
 */
public final class ProxyServer implements AutoCloseable {
    /** Reaction to a request. */
    public enum ProxyBehavior {
        /** Forwards to known destinations; responds 502 for others. */
        FORWARD,
        /** Responds 403 to every request. */
        FORBID,
        /** Accepts connections but never responds. */
        NO_RESPONSE,
        /** Responds with something other than HTTP. */
        NOT_HTTP
    }

    private final ScriptedServer server;
    private final Map<String, Integer> destinations;
    private final ProxyBehavior manner;
    private final Optional<String> authorization;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> requestHeads = new CopyOnWriteArrayList<>();

    /**
     * Starts the proxy on a free port of 127.0.0.1.
     *
     * @param destinations maps {@code host:port} to a port of 127.0.0.1
     * @param manner reaction to requests
     * @param authorization required value of Proxy-Authorization; requests without it get 407
     */
    public ProxyServer(Map<String, Integer> destinations, ProxyBehavior manner, Optional<String> authorization) {
        this.destinations = Map.copyOf(destinations);
        this.manner = manner;
        this.authorization = authorization;
        server = new ScriptedServer(this::serve);
    }

    public int port() {
        return server.port();
    }

    /** Returns method and target of every request so far. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** Returns request line and headers of every request so far. */
    public List<String> requestHeads() {
        return List.copyOf(requestHeads);
    }

    @Override
    public void close() {
        server.close();
    }

    private void serve(Socket client) throws IOException {
        String head = head(client.getInputStream());
        if (head.isEmpty()) {
            return;
        }
        requestHeads.add(head);
        String[] line = head.lines().findFirst().orElse("").split(" ", 3);
        requests.add(line[0] + " " + line[1]);
        switch (manner) {
            case NO_RESPONSE -> client.getInputStream().read();
            case NOT_HTTP -> send(client, "220 mail.example.com ESMTP\r\n");
            case FORBID -> send(client, response("403 Forbidden", ""));
            case FORWARD -> forward(client, head, line[0].equals("CONNECT"), line[1]);
        }
    }

    private void forward(Socket client, String head, boolean tunnel, String to) throws IOException {
        boolean authorized = authorization
                .map(value -> head.lines().anyMatch(line -> line.equalsIgnoreCase("Proxy-Authorization: " + value)))
                .orElse(true);
        if (!authorized) {
            send(client, response("407 Proxy Authentication Required", "Proxy-Authenticate: Basic realm=\"test\"\r\n"));
            return;
        }
        Integer port = destinations.get(tunnel ? to : hostAndPort(URI.create(to)));
        if (port == null) {
            send(client, response("502 Bad Gateway", ""));
            return;
        }
        try (Socket site = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port)) {
            send(
                    tunnel ? client : site,
                    tunnel ? "HTTP/1.1 200 Connection established\r\n\r\n" : toOriginForm(head, to));
            Thread thread = new Thread(() -> copy(client, site), "proxy");
            thread.setDaemon(true);
            thread.start();
            if (!tunnel) {
                send(client, head(site.getInputStream()).replaceFirst("\r\n", "\r\nConnection: close\r\n"));
            }
            copy(site, client);
        }
    }

    private static String hostAndPort(URI url) {
        return url.getHost() + ":" + (url.getPort() < 0 ? 80 : url.getPort());
    }

    /** Converts a request to origin form, without proxy headers and for a single exchange. */
    private static String toOriginForm(String head, String to) {
        URI url = URI.create(to);
        String path = (url.getRawPath().isEmpty() ? "/" : url.getRawPath())
                + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
        StringBuilder request = new StringBuilder(head.split(" ", 2)[0] + " " + path + " HTTP/1.1\r\n");
        head.lines()
                .skip(1)
                .filter(line -> !line.isEmpty()
                        && !line.toLowerCase(java.util.Locale.ROOT).matches("(proxy-|connection:).*"))
                .forEach(line -> request.append(line).append("\r\n"));
        return request + "Connection: close\r\n\r\n";
    }

    private static String response(String status, String header) {
        return "HTTP/1.1 " + status + "\r\n" + header + "Content-Length: 0\r\nConnection: close\r\n\r\n";
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    private static void copy(Socket from, Socket to) {
        byte[] buffer = new byte[1 << 14];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                out.write(buffer, 0, length);
                out.flush();
            }
            to.shutdownOutput();
        } catch (IOException e) {
            closeQuietly(from);
            closeQuietly(to);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // The connection is lost in any case.
        }
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && head.size() < 1 << 16; next = in.read()) {
            head.write(next);
            if (next == '\n' && head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                return head.toString(StandardCharsets.ISO_8859_1);
            }
        }
        return "";
    }
}
