package dev.websentry.engine.net.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.websentry.engine.config.HostAndPort;
import dev.websentry.engine.net.Deadline;
import dev.websentry.engine.syntax.dns.DnsAnswer;
import dev.websentry.engine.syntax.dns.DnsAnswer.DnsAnswerStatus;
import dev.websentry.engine.syntax.dns.DnsQuestion;
import dev.websentry.engine.syntax.dns.DnsRecordType;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.CAARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/** RFC 8659 section 4.1 and RFC 1035 section 3.3.14: records that dnsjava refuses do not cost the others. */
class DnsMessageParserTest {
    private static final Name NAME = Name.fromConstantString("example.com.");

    @ParameterizedTest(name = "a tag {0} is read")
    @CsvSource({"ISSUE", "Issue", "issueWild", "is-ue", "iss\u00fce"})
    void caaTagsThatDnsjavaRefusesAreRead(String tag) throws IOException {
        byte[] wire = answer(caa("iodef", "mailto:a@example.com"), caa("x".repeat(tag.length()), "ca.example"));
        replace(wire, "x".repeat(tag.length()), tag);
        assertThrows(IOException.class, () -> new Message(wire), "dnsjava accepts it: the test is moot");
        String shown = tag.replace('\u00fc', '?');
        assertEquals(
                DnsAnswer.records("0 " + shown + " ca.example", "0 iodef mailto:a@example.com").data().stream()
                        .sorted()
                        .toList(),
                read(wire, DnsRecordType.CAA).data());
    }

    @ParameterizedTest(name = "a tag of {0} bytes is malformed")
    @CsvSource({"0, '0 ?'", "200, '0 ?'"})
    void caaRecordsWithAWrongTagLengthAreMalformed(int length, String expected) throws IOException {
        byte[] wire = answer(caa("issue", "ca.example"), caa("iodef", "x"));
        wire[indexOf(wire, "iodef") - 1] = (byte) length;
        assertEquals(
                List.of("0 issue ca.example", expected),
                read(wire, DnsRecordType.CAA).data().stream()
                        .sorted(java.util.Comparator.reverseOrder())
                        .toList());
    }

    @Test
    void quotesInACaaValueAreReadAsTheyAre() throws IOException {
        assertEquals(
                List.of("0 issue ca.example; x=\"\\y\""),
                read(answer(caa("issue", "ca.example; x=\"\\y\"")), DnsRecordType.CAA)
                        .data());
    }

    @Test
    void aMalformedTextRecordIsLeftOutNextToAnother() throws IOException {
        byte[] wire = answer(text("v=spf1 -all"), text("broken"));
        wire[indexOf(wire, "broken") - 1] = 99;
        assertEquals(List.of("v=spf1 -all"), read(wire, DnsRecordType.TXT).data());
    }

    @Test
    void onlyMalformedRecordsAreAMalformedAnswer() throws IOException {
        byte[] wire = answer(text("broken"));
        wire[indexOf(wire, "broken") - 1] = 99;
        assertEquals(DnsAnswerStatus.MALFORMED, read(wire, DnsRecordType.TXT).status());
    }

    @Test
    void aMalformedRecordOfAnotherTypeCostsNothing() throws IOException {
        byte[] wire = answer(text("v=spf1 -all"), Record.newRecord(NAME, Type.DS, DClass.IN, 1, new byte[8]));
        // The length of the data of the last record, whose three bytes are too few for a DS record.
        wire[wire.length - 9] = 3;
        assertEquals(
                List.of("v=spf1 -all"),
                read(Arrays.copyOf(wire, wire.length - 5), DnsRecordType.TXT).data());
    }

    @Test
    void truncatedMessagesAreRefused() throws IOException {
        byte[] wire = answer(caa("issue", "ca.example"));
        for (int length = 0; length < wire.length; length++) {
            byte[] part = Arrays.copyOf(wire, length);
            assertThrows(IOException.class, () -> DnsMessageParser.parse(part), "a message of " + length + " bytes");
        }
    }

    @Test
    void theClientReadsSuchAnAnswer() throws Exception {
        byte[] wire = answer(caa("iodef", "mailto:a@example.com"), caa("xxxxx", "ca.example"));
        replace(wire, "xxxxx", "ISSUE");
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            Thread server = new Thread(() -> respondOnce(socket, wire));
            server.start();
            DnsClient client = DnsClient.of(
                    List.of(HostAndPort.parse("127.0.0.1:" + socket.getLocalPort(), 53)),
                    Deadline.in(Duration.ofMinutes(5)),
                    new RetryBudget(Duration.ofSeconds(90), System::nanoTime));
            DnsAnswer answer = client.ask(new DnsQuestion("example.com", DnsRecordType.CAA));
            server.join();
            assertEquals(List.of("0 ISSUE ca.example", "0 iodef mailto:a@example.com"), answer.data());
        }
    }

    private static void respondOnce(DatagramSocket socket, byte[] wire) {
        try {
            DatagramPacket query = new DatagramPacket(new byte[512], 512);
            socket.receive(query);
            System.arraycopy(query.getData(), 0, wire, 0, 2);
            socket.send(new DatagramPacket(wire, wire.length, query.getSocketAddress()));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static DnsAnswer read(byte[] wire, DnsRecordType type) throws IOException {
        return DnsAnswerReader.read(DnsMessageParser.parse(wire), new DnsQuestion("example.com", type), NAME)
                .answer();
    }

    private static Record caa(String tag, String value) {
        return new CAARecord(NAME, DClass.IN, 1, 0, tag, value.replace("\\", "\\\\"));
    }

    private static Record text(String text) {
        return new TXTRecord(NAME, DClass.IN, 1, text);
    }

    private static byte[] answer(Record... records) {
        int type = records[0].getType();
        Message message = Message.newQuery(Record.newRecord(NAME, type, DClass.IN));
        message.getHeader().setFlag(Flags.QR);
        for (Record record : records) {
            message.addRecord(record, Section.ANSWER);
        }
        return message.toWire();
    }

    private static void replace(byte[] wire, String old, String with) {
        byte[] bytes = with.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(bytes, 0, wire, indexOf(wire, old), bytes.length);
    }

    private static int indexOf(byte[] wire, String text) {
        return new String(wire, StandardCharsets.ISO_8859_1).indexOf(text);
    }
}
