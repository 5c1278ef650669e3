package dev.websentry.engine.syntax.spf;

import dev.websentry.engine.syntax.dns.DnsAnswer;
import dev.websentry.engine.syntax.dns.DnsLookup;
import dev.websentry.engine.syntax.dns.DnsQuestion;
import dev.websentry.engine.syntax.dns.DnsRecordType;
import dev.websentry.engine.syntax.dns.DomainNames;
import dev.websentry.engine.syntax.dns.TrackingDnsLookup;
import java.util.List;
import java.util.Optional;

/**
 * Looks up addresses for one evaluation and counts void lookups (RFC 7208 section 4.6.4). Unknown answers matter only
 * if they may exceed the limit of void lookups.
 */
final class SpfAddressLookup {
    private final DnsLookup dns;
    private int voids;
    private int possibleVoids;
    private Optional<String> unknownAddress = Optional.empty();

    SpfAddressLookup(DnsLookup dns) {
        this.dns = dns;
    }

    void countVoid() {
        voids++;
    }

    int voids() {
        return voids;
    }

    boolean mayExceedVoidLimit() {
        return voids + possibleVoids > SpfResult.MAX_VOID_LOOKUPS;
    }

    /** Returns the first answer that is unknown; empty if every query was answered. */
    Optional<String> unknownReason() {
        return unknownAddress;
    }

    /**
     * Looks up the addresses of a name. If there are definitely none, this is a void lookup; if the answer is unknown,
     * it is a possible void lookup.
     *
     * @param onlyIpv4 true for {@code exists}, which queries only A records (RFC 7208 section 5.7)
     * @return the addresses; empty if there are none or they are unknown
     */
    List<String> find(String target, boolean onlyIpv4) {
        if (!DomainNames.isValid(target)) {
            voids++;
            return List.of();
        }
        // Both types are queried, regardless of the first answer, so that one round of queries is enough.
        List<DnsRecordType> types = onlyIpv4 ? List.of(DnsRecordType.A) : List.of(DnsRecordType.A, DnsRecordType.AAAA);
        List<DnsAnswer> answers =
                types.stream().map(type -> dns.ask(target, type)).toList();
        List<String> found =
                answers.stream().flatMap(answer -> answer.data().stream()).toList();
        if (!found.isEmpty()) {
            return found;
        }
        if (answers.stream().allMatch(DnsAnswer::isAbsent)) {
            voids++;
            return List.of();
        }
        possibleVoids++;
        for (int i = 0; i < types.size() && unknownAddress.isEmpty(); i++) {
            if (!answers.get(i).isDefinite()) {
                unknownAddress =
                        Optional.of(TrackingDnsLookup.describe(new DnsQuestion(target, types.get(i)), answers.get(i)));
            }
        }
        return found;
    }
}
