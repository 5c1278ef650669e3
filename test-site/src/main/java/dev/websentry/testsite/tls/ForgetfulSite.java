package dev.websentry.testsite.tls;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A web server that keeps nothing of whoever asks: no request, no session, no connection that is over. For tests that count
 * what scans leave behind in the process that the server runs in, too. HTTP/1.1.
 */
public final class ForgetfulSite {
    private static final int LONGEST_HEAD = 16 << 10;
    private static final String HEAD_END = "\r\n\r\n";

    private ForgetfulSite() {}

    /** @param answers the whole answer for the head of a GET */
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

    /** The same without TLS. */
    public static ScriptedServer http(UnaryOperator<String> answers) {
        return new ScriptedServer(connection -> serve(connection, answers));
    }

    /** An answer with these further header lines, each with its CR and LF. */
    public static String answer(String status, String lines, String body) {
        return "HTTP/1.1 " + status + "\r\n" + lines + "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length
                + HEAD_END + body;
    }

    private static void serve(Socket connection, UnaryOperator<String> answers) throws IOException {
        for (String head = head(connection.getInputStream());
                !head.isEmpty();
                head = head(connection.getInputStream())) {
            String answer = head.startsWith("GET ") ? answers.apply(head) : answer("405 Not allowed", "", "");
            connection.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Empty when nothing more comes. */
    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf(HEAD_END, Math.max(0, head.length() - HEAD_END.length())) < 0) {
            int octet = in.read();
            if (octet < 0) {
                return "";
            }
            if (head.length() >= LONGEST_HEAD) {
                throw new IOException("a request without an end");
            }
            head.append((char) octet);
        }
        return head.toString();
    }
}
