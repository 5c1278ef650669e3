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
 * Where aggregate reports go, and whether they may: RFC 9990, "Verifying External Destinations".
 *
 * @param unauthorised hosts of other organizations that do not say they want the reports
 * @param unknown why that is not sure
 */
record ReportTargets(List<String> unauthorised, Optional<String> unknown) {
    static final ReportTargets NONE = new ReportTargets(List.of(), Optional.empty());

    static ReportTargets of(Found policy, DnsLookup dns) {
        List<String> unauthorised = new ArrayList<>();
        Optional<String> unknown = Optional.empty();
        Tree home = Tree.of(DmarcDiscovery.walk(policy.name()), dns);
        for (String host : policy.record().reportHosts()) {
            Optional<String> unsure = Optional.empty();
            if (DomainName.isWithin(host, home.organization())) {
                Tree away = walked(host, dns);
                if (away.organization().equals(home.organization())) {
                    unknown = unknown.or(away::unsure);
                    continue;
                }
                unsure = away.unsure();
            }
            DnsQuestion question = new DnsQuestion(policy.name() + "._report._dmarc." + host, RecordType.TXT);
            DnsAnswer answer = dns.answer(question);
            if (!answer.isKnown()) {
                unsure = Optional.of(Unknowns.reason(question, answer));
            } else if (!authorises(answer, host) && unsure.isEmpty()) {
                unauthorised.add(host);
            }
            unknown = unknown.isPresent() ? unknown : unsure;
        }
        return new ReportTargets(unauthorised, unknown);
    }

    /** The organization of a host is the host or above it, so only hosts below ours have to be walked. */
    private static Tree walked(String host, DnsLookup dns) {
        List<String> names = DmarcDiscovery.walk(host);
        names.forEach(name -> DmarcDiscovery.records(name, dns));
        return Tree.of(names, dns);
    }

    /** Any record will do, unless it sends the reports on to yet another host: then nobody gets them. */
    private static boolean authorises(DnsAnswer answer, String host) {
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
