package dev.websentry.engine.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.websentry.engine.config.DnssecTrustAnchors;
import dev.websentry.engine.net.dns.DnsMessageReader;
import dev.websentry.engine.syntax.caa.CaaRecord;
import dev.websentry.engine.syntax.dns.DnsAnswer;
import dev.websentry.engine.syntax.dns.DnsQuestion;
import dev.websentry.engine.syntax.dns.DnsRecordType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Fuzz targets for DNS messages, and for records with their own syntax. */
final class DnsFuzzTargets {
    private static final String ANCHOR =
            ". IN DS 20326 8 2 E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D";

    private DnsFuzzTargets() {}

    static List<FuzzTarget> all() {
        return List.of(
                new FuzzTarget("dns-message", messages(), pointers(), 64 << 10, DnsFuzzTargets::message),
                FuzzTarget.ofLatin1(
                        "caa",
                        64 << 10,
                        List.of(
                                "0 issue ca.example.net; validationmethods=dns-01",
                                "128 iodef mailto:security@example.com",
                                "0 issuewild ;"),
                        FuzzTarget.words("; = - . ca.example a=b 128 issue iodef https://"),
                        DnsFuzzTargets::caa),
                FuzzTarget.ofUtf8(
                        "trust-anchors",
                        64 << 10,
                        List.of(ANCHOR),
                        FuzzTarget.words(". IN DS DNSKEY 8 2 $GENERATE $INCLUDE $TTL 1-2000000000 \" ( ) \n"),
                        DnsFuzzTargets::trustAnchors));
    }

    private static void message(byte[] input) throws IOException {
        for (DnsRecordType type : List.of(DnsRecordType.TXT, DnsRecordType.CAA, DnsRecordType.MX, DnsRecordType.TLSA)) {
            Optional<DnsAnswer> answer = DnsMessageReader.read(input, new DnsQuestion("www.example.com", type));
            answer.ifPresent(read -> {
                assertTrue(read.data().size() <= 100);
                read.data().forEach(data -> use(type, data));
            });
        }
    }

    /** Data that the message reader returns must be accepted by the parser of the record type. */
    private static void use(DnsRecordType type, String data) {
        if (type == DnsRecordType.CAA) {
            CaaRecord record = CaaRecord.parse(data);
            assertTrue(record.flags() >= 0 && record.flags() < 256, data);
            record.validationError();
        } else if (type == DnsRecordType.MX) {
            assertTrue(data.matches("(?s)[0-9]+ .+"), data);
        }
    }

    private static void caa(String text) {
        String[] parts = text.split(" ", 3);
        boolean asRead = parts.length >= 2 && parts[0].matches("[0-9]{1,3}");
        if (!asRead) {
            return;
        }
        CaaRecord record = CaaRecord.parse(text);
        assertEquals(record, CaaRecord.parse(record.flags() + " " + record.tag() + " " + record.value()));
        // RFC 8659 section 4.1: an unknown tag is relevant only if it is critical.
        CaaRecord unknown = CaaRecord.parse("0 x" + record.tag() + " " + record.value());
        if (record.tag().matches("[a-z0-9]+")) {
            assertEquals(Optional.empty(), unknown.validationError());
        } else {
            assertTrue(unknown.validationError().isPresent(), text);
        }
        assertTrue(
                CaaRecord.parse("128 x" + record.tag() + " y").validationError().isPresent());
        record.validationError();
    }

    private static void trustAnchors(String text) {
        try {
            List<String> anchors = DnssecTrustAnchors.parse(text.lines().toList());
            assertEquals(anchors, DnssecTrustAnchors.parse(anchors));
        } catch (IllegalArgumentException e) {
            assertTrue(String.valueOf(e.getMessage()).startsWith("the trust anchor"), e.getMessage());
        }
    }

    private static List<byte[]> messages() {
        return List.of(
                message(
                        "TXT",
                        "www.example.com. 60 IN CNAME other.example.com.",
                        "other.example.com. 60 IN TXT \"a\" \"b\""),
                message("CAA", "www.example.com. 60 IN CAA 0 issue \"ca.example; a=b\""),
                message("MX", "www.example.com. 60 IN MX 10 mail.example.com.", "www.example.com. 60 IN MX 0 ."),
                message("TLSA", "www.example.com. 60 IN TLSA 3 1 1 " + "AB".repeat(32)));
    }

    private static byte[] message(String type, String... records) {
        try {
            Name name = Name.fromString("www.example.com.");
            Message message = Message.newQuery(Record.newRecord(name, Type.value(type), DClass.IN));
            message.getHeader().setFlag(org.xbill.DNS.Flags.QR);
            for (String text : records) {
                String[] parts = text.split(" ", 5);
                message.addRecord(
                        Record.fromString(
                                Name.fromString(parts[0]), Type.value(parts[3]), DClass.IN, 60, parts[4], Name.root),
                        Section.ANSWER);
            }
            return message.toWire();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<byte[]> pointers() {
        List<byte[]> pointers = new ArrayList<>();
        for (int to : new int[] {0, 12, 13, 40}) {
            pointers.add(new byte[] {(byte) 0xc0, (byte) to});
        }
        return pointers;
    }
}
