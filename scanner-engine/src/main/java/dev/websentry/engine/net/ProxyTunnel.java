package dev.websentry.engine.net;

import dev.websentry.engine.config.HostAndPort;
import dev.websentry.engine.config.HttpProxy;
import dev.websentry.engine.observation.HttpExchange.Failure;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Requests a tunnel from a proxy with the CONNECT method (RFC 9110 section 9.3.6).
 *
 * @param proxy the proxy
 * @param destination the destination of the tunnel
 */
record ProxyTunnel(HttpProxy proxy, HostAndPort destination) {
    private static final int MAX_HEAD_BYTES = 16 << 10;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})( .*)?");
    private static final Pattern SCHEME = Pattern.compile("(?im)^Proxy-Authenticate:[ \\t]*([A-Za-z0-9-]{1,20})");

    /**
     * Turns a connection to the proxy into a tunnel to the destination.
     *
     * @param socket a socket that is connected to the proxy
     * @param deadline the latest time to wait for the proxy's response
     * @throws DialException if the proxy refuses the tunnel or does not respond
     */
    void open(Socket socket, Deadline deadline) throws DialException {
        String head;
        try {
            socket.getOutputStream().write(request().getBytes(StandardCharsets.ISO_8859_1));
            head = head(socket, deadline);
            socket.setSoTimeout(0);
        } catch (SocketTimeoutException e) {
            throw refused(proxy + " did not respond to CONNECT " + destination + " in time", e);
        } catch (IOException e) {
            throw refused(proxy + " closed the connection without responding to CONNECT " + destination, e);
        }
        Matcher status = STATUS.matcher(head.lines().findFirst().orElse(""));
        if (!status.matches()) {
            throw refused("the server at " + proxy.address() + " is not an HTTP proxy", null);
        }
        if (!status.group(1).startsWith("2")) {
            throw refused(refusalMessage(status.group(1), head), null);
        }
    }

    /** Returns the message for a refused tunnel, which tells the user what to configure. */
    String refusalMessage(String status, String head) {
        if (!status.equals("407")) {
            return proxy + " responded to CONNECT " + destination + " with status " + status;
        }
        if (proxy.credentials().isPresent()) {
            Set<String> schemes = schemes(head);
            return schemes.isEmpty() || schemes.contains("basic")
                    ? proxy + " rejected the user name and password (407)"
                    : proxy + " requires " + String.join(" or ", schemes)
                            + " authentication (407), but only Basic is supported";
        }
        return proxy + " requires a user name and password (407)";
    }

    private static Set<String> schemes(String head) {
        Set<String> schemes = new TreeSet<>();
        Matcher matcher = SCHEME.matcher(head);
        while (matcher.find()) {
            schemes.add(matcher.group(1).toLowerCase(Locale.ROOT));
        }
        return schemes;
    }

    private String request() {
        String authorization = proxy.credentials()
                .map(credentials -> "Proxy-Authorization: " + credentials.authorizationHeader() + "\r\n")
                .orElse("");
        return "CONNECT " + destination + " HTTP/1.1\r\nHost: " + destination + "\r\n" + authorization + "\r\n";
    }

    /** Reads the response head byte by byte, because the bytes after the empty line belong to the tunnel. */
    private static String head(Socket socket, Deadline deadline) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.length() < MAX_HEAD_BYTES) {
            if (deadline.hasPassed()) {
                throw new SocketTimeoutException("the deadline passed");
            }
            socket.setSoTimeout(deadline.socketMillis());
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the proxy's response ended early");
            }
            head.append((char) next);
            if (next == '\n' && head.toString().endsWith("\r\n\r\n")) {
                return head.toString();
            }
        }
        return head.toString();
    }

    private static DialException refused(String message, @org.jspecify.annotations.Nullable IOException cause) {
        DialException refused = new DialException(Failure.RequestFailureKind.PROXY_REFUSED, message);
        if (cause != null) {
            refused.initCause(cause);
        }
        return refused;
    }
}
