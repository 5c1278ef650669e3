package dev.websentry.engine.syntax.dmarc;

import dev.websentry.engine.syntax.dmarc.DmarcDiscovery.LocatedDmarcRecord;
import dev.websentry.engine.syntax.dns.DnsAnswer;
import dev.websentry.engine.syntax.dns.DnsLookup;
import dev.websentry.engine.syntax.dns.DnsQuestion;
import dev.websentry.engine.syntax.dns.DnsRecordType;
import dev.websentry.engine.syntax.dns.DomainNames;
import dev.websentry.engine.syntax.dns.TrackingDnsLookup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Checks whether the hosts that receive aggregate reports authorize them (RFC 9990, "Verifying External Destinations").
 *
 * @param unauthorizedHosts hosts of other organizations that do not authorize the reports in their DNS
 * @param unknownReason the reason why the authorization is unknown; empty if it is known
 */
record DmarcReportDestinations(List<String> unauthorizedHosts, Optional<String> unknownReason) {
    static final DmarcReportDestinations NONE = new DmarcReportDestinations(List.of(), Optional.empty());

    /** Checks the report hosts of a record. */
    static DmarcReportDestinations verify(LocatedDmarcRecord policy, DnsLookup dns) {
        List<String> unauthorised = new ArrayList<>();
        Optional<String> unknown = Optional.empty();
        DmarcTreeWalkResult ownTree = DmarcTreeWalkResult.walk(DmarcDiscovery.treeWalkNames(policy.domain()), dns);
        for (String host : policy.record().reportHosts()) {
            Optional<String> unsure = Optional.empty();
            if (DomainNames.isSameOrSubdomain(host, ownTree.organizationalDomain())) {
                DmarcTreeWalkResult hostTree = walk(host, dns);
                if (hostTree.organizationalDomain().equals(ownTree.organizationalDomain())) {
                    unknown = unknown.or(hostTree::organizationUnknownReason);
                    continue;
                }
                unsure = hostTree.organizationUnknownReason();
            }
            DnsQuestion question = new DnsQuestion(policy.domain() + "._report._dmarc." + host, DnsRecordType.TXT);
            DnsAnswer answer = dns.answer(question);
            if (!answer.isDefinite()) {
                unsure = Optional.of(TrackingDnsLookup.describe(question, answer));
            } else if (!authorizes(answer, host) && unsure.isEmpty()) {
                unauthorised.add(host);
            }
            unknown = unknown.isPresent() ? unknown : unsure;
        }
        return new DmarcReportDestinations(unauthorised, unknown);
    }

    /**
     * Walks the tree of a report host. The organizational domain of a host is the host itself or a parent, so this is
     * needed only for hosts within our own organizational domain.
     */
    private static DmarcTreeWalkResult walk(String host, DnsLookup dns) {
        List<String> names = DmarcDiscovery.treeWalkNames(host);
        names.forEach(name -> DmarcDiscovery.recordsAt(name, dns));
        return DmarcTreeWalkResult.walk(names, dns);
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
