package dev.websentry.testsite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A port of 127.0.0.1 that refuses connections and datagrams. It stays reserved until it is closed. A port that is only
 * found free may belong to a server of another test a moment later.
 */
public final class ClosedPort implements AutoCloseable {
    private static final int MAX_ATTEMPTS = 100;

    private final Socket tcp;
    private final DatagramSocket udp;

    private ClosedPort(Socket tcp, DatagramSocket udp) {
        this.tcp = tcp;
        this.udp = udp;
    }

    /** Reserves a free port. */
    public static ClosedPort reserve() {
        IOException failure = new IOException("no attempt");
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            try {
                return bind();
            } catch (IOException e) {
                // The number that is free for TCP may be in use for UDP.
                failure = e;
            }
        }
        throw new UncheckedIOException(failure);
    }

    private static ClosedPort bind() throws IOException {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        // A socket that is bound but does not listen refuses connections.
        Socket tcp = new Socket();
        try {
            tcp.bind(new InetSocketAddress(loopback, 0));
            DatagramSocket udp = new DatagramSocket(tcp.getLocalPort(), loopback);
            // A connected socket receives nothing from other ports; their datagrams are refused.
            udp.connect(loopback, 9);
            return new ClosedPort(tcp, udp);
        } catch (IOException e) {
            tcp.close();
            throw e;
        }
    }

    public int port() {
        return tcp.getLocalPort();
    }

    @Override
    public void close() {
        udp.close();
        try {
            tcp.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
