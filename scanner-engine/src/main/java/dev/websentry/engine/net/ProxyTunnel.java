package dev.websentry.engine.net;

import dev.websentry.engine.observe.Exchange.Failure;
import dev.websentry.engine.target.HostAndPort;
import dev.websentry.engine.target.HttpProxy;
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

/** Asks a proxy, over a connection to it, for a tunnel: CONNECT, RFC 9110 section 9.3.6. */
record ProxyTunnel(HttpProxy proxy, HostAndPort to) {
    private static final int MOST_BYTES = 16 << 10;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})( .*)?");
    private static final Pattern SCHEME = Pattern.compile("(?im)^Proxy-Authenticate:[ \\t]*([A-Za-z0-9-]{1,20})");

    /**
     * Makes the connection one to the host behind the proxy.
     *
     * @throws DialException when the proxy does not let it be one
     */
    void open(Socket socket, Deadline deadline) throws DialException {
        String head;
        try {
            socket.getOutputStream().write(request().getBytes(StandardCharsets.ISO_8859_1));
            head = head(socket, deadline);
            socket.setSoTimeout(0);
        } catch (SocketTimeoutException e) {
            throw refused(proxy + " did not answer CONNECT " + to + " in time", e);
        } catch (IOException e) {
            throw refused(proxy + " ended the connection instead of answering CONNECT " + to, e);
        }
        Matcher status = STATUS.matcher(head.lines().findFirst().orElse(""));
        if (!status.matches()) {
            throw refused("what answers at " + proxy.place() + " is no HTTP proxy", null);
        }
        if (!status.group(1).startsWith("2")) {
            throw refused(refusal(status.group(1), head), null);
        }
    }

    /** What a proxy's own answer means to the person who configured it. */
    String refusal(String status, String head) {
        if (!status.equals("407")) {
            return proxy + " answered CONNECT " + to + " with " + status;
        }
        if (proxy.credentials().isPresent()) {
            Set<String> schemes = schemes(head);
            return schemes.isEmpty() || schemes.contains("basic")
                    ? proxy + " does not accept the user name and password (407)"
                    : proxy + " wants " + String.join(" or ", schemes)
                            + " authentication (407): only Basic is possible";
        }
        return proxy + " wants a user name and password (407)";
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
                .map(credentials -> "Proxy-Authorization: " + credentials.basic() + "\r\n")
                .orElse("");
        return "CONNECT " + to + " HTTP/1.1\r\nHost: " + to + "\r\n" + authorization + "\r\n";
    }

    /** One byte at a time: what follows the empty line belongs to the tunnel. */
    private static String head(Socket socket, Deadline deadline) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.length() < MOST_BYTES) {
            if (deadline.hasPassed()) {
                throw new SocketTimeoutException("the deadline passed");
            }
            socket.setSoTimeout(deadline.socketMillis());
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the proxy's answer ended early");
            }
            head.append((char) next);
            if (next == '\n' && head.toString().endsWith("\r\n\r\n")) {
                return head.toString();
            }
        }
        return head.toString();
    }

    private static DialException refused(String message, @org.jspecify.annotations.Nullable IOException cause) {
        DialException refused = new DialException(Failure.Kind.PROXY_REFUSED, message);
        if (cause != null) {
            refused.initCause(cause);
        }
        return refused;
    }
}
