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
 * What a tree walk found.
 *
 * @param found the names with a single record, the domain first, up to the one that ended the walk
 * @param unknown why there may be more
 * @param unsure the same for the names below the top level: a top-level domain publishes for itself or as psd=y, and
 *     neither moves the organization
 */
record Tree(String domain, List<Found> found, Optional<String> unknown, Optional<String> unsure) {

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
            // Several records at one name are all discarded (section 4.10 steps 2 and 6).
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

    /** RFC 9989 section 4.10.2. */
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

    /** For a domain without a record of its own: the organization's, else the public suffix's (section 4.10.1). */
    Optional<Found> policy() {
        String organization = organization();
        Optional<Found> organizations =
                found.stream().filter(at -> at.name().equals(organization)).findFirst();
        return organizations.isPresent()
                ? organizations
                : found.stream().filter(at -> at.record().psd() == 'y').findFirst();
    }

    private String oneLabelBelow(String suffix) {
        return DomainName.upward(domain).stream()
                .filter(name -> DomainName.labels(name) == DomainName.labels(suffix) + 1)
                .findFirst()
                .orElse(domain);
    }
}
