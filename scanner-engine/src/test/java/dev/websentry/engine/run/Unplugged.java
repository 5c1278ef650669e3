package dev.websentry.engine.run;

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

/** Judges recordings in a JVM that can open no socket of any kind. */
final class Unplugged {
    private Unplugged() {}

    /** @param arguments where the recordings are, and where the reports go */
    @SuppressWarnings("deprecation") // The factories have no successor that covers every socket of a JVM.
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
        requireUnplugged();
        OptionTexts texts = new OptionTexts(Option::key)
                .set(Option.OBSERVATIONS, arguments[0])
                .set(Option.OUTPUT_DIRECTORY, arguments[1]);
        RunResult result = GradeRun.run(GradeRequest.of(texts), site -> {});
        System.out.println("judged " + result.graded().size());
    }

    /** Shows that an attempt would not go unseen. */
    private static void requireUnplugged() {
        InetSocketAddress discard = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
        mustFail(() -> {
            try (Socket socket = new Socket()) {
                socket.connect(discard, 100);
            }
        });
        mustFail(() -> SocketChannel.open().close());
        mustFail(() -> DatagramChannel.open().close());
        mustFail(() -> new DatagramSocket().close());
        mustFail(() -> InetAddress.getByName("example.com"));
        System.out.println("unplugged");
    }

    private interface Attempt {
        void make() throws IOException;
    }

    private static void mustFail(Attempt attempt) {
        try {
            attempt.make();
        } catch (IllegalStateException | UnknownHostException e) {
            return;
        } catch (IOException e) {
            throw new AssertionError("it was tried", e);
        }
        throw new AssertionError("this JVM is not unplugged");
    }

    /** Opens nothing. */
    public static final class NoChannels extends SelectorProvider {
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
