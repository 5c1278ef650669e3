package dev.websentry.engine.net.dns;

import dev.websentry.engine.syntax.dns.DnsAnswer;
import dev.websentry.engine.syntax.dns.DnsQuestion;
import dev.websentry.engine.syntax.dns.DnsRecordType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/** Converts DNS messages to {@link DnsAnswer}s. */
final class DnsAnswerReader {
    /** No legitimate record set is larger; further records are ignored. */
    private static final int MAX_RECORDS = 100;

    private static final int MAX_CNAME_CHAIN_LENGTH = 16;

    private DnsAnswerReader() {}

    /**
     * The content of a message.
     *
     * @param answer the answer
     * @param nextName the name at the end of a CNAME chain that the server did not follow, to be queried next; empty if
     *     the answer is complete
     */
    record ParsedDnsAnswer(DnsAnswer answer, Optional<String> nextName) {}

    /**
     * Reads the answer to a question.
     *
     * @param asked the name that was queried
     */
    static ParsedDnsAnswer read(Message message, DnsQuestion question, Name asked) {
        List<Record> answers = message.getSection(Section.ANSWER);
        Name name = asked;
        for (int step = 0; step < MAX_CNAME_CHAIN_LENGTH; step++) {
            List<Record> records = records(answers, name, question.type());
            if (!records.isEmpty()) {
                return new ParsedDnsAnswer(answer(records, question.type()), Optional.empty());
            }
            Optional<Name> target = alias(answers, name);
            if (target.isEmpty()) {
                return withoutRecords(message, asked, name);
            }
            name = target.get();
        }
        return new ParsedDnsAnswer(DnsAnswer.failed(DnsAnswer.DnsAnswerStatus.MALFORMED), Optional.empty());
    }

    private static ParsedDnsAnswer withoutRecords(Message message, Name asked, Name last) {
        if (message.getRcode() == Rcode.NXDOMAIN) {
            return new ParsedDnsAnswer(DnsAnswer.NXDOMAIN, Optional.empty());
        }
        boolean hasSoa = message.getSection(Section.AUTHORITY).stream().anyMatch(SOARecord.class::isInstance);
        return last.equals(asked) || hasSoa
                ? new ParsedDnsAnswer(DnsAnswer.NO_DATA, Optional.empty())
                : new ParsedDnsAnswer(DnsAnswer.failed(DnsAnswer.DnsAnswerStatus.LAME), Optional.of(plain(last)));
    }

    private static Optional<Name> alias(List<Record> answers, Name name) {
        return answers.stream()
                .filter(record -> record.getName().equals(name))
                .filter(CNAMERecord.class::isInstance)
                .map(record -> ((CNAMERecord) record).getTarget())
                .findFirst();
    }

    private static List<Record> records(List<Record> answers, Name name, DnsRecordType type) {
        int value = Type.value(type.name());
        int refused = DnsMessageParser.refused(type);
        return answers.stream()
                .filter(record -> record.getType() == value || record.getType() == refused)
                .filter(record -> record.getName().equals(name))
                .limit(MAX_RECORDS)
                .toList();
    }

    /** Returns the data of the records. Malformed ones are left out if there are others. */
    private static DnsAnswer answer(List<Record> records, DnsRecordType type) {
        List<String> data = records.stream()
                .flatMap(record -> data(record, type).stream())
                .sorted()
                .toList();
        return data.isEmpty()
                ? DnsAnswer.failed(DnsAnswer.DnsAnswerStatus.MALFORMED)
                : new DnsAnswer(DnsAnswer.DnsAnswerStatus.RECORDS, data);
    }

    private static Optional<String> data(Record record, DnsRecordType type) {
        if (type == DnsRecordType.CAA) {
            return Optional.of(caa(record.rdataToWireCanonical()));
        }
        if (record.getType() == DnsMessageParser.refused(type)) {
            return Optional.empty();
        }
        if (record instanceof TXTRecord text) {
            return Optional.of(joined(text));
        }
        if (record instanceof MXRecord mx) {
            return Optional.of(mx.getPriority() + " " + plain(mx.getTarget()));
        }
        if (record instanceof ARecord a) {
            return Optional.of(a.getAddress().getHostAddress());
        }
        if (record instanceof AAAARecord aaaa) {
            return Optional.of(aaaa.getAddress().getHostAddress());
        }
        return Optional.of(record.rdataToString().toLowerCase(Locale.ROOT));
    }

    /**
     * Reads a CAA record: flags, the length of the tag, the tag, the value (RFC 8659 section 4.1). If it is malformed,
     * the tag is a question mark, which no valid tag is.
     */
    private static String caa(byte[] data) {
        int flags = data.length == 0 ? 0 : Byte.toUnsignedInt(data[0]);
        int tagEnd = data.length < 2 ? 0 : 2 + Byte.toUnsignedInt(data[1]);
        if (tagEnd <= 2 || tagEnd > data.length) {
            return flags + " ?";
        }
        String tag = new String(data, 2, tagEnd - 2, StandardCharsets.ISO_8859_1).replaceAll("[^!-~]", "?");
        return flags + " " + tag + " " + new String(data, tagEnd, data.length - tagEnd, StandardCharsets.ISO_8859_1);
    }

    /** Joins the strings of a record without separator (RFC 7208 section 3.3). */
    private static String joined(TXTRecord text) {
        List<String> parts = new ArrayList<>();
        for (byte[] part : text.getStringsAsByteArrays()) {
            parts.add(new String(part, StandardCharsets.ISO_8859_1));
        }
        return String.join("", parts);
    }

    private static String plain(Name name) {
        return name.equals(Name.root) ? "." : name.toString(true).toLowerCase(Locale.ROOT);
    }
}
