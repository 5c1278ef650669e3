package dev.websentry.engine.net.dns;

import dev.websentry.engine.net.Deadline;
import dev.websentry.engine.net.Tasks;
import dev.websentry.engine.syntax.dns.DnsAnswer;
import dev.websentry.engine.syntax.dns.DnsQuestion;
import dev.websentry.engine.target.HostAndPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
 * The resolvers of one scan: each question is sent once, tried on at most two servers, and remembered. Every query asks
 * for DNSSEC records, so that the validator and the checks share the answers. Thread-safe.
 */
public final class DnsClient {
    /** Fits every path without fragments (DNS flag day 2020). */
    private static final int UDP_PAYLOAD = 1232;

    private static final int LONGEST_ALIAS_CHAIN = 8;

    private final Supplier<List<InetSocketAddress>> servers;
    private final Deadline deadline;
    private final Map<Key, CompletableFuture<DnsReply>> known = new ConcurrentHashMap<>();
    private final Patience patience;

    private DnsClient(Supplier<List<InetSocketAddress>> servers, Deadline deadline, Patience patience) {
        this.servers = servers;
        this.deadline = deadline;
        this.patience = patience;
    }

    /** @param servers asked in this order; empty: the system's */
    public static DnsClient of(List<HostAndPort> servers, Deadline deadline) {
        return of(servers, deadline, new Patience());
    }

    static DnsClient of(List<HostAndPort> servers, Deadline deadline, Patience patience) {
        Supplier<List<InetSocketAddress>> addresses = servers.isEmpty()
                ? () -> ResolverConfig.getCurrentConfig().servers()
                : () -> servers.stream()
                        .map(server -> new InetSocketAddress(server.host(), server.port()))
                        .toList();
        return new DnsClient(addresses, deadline, patience);
    }

    private record Key(Name name, int type, boolean checkingDisabled) {}

    /** What the resolvers say; never throws for a bad name or a bad resolver. */
    public DnsAnswer ask(DnsQuestion question) {
        return ask(question, question.name(), 0);
    }

    private DnsAnswer ask(DnsQuestion question, String at, int step) {
        Name name;
        try {
            name = Name.fromString(at + ".");
        } catch (TextParseException e) {
            // Nobody can have registered what is no name.
            return DnsAnswer.NXDOMAIN;
        }
        DnsReply reply = reply(name, Type.value(question.type().name()), false);
        if (!reply.isFinal()) {
            return DnsAnswer.failed(reply.status());
        }
        DnsData.Read read = DnsData.read(reply.message().orElseThrow(), question, name);
        return read.next().isPresent() && step < LONGEST_ALIAS_CHAIN
                ? ask(question, read.next().get(), step + 1)
                : read.answer();
    }

    /** @param checkingDisabled the CD bit: a validating resolver is to hand out what it holds for bogus */
    DnsReply reply(Name name, int type, boolean checkingDisabled) {
        Key key = new Key(name, type, checkingDisabled);
        CompletableFuture<DnsReply> mine = new CompletableFuture<>();
        CompletableFuture<DnsReply> others = known.putIfAbsent(key, mine);
        if (others != null) {
            return Tasks.join(others);
        }
        try {
            mine.complete(tried(key));
        } catch (Throwable e) {
            // Whoever else waits for this answer would wait for ever.
            mine.completeExceptionally(e);
            throw e;
        }
        return mine.join();
    }

    private DnsReply tried(Key key) {
        Patience.Allowance allowed = patience.allowance();
        List<InetSocketAddress> all = servers.get();
        if (all.isEmpty()) {
            return DnsReply.failed(DnsAnswer.Status.UNREACHABLE);
        }
        DnsReply best = DnsReply.failed(DnsAnswer.Status.UNREACHABLE);
        for (int i = 0; i < allowed.tries(); i++) {
            DnsReply reply = once(all.get(i % all.size()), key, allowed.each());
            // A server that says why it cannot answer says more than one that says nothing.
            best = best.message().isEmpty() || reply.isFinal() ? reply : best;
            if (reply.isFinal() || deadline.hasPassed()) {
                return best;
            }
        }
        if (best.message().isEmpty()) {
            patience.failed(allowed);
        }
        return best;
    }

    private DnsReply once(InetSocketAddress server, Key key, Duration longest) {
        if (server.isUnresolved()) {
            return DnsReply.failed(DnsAnswer.Status.UNREACHABLE);
        }
        long began = System.nanoTime();
        Deadline end = deadline.within(longest);
        try {
            Message message = exchange(server, query(key, true), end);
            if (message.getRcode() == Rcode.FORMERR || message.getRcode() == Rcode.NOTIMP) {
                // RFC 6891 section 7: a server that does not know EDNS.
                message = exchange(server, query(key, false), end);
            }
            patience.heard();
            return DnsReply.of(message);
        } catch (SocketTimeoutException e) {
            patience.waitedInVain(began);
            return DnsReply.failed(DnsAnswer.Status.TIMEOUT);
        } catch (WireParseException | RuntimeException e) {
            // dnsjava's record parsers meet some broken records with unchecked exceptions.
            patience.heard();
            return DnsReply.failed(DnsAnswer.Status.MALFORMED);
        } catch (IOException e) {
            return DnsReply.failed(DnsAnswer.Status.UNREACHABLE);
        }
    }

    private static Message exchange(InetSocketAddress server, Message query, Deadline end) throws IOException {
        byte[] wire = query.toWire();
        Message answer = new Message(DnsTransport.udp(server, wire, datagram -> answers(datagram, query), end));
        if (!answer.getHeader().getFlag(Flags.TC)) {
            return answer;
        }
        byte[] whole = DnsTransport.tcp(server, wire, end);
        if (!answers(whole, query)) {
            throw new WireParseException("an answer to another question");
        }
        return new Message(whole);
    }

    /** RFC 5452 section 9.1: same id, same question. A truncated or broken message is let through to say so. */
    private static boolean answers(byte[] wire, Message query) {
        try {
            Message message = new Message(wire);
            Record question = message.getQuestion();
            return message.getHeader().getID() == query.getHeader().getID()
                    && message.getHeader().getFlag(Flags.QR)
                    && (question == null ? message.getRcode() != Rcode.NOERROR : question.equals(query.getQuestion()));
        } catch (IOException | RuntimeException e) {
            int id = wire.length < 2 ? -1 : ((wire[0] & 0xff) << 8) | (wire[1] & 0xff);
            return id == query.getHeader().getID();
        }
    }

    private static Message query(Key key, boolean edns) {
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
