package dev.websentry.engine.syntax.tls;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import okio.ByteString;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class HandshakeReplyTest {
    private static final String RANDOM = "00".repeat(32);
    private static final String RETRY = "cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c";

    private static byte[] hello(String version, String random, String suite, String extensions) {
        String body = version + random + "00" + suite + "00"
                + (extensions.isEmpty() ? "" : String.format("%04x", extensions.length() / 2) + extensions);
        String message = "02" + String.format("%06x", body.length() / 2) + body;
        return bytes("160303" + String.format("%04x", message.length() / 2) + message);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static HandshakeReply read(byte[] bytes) throws IOException {
        return HandshakeReply.read(new ByteArrayInputStream(bytes));
    }

    @Test
    void supportedVersionsExtensionDeterminesTheVersion() throws Exception {
        HandshakeReply reply = read(hello("0303", RANDOM, "1301", "002b00020304"));
        ServerHello hello = assertInstanceOf(HandshakeReply.ServerFlightReceived.class, reply)
                .flight()
                .hello();
        assertEquals(0x0304, hello.version());
        assertEquals("TLS_AES_128_GCM_SHA256", hello.suite().name());
    }

    @Test
    void helloRetryRequestNamesTheGroup() throws Exception {
        HandshakeReply reply = read(hello("0303", RETRY, "1301", "002b00020304" + "0033000211ec"));
        ServerHello hello = assertInstanceOf(HandshakeReply.ServerFlightReceived.class, reply)
                .flight()
                .hello();
        assertTrue(hello.helloRetryRequest());
        assertEquals(0x11ec, hello.group().orElseThrow());
    }

    @Test
    void alertIsARefusalWithItsName() throws Exception {
        HandshakeReply reply = read(bytes("15030300020246"));
        assertEquals(
                "alert 70 (protocol_version)",
                assertInstanceOf(HandshakeReply.HandshakeRefused.class, reply).reason());
    }

    @Test
    void closeIsARefusal() throws Exception {
        assertInstanceOf(HandshakeReply.HandshakeRefused.class, read(new byte[0]));
        assertInstanceOf(HandshakeReply.HandshakeRefused.class, read(bytes("1603")));
    }

    @Test
    void httpIsNotTls() throws Exception {
        HandshakeReply reply =
                read("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        assertEquals(
                "HTTP/",
                assertInstanceOf(HandshakeReply.NotTlsReply.class, reply).firstBytes());
    }

    @Test
    void tooLargeMessageIsRejectedBeforeItIsRead() throws Exception {
        assertInstanceOf(HandshakeReply.NotTlsReply.class, read(bytes("160303000402ffffff")));
    }

    @Tag("endurance")
    @Test
    void mutatedFlightsNeitherCrashNorBlock() {
        Random random = new Random(20260301);
        byte[][] seeds = {
            hello("0303", RANDOM, "c02b", "0010000500030268320000"),
            hello("0303", RETRY, "1301", "002b00020304" + "0033000211ec"),
            bytes("15030300020246")
        };
        long end = System.nanoTime() + 2_000_000_000L;
        for (int i = 0; i < 200_000 && System.nanoTime() < end; i++) {
            byte[] bytes = mutated(seeds[i % seeds.length], random);
            assertDoesNotThrow(() -> read(bytes), () -> HexFormat.of().formatHex(bytes));
        }
    }

    @Tag("endurance")
    @Test
    void mutatedEncryptedFlightsNeitherCrashNorBlock() {
        Random random = new Random(20260302);
        String share = "001d0020" + "09" + "00".repeat(31);
        byte[] hello = hello("0303", RANDOM, "1301", "002b00020304" + "00330024" + share);
        byte[] seed = java.util.Arrays.copyOf(hello, hello.length + 60);
        System.arraycopy(bytes("1703030032"), 0, seed, hello.length, 5);
        Tls13Handshake exchange = Tls13Handshake.start(ClientHello.of(
                ProtocolVersion.TLS_1_3, ByteString.of(new byte[32]), CipherSuite.TLS_1_3, Optional.empty()));
        long end = System.nanoTime() + 1_000_000_000L;
        for (int i = 0; i < 20_000 && System.nanoTime() < end; i++) {
            byte[] bytes = i == 0 ? seed : mutated(seed, random);
            assertDoesNotThrow(
                    () -> exchange.readFlight(new ByteArrayInputStream(bytes)),
                    () -> HexFormat.of().formatHex(bytes));
        }
    }

    private static byte[] mutated(byte[] seed, Random random) {
        byte[] bytes = java.util.Arrays.copyOf(seed, Math.max(0, seed.length + random.nextInt(40) - 20));
        for (int i = random.nextInt(6); i > 0 && bytes.length > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    @Test
    void cipherSuiteCodesAndNamesAreUnique() {
        Set<String> names = new TreeSet<>();
        Set<Integer> codes = new TreeSet<>();
        CipherSuite.UP_TO_TLS_1_2.forEach(suite -> {
            assertTrue(names.add(suite.name()), suite.name());
            assertTrue(codes.add(suite.code()), suite.name());
        });
        assertEquals(225, codes.size());
        for (CipherStrength group : CipherStrength.values()) {
            assertTrue(CipherSuite.ofStrength(group).size() <= ClientHello.MAX_SUITES);
        }
    }

    @Test
    void ipAddressIsNotSentAsServerName() {
        ByteString random = ByteString.of(new byte[32]);
        byte[] named = ClientHello.of(
                        ProtocolVersion.TLS_1_2,
                        random,
                        CipherSuite.ofStrength(CipherStrength.CBC),
                        Optional.of("www.example.com"))
                .toRecord();
        byte[] unnamed = ClientHello.of(
                        ProtocolVersion.TLS_1_2, random, CipherSuite.ofStrength(CipherStrength.CBC), Optional.empty())
                .toRecord();
        assertEquals(named.length - 24, unnamed.length);
    }
}
