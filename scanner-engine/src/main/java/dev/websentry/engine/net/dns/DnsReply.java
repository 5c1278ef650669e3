package dev.websentry.engine.net.dns;

import dev.websentry.engine.syntax.dns.DnsAnswer;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * The reply of one server: a message, or the reason for its absence.
 *
 * @param message the response; empty if there was none
 * @param failureStatus the status if there is no message; ignored otherwise
 * @param server the address of the server that sent the message, with its port unless it is 53; empty without message
 */
record DnsReply(Optional<Message> message, DnsAnswer.DnsAnswerStatus failureStatus, String server) {
    private static final int DNS_PORT = 53;

    static DnsReply of(Message message, InetSocketAddress server) {
        String address = server.getAddress().getHostAddress();
        String bracketed = address.contains(":") ? "[" + address + "]" : address;
        return new DnsReply(
                Optional.of(message),
                DnsAnswer.DnsAnswerStatus.MALFORMED,
                server.getPort() == DNS_PORT ? address : bracketed + ":" + server.getPort());
    }

    static DnsReply failed(DnsAnswer.DnsAnswerStatus failure) {
        return new DnsReply(Optional.empty(), failure, "");
    }

    /** Returns whether the reply is definite, so that no other server has to be queried. */
    boolean isDefinite() {
        return message.isPresent() && status() == DnsAnswer.DnsAnswerStatus.RECORDS;
    }

    boolean isServfail() {
        return status() == DnsAnswer.DnsAnswerStatus.SERVFAIL;
    }

    /** Returns the status. Here RECORDS stands for every definite answer, including NO_DATA and NXDOMAIN. */
    DnsAnswer.DnsAnswerStatus status() {
        if (message.isEmpty()) {
            return failureStatus;
        }
        return switch (message.get().getRcode()) {
            case Rcode.NOERROR ->
                isReferral(message.get()) ? DnsAnswer.DnsAnswerStatus.LAME : DnsAnswer.DnsAnswerStatus.RECORDS;
            case Rcode.NXDOMAIN -> DnsAnswer.DnsAnswerStatus.RECORDS;
            case Rcode.REFUSED -> DnsAnswer.DnsAnswerStatus.REFUSED;
            case Rcode.SERVFAIL -> DnsAnswer.DnsAnswerStatus.SERVFAIL;
            default -> DnsAnswer.DnsAnswerStatus.MALFORMED;
        };
    }

    /** Returns whether the message is a referral, sent by a server that is neither a resolver nor authoritative. */
    private static boolean isReferral(Message message) {
        if (message.getHeader().getFlag(Flags.AA)
                || !message.getSection(Section.ANSWER).isEmpty()) {
            return false;
        }
        boolean hasSoa = message.getSection(Section.AUTHORITY).stream()
                .mapToInt(Record::getType)
                .anyMatch(type -> type == Type.SOA);
        return !hasSoa
                && message.getSection(Section.AUTHORITY).stream()
                        .mapToInt(Record::getType)
                        .anyMatch(type -> type == Type.NS);
    }
}
