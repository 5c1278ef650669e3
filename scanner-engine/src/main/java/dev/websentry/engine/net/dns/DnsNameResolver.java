package dev.websentry.engine.net.dns;

import dev.websentry.engine.net.Deadline;
import dev.websentry.engine.net.NameResolver;
import dev.websentry.engine.net.TaskScope;
import dev.websentry.engine.syntax.dns.DnsAnswer;
import dev.websentry.engine.syntax.dns.DnsQuestion;
import dev.websentry.engine.syntax.dns.DnsRecordType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * Resolves host names only by DNS queries to the configured servers, without a hosts file and without search domains.
 */
public final class DnsNameResolver implements NameResolver {
    private final DnsClient dns;
    private final TaskScope tasks;

    public DnsNameResolver(DnsClient dns, TaskScope tasks) {
        this.dns = dns;
        this.tasks = tasks;
    }

    @Override
    public List<InetAddress> resolve(String host, Deadline deadline) throws IOException {
        List<DnsAnswer> answers = tasks.mapConcurrently(
                List.of(new DnsQuestion(host, DnsRecordType.A), new DnsQuestion(host, DnsRecordType.AAAA)), dns::ask);
        List<InetAddress> addresses = new ArrayList<>();
        for (DnsAnswer answer : answers) {
            for (String literal : answer.data()) {
                addresses.add(InetAddress.getByName(literal));
            }
        }
        if (!addresses.isEmpty()) {
            return addresses;
        }
        for (DnsAnswer answer : answers) {
            if (!answer.isDefinite()) {
                throw new IOException(answer.status().description() + " for " + host);
            }
        }
        throw new UnknownHostException(host);
    }
}
