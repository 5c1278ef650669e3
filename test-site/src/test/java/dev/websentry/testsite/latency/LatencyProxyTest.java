package dev.websentry.testsite.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.websentry.testsite.tls.ScriptedServer;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Tests that the counting proxy counts exactly the round trips that depend on each other. */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
class LatencyProxyTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final ScriptedServer echo = new ScriptedServer(connection -> {
        for (int octet = connection.getInputStream().read();
                octet >= 0;
                octet = connection.getInputStream().read()) {
            connection.getOutputStream().write(octet);
        }
    });
    private final LatencyProxy link = LatencyProxy.countingRoundTrips();
    private final int port = link.forwardTcp("echo", echo.port());

    @AfterEach
    void close() {
        link.close();
        echo.close();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(LOOPBACK, port);
        socket.setTcpNoDelay(true);
        return socket;
    }

    private static void exchange(Socket socket) throws IOException {
        socket.getOutputStream().write(7);
        assertEquals(7, socket.getInputStream().read());
    }

    @Test
    void connectionAndEachExchangeTakeOneRoundTrip() throws IOException {
        try (Socket socket = connect()) {
            for (int exchanges = 1; exchanges <= 5; exchanges++) {
                exchange(socket);
                assertEquals(1 + exchanges, link.roundTrips());
            }
        }
    }

    @Test
    void concurrentExchangesShareRoundTrips() throws Exception {
        int many = 12;
        ExecutorService threads = Executors.newFixedThreadPool(many);
        CountDownLatch done = new CountDownLatch(many);
        List<Future<?>> exchanges = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            exchanges.add(threads.submit(() -> {
                try (Socket socket = connect()) {
                    exchange(socket);
                    exchange(socket);
                    done.countDown();
                    // Keep all connections open until all responses have arrived, since a close takes a round trip too.
                    done.await();
                    return link.roundTrips();
                }
            }));
        }
        for (Future<?> exchange : exchanges) {
            assertEquals(3L, exchange.get());
        }
        threads.shutdown();
    }

    @Test
    void dependentConnectionsTakeAdditionalRoundTrips() throws IOException {
        try (Socket first = connect()) {
            exchange(first);
            try (Socket second = connect()) {
                exchange(second);
                assertEquals(4, link.roundTrips());
            }
        }
    }

    @Test
    void datagramAndReplyTakeOneRoundTrip() throws IOException {
        try (DatagramSocket server = new DatagramSocket(0, LOOPBACK);
                DatagramSocket client = new DatagramSocket(0, LOOPBACK)) {
            int listenerPort = link.forwardUdpAndTcp("dns", server.getLocalPort());
            Thread answering = new Thread(() -> answer(server));
            answering.setDaemon(true);
            answering.start();
            for (int count = 1; count <= 3; count++) {
                client.send(new DatagramPacket(new byte[] {1}, 1, LOOPBACK, listenerPort));
                client.receive(new DatagramPacket(new byte[1], 1));
                assertEquals(count, link.roundTrips());
            }
        }
    }

    private static void answer(DatagramSocket server) {
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(new byte[1], 1);
                server.receive(packet);
                server.send(packet);
            }
        } catch (IOException e) {
            // The socket was closed at the end of the test.
        }
    }
}
