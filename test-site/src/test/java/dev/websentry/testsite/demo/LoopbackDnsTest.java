package dev.websentry.testsite.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.websentry.testsite.TestSite;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** The servers of the demo keep answering, whatever they are asked. */
class LoopbackDnsTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private static List<LoopbackDns> servers;

    @BeforeAll
    static void start() {
        servers = List.of(LoopbackDns.start(), LoopbackDns.start(List.of("site1.example.com")));
    }

    @AfterAll
    static void stop() {
        servers.forEach(LoopbackDns::close);
    }

    private static Message query(String name, int type) throws IOException {
        Message query = Message.newQuery(Record.newRecord(Name.fromString(name), type, DClass.IN));
        query.addRecord(new OPTRecord(1232, 0, 0, ExtendedFlags.DO), Section.ADDITIONAL);
        return query;
    }

    private static int rcode(int port, String name, int type) throws IOException {
        byte[] wire = query(name, type).toWire();
        byte[] buffer = new byte[65_535];
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(60_000);
            socket.send(new DatagramPacket(wire, wire.length, LOOPBACK, port));
            DatagramPacket reply = new DatagramPacket(buffer, buffer.length);
            socket.receive(reply);
            return new Message(java.util.Arrays.copyOf(buffer, reply.getLength())).getRcode();
        }
    }

    private static int rcodeOverTcp(int port, String name, int type) throws IOException {
        byte[] wire = query(name, type).toWire();
        try (Socket socket = new Socket(LOOPBACK, port)) {
            socket.setSoTimeout(60_000);
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.writeShort(wire.length);
            out.write(wire);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            return new Message(in.readNBytes(in.readUnsignedShort())).getRcode();
        }
    }

    /** RFC 1035 section 4.3.1: a name outside of the zones gets a response, and so does the next query. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "outside.test.",
                "www.google.com.",
                "a.b.c.d.e.arpa.",
                "net.",
                ".",
                "\\000.example.",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
                        + "aaaaaaaaaaaaaaaaaa.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.aaaaaaaaaaaaaaaaaaaaa"
                        + "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.",
            })
    void aQueryOutsideOfTheZonesIsAnsweredAndSoIsTheNext(String name) throws IOException {
        for (LoopbackDns dns : servers) {
            int port = dns.dns().port();
            for (int type : new int[] {Type.A, Type.DS, Type.TXT, Type.DNSKEY, Type.CNAME, Type.NSEC}) {
                rcode(port, name, type);
                rcodeOverTcp(port, name, type);
                assertEquals(Rcode.NOERROR, rcode(port, "www.example.com.", Type.A), name + " " + type);
                assertEquals(Rcode.NOERROR, rcodeOverTcp(port, "www.example.com.", Type.A), name + " " + type);
            }
        }
    }

    /** RFC 1035 section 4.1: a message without a question, and bytes that are no message, do not stop the server. */
    @Test
    void aMalformedQueryDoesNotStopTheServer() throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            int port = servers.get(0).dns().port();
            for (byte[] packet : List.of(new byte[0], new byte[12], new byte[40])) {
                socket.send(new DatagramPacket(packet, packet.length, LOOPBACK, port));
                try (Socket tcp = new Socket(LOOPBACK, port)) {
                    DataOutputStream out = new DataOutputStream(tcp.getOutputStream());
                    out.writeShort(packet.length);
                    out.write(packet);
                }
                assertEquals(Rcode.NOERROR, rcode(port, "www.example.com.", Type.A));
                assertEquals(Rcode.NOERROR, rcodeOverTcp(port, "www.example.com.", Type.A));
            }
        }
    }

    /** A demo that runs for days must not keep every request. */
    @Test
    void theWebServerKeepsTheLastThousandRequests() throws Exception {
        try (TestSite site = TestSite.http(request -> TestSite.page("hello"))) {
            HttpClient client = HttpClient.newHttpClient();
            for (int i = 0; i < 1100; i++) {
                HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + site.port() + "/" + i))
                        .build();
                assertEquals(
                        200,
                        client.send(request, HttpResponse.BodyHandlers.discarding())
                                .statusCode());
            }
            int kept = 0;
            String oldest = "";
            for (var request = site.takeRequest(); request != null; request = site.takeRequest()) {
                oldest = oldest.isEmpty() ? request.getUrl().encodedPath() : oldest;
                kept++;
            }
            assertEquals(1000, kept);
            assertEquals("/100", oldest);
            assertEquals(1100, site.requestCount());
        }
    }
}
