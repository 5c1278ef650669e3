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
 * The result of a DNS tree walk (RFC 9989 section 4.10).
 *
 * @param domain the domain at which the walk began
 * @param found the names with exactly one record, beginning with the domain, up to the name that ended the walk
 * @param unknownReason the reason why there may be more records; empty if every query was answered
 * @param organizationUnknownReason the same, but only for names below the top level. A top-level domain publishes a
 *     record for itself or with psd=y, and neither changes which domain is the organizational domain.
 */
record DmarcTreeWalkResult(
        String domain,
        List<LocatedDmarcRecord> found,
        Optional<String> unknownReason,
        Optional<String> organizationUnknownReason) {

    /**
     * Performs the walk.
     *
     * @param names the names of the walk, beginning with the domain
     */
    static DmarcTreeWalkResult walk(List<String> names, DnsLookup dns) {
        List<LocatedDmarcRecord> found = new ArrayList<>();
        Optional<String> unknown = Optional.empty();
        Optional<String> unsure = Optional.empty();
        for (String name : names) {
            DnsQuestion question = new DnsQuestion("_dmarc." + name, DnsRecordType.TXT);
            DnsAnswer answer = dns.answer(question);
            if (!answer.isDefinite()) {
                String reason = TrackingDnsLookup.describe(question, answer);
                unknown = unknown.or(() -> Optional.of(reason));
                unsure = DomainNames.labelCount(name) > 1 ? unsure.or(() -> Optional.of(reason)) : unsure;
            }
            List<String> records = DmarcDiscovery.recordsAt(name, dns);
            // If a name has several records, all of them are discarded (section 4.10 steps 2 and 6).
            if (records.size() == 1) {
                LocatedDmarcRecord at = new LocatedDmarcRecord(name, DmarcRecord.parse(records.get(0)));
                found.add(at);
                if (at.record().psd() != 'u') {
                    break;
                }
            }
        }
        return new DmarcTreeWalkResult(names.get(0), found, unknown, unsure);
    }

    /** Returns the organizational domain (RFC 9989 section 4.10.2). */
    String organizationalDomain() {
        for (LocatedDmarcRecord at : found) {
            if (at.record().psd() == 'n') {
                return at.domain();
            }
            if (at.record().psd() == 'y' && !at.domain().equals(domain)) {
                return oneLabelBelow(at.domain());
            }
        }
        return found.isEmpty() ? domain : found.get(found.size() - 1).domain();
    }

    /**
     * Returns the record that applies to a domain without its own: that of the organizational domain, else that of the
     * public suffix domain (section 4.10.1).
     */
    Optional<LocatedDmarcRecord> policyRecord() {
        String organization = organizationalDomain();
        Optional<LocatedDmarcRecord> organizationRecord =
                found.stream().filter(at -> at.domain().equals(organization)).findFirst();
        return organizationRecord.isPresent()
                ? organizationRecord
                : found.stream().filter(at -> at.record().psd() == 'y').findFirst();
    }

    private String oneLabelBelow(String suffix) {
        return DomainNames.selfAndParents(domain).stream()
                .filter(name -> DomainNames.labelCount(name) == DomainNames.labelCount(suffix) + 1)
                .findFirst()
                .orElse(domain);
    }
}
