package dev.websentry.engine.net.dns;

import dev.websentry.engine.syntax.dns.DnsAnswer;
import dev.websentry.engine.syntax.dns.DnsQuestion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;

/** Parses the bytes of a DNS response as the DNS client does, without a server. */
public final class DnsMessageReader {
    private static final InetSocketAddress SERVER = new InetSocketAddress(InetAddress.getLoopbackAddress(), 53);

    private DnsMessageReader() {}

    /** Returns the answer; empty if the bytes are not a DNS message, which the client ignores. */
    public static Optional<DnsAnswer> read(byte[] bytes, DnsQuestion question) throws IOException {
        Message message;
        try {
            message = DnsMessageParser.parse(bytes);
        } catch (IOException e) {
            return Optional.empty();
        }
        DnsReply reply = DnsReply.of(message, SERVER);
        if (!reply.isDefinite()) {
            return Optional.of(DnsAnswer.failed(
                    reply.status() == DnsAnswer.DnsAnswerStatus.RECORDS
                            ? DnsAnswer.DnsAnswerStatus.MALFORMED
                            : reply.status()));
        }
        return Optional.of(DnsAnswerReader.read(message, question, Name.fromString(question.name() + "."))
                .answer());
    }
}
