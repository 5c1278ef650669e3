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
 * The result of a DNS tree walk (RFC 9989 section 4.10).
 *
 * @param domain the domain at which the walk began
 * @param found the names with exactly one record, beginning with the domain, up to the name that ended the walk
 * @param unknown the reason why there may be more records; empty if every query was answered
 * @param unsure the same, but only for names below the top level. A top-level domain publishes a record for itself or
 *     with psd=y, and neither changes which domain is the organizational domain.
 */
record Tree(String domain, List<Found> found, Optional<String> unknown, Optional<String> unsure) {

    /**
     * Performs the walk.
     *
     * @param names the names of the walk, beginning with the domain
     */
    static Tree of(List<String> names, DnsLookup dns) {
        List<Found> found = new ArrayList<>();
        Optional<String> unknown = Optional.empty();
        Optional<String> unsure = Optional.empty();
        for (String name : names) {
            DnsQuestion question = new DnsQuestion("_dmarc." + name, RecordType.TXT);
            DnsAnswer answer = dns.answer(question);
            if (!answer.isKnown()) {
                String reason = Unknowns.reason(question, answer);
                unknown = unknown.or(() -> Optional.of(reason));
                unsure = DomainName.labels(name) > 1 ? unsure.or(() -> Optional.of(reason)) : unsure;
            }
            List<String> records = DmarcDiscovery.records(name, dns);
            // If a name has several records, all of them are discarded (section 4.10 steps 2 and 6).
            if (records.size() == 1) {
                Found at = new Found(name, DmarcRecord.parse(records.get(0)));
                found.add(at);
                if (at.record().psd() != 'u') {
                    break;
                }
            }
        }
        return new Tree(names.get(0), found, unknown, unsure);
    }

    /** Returns the organizational domain (RFC 9989 section 4.10.2). */
    String organization() {
        for (Found at : found) {
            if (at.record().psd() == 'n') {
                return at.name();
            }
            if (at.record().psd() == 'y' && !at.name().equals(domain)) {
                return oneLabelBelow(at.name());
            }
        }
        return found.isEmpty() ? domain : found.get(found.size() - 1).name();
    }

    /**
     * Returns the record that applies to a domain without its own: that of the organizational domain, else that of the
     * public suffix domain (section 4.10.1).
     */
    Optional<Found> policy() {
        String organization = organization();
        Optional<Found> organizationRecord =
                found.stream().filter(at -> at.name().equals(organization)).findFirst();
        return organizationRecord.isPresent()
                ? organizationRecord
                : found.stream().filter(at -> at.record().psd() == 'y').findFirst();
    }

    private String oneLabelBelow(String suffix) {
        return DomainName.upward(domain).stream()
                .filter(name -> DomainName.labels(name) == DomainName.labels(suffix) + 1)
                .findFirst()
                .orElse(domain);
    }
}
