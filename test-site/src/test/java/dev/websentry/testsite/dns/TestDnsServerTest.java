package dev.websentry.testsite.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

@Timeout(60)
class TestDnsServerTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final String QUESTION = "A www.example.com";

    private final TestDnsServer server = TestDnsServer.serving(TestZone.of("example.com.", "@ A 192.0.2.9"))
            .answerInSequence(QUESTION, "192.0.2.1", "192.0.2.2", "192.0.2.3");

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void answersFollowInSequenceAndTheLastIsRepeated() throws IOException {
        assertEquals(
                List.of("192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.3"),
                List.of(query(), query(), query(), query()));
        assertEquals(4, queryCount());
    }

    /** A resolver that has waited too long for the answer asks again. */
    @Test
    void answerThatTheClientDidNotReadIsRepeatedAndCountedOnce() throws IOException {
        // A Socket would shut down its output first, so that the server would not see the reset.
        try (SocketChannel channel = SocketChannel.open(new InetSocketAddress(LOOPBACK, server.port()))) {
            channel.write(ByteBuffer.wrap(request()));
            channel.read(ByteBuffer.allocate(1));
        }
        assertEquals("192.0.2.1", query());
        assertEquals(1, queryCount());
        assertEquals("192.0.2.2", query());
        assertEquals(2, queryCount());
    }

    /** Over UDP the server would not know whether the client has received the answer. */
    @Test
    void clientIsReferredToTcp() throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            byte[] wire = message().toWire();
            socket.send(new DatagramPacket(wire, wire.length, LOOPBACK, server.port()));
            DatagramPacket reply = new DatagramPacket(new byte[512], 512);
            socket.receive(reply);
            Message message = new Message(Arrays.copyOf(reply.getData(), reply.getLength()));
            assertTrue(message.getHeader().getFlag(Flags.TC));
        }
        assertEquals(0, queryCount());
        assertEquals("192.0.2.1", query());
    }

    private long queryCount() {
        return server.log().stream()
                .filter(query -> query.question().equals(QUESTION))
                .count();
    }

    private static Message message() throws IOException {
        return Message.newQuery(Record.newRecord(Name.fromString("www.example.com."), Type.A, DClass.IN));
    }

    /** Returns the query with its length. */
    private static byte[] request() throws IOException {
        byte[] wire = message().toWire();
        return ByteBuffer.allocate(wire.length + 2)
                .putShort((short) wire.length)
                .put(wire)
                .array();
    }

    private String query() throws IOException {
        try (Socket socket = new Socket(LOOPBACK, server.port())) {
            socket.getOutputStream().write(request());
            DataInputStream in = new DataInputStream(socket.getInputStream());
            Message answer = new Message(in.readNBytes(in.readUnsignedShort()));
            return answer.getSection(Section.ANSWER).get(0).rdataToString();
        }
    }
}
