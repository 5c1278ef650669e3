package dev.websentry.engine.probe.site;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** A minimal HTTP/2 server that responds to each request with an endless header block of empty fields. */
final class EndlessHeaderBlockServer implements AutoCloseable {
    private static final int PREFACE = 24;
    private static final int HEADERS = 1;
    private static final int SETTINGS = 4;
    private static final int CONTINUATION = 9;

    private final SSLServerSocket server;
    private final AtomicLong longestBlock = new AtomicLong();

    EndlessHeaderBlockServer(SSLContext context) throws IOException {
        server = (SSLServerSocket) context.getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        SSLParameters parameters = server.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        server.setSSLParameters(parameters);
        start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Returns the size in bytes of the longest block that was sent before the client closed the connection. */
    long longestBlock() {
        return longestBlock.get();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "frame-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                SSLSocket socket = (SSLSocket) server.accept();
                start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(SSLSocket socket) {
        try (socket) {
            socket.setSoTimeout(60_000);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            in.skipNBytes(PREFACE);
            out.write(frame(SETTINGS, 0, new byte[0]));
            while (true) {
                int length = in.readUnsignedShort() << 8 | in.readUnsignedByte();
                int type = in.readUnsignedByte();
                in.readUnsignedByte();
                int stream = in.readInt();
                in.skipNBytes(length);
                if (type == HEADERS) {
                    answer(out, stream);
                }
            }
        } catch (IOException e) {
            // The client closed the connection.
        }
    }

    /** Adds an empty field to the dynamic table (RFC 7541) and then repeats its index, one byte for each field. */
    private void answer(OutputStream out, int stream) throws IOException {
        // Status 200, which every response begins with, and the empty field.
        out.write(frame(HEADERS, stream, new byte[] {(byte) 0x88, 0x40, 0, 0}));
        byte[] fields = new byte[16_384];
        java.util.Arrays.fill(fields, (byte) 0xbe);
        byte[] more = frame(CONTINUATION, stream, fields);
        for (long sent = more.length; ; sent += more.length) {
            out.write(more);
            longestBlock.accumulateAndGet(sent, Math::max);
        }
    }

    /** Creates a frame without flags, so that the header block does not end. */
    private static byte[] frame(int type, int stream, byte[] payload) {
        byte[] frame = new byte[9 + payload.length];
        frame[0] = (byte) (payload.length >> 16);
        frame[1] = (byte) (payload.length >> 8);
        frame[2] = (byte) payload.length;
        frame[3] = (byte) type;
        for (int i = 0; i < 4; i++) {
            frame[5 + i] = (byte) (stream >> (24 - 8 * i));
        }
        System.arraycopy(payload, 0, frame, 9, payload.length);
        return frame;
    }
}
