package dev.websentry.engine.net.dns;

import dev.websentry.engine.syntax.dns.DnsAnswer;
import dev.websentry.engine.syntax.dns.DnsQuestion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CAARecord;
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
        int type = Type.value(question.type().name());
        List<Record> answers = message.getSection(Section.ANSWER);
        Name name = asked;
        for (int step = 0; step < MAX_CNAME_CHAIN_LENGTH; step++) {
            List<String> data = data(answers, name, type);
            if (!data.isEmpty()) {
                return new ParsedDnsAnswer(new DnsAnswer(DnsAnswer.DnsAnswerStatus.RECORDS, data), Optional.empty());
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

    private static List<String> data(List<Record> answers, Name name, int type) {
        return answers.stream()
                .filter(record -> record.getType() == type && record.getName().equals(name))
                .limit(MAX_RECORDS)
                .map(DnsAnswerReader::data)
                .sorted()
                .toList();
    }

    private static String data(Record record) {
        if (record instanceof TXTRecord text) {
            return joined(text);
        }
        if (record instanceof CAARecord caa) {
            return caa.getFlags() + " " + caa.getTag() + " " + caa.getValue();
        }
        if (record instanceof MXRecord mx) {
            return mx.getPriority() + " " + plain(mx.getTarget());
        }
        if (record instanceof ARecord a) {
            return a.getAddress().getHostAddress();
        }
        if (record instanceof AAAARecord aaaa) {
            return aaaa.getAddress().getHostAddress();
        }
        return record.rdataToString().toLowerCase(Locale.ROOT);
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
