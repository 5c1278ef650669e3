package dev.websentry.engine.syntax.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import okio.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests TLS 1.3 handshakes (RFC 8446 sections 4.4.2, 5.2 and 7.1) with keys derived by a different library. */
class Tls13HandshakeTest {
    private static final byte[] EXTENSIONS = message(8, bytes("0000"));
    private static final byte[] REQUEST = message(13, bytes("000000"));
    private static final byte[] LEAF = bytes("3003020101");
    private static final byte[] ISSUER = bytes("3003020102");

    private final Tls13Handshake exchange = Tls13Handshake.start(ClientHello.of(
            ProtocolVersion.TLS_1_3, ByteString.of(new byte[32]), CipherSuite.TLS_1_3, Optional.empty()));

    @ParameterizedTest
    @ValueSource(ints = {0x1301, 0x1302, 0x1303})
    void certificatesAreRead(int suite) throws Exception {
        byte[] content = join(EXTENSIONS, certificates(entry(LEAF, ""), entry(ISSUER, "")));
        ServerFlight flight = flight(EncryptedTls13Server.respond(exchange.hello(), CipherSuite.of(suite), content, 0));
        assertEquals(List.of(ByteString.of(LEAF), ByteString.of(ISSUER)), seen(flight));
        assertEquals(Optional.empty(), flight.stapledOcsp());
        assertFalse(flight.clientCertificateRequested());
    }

    /** RFC 8446 section 5.4. */
    @ParameterizedTest
    @ValueSource(ints = {1, 255})
    void paddingIsRemoved(int zeros) throws Exception {
        byte[] content = certificates(entry(LEAF, ""));
        ServerFlight flight =
                flight(EncryptedTls13Server.respond(exchange.hello(), CipherSuite.of(0x1301), content, zeros));
        assertEquals(List.of(ByteString.of(LEAF)), seen(flight));
    }

    @Test
    void helloContainsAnX25519KeyShare() {
        ClientHello hello = exchange.hello();
        assertEquals(List.of(NamedGroup.X25519.code()), hello.groups());
        assertEquals(32, hello.keyShares().get(0).key().size());
        assertEquals(NamedGroup.X25519.code(), hello.keyShares().get(0).group());
    }

    @Test
    void clientCertificateRequestIsDetected() throws Exception {
        byte[] content = join(EXTENSIONS, REQUEST, certificates(entry(LEAF, "")));
        assertTrue(
                flight(EncryptedTls13Server.respond(exchange.hello(), content)).clientCertificateRequested());
    }

    /** RFC 8446 section 4.4.2.1: the OCSP response for the leaf is in the entry of the leaf. */
    @Test
    void stapledOcspResponseIsReadFromTheLeafEntry() throws Exception {
        String other = "00120000";
        byte[] content = certificates(entry(LEAF, other + status("aa")), entry(ISSUER, status("bb")));
        ServerFlight flight = flight(EncryptedTls13Server.respond(exchange.hello(), content));
        assertEquals(
                ByteString.of(bytes("aa")), ByteString.of(flight.stapledOcsp().orElseThrow()));
        byte[] unstapled = certificates(entry(LEAF, ""), entry(ISSUER, status("bb")));
        assertEquals(
                Optional.empty(),
                flight(EncryptedTls13Server.respond(exchange.hello(), unstapled))
                        .stapledOcsp());
        byte[] otherKind = certificates(entry(LEAF, "000500050200000155"));
        assertEquals(
                Optional.empty(),
                flight(EncryptedTls13Server.respond(exchange.hello(), otherKind))
                        .stapledOcsp());
    }

    /** RFC 6962 section 3.3.1 and RFC 8446 section 4.4.2: in the entry of the leaf. */
    @Test
    void timestampsAreReadFromTheLeafEntry() throws Exception {
        byte[] content =
                certificates(entry(LEAF, "0012" + "0004" + "0002abcd"), entry(ISSUER, "0012" + "0002" + "0000"));
        ServerFlight flight = flight(EncryptedTls13Server.respond(exchange.hello(), content));
        assertEquals(ByteString.of(bytes("0002abcd")), flight.timestamps());
    }

    @Test
    void messageMaySpanSeveralRecords() throws Exception {
        byte[] large = new byte[40_000];
        Arrays.fill(large, (byte) 7);
        ServerFlight flight = flight(
                EncryptedTls13Server.respond(exchange.hello(), join(EXTENSIONS, certificates(entry(large, "")))));
        assertEquals(List.of(ByteString.of(large)), seen(flight));
    }

    @Test
    void atMostTwentyCertificatesAreRead() throws Exception {
        byte[][] entries = new byte[25][];
        Arrays.fill(entries, entry(LEAF, ""));
        assertEquals(
                20,
                flight(EncryptedTls13Server.respond(exchange.hello(), certificates(entries)))
                        .certificates()
                        .size());
    }

    @Test
    void sizeOfMessagesIsLimited() throws Exception {
        byte[] largest = message(8, new byte[HandshakeReader.MAX_MESSAGE_BYTES]);
        byte[] leaf = certificates(entry(LEAF, ""));
        assertEquals(
                1,
                flight(EncryptedTls13Server.respond(exchange.hello(), join(largest, leaf)))
                        .certificates()
                        .size());
        byte[] larger = message(8, new byte[HandshakeReader.MAX_MESSAGE_BYTES + 1]);
        assertEquals(
                0,
                flight(EncryptedTls13Server.respond(exchange.hello(), join(larger, leaf)))
                        .certificates()
                        .size());
    }

    /** RFC 8446 appendix D.4. */
    @Test
    void changeCipherSpecIsSkipped() throws Exception {
        byte[] answer = EncryptedTls13Server.respond(exchange.hello(), certificates(entry(LEAF, "")));
        int hello = 5 + (answer[3] << 8 | answer[4] & 0xff);
        byte[] between = join(
                Arrays.copyOf(answer, hello), bytes("140303000101"), Arrays.copyOfRange(answer, hello, answer.length));
        assertEquals(1, flight(between).certificates().size());
    }

    @Test
    void undecryptableRecordIsIgnored() throws Exception {
        byte[] answer = EncryptedTls13Server.respond(exchange.hello(), certificates(entry(LEAF, "")));
        answer[answer.length - 1] ^= 1;
        assertEquals(0, flight(answer).certificates().size());
        // The base point of X25519, which is not the key of this handshake.
        ClientHello.KeyShare share =
                new ClientHello.KeyShare(NamedGroup.X25519.code(), ByteString.of(Arrays.copyOf(new byte[] {9}, 32)));
        byte[] other = EncryptedTls13Server.respond(
                exchange.hello().withGroups(List.of(NamedGroup.X25519.code()), List.of(share)),
                certificates(entry(LEAF, "")));
        assertEquals(0, flight(other).certificates().size());
    }

    @Test
    void serverHelloWithoutCertificateIsAccepted() throws Exception {
        byte[] answer = EncryptedTls13Server.respond(exchange.hello(), new byte[0]);
        assertEquals(0x1301, flight(answer).hello().suite().code());
        assertEquals(0, flight(answer).certificates().size());
    }

    private ServerFlight flight(byte[] answer) throws Exception {
        return assertInstanceOf(
                        HandshakeReply.ServerFlightReceived.class,
                        exchange.readFlight(new ByteArrayInputStream(answer)))
                .flight();
    }

    private static List<ByteString> seen(ServerFlight flight) {
        return flight.certificates().stream().map(ByteString::of).toList();
    }

    private static String status(String response) {
        String body = "01" + String.format("%06x", response.length() / 2) + response;
        return "0005" + String.format("%04x", body.length() / 2) + body;
    }

    private static byte[] entry(byte[] certificate, String extensions) {
        return new ByteWriter()
                .vector(3, certificate)
                .vector(2, bytes(extensions))
                .toBytes();
    }

    private static byte[] certificates(byte[]... entries) {
        return message(
                11, new ByteWriter().number(1, 0).vector(3, join(entries)).toBytes());
    }

    private static byte[] message(int type, byte[] body) {
        return new ByteWriter().number(1, type).vector(3, body).toBytes();
    }

    private static byte[] join(byte[]... parts) {
        ByteWriter joined = new ByteWriter();
        for (byte[] part : parts) {
            joined.bytes(part);
        }
        return joined.toBytes();
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
