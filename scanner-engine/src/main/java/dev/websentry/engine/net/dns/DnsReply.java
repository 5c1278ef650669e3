package dev.websentry.engine.net.dns;

import dev.websentry.engine.syntax.dns.DnsAnswer;
import java.util.Optional;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * What one server answered: a message, or why there is none.
 *
 * @param failure counts when there is no message
 */
record DnsReply(Optional<Message> message, DnsAnswer.Status failure) {
    static DnsReply of(Message message) {
        return new DnsReply(Optional.of(message), DnsAnswer.Status.MALFORMED);
    }

    static DnsReply failed(DnsAnswer.Status failure) {
        return new DnsReply(Optional.empty(), failure);
    }

    /** Whether another server could not know better. */
    boolean isFinal() {
        return message.isPresent() && status() == DnsAnswer.Status.RECORDS;
    }

    boolean isServfail() {
        return status() == DnsAnswer.Status.SERVFAIL;
    }

    /** RECORDS here stands for every answer that says for sure what is there. */
    DnsAnswer.Status status() {
        if (message.isEmpty()) {
            return failure;
        }
        return switch (message.get().getRcode()) {
            case Rcode.NOERROR -> isReferral(message.get()) ? DnsAnswer.Status.LAME : DnsAnswer.Status.RECORDS;
            case Rcode.NXDOMAIN -> DnsAnswer.Status.RECORDS;
            case Rcode.REFUSED -> DnsAnswer.Status.REFUSED;
            case Rcode.SERVFAIL -> DnsAnswer.Status.SERVFAIL;
            default -> DnsAnswer.Status.MALFORMED;
        };
    }

    /** A server that is no resolver and not in charge of the name points to others: that is no answer. */
    private static boolean isReferral(Message message) {
        if (message.getHeader().getFlag(Flags.AA)
                || !message.getSection(Section.ANSWER).isEmpty()) {
            return false;
        }
        boolean start = message.getSection(Section.AUTHORITY).stream()
                .mapToInt(Record::getType)
                .anyMatch(type -> type == Type.SOA);
        return !start
                && message.getSection(Section.AUTHORITY).stream()
                        .mapToInt(Record::getType)
                        .anyMatch(type -> type == Type.NS);
    }
}
