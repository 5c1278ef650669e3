package dev.websentry.testsite.tls;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * An HTTP/1.1 server that keeps no state: no requests, no TLS sessions, no closed connections. For tests that measure
 * what scans leave behind in the process, in which the server runs too.
 */
public final class StatelessServer {
    private static final int MAX_HEAD_LENGTH = 16 << 10;
    private static final String HEAD_END = "\r\n\r\n";

    private StatelessServer() {}

    /**
     * Starts an HTTPS server.
     *
     * @param context TLS context of the server
     * @param answers returns the whole response for the head of a GET request
     */
    public static ScriptedServer https(SSLContext context, UnaryOperator<String> answers) {
        context.getServerSessionContext().setSessionCacheSize(1);
        return new ScriptedServer(connection -> {
            connection.setTcpNoDelay(true);
            try (SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(connection, null, 0, false)) {
                tls.setUseClientMode(false);
                serve(tls, answers);
            }
        });
    }

    /**
     * Starts an HTTP server.
     *
     * @param answers returns the whole response for the head of a GET request
     */
    public static ScriptedServer http(UnaryOperator<String> answers) {
        return new ScriptedServer(connection -> serve(connection, answers));
    }

    /**
     * Returns a response.
     *
     * @param status status code and reason phrase
     * @param lines additional header lines, each with CR and LF
     * @param body content
     */
    public static String response(String status, String lines, String body) {
        return "HTTP/1.1 " + status + "\r\n" + lines + "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length
                + HEAD_END + body;
    }

    private static void serve(Socket connection, UnaryOperator<String> answers) throws IOException {
        for (String head = head(connection.getInputStream());
                !head.isEmpty();
                head = head(connection.getInputStream())) {
            String answer = head.startsWith("GET ") ? answers.apply(head) : response("405 Not allowed", "", "");
            connection.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Reads the head of a request; empty at the end of the stream. */
    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf(HEAD_END, Math.max(0, head.length() - HEAD_END.length())) < 0) {
            int octet = in.read();
            if (octet < 0) {
                return "";
            }
            if (head.length() >= MAX_HEAD_LENGTH) {
                throw new IOException("the request head is too long");
            }
            head.append((char) octet);
        }
        return head.toString();
    }
}
