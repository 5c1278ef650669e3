package dev.websentry.engine.job;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;

/** Grades recordings in a JVM in which opening any socket fails. */
final class OfflineGrading {
    private OfflineGrading() {}

    /** @param arguments the directory of the recordings and the output directory */
    @SuppressWarnings("deprecation") // There is no replacement that covers all sockets of a JVM.
    public static void main(String[] arguments) throws Exception {
        Socket.setSocketImplFactory(() -> {
            throw new IllegalStateException("a socket was opened");
        });
        ServerSocket.setSocketFactory(() -> {
            throw new IllegalStateException("a server socket was opened");
        });
        DatagramSocket.setDatagramSocketImplFactory(() -> {
            throw new IllegalStateException("a datagram socket was opened");
        });
        requireOffline();
        RawOptions texts = new RawOptions(Option::key)
                .set(Option.OBSERVATIONS, arguments[0])
                .set(Option.OUTPUT_DIRECTORY, arguments[1]);
        JobResult result = GradeJob.run(GradeRequest.parse(texts), site -> {});
        System.out.println("graded " + result.graded().size());
    }

    /** Verifies that every way to open a connection fails. */
    private static void requireOffline() {
        InetSocketAddress discard = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
        assertFails(() -> {
            try (Socket socket = new Socket()) {
                socket.connect(discard, 100);
            }
        });
        assertFails(() -> SocketChannel.open().close());
        assertFails(() -> DatagramChannel.open().close());
        assertFails(() -> new DatagramSocket().close());
        assertFails(() -> InetAddress.getByName("example.com"));
        System.out.println("offline");
    }

    private interface NetworkAttempt {
        void run() throws IOException;
    }

    private static void assertFails(NetworkAttempt attempt) {
        try {
            attempt.run();
        } catch (IllegalStateException | UnknownHostException e) {
            return;
        } catch (IOException e) {
            throw new AssertionError("a connection was attempted", e);
        }
        throw new AssertionError("this JVM is not offline");
    }

    /** A provider that rejects opening any channel. */
    public static final class RejectingSelectorProvider extends SelectorProvider {
        private static IllegalStateException opened() {
            return new IllegalStateException("a channel was opened");
        }

        @Override
        public DatagramChannel openDatagramChannel() {
            throw opened();
        }

        @Override
        public DatagramChannel openDatagramChannel(ProtocolFamily family) {
            throw opened();
        }

        @Override
        public Pipe openPipe() {
            throw opened();
        }

        @Override
        public AbstractSelector openSelector() {
            throw opened();
        }

        @Override
        public ServerSocketChannel openServerSocketChannel() {
            throw opened();
        }

        @Override
        public SocketChannel openSocketChannel() {
            throw opened();
        }
    }
}
