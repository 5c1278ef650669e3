package dev.websentry.engine.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.syntax.tls.CipherSuite;
import dev.websentry.engine.syntax.tls.ClientHello;
import dev.websentry.engine.syntax.tls.EncryptedTls13Server;
import dev.websentry.engine.syntax.tls.HandshakeReply;
import dev.websentry.engine.syntax.tls.ProtocolVersion;
import dev.websentry.engine.syntax.tls.ServerFlight;
import dev.websentry.engine.syntax.tls.Sslv2Hello;
import dev.websentry.engine.syntax.tls.Tls13Handshake;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import okio.ByteString;

/** Fuzz targets for the responses of a server to a ClientHello. */
final class TlsFuzzTargets {
    private static final int MAX_CERTIFICATES = 20;
    private static final String RANDOM = "00".repeat(32);
    private static final String RETRY = "cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c";
    private static final List<byte[]> WORDS = List.of(
            bytes("160303"),
            bytes("16030300"),
            bytes("1403030001"),
            bytes("15030300020170"),
            bytes("00000000"),
            bytes("ffffff"),
            bytes("0b000000"),
            bytes("0e000000"),
            bytes("002b00020304"),
            bytes("00330024"));

    private TlsFuzzTargets() {}

    static List<FuzzTarget> all() {
        return List.of(
                new FuzzTarget("tls-flight", flights(), WORDS, 300 << 10, TlsFuzzTargets::flight),
                new FuzzTarget("tls13-clear", flights(), WORDS, 300 << 10, TlsFuzzTargets::unencryptedPartOfTls13),
                new FuzzTarget(
                        "tls13-encrypted", encryptedSeeds(), WORDS, 300 << 10, TlsFuzzTargets::encryptedPartOfTls13),
                new FuzzTarget(
                        "sslv2", List.of(bytes("8010040001000200030010010080")), List.of(), 64, TlsFuzzTargets::sslv2));
    }

    private static void flight(byte[] input) throws Exception {
        HandshakeReply reply = HandshakeReply.read(new ByteArrayInputStream(input));
        if (reply instanceof HandshakeReply.ServerFlightReceived answered) {
            assertWithinBounds(answered.flight(), input.length);
            assertEquals(
                    answered.flight().hello(),
                    ((HandshakeReply.ServerFlightReceived) HandshakeReply.read(new ByteArrayInputStream(input)))
                            .flight()
                            .hello());
        } else if (reply instanceof HandshakeReply.NotTlsReply other) {
            assertTrue(other.firstBytes().chars().allMatch(c -> c >= 0x20 && c < 0x7f), other.firstBytes());
        }
    }

    private static void unencryptedPartOfTls13(byte[] input) throws Exception {
        if (exchange().readFlight(new ByteArrayInputStream(input))
                instanceof HandshakeReply.ServerFlightReceived answered) {
            assertWithinBounds(answered.flight(), input.length);
        }
    }

    /** The input is the plaintext that the server encrypts; mutated ciphertext would not be decrypted. */
    private static void encryptedPartOfTls13(byte[] input) throws Exception {
        Tls13Handshake exchange = exchange();
        byte[] sent = EncryptedTls13Server.respond(exchange.hello(), input);
        HandshakeReply.ServerFlightReceived answered =
                (HandshakeReply.ServerFlightReceived) exchange.readFlight(new ByteArrayInputStream(sent));
        assertWithinBounds(answered.flight(), input.length);
    }

    private static void sslv2(byte[] input) throws Exception {
        boolean is = Sslv2Hello.isServerHello(new ByteArrayInputStream(input));
        byte[] other = Arrays.copyOf(input, Math.min(input.length, 7));
        assertEquals(
                is,
                Sslv2Hello.isServerHello(new ByteArrayInputStream(other)),
                "only the first 7 bytes may be relevant");
    }

    /** Asserts that the result is not larger than the input. */
    private static void assertWithinBounds(ServerFlight flight, int sent) {
        assertTrue(flight.certificates().size() <= MAX_CERTIFICATES);
        int bytes = flight.certificates().stream().mapToInt(der -> der.length).sum()
                + flight.stapledOcsp().map(der -> der.length).orElse(0);
        assertTrue(bytes <= sent, () -> bytes + " bytes of certificates in " + sent);
    }

    private static Tls13Handshake exchange() {
        return Tls13Handshake.start(ClientHello.of(
                ProtocolVersion.TLS_1_3, ByteString.of(new byte[32]), CipherSuite.TLS_1_3, Optional.empty()));
    }

    private static List<byte[]> flights() {
        String certificate = "0b00000c000009" + "000006" + "300430020500";
        String status = "16000009" + "01000005" + "3003020100";
        String group = "0c000004" + "03001d00";
        String request = "0d000000";
        String rest = certificate + status + group + request + "0e000000";
        return List.of(
                hello("0303", RANDOM, "c02b", "001000050003026832", rest),
                hello("0303", RANDOM, "0033", "", certificate + "0c000006" + "0004ffffffff" + "0e000000"),
                hello("0303", RANDOM, "1301", "002b00020304" + "00330024" + "001d0020" + "09" + "00".repeat(31), ""),
                hello("0303", RETRY, "1301", "002b00020304" + "0033000211ec", ""),
                bytes("15030300020246"),
                "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }

    private static List<byte[]> encryptedSeeds() {
        String entry = "000006" + "300430020500" + "000d" + "00050009" + "01000005" + "3003020100";
        String certificate = "00" + String.format("%06x", entry.length() / 2) + entry;
        String message = "0b" + String.format("%06x", certificate.length() / 2) + certificate;
        return List.of(bytes("08000002" + "0000" + message), bytes("080000020000" + "0d000000" + message));
    }

    private static byte[] hello(String version, String random, String suite, String extensions, String rest) {
        String body = version + random + "00" + suite + "00"
                + (extensions.isEmpty() ? "" : String.format("%04x", extensions.length() / 2) + extensions);
        String message = "02" + String.format("%06x", body.length() / 2) + body + rest;
        return bytes("160303" + String.format("%04x", message.length() / 2) + message);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
