package dev.websentry.engine.net.dns;

import dev.websentry.engine.config.HostAndPort;
import dev.websentry.engine.net.Deadline;
import dev.websentry.engine.net.TaskScope;
import dev.websentry.engine.syntax.dns.DnsAnswer;
import dev.websentry.engine.syntax.dns.DnsQuestion;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.WireParseException;

/**
 * The DNS client of one scan. Each question is sent once, tried on at most two servers, and its answer is cached. Every
 * query requests DNSSEC records, so that the validator and the checks share the answers. Thread-safe.
 */
public final class DnsClient {
    /** A payload of this many bytes passes all paths without fragmentation (DNS flag day 2020). */
    private static final int UDP_PAYLOAD = 1232;

    private static final int MAX_ALIAS_CHAIN_LENGTH = 8;

    private final Supplier<List<InetSocketAddress>> servers;
    private final Deadline deadline;
    private final Map<DnsCacheKey, CompletableFuture<DnsReply>> cache = new ConcurrentHashMap<>();
    private final RetryBudget retryBudget;

    private DnsClient(Supplier<List<InetSocketAddress>> servers, Deadline deadline, RetryBudget retryBudget) {
        this.servers = servers;
        this.deadline = deadline;
        this.retryBudget = retryBudget;
    }

    /**
     * Creates a client.
     *
     * @param servers the DNS servers in the order in which they are tried; if empty, the servers of the system
     * @param deadline the end of the scan
     */
    public static DnsClient of(List<HostAndPort> servers, Deadline deadline) {
        return of(servers, deadline, new RetryBudget());
    }

    static DnsClient of(List<HostAndPort> servers, Deadline deadline, RetryBudget retryBudget) {
        Supplier<List<InetSocketAddress>> addresses = servers.isEmpty()
                ? () -> ResolverConfig.getCurrentConfig().servers()
                : () -> servers.stream()
                        .map(server -> new InetSocketAddress(server.host(), server.port()))
                        .toList();
        return new DnsClient(addresses, deadline, retryBudget);
    }

    private record DnsCacheKey(Name name, int type, boolean checkingDisabled) {}

    /**
     * Returns the answer of the DNS servers, with CNAMEs followed.
     *
     * @param question the question
     * @return the answer; a failed query yields an answer with a failure status, and an invalid name yields NXDOMAIN
     */
    public DnsAnswer ask(DnsQuestion question) {
        return ask(question, question.name(), 0);
    }

    private DnsAnswer ask(DnsQuestion question, String at, int step) {
        Name name;
        try {
            name = Name.fromString(at + ".");
        } catch (TextParseException e) {
            // An invalid name cannot be registered.
            return DnsAnswer.NXDOMAIN;
        }
        DnsReply reply = query(name, Type.value(question.type().name()), false);
        if (!reply.isDefinite()) {
            return DnsAnswer.failed(reply.status());
        }
        DnsAnswerReader.ParsedDnsAnswer read =
                DnsAnswerReader.read(reply.message().orElseThrow(), question, name);
        return read.nextName().isPresent() && step < MAX_ALIAS_CHAIN_LENGTH
                ? ask(question, read.nextName().get(), step + 1)
                : read.answer();
    }

    /**
     * Returns the reply of the DNS servers, or the cached one. Waits if another thread has already sent the same query.
     *
     * @param checkingDisabled the CD bit: a validating resolver then returns records even if it considers them bogus
     */
    DnsReply query(Name name, int type, boolean checkingDisabled) {
        DnsCacheKey key = new DnsCacheKey(name, type, checkingDisabled);
        CompletableFuture<DnsReply> own = new CompletableFuture<>();
        CompletableFuture<DnsReply> pending = cache.putIfAbsent(key, own);
        if (pending != null) {
            return TaskScope.join(pending);
        }
        try {
            own.complete(queryServers(key));
        } catch (Throwable e) {
            // Otherwise other threads would wait for this answer forever.
            own.completeExceptionally(e);
            throw e;
        }
        return own.join();
    }

    private DnsReply queryServers(DnsCacheKey key) {
        RetryBudget.QueryBudget allowed = retryBudget.queryBudget();
        List<InetSocketAddress> all = servers.get();
        if (all.isEmpty()) {
            return DnsReply.failed(DnsAnswer.DnsAnswerStatus.UNREACHABLE);
        }
        DnsReply best = DnsReply.failed(DnsAnswer.DnsAnswerStatus.UNREACHABLE);
        for (int i = 0; i < allowed.maxAttempts(); i++) {
            DnsReply reply = queryServer(all.get(i % all.size()), key, allowed.attemptTimeout());
            // An error response is more informative than no response.
            best = best.message().isEmpty() || reply.isDefinite() ? reply : best;
            if (reply.isDefinite() || deadline.hasPassed()) {
                return best;
            }
        }
        if (best.message().isEmpty()) {
            retryBudget.onQueryFailed(allowed);
        }
        return best;
    }

    private DnsReply queryServer(InetSocketAddress server, DnsCacheKey key, Duration timeout) {
        if (server.isUnresolved()) {
            return DnsReply.failed(DnsAnswer.DnsAnswerStatus.UNREACHABLE);
        }
        long began = retryBudget.now();
        Deadline end = deadline.within(timeout);
        try {
            Message message = exchange(server, newQuery(key, true), end);
            if (message.getRcode() == Rcode.FORMERR || message.getRcode() == Rcode.NOTIMP) {
                // The server does not support EDNS (RFC 6891 section 7).
                message = exchange(server, newQuery(key, false), end);
            }
            retryBudget.onAnswer();
            return DnsReply.of(message, server);
        } catch (SocketTimeoutException e) {
            retryBudget.onTimeout(began);
            return DnsReply.failed(DnsAnswer.DnsAnswerStatus.TIMEOUT);
        } catch (WireParseException | RuntimeException e) {
            // dnsjava's record parsers throw unchecked exceptions for some malformed records.
            retryBudget.onAnswer();
            return DnsReply.failed(DnsAnswer.DnsAnswerStatus.MALFORMED);
        } catch (IOException e) {
            return DnsReply.failed(DnsAnswer.DnsAnswerStatus.UNREACHABLE);
        }
    }

    private static Message exchange(InetSocketAddress server, Message query, Deadline end) throws IOException {
        byte[] wire = query.toWire();
        Message answer = DnsTransport.udp(server, wire, datagram -> answer(datagram, query), end);
        if (!answer.getHeader().getFlag(Flags.TC)) {
            return answer;
        }
        return answer(DnsTransport.tcp(server, wire, end), query)
                .orElseThrow(() -> new WireParseException("the response belongs to another query"));
    }

    /**
     * Parses a message that answers the query: same id and same question (RFC 5452 section 9.1).
     *
     * @return the message; empty if it belongs to another query
     * @throws IOException if the message has the right id but is malformed, so that it is reported as malformed
     */
    private static Optional<Message> answer(byte[] wire, Message query) throws IOException {
        Message message;
        try {
            message = DnsMessageParser.parse(wire);
        } catch (IOException | RuntimeException e) {
            int id = wire.length < 2 ? -1 : ((wire[0] & 0xff) << 8) | (wire[1] & 0xff);
            if (id == query.getHeader().getID()) {
                throw e;
            }
            return Optional.empty();
        }
        Record question = message.getQuestion();
        boolean answers = message.getHeader().getID() == query.getHeader().getID()
                && message.getHeader().getFlag(Flags.QR)
                && (question == null ? message.getRcode() != Rcode.NOERROR : question.equals(query.getQuestion()));
        return answers ? Optional.of(message) : Optional.empty();
    }

    private static Message newQuery(DnsCacheKey key, boolean edns) {
        Message query = Message.newQuery(Record.newRecord(key.name(), key.type(), DClass.IN));
        if (key.checkingDisabled()) {
            query.getHeader().setFlag(Flags.CD);
        }
        if (edns) {
            query.addRecord(new OPTRecord(UDP_PAYLOAD, 0, 0, ExtendedFlags.DO), Section.ADDITIONAL);
        }
        return query;
    }
}
