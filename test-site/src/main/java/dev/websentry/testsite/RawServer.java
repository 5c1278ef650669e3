package dev.websentry.testsite;

import dev.websentry.testsite.tls.ScriptedServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A server on loopback that responds with arbitrary bytes from a script. Each connection has its own thread and is
 * closed when the script returns.
 */
public final class RawServer implements AutoCloseable {
    /** Responds to one request. */
    @FunctionalInterface
    public interface RawResponseScript {
        /**
         * Writes the response.
         *
         * @param path path of the request
         * @param out stream of the connection
         */
        void respond(String path, OutputStream out) throws IOException, InterruptedException;
    }

    private final ScriptedServer server;
    private final RawResponseScript script;
    private final AtomicLong bytesWritten = new AtomicLong();

    /** Starts the server on a free port of 127.0.0.1. */
    public RawServer(RawResponseScript script) {
        this.script = script;
        server = new ScriptedServer(this::serve);
    }

    public int port() {
        return server.port();
    }

    /** Returns the number of bytes in all responses so far. */
    public long bytesWritten() {
        return bytesWritten.get();
    }

    /** Encodes text as ISO 8859-1, so that every character below 256 becomes the byte of the same value. */
    public static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        server.close();
    }

    private void serve(Socket connection) throws IOException, InterruptedException {
        String request = head(connection.getInputStream());
        if (!request.isEmpty()) {
            String[] parts = request.split(" ", 3);
            script.respond(parts.length > 1 ? parts[1] : "", new CountingOutputStream(connection.getOutputStream()));
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        int next = in.read();
        while (next >= 0 && text.length() < 1 << 16) {
            text.append((char) next);
            if (text.length() >= 4 && text.substring(text.length() - 4).equals("\r\n\r\n")) {
                return text.toString();
            }
            next = in.read();
        }
        return text.toString();
    }

    private final class CountingOutputStream extends OutputStream {
        private final OutputStream out;

        CountingOutputStream(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            bytesWritten.incrementAndGet();
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            bytesWritten.addAndGet(length);
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }
    }
}
