package dev.websentry.engine.syntax.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import okio.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests parsing of unencrypted flights up to TLS 1.2 (RFC 5246 section 7.4). */
class ServerFlightTest {
    private static final String RANDOM = "11".repeat(32);
    private static final String CERTIFICATES = "0b00000f" + "00000c" + "000003" + "300101" + "000003" + "300102";
    private static final String DONE = "0e000000";

    private static String hello(String suite) {
        return message(2, "0303" + RANDOM + "00" + suite + "00");
    }

    private static String message(int type, String body) {
        return String.format("%02x%06x", type, body.length() / 2) + body;
    }

    private static String record(String messages) {
        return "160303" + String.format("%04x", messages.length() / 2) + messages;
    }

    private static HandshakeReply read(String hex) throws Exception {
        return HandshakeReply.read(new ByteArrayInputStream(HexFormat.of().parseHex(hex)));
    }

    private static ServerFlight flight(String hex) throws Exception {
        return assertInstanceOf(HandshakeReply.ServerFlightReceived.class, read(hex))
                .flight();
    }

    @Test
    void wholeFlightIsParsed() throws Exception {
        String status = message(22, "01" + "000002" + "aabb");
        String exchange = message(12, "03001d" + "00");
        ServerFlight flight =
                flight(record(hello("c02b") + CERTIFICATES + status + exchange + message(13, "0000") + DONE));
        assertEquals(0x0303, flight.hello().version());
        assertEquals(
                "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                flight.hello().suite().name());
        assertEquals(
                List.of("300101", "300102"),
                flight.certificates().stream().map(HexFormat.of()::formatHex).toList());
        assertEquals("aabb", HexFormat.of().formatHex(flight.stapledOcsp().orElseThrow()));
        assertEquals(OptionalInt.of(0x001d), flight.group());
        assertEquals(OptionalInt.empty(), flight.dhBits());
        assertTrue(flight.clientCertificateRequested());
    }

    /** RFC 6962 section 3.3.1: in the ServerHello up to TLS 1.2. */
    @Test
    void timestampsAreReadFromTheServerHello() throws Exception {
        String extensions = "0008" + "0012" + "0004" + "0002abcd";
        String hello = message(2, "0303" + RANDOM + "00" + "c02b" + "00" + extensions);
        assertEquals(
                "0002abcd",
                flight(record(hello + CERTIFICATES + DONE)).timestamps().hex());
        assertEquals(
                0,
                flight(record(hello("c02b") + CERTIFICATES + DONE)).timestamps().size());
    }

    @Test
    void flightMaySpanManyRecords() throws Exception {
        String messages = hello("c02b") + CERTIFICATES + DONE;
        StringBuilder records = new StringBuilder();
        for (int i = 0; i < messages.length(); i += 2) {
            records.append(record(messages.substring(i, i + 2)));
        }
        assertEquals(2, flight(records.toString()).certificates().size());
    }

    @Test
    void readingStopsAfterServerHelloDone() throws Exception {
        assertEquals(
                0,
                flight(record(hello("c02b") + DONE + CERTIFICATES))
                        .certificates()
                        .size());
    }

    @Test
    void missingMessagesAreEmpty() throws Exception {
        ServerFlight flight = flight(record(hello("c02b") + CERTIFICATES.substring(0, 20)));
        assertEquals(List.of(), flight.certificates());
        assertEquals(Optional.empty(), flight.stapledOcsp());
        assertEquals(OptionalInt.empty(), flight.group());
        assertEquals(false, flight.clientCertificateRequested());
    }

    /** RFC 5246 section 7.4.3 and RFC 8422 section 5.4: a prime, or curve type 3 with a named curve. */
    @ParameterizedTest
    @CsvSource({
        "0033, 0004ffffffff, 32, ''",
        "0033, 00030fffff, 20, ''",
        "c02f, 03001700, '', 23",
        "c02f, 01001700, '', ''",
        "002f, 0004ffffffff, '', ''"
    })
    void parsesKeyExchange(String suite, String body, String bits, String group) throws Exception {
        ServerFlight flight = flight(record(hello(suite) + message(12, body) + DONE));
        assertEquals(bits, number(flight.dhBits()));
        assertEquals(group, number(flight.group()));
    }

    private static String number(OptionalInt value) {
        return value.isPresent() ? String.valueOf(value.getAsInt()) : "";
    }

    @Test
    void otherStatusTypesAreIgnored() throws Exception {
        assertEquals(
                Optional.empty(),
                flight(record(hello("c02b") + message(22, "02" + "000002" + "aabb") + DONE))
                        .stapledOcsp());
    }

    @Test
    void atMostTwentyCertificatesAreRead() throws Exception {
        String entries = "000003300101".repeat(21);
        String all = message(11, String.format("%06x", entries.length() / 2) + entries);
        assertEquals(
                20, flight(record(hello("c02b") + all + DONE)).certificates().size());
    }

    /** RFC 6066 section 3: an unrecognized_name alert with warning level is ignored. */
    @Test
    void unrecognizedNameWarningIsIgnored() throws Exception {
        assertEquals(
                2,
                flight("15030300020170" + record(hello("c02b") + CERTIFICATES + DONE))
                        .certificates()
                        .size());
        assertEquals("alert 112 (unrecognized_name)", refusal("15030300020270"));
        assertEquals("alert 40 (handshake_failure)", refusal("15030300020128"));
        assertEquals("alert 255 (unknown)", refusal("150303000202ff"));
        assertEquals("alert -1 (unknown)", refusal("150303000102"));
    }

    private static String refusal(String hex) throws Exception {
        return assertInstanceOf(HandshakeReply.HandshakeRefused.class, read(hex))
                .reason();
    }

    @ParameterizedTest
    @CsvSource({"''", "16", "160303", "16030300", "1603030004", "160303000402", "160303000402020000"})
    void closeBeforeTheServerHelloIsARefusal(String hex) throws Exception {
        assertEquals("the connection was closed", refusal(hex));
    }

    @ParameterizedTest
    @CsvSource({
        "1403030001, .....",
        "16020300, ....",
        "48545450, HTTP",
        "1603030000, 'record of 0 bytes, 0 in total'",
        "1603034801, 'record of 18433 bytes, 18433 in total'",
        "16030300040b000000, handshake message of type 11 instead of a ServerHello",
        "160303000402020001, handshake message of 131073 bytes exceeds the limit",
        "16030300040200000014, 'field of 2 bytes where 0 remain'"
    })
    void protocolViolationIsNotTls(String hex, String firstBytes) throws Exception {
        assertEquals(
                firstBytes,
                assertInstanceOf(HandshakeReply.NotTlsReply.class, read(hex)).firstBytes());
    }

    @Test
    void largestRecordIsAccepted() throws Exception {
        String certificate = "00".repeat(HandshakeReader.MAX_RECORD_BYTES - 42 - 4 - 3 - 3 - 4);
        String body = String.format("%06x", certificate.length() / 2 + 3)
                + String.format("%06x", certificate.length() / 2)
                + certificate;
        String messages = hello("c02b") + message(11, body) + DONE;
        assertEquals(HandshakeReader.MAX_RECORD_BYTES, messages.length() / 2);
        assertEquals(1, flight(record(messages)).certificates().size());
    }

    private static int certificates(String records) throws Exception {
        return flight(records).certificates().size();
    }

    @Test
    void sizeOfTheFlightIsLimited() throws Exception {
        String filler = record(message(4, "00".repeat(16_380)));
        String start = record(hello("c02b"));
        assertEquals(2, certificates(start + filler.repeat(15) + record(CERTIFICATES)));
        assertEquals(0, certificates(start + filler.repeat(17) + record(CERTIFICATES)));
    }

    @Test
    void numberOfRecordsIsLimited() throws Exception {
        String start = record(hello("c02b"));
        String skipped = "15030300020170";
        assertEquals(2, certificates(start + skipped.repeat(4094) + record(CERTIFICATES)));
        assertEquals(0, certificates(start + skipped.repeat(4095) + record(CERTIFICATES)));
    }

    @Test
    void recordOfAnotherTypeEndsTheFlight() throws Exception {
        assertEquals(
                0,
                flight(record(hello("c02b")) + "1403030001" + "01" + record(CERTIFICATES))
                        .certificates()
                        .size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "00 | c02b | 01 | '' | compression method that was not offered",
                "21 | c02b | 00 | '' | session ID of more than 32 bytes",
                "00 | c02b | 00 | 00050000 00050000 | duplicate extension 5",
                "00 | c02b | 00 | 002b0001 03 | field of 2 bytes where 1 remain"
            })
    void rejectsInvalidServerHello(String session, String suite, String compression, String extensions, String reason)
            throws Exception {
        int length = Integer.parseInt(session, 16);
        String more = extensions.replace(" ", "");
        String body = "0303" + RANDOM + session + "55".repeat(length) + suite + compression
                + (more.isEmpty() ? "" : String.format("%04x", more.length() / 2) + more);
        assertEquals(
                reason,
                assertInstanceOf(HandshakeReply.NotTlsReply.class, read(record(message(2, body))))
                        .firstBytes());
    }

    @Test
    void parsesServerHello() throws Exception {
        String extensions = "00100005" + "0003026832" + "00050000" + "00330006" + "001d0002" + "abcd";
        String body = "0303" + RANDOM + "20" + "55".repeat(32) + "c02b" + "00"
                + String.format("%04x", extensions.length() / 2) + extensions;
        ServerHello hello = flight(record(message(2, body))).hello();
        assertEquals(Optional.of("h2"), hello.alpnProtocol());
        assertEquals(OptionalInt.of(0x1d), hello.group());
        assertEquals(ByteString.decodeHex("abcd"), hello.keyShare());
        assertEquals(false, hello.helloRetryRequest());
    }
}
