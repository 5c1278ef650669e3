package dev.websentry.engine.syntax.dmarc;

import dev.websentry.engine.syntax.dmarc.DmarcDiscovery.Found;
import dev.websentry.engine.syntax.dns.DnsAnswer;
import dev.websentry.engine.syntax.dns.DnsLookup;
import dev.websentry.engine.syntax.dns.DnsQuestion;
import dev.websentry.engine.syntax.dns.DomainName;
import dev.websentry.engine.syntax.dns.RecordType;
import dev.websentry.engine.syntax.dns.Unknowns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Checks whether the hosts that receive aggregate reports authorize them (RFC 9990, "Verifying External Destinations").
 *
 * @param unauthorised hosts of other organizations that do not authorize the reports in their DNS
 * @param unknown the reason why the authorization is unknown; empty if it is known
 */
record ReportTargets(List<String> unauthorised, Optional<String> unknown) {
    static final ReportTargets NONE = new ReportTargets(List.of(), Optional.empty());

    /** Checks the report hosts of a record. */
    static ReportTargets of(Found policy, DnsLookup dns) {
        List<String> unauthorised = new ArrayList<>();
        Optional<String> unknown = Optional.empty();
        Tree ownTree = Tree.of(DmarcDiscovery.walk(policy.name()), dns);
        for (String host : policy.record().reportHosts()) {
            Optional<String> unsure = Optional.empty();
            if (DomainName.isWithin(host, ownTree.organization())) {
                Tree hostTree = walk(host, dns);
                if (hostTree.organization().equals(ownTree.organization())) {
                    unknown = unknown.or(hostTree::unsure);
                    continue;
                }
                unsure = hostTree.unsure();
            }
            DnsQuestion question = new DnsQuestion(policy.name() + "._report._dmarc." + host, RecordType.TXT);
            DnsAnswer answer = dns.answer(question);
            if (!answer.isKnown()) {
                unsure = Optional.of(Unknowns.reason(question, answer));
            } else if (!authorizes(answer, host) && unsure.isEmpty()) {
                unauthorised.add(host);
            }
            unknown = unknown.isPresent() ? unknown : unsure;
        }
        return new ReportTargets(unauthorised, unknown);
    }

    /**
     * Walks the tree of a report host. The organizational domain of a host is the host itself or a parent, so this is
     * needed only for hosts within our own organizational domain.
     */
    private static Tree walk(String host, DnsLookup dns) {
        List<String> names = DmarcDiscovery.walk(host);
        names.forEach(name -> DmarcDiscovery.records(name, dns));
        return Tree.of(names, dns);
    }

    /** Any DMARC record authorizes the reports, unless it redirects them to another host: then they are not sent. */
    private static boolean authorizes(DnsAnswer answer, String host) {
        List<DmarcRecord> records = answer.data().stream()
                .filter(DmarcRecord::isDmarc)
                .map(DmarcRecord::parse)
                .toList();
        return !records.isEmpty()
                && records.stream()
                        .flatMap(record -> record.reportHosts().stream())
                        .allMatch(host::equals);
    }
}
