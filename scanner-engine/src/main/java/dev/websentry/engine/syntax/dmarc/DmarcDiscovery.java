package dev.websentry.engine.syntax.dmarc;

import dev.websentry.engine.syntax.dmarc.DmarcRecord.DmarcPolicy;
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
 * The DMARC policy that applies to mail from one domain, found by the DNS tree walk of RFC 9989 section 4.10.
 *
 * @param domain the domain whose policy was looked up
 * @param ownRecords the DMARC records at the domain itself; more than one is an error
 * @param domainRecord the record that applies to the domain, with its location; empty if absent
 * @param subdomainRecord the record that applies to subdomains: that of the organizational domain, which may differ
 *     from {@code domainRecord}
 * @param unknownReason the reason why the policy of the domain is unknown; empty if it is known
 * @param unauthorizedReportHosts hosts outside the organization that receive reports but do not authorize them in their
 *     DNS
 * @param detailsUnknownReason the reason why the policy for subdomains or the authorization of reports is unknown;
 *     empty if both are known
 */
public record DmarcDiscovery(
        String domain,
        List<String> ownRecords,
        Optional<LocatedDmarcRecord> domainRecord,
        Optional<LocatedDmarcRecord> subdomainRecord,
        Optional<String> unknownReason,
        List<String> unauthorizedReportHosts,
        Optional<String> detailsUnknownReason) {
    /**
     * RFC 9989 section 4.10: the walk of a longer name continues with its last seven labels, so it has eight queries.
     */
    private static final int MAX_QUERIES = 8;

    public DmarcDiscovery {
        ownRecords = List.copyOf(ownRecords);
        unauthorizedReportHosts = List.copyOf(unauthorizedReportHosts);
    }

    /**
     * A DMARC record with its location.
     *
     * @param domain the domain that publishes the record at {@code _dmarc.}
     * @param record the only DMARC record at that name
     */
    public record LocatedDmarcRecord(String domain, DmarcRecord record) {}

    /**
     * Discovers the policy of a domain.
     *
     * @param domain in lower case, without the trailing dot
     * @param dns the answers known so far
     * @return the policy, or the reason why it is unknown
     */
    public static DmarcDiscovery discover(String domain, DnsLookup dns) {
        List<String> names = treeWalkNames(domain);
        // All names are queried at once: queries one after the other would cost a round trip for each label.
        names.forEach(name -> recordsAt(name, dns));
        DnsAnswer start = dns.ask("_dmarc." + domain, DnsRecordType.TXT);
        List<String> own = recordsAt(domain, dns);
        if (!start.isDefinite()) {
            return undetermined(
                    domain, TrackingDnsLookup.describe(new DnsQuestion("_dmarc." + domain, DnsRecordType.TXT), start));
        }
        DmarcTreeWalkResult tree = DmarcTreeWalkResult.walk(names, dns);
        Optional<LocatedDmarcRecord> policy = own.size() == 1
                ? Optional.of(new LocatedDmarcRecord(domain, DmarcRecord.parse(own.get(0))))
                : tree.policyRecord();
        if (own.isEmpty() && tree.unknownReason().isPresent()) {
            return undetermined(domain, tree.unknownReason().get());
        }
        DmarcReportDestinations targets =
                policy.map(found -> DmarcReportDestinations.verify(found, dns)).orElse(DmarcReportDestinations.NONE);
        return new DmarcDiscovery(
                domain,
                own,
                policy,
                own.size() == 1 ? tree.policyRecord() : policy,
                Optional.empty(),
                targets.unauthorizedHosts(),
                tree.organizationUnknownReason().or(targets::unknownReason));
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
    public DmarcPolicy domainPolicy() {
        DmarcRecord record = record();
        DmarcPolicy policy = record.policy("p").orElse(DmarcPolicy.NONE);
        return isOwnRecord() ? policy : record.policy("sp").orElse(policy);
    }

    /**
     * Returns the policy for subdomains. By RFC 9989 section 4.10.1, a subdomain without its own record uses that of
     * the organizational domain, not that of its parent. There must be a record.
     */
    public DmarcPolicy subdomainPolicy() {
        DmarcRecord record = subdomainRecord.orElseThrow().record();
        return record.policy("sp").orElseGet(() -> record.policy("p").orElse(DmarcPolicy.NONE));
    }

    /** Returns the policy for subdomains that do not exist: the np tag, else the policy for subdomains. */
    public DmarcPolicy nonexistentSubdomainPolicy() {
        return subdomainRecord.orElseThrow().record().policy("np").orElseGet(this::subdomainPolicy);
    }

    /** Returns whether the record asks receivers to reject all failing mail of the domain. */
    public boolean rejects() {
        return domainRecord.isPresent()
                && domainPolicy() == DmarcPolicy.REJECT
                && !record().testMode()
                && record().duplicateTag().isEmpty()
                && record().invalidPolicyTag().isEmpty();
    }

    /** Returns whether the domain itself publishes the record that applies to it. */
    public boolean isOwnRecord() {
        return domainRecord.filter(at -> at.domain().equals(domain)).isPresent();
    }

    private DmarcRecord record() {
        return domainRecord.orElseThrow().record();
    }

    /** Returns the names of the tree walk, beginning with the domain itself. */
    static List<String> treeWalkNames(String domain) {
        List<String> names = DomainNames.selfAndParents(domain);
        if (names.size() <= MAX_QUERIES) {
            return names;
        }
        List<String> walk = new ArrayList<>(List.of(domain));
        walk.addAll(names.subList(names.size() - (MAX_QUERIES - 1), names.size()));
        return walk;
    }

    /** Returns the DMARC records at {@code _dmarc.} and this name. */
    static List<String> recordsAt(String name, DnsLookup dns) {
        return dns.ask("_dmarc." + name, DnsRecordType.TXT).data().stream()
                .filter(DmarcRecord::isDmarc)
                .toList();
    }
}
