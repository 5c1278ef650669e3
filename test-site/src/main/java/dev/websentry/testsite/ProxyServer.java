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
 * An HTTP proxy on loopback: tunnels for CONNECT, passes other requests on one a connection, and notes what it was asked.
 * Names are its own: it leads only to the places of its map, so that nothing leaves the machine.
 */
public final class ProxyServer implements AutoCloseable {
    /** What it does with a request, after noting it. */
    public enum Manner {
        /** Leads to the places that it knows, 502 for others. */
        ACCEPTS,
        /** 403 for everything. */
        FORBIDS,
        /** Accepts and never answers. */
        IS_SILENT,
        /** Answers something that is not HTTP. */
        IS_NO_PROXY
    }

    private final ScriptedServer server;
    private final Map<String, Integer> places;
    private final Manner manner;
    private final Optional<String> authorization;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> heads = new CopyOnWriteArrayList<>();

    /**
     * Begins to listen on a free port of 127.0.0.1.
     *
     * @param places ports of 127.0.0.1 by {@code host:port}
     * @param authorization the value of Proxy-Authorization without which it answers 407
     */
    public ProxyServer(Map<String, Integer> places, Manner manner, Optional<String> authorization) {
        this.places = Map.copyOf(places);
        this.manner = manner;
        this.authorization = authorization;
        server = new ScriptedServer(this::serve);
    }

    public int port() {
        return server.port();
    }

    /** Method and target of every request so far. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    /** The head of every request so far. */
    public List<String> heads() {
        return List.copyOf(heads);
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
        heads.add(head);
        String[] line = head.lines().findFirst().orElse("").split(" ", 3);
        asked.add(line[0] + " " + line[1]);
        switch (manner) {
            case IS_SILENT -> client.getInputStream().read();
            case IS_NO_PROXY -> say(client, "220 mail.example.com ESMTP\r\n");
            case FORBIDS -> say(client, answer("403 Forbidden", ""));
            case ACCEPTS -> lead(client, head, line[0].equals("CONNECT"), line[1]);
        }
    }

    private void lead(Socket client, String head, boolean tunnel, String to) throws IOException {
        boolean welcome = authorization
                .map(value -> head.lines().anyMatch(line -> line.equalsIgnoreCase("Proxy-Authorization: " + value)))
                .orElse(true);
        if (!welcome) {
            say(client, answer("407 Proxy Authentication Required", "Proxy-Authenticate: Basic realm=\"test\"\r\n"));
            return;
        }
        Integer port = places.get(tunnel ? to : place(URI.create(to)));
        if (port == null) {
            say(client, answer("502 Bad Gateway", ""));
            return;
        }
        try (Socket site = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port)) {
            say(tunnel ? client : site, tunnel ? "HTTP/1.1 200 Connection established\r\n\r\n" : passedOn(head, to));
            Thread thread = new Thread(() -> copy(client, site), "proxy");
            thread.setDaemon(true);
            thread.start();
            if (!tunnel) {
                say(client, head(site.getInputStream()).replaceFirst("\r\n", "\r\nConnection: close\r\n"));
            }
            copy(site, client);
        }
    }

    private static String place(URI url) {
        return url.getHost() + ":" + (url.getPort() < 0 ? 80 : url.getPort());
    }

    /** In origin form, for one exchange, without what was for the proxy. */
    private static String passedOn(String head, String to) {
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

    private static String answer(String status, String header) {
        return "HTTP/1.1 " + status + "\r\n" + header + "Content-Length: 0\r\nConnection: close\r\n\r\n";
    }

    private static void say(Socket socket, String text) throws IOException {
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
            // It is gone either way.
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
