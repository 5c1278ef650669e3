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
 * The DMARC policy that applies to mail from one domain, found by the DNS tree walk of RFC 9989 section 4.10.
 *
 * @param domain the domain whose policy was looked up
 * @param own the DMARC records at the domain itself; more than one is an error
 * @param found the record that applies to the domain, with its location; empty if absent
 * @param below the record that applies to subdomains: that of the organizational domain, which may differ from {@code
 *     found}
 * @param unknown the reason why the policy of the domain is unknown; empty if it is known
 * @param unauthorised hosts outside the organization that receive reports but do not authorize them in their DNS
 * @param restUnknown the reason why the policy for subdomains or the authorization of reports is unknown; empty if both
 *     are known
 */
public record DmarcDiscovery(
        String domain,
        List<String> own,
        Optional<Found> found,
        Optional<Found> below,
        Optional<String> unknown,
        List<String> unauthorised,
        Optional<String> restUnknown) {
    /**
     * RFC 9989 section 4.10: the walk of a longer name continues with its last seven labels, so it has eight queries.
     */
    private static final int MAX_QUERIES = 8;

    public DmarcDiscovery {
        own = List.copyOf(own);
        unauthorised = List.copyOf(unauthorised);
    }

    /**
     * A DMARC record with its location.
     *
     * @param name the domain that publishes the record at {@code _dmarc.}
     * @param record the only DMARC record at that name
     */
    public record Found(String name, DmarcRecord record) {}

    /**
     * Discovers the policy of a domain.
     *
     * @param domain in lower case, without the trailing dot
     * @param dns the answers known so far
     * @return the policy, or the reason why it is unknown
     */
    public static DmarcDiscovery discover(String domain, DnsLookup dns) {
        List<String> names = walk(domain);
        // All names are queried at once: queries one after the other would cost a round trip for each label.
        names.forEach(name -> records(name, dns));
        DnsAnswer start = dns.ask("_dmarc." + domain, RecordType.TXT);
        List<String> own = records(domain, dns);
        if (!start.isKnown()) {
            return undetermined(domain, Unknowns.reason(new DnsQuestion("_dmarc." + domain, RecordType.TXT), start));
        }
        Tree tree = Tree.of(names, dns);
        Optional<Found> policy =
                own.size() == 1 ? Optional.of(new Found(domain, DmarcRecord.parse(own.get(0)))) : tree.policy();
        if (own.isEmpty() && tree.unknown().isPresent()) {
            return undetermined(domain, tree.unknown().get());
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

    private static DmarcDiscovery undetermined(String domain, String reason) {
        return new DmarcDiscovery(
                domain,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(reason),
                List.of(),
                Optional.empty());
    }

    /** Returns the policy for failing mail from the domain itself. There must be a record. */
    public Policy forDomain() {
        DmarcRecord record = record();
        Policy policy = record.policy("p").orElse(Policy.NONE);
        return isOwn() ? policy : record.policy("sp").orElse(policy);
    }

    /**
     * Returns the policy for subdomains. By RFC 9989 section 4.10.1, a subdomain without its own record uses that of
     * the organizational domain, not that of its parent. There must be a record.
     */
    public Policy forSubdomains() {
        DmarcRecord record = below.orElseThrow().record();
        return record.policy("sp").orElseGet(() -> record.policy("p").orElse(Policy.NONE));
    }

    /** Returns the policy for subdomains that do not exist: the np tag, else the policy for subdomains. */
    public Policy forMissingSubdomains() {
        return below.orElseThrow().record().policy("np").orElseGet(this::forSubdomains);
    }

    /** Returns whether the record asks receivers to reject all failing mail of the domain. */
    public boolean rejects() {
        return found.isPresent()
                && forDomain() == Policy.REJECT
                && !record().testing()
                && record().invalidPolicy().isEmpty();
    }

    /** Returns whether the domain itself publishes the record that applies to it. */
    public boolean isOwn() {
        return found.filter(at -> at.name().equals(domain)).isPresent();
    }

    private DmarcRecord record() {
        return found.orElseThrow().record();
    }

    /** Returns the names of the tree walk, beginning with the domain itself. */
    static List<String> walk(String domain) {
        List<String> names = DomainName.upward(domain);
        if (names.size() <= MAX_QUERIES) {
            return names;
        }
        List<String> walk = new ArrayList<>(List.of(domain));
        walk.addAll(names.subList(names.size() - (MAX_QUERIES - 1), names.size()));
        return walk;
    }

    /** Returns the DMARC records at {@code _dmarc.} and this name. */
    static List<String> records(String name, DnsLookup dns) {
        return dns.ask("_dmarc." + name, RecordType.TXT).data().stream()
                .filter(DmarcRecord::isDmarc)
                .toList();
    }
}
