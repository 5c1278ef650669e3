package dev.websentry.testsite;

import dev.websentry.testsite.tls.ScriptedServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A server on loopback that answers with the bytes of a script, HTTP or not. One thread a connection; a connection is
 * closed when its script returns.
 */
public final class RawServer implements AutoCloseable {
    /** Answers one request. */
    @FunctionalInterface
    public interface Script {
        /**
         * Writes the answer.
         *
         * @param path the request's path
         */
        void answer(String path, OutputStream out) throws IOException, InterruptedException;
    }

    private final ScriptedServer server;
    private final Script script;
    private final AtomicLong written = new AtomicLong();

    /** Begins to answer on a free port of 127.0.0.1. */
    public RawServer(Script script) {
        this.script = script;
        server = new ScriptedServer(this::serve);
    }

    public int port() {
        return server.port();
    }

    /** Bytes of all answers so far. */
    public long written() {
        return written.get();
    }

    /** ISO 8859-1, so that every char below 256 is the byte of that number. */
    public static byte[] bytes(String text) {
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
            script.answer(parts.length > 1 ? parts[1] : "", new Counting(connection.getOutputStream()));
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

    private final class Counting extends OutputStream {
        private final OutputStream out;

        Counting(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            written.incrementAndGet();
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            written.addAndGet(length);
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }
    }
}
