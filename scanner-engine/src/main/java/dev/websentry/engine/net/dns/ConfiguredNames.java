package dev.websentry.engine.net.dns;

import dev.websentry.engine.net.Deadline;
import dev.websentry.engine.net.NameResolver;
import dev.websentry.engine.net.Tasks;
import dev.websentry.engine.syntax.dns.DnsAnswer;
import dev.websentry.engine.syntax.dns.DnsQuestion;
import dev.websentry.engine.syntax.dns.RecordType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * Resolves host names only by DNS queries to the configured servers, without a hosts file and without search domains.
 */
public final class ConfiguredNames implements NameResolver {
    private final DnsClient dns;
    private final Tasks tasks;

    public ConfiguredNames(DnsClient dns, Tasks tasks) {
        this.dns = dns;
        this.tasks = tasks;
    }

    @Override
    public List<InetAddress> resolve(String host, Deadline deadline) throws IOException {
        List<DnsAnswer> answers = tasks.map(
                List.of(new DnsQuestion(host, RecordType.A), new DnsQuestion(host, RecordType.AAAA)), dns::ask);
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
            if (!answer.isKnown()) {
                throw new IOException(answer.status().phrase() + " for " + host);
            }
        }
        throw new UnknownHostException(host);
    }
}
