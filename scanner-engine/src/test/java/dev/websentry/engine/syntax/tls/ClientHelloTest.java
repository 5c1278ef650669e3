package dev.websentry.engine.syntax.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okio.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientHelloTest {
    private static final ByteString RANDOM = ByteString.decodeHex("ab".repeat(32));
    private static final CipherSuite ECDHE = CipherSuite.of(0xC02F);
    private static final CipherSuite STATIC = CipherSuite.of(0x002F);

    /** A decoded ClientHello. */
    private record DecodedHello(
            int recordVersion, int version, String session, String suites, Map<Integer, String> extensions) {
        static DecodedHello of(ClientHello hello) throws MalformedTlsException {
            ByteReader record = new ByteReader(hello.toRecord());
            assertEquals(22, record.number(1));
            int recordVersion = record.number(2);
            ByteReader fragment = record.vector(2);
            assertTrue(record.isEmpty());
            assertEquals(1, fragment.number(1));
            ByteReader body = fragment.vector(3);
            assertTrue(fragment.isEmpty());
            int version = body.number(2);
            assertArrayEquals(RANDOM.toByteArray(), body.bytes(32));
            String session = hex(body.vector(1));
            String suites = hex(body.vector(2));
            assertEquals("00", hex(body.vector(1)));
            Map<Integer, String> extensions = new LinkedHashMap<>();
            if (!body.isEmpty()) {
                ByteReader all = body.vector(2);
                assertTrue(body.isEmpty());
                while (!all.isEmpty()) {
                    extensions.put(all.number(2), hex(all.vector(2)));
                }
            }
            return new DecodedHello(recordVersion, version, session, suites, extensions);
        }

        private static String hex(ByteReader in) throws MalformedTlsException {
            return HexFormat.of().formatHex(in.rest());
        }
    }

    private static ClientHello hello(ProtocolVersion version, CipherSuite suite) {
        return ClientHello.of(version, RANDOM, List.of(suite), Optional.of("a.net"));
    }

    /** RFC 6101 has no extensions; the signaling value of RFC 5746 section 3.3 is included. */
    @Test
    void sslv3HasNoExtensions() throws Exception {
        assertEquals(
                new DecodedHello(0x0300, 0x0300, "", "002f00ff", Map.of()),
                DecodedHello.of(hello(ProtocolVersion.SSL_3, STATIC)));
    }

    @Test
    void versionsBefore12OfferNoSignatureSchemes() throws Exception {
        DecodedHello read = DecodedHello.of(hello(ProtocolVersion.TLS_1_1, STATIC));
        assertEquals(0x0301, read.recordVersion());
        assertEquals(0x0302, read.version());
        assertEquals(List.of(0, 5, 16, 18), List.copyOf(read.extensions().keySet()));
    }

    @Test
    void version12OffersGroupsAndSignatureSchemes() throws Exception {
        DecodedHello read =
                DecodedHello.of(hello(ProtocolVersion.TLS_1_2, ECDHE).withSignatureSchemes(List.of(0x0403, 0x0804)));
        assertEquals(0x0303, read.version());
        assertEquals("c02f00ff", read.suites());
        assertEquals("", read.session());
        assertEquals("0008" + "00" + "0005" + "612e6e6574", read.extensions().get(0));
        assertEquals("0100000000", read.extensions().get(5));
        assertTrue(
                read.extensions().get(10).startsWith("0018001d0017"),
                read.extensions().get(10));
        assertEquals("0100", read.extensions().get(11));
        assertEquals("000404030804", read.extensions().get(13));
        assertEquals(
                "000c" + "026832" + "08" + "687474702f312e31", read.extensions().get(16));
        assertEquals("", read.extensions().get(18));
        assertEquals(7, read.extensions().size());
    }

    /** RFC 8446 section 4.1.2 and appendix D.4. */
    @Test
    void version13IsOfferedInAnExtension() throws Exception {
        ClientHello hello = hello(ProtocolVersion.TLS_1_3, CipherSuite.of(0x1301))
                .withGroups(List.of(0x001d), List.of(new ClientHello.KeyShare(0x001d, ByteString.decodeHex("0102"))));
        DecodedHello read = DecodedHello.of(hello);
        assertEquals(0x0301, read.recordVersion());
        assertEquals(0x0303, read.version());
        assertEquals(RANDOM.hex(), read.session());
        assertEquals("1301", read.suites());
        assertEquals("0002001d", read.extensions().get(10));
        assertEquals("020304", read.extensions().get(43));
        assertEquals("0006" + "001d" + "0002" + "0102", read.extensions().get(51));
    }

    @Test
    void alpnExtensionIsOmittedWithoutProtocols() throws Exception {
        ClientHello hello = new ClientHello(
                ProtocolVersion.TLS_1_2,
                RANDOM,
                List.of(STATIC),
                Optional.empty(),
                List.of(0x0401),
                List.of(),
                List.of(),
                List.of());
        assertEquals(
                List.of(5, 13, 18),
                List.copyOf(DecodedHello.of(hello).extensions().keySet()));
    }

    @Test
    void invalidHelloIsRejected() {
        List<CipherSuite> maximum = Collections.nCopies(ClientHello.MAX_SUITES, STATIC);
        assertEquals(
                120,
                ClientHello.of(ProtocolVersion.TLS_1_2, RANDOM, maximum, Optional.empty())
                        .suites()
                        .size());
        List<CipherSuite> more = new ArrayList<>(maximum);
        more.add(STATIC);
        assertRejected(ProtocolVersion.TLS_1_2, RANDOM, more);
        assertRejected(ProtocolVersion.TLS_1_2, RANDOM, List.of());
        assertRejected(ProtocolVersion.TLS_1_2, ByteString.of(new byte[31]), maximum);
        assertRejected(ProtocolVersion.SSL_2, RANDOM, maximum);
    }

    private static void assertRejected(ProtocolVersion version, ByteString random, List<CipherSuite> suites) {
        assertThrows(IllegalArgumentException.class, () -> ClientHello.of(version, random, suites, Optional.empty()));
    }

    @Test
    void encodesSslv2ClientHello() {
        String ciphers = "010080020080030080040080050080060040" + "0700c0";
        assertEquals(
                "802e" + "01" + "0002" + "0015" + "0000" + "0010" + ciphers + "cd".repeat(16),
                HexFormat.of()
                        .formatHex(Sslv2Hello.clientHello(
                                ByteString.decodeHex("cd".repeat(16)).toByteArray())));
    }

    @ParameterizedTest
    @CsvSource({
        "80100400010002, true",
        "801004000100020003, true",
        "801004000100, false",
        "00100400010002, false",
        "80100100010002, false",
        "80100400010302, false",
        "80100400010003, false"
    })
    void recognizesSslv2ServerHello(String hex, boolean is) throws Exception {
        assertEquals(
                is,
                Sslv2Hello.isServerHello(new ByteArrayInputStream(HexFormat.of().parseHex(hex))));
    }
}
