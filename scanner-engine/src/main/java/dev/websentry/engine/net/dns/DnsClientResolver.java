package dev.websentry.engine.net.dns;

import dev.websentry.engine.net.TaskScope;
import dev.websentry.engine.syntax.dns.DnsAnswer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.TSIG;

/**
 * Adapts the {@link DnsClient} of a scan to the resolver interface of dnsjava, for its DNSSEC validator. The client
 * decides how queries are sent, so the setters of the interface have no effect.
 */
final class DnsClientResolver implements Resolver {
    private final DnsClient dns;
    private final TaskScope tasks;
    private final AtomicReference<DnsAnswer.DnsAnswerStatus> firstFailure = new AtomicReference<>();

    DnsClientResolver(DnsClient dns, TaskScope tasks) {
        this.dns = dns;
        this.tasks = tasks;
    }

    /** Returns the status of the first query that failed, if any. In that case a failed validation proves nothing. */
    Optional<DnsAnswer.DnsAnswerStatus> firstFailure() {
        return Optional.ofNullable(firstFailure.get());
    }

    /** Runs on the threads of the scan; the executor is ignored. */
    @Override
    public CompletionStage<Message> sendAsync(Message query, Executor executor) {
        return tasks.start(() -> answer(query));
    }

    private Message answer(Message query) throws IOException {
        Record question = query.getQuestion();
        DnsReply reply = dns.query(question.getName(), question.getType(), false);
        if (reply.isServfail()) {
            reply = dns.query(question.getName(), question.getType(), true);
        }
        if (!reply.isDefinite()) {
            firstFailure.compareAndSet(null, reply.status());
        }
        DnsAnswer.DnsAnswerStatus status = reply.status();
        return reply.message().map(Message::clone).orElseThrow(() -> new IOException(status.description()));
    }

    /** Has no effect: the client sends all its queries with EDNS and the DO bit. */
    @Override
    public void setEDNS(int version, int payloadSize, int flags, List<EDNSOption> options) {}

    @Override
    public void setPort(int port) {}

    @Override
    public void setTCP(boolean always) {}

    @Override
    public void setIgnoreTruncation(boolean ignore) {}

    @Override
    public void setTSIGKey(TSIG key) {}

    @Override
    public void setTimeout(Duration timeout) {}
}
