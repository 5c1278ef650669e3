package dev.websentry.engine.syntax.dmarc;

import dev.websentry.engine.syntax.dmarc.DmarcRecord.Policy;
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
 * The DMARC policy that holds for mail from one domain, found by the tree walk of RFC 9989 section 4.10.
 *
 * @param own the records at the domain itself; more than one is an error
 * @param found the record that holds, and where; empty when there is none
 * @param below the record that holds for names below the domain: the organization's, which is not always the domain's own
 * @param unknown why that is not sure; empty when it is
 * @param unauthorised hosts outside the organization that reports go to and that do not say they want them
 * @param restUnknown why the policy for subdomains or the authorisation of reports is not sure; empty when it is
 */
public record DmarcDiscovery(
        String domain,
        List<String> own,
        Optional<Found> found,
        Optional<Found> below,
        Optional<String> unknown,
        List<String> unauthorised,
        Optional<String> restUnknown) {
    /** RFC 9989 section 4.10: a longer name continues with its last seven labels, so that a walk has eight questions. */
    private static final int MOST_QUERIES = 8;

    public DmarcDiscovery {
        own = List.copyOf(own);
        unauthorised = List.copyOf(unauthorised);
    }

    /** A single DMARC record at {@code _dmarc.} and this name. */
    public record Found(String name, DmarcRecord record) {}

    public static DmarcDiscovery discover(String domain, DnsLookup dns) {
        List<String> names = walk(domain);
        // Asked all at once: a walk step by step would cost a round trip for each label.
        names.forEach(name -> records(name, dns));
        DnsAnswer start = dns.ask("_dmarc." + domain, RecordType.TXT);
        List<String> own = records(domain, dns);
        if (!start.isKnown()) {
            return unknown(domain, Unknowns.reason(new DnsQuestion("_dmarc." + domain, RecordType.TXT), start));
        }
        Tree tree = Tree.of(names, dns);
        Optional<Found> policy =
                own.size() == 1 ? Optional.of(new Found(domain, DmarcRecord.parse(own.get(0)))) : tree.policy();
        if (own.isEmpty() && tree.unknown().isPresent()) {
            return unknown(domain, tree.unknown().get());
        }
        ReportTargets targets =
                policy.map(found -> ReportTargets.of(found, dns)).orElse(ReportTargets.NONE);
        return new DmarcDiscovery(
                domain,
                own,
                policy,
                own.size() == 1 ? tree.policy() : policy,
                Optional.empty(),
                targets.unauthorised(),
                tree.unsure().or(targets::unknown));
    }

    private static DmarcDiscovery unknown(String domain, String reason) {
        return new DmarcDiscovery(
                domain,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(reason),
                List.of(),
                Optional.empty());
    }

    /** What receivers are asked to do with failing mail from the domain itself. */
    public Policy forDomain() {
        DmarcRecord record = record();
        Policy policy = record.policy("p").orElse(Policy.NONE);
        return isOwn() ? policy : record.policy("sp").orElse(policy);
    }

    /** RFC 9989 section 4.10.1: a name without a record of its own takes the organization's, not its parent's. */
    public Policy forSubdomains() {
        DmarcRecord record = below.orElseThrow().record();
        return record.policy("sp").orElseGet(() -> record.policy("p").orElse(Policy.NONE));
    }

    public Policy forMissingSubdomains() {
        return below.orElseThrow().record().policy("np").orElseGet(this::forSubdomains);
    }

    /** Whether all mail that fails is to be rejected. */
    public boolean rejects() {
        return found.isPresent()
                && forDomain() == Policy.REJECT
                && !record().testing()
                && record().invalidPolicy().isEmpty();
    }

    /** Whether the record stands at the domain itself. */
    public boolean isOwn() {
        return found.filter(at -> at.name().equals(domain)).isPresent();
    }

    private DmarcRecord record() {
        return found.orElseThrow().record();
    }

    /** The names of the walk, the domain first. */
    static List<String> walk(String domain) {
        List<String> names = DomainName.upward(domain);
        if (names.size() <= MOST_QUERIES) {
            return names;
        }
        List<String> walk = new ArrayList<>(List.of(domain));
        walk.addAll(names.subList(names.size() - (MOST_QUERIES - 1), names.size()));
        return walk;
    }

    static List<String> records(String name, DnsLookup dns) {
        return dns.ask("_dmarc." + name, RecordType.TXT).data().stream()
                .filter(DmarcRecord::isDmarc)
                .toList();
    }
}
