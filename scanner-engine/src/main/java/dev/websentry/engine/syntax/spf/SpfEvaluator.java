package dev.websentry.engine.syntax.spf;

import dev.websentry.engine.syntax.InvalidSyntaxException;
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
 * Evaluates the SPF record of a domain with all records that RFC 7208 lets a receiver look up. Each instance is used
 * once.
 */
public final class SpfEvaluator {
    /**
     * Lookup terms beyond this number are not followed. It is far above the limit of RFC 7208, so that the count in a
     * verdict is exact for all but hostile records.
     */
    private static final int MAX_FOLLOWED_LOOKUPS = 40;

    /** Maximum number of mail hosts of an mx mechanism (RFC 7208 section 4.6.4). */
    private static final int MAX_MX_HOSTS = 10;

    private final String domain;
    private final TrackingDnsLookup dns;
    /**
     * The lookup for addresses. Unlike {@code dns}, it does not note unknown answers: they matter only if they may
     * exceed the limit of void lookups.
     */
    private final DnsLookup addresses;

    private final List<String> errors = new ArrayList<>();
    private final List<String> seen = new ArrayList<>();
    private final List<String> path = new ArrayList<>();
    private List<String> own = List.of();
    private Optional<String> open = Optional.empty();
    private int lookups;
    private int voids;
    private int possibleVoids;
    private Optional<String> unknownAddress = Optional.empty();
    private boolean pointer;

    private SpfEvaluator(String domain, DnsLookup dns) {
        this.domain = domain;
        this.dns = new TrackingDnsLookup(dns);
        this.addresses = dns;
    }

    /**
     * Evaluates SPF for a domain.
     *
     * @param domain the mail domain
     * @param dns the answers known so far
     * @return the result for a sender that matches no mechanism
     */
    public static SpfResult evaluate(String domain, DnsLookup dns) {
        return new SpfEvaluator(domain, dns).evaluate();
    }

    /**
     * The result of one record.
     *
     * @param open the term by which this record, and therefore every record that includes it, passes every sender
     */
    private record SpfRecordResult(Optional<Character> all, Optional<String> open, String tree) {
        static final SpfRecordResult NONE = new SpfRecordResult(Optional.empty(), Optional.empty(), "");
    }

    private SpfResult evaluate() {
        SpfRecordResult result = walk(domain, "");
        open = result.open();
        if (lookups > SpfResult.MAX_LOOKUPS) {
            String count =
                    lookups > MAX_FOLLOWED_LOOKUPS ? "more than " + MAX_FOLLOWED_LOOKUPS : String.valueOf(lookups);
            errors.add(count + " lookup terms, at most " + SpfResult.MAX_LOOKUPS + " are allowed");
        }
        if (voids > SpfResult.MAX_VOID_LOOKUPS) {
            errors.add(voids + " void lookups, at most " + SpfResult.MAX_VOID_LOOKUPS + " are allowed");
        }
        Optional<String> unknown = dns.unknownReason();
        if (voids + possibleVoids > SpfResult.MAX_VOID_LOOKUPS) {
            unknown = unknown.isPresent() ? unknown : unknownAddress;
        }
        return new SpfResult(own, errors, unknown, lookups, voids, result.all(), open, pointer, result.tree(), seen);
    }

    /** @param referrer the term that refers to this name; empty for the domain itself */
    private SpfRecordResult walk(String name, String referrer) {
        List<String> records = records(name);
        if (referrer.isEmpty()) {
            own = records;
        }
        if (records.size() != 1) {
            boolean definite = dns.ask(name, DnsRecordType.TXT).isDefinite();
            if (definite && records.size() > 1) {
                errors.add(name + " has " + records.size() + " SPF records, only one is allowed");
            } else if (definite && !referrer.isEmpty()) {
                errors.add(referrer + " refers to " + name + ", which has no SPF record");
            }
            return SpfRecordResult.NONE;
        }
        path.add(name);
        try {
            return terms(SpfRecord.parse(records.get(0)), name);
        } catch (InvalidSyntaxException e) {
            errors.add("syntax error at " + name + ": " + e.reason());
            return SpfRecordResult.NONE;
        } finally {
            path.remove(path.size() - 1);
        }
    }

    private List<String> records(String name) {
        List<String> records = DomainNames.isValid(name)
                ? dns.ask(name, DnsRecordType.TXT).data().stream()
                        .filter(SpfRecord::isSpf)
                        .toList()
                : List.of();
        records.forEach(record -> seen.add(name + ": " + record));
        return records;
    }

    private SpfRecordResult terms(SpfRecord record, String name) {
        List<String> tree = new ArrayList<>();
        Optional<Character> all = Optional.empty();
        Optional<String> passing = Optional.empty();
        for (SpfTerm term : record.reachableMechanisms()) {
            Optional<String> included = Optional.empty();
            if (term.causesLookup()) {
                included = lookUp(term, name, tree);
            } else if (term.type() == SpfTerm.SpfTermType.ALL) {
                all = Optional.of(term.qualifier());
            }
            if (passing.isEmpty()) {
                passing = term.passesEveryAddress() ? Optional.of(term + " at " + name) : included;
            }
        }
        Optional<SpfTerm> redirect = record.effectiveRedirect();
        if (redirect.isPresent()) {
            SpfRecordResult target = follow(redirect.get(), name);
            tree.add(nested(redirect.get(), target));
            all = target.all();
            passing = passing.isPresent() ? passing : target.open();
        }
        return new SpfRecordResult(all, passing, String.join(", ", tree));
    }

    /** @return the term that passes every sender, if this term or a record that it includes has one */
    private Optional<String> lookUp(SpfTerm term, String name, List<String> tree) {
        if (term.type() == SpfTerm.SpfTermType.INCLUDE) {
            SpfRecordResult target = follow(term, name);
            tree.add(nested(term, target));
            return term.qualifier() == '+' ? target.open() : Optional.empty();
        }
        tree.add(term.toString());
        lookups++;
        pointer |= term.type() == SpfTerm.SpfTermType.PTR;
        Optional<String> target =
                term.argument().isEmpty() ? Optional.of(name) : SpfMacros.expand(term.argument(), name, domain);
        if (lookups > MAX_FOLLOWED_LOOKUPS || target.isEmpty() || term.type() == SpfTerm.SpfTermType.PTR) {
            return Optional.empty();
        }
        if (term.type() == SpfTerm.SpfTermType.MX) {
            exchanges(target.get());
            return Optional.empty();
        }
        boolean exists = term.type() == SpfTerm.SpfTermType.EXISTS;
        boolean found = address(target.get(), exists);
        // A name that does not depend on the message and exists matches every sender.
        boolean matchesAll = exists && term.qualifier() == '+';
        if (matchesAll && DomainNames.isValid(target.get())) {
            // The result depends on this answer, so it is unknown without it.
            dns.ask(target.get(), DnsRecordType.A);
        }
        return matchesAll && found ? Optional.of(term + " at " + name) : Optional.empty();
    }

    /** Looks up the addresses of each mail host; each of these lookups may be void (RFC 7208 section 5.4). */
    private void exchanges(String target) {
        DnsAnswer exchanges = DomainNames.isValid(target) ? dns.ask(target, DnsRecordType.MX) : DnsAnswer.NXDOMAIN;
        if (exchanges.isAbsent()) {
            voids++;
        }
        if (exchanges.data().size() > MAX_MX_HOSTS) {
            errors.add("mx at " + target + " has " + exchanges.data().size() + " hosts, at most " + MAX_MX_HOSTS
                    + " are allowed");
            return;
        }
        for (String exchange : exchanges.data()) {
            address(exchange.substring(exchange.indexOf(' ') + 1), false);
        }
    }

    /**
     * Looks up the addresses of a name. If there are definitely none, this is a void lookup; if the answer is unknown,
     * it is a possible void lookup.
     *
     * @param onlyIpv4 true for {@code exists}, which queries only A records (RFC 7208 section 5.7)
     * @return true if there definitely is an address
     */
    private boolean address(String target, boolean onlyIpv4) {
        if (!DomainNames.isValid(target)) {
            voids++;
            return false;
        }
        // Both types are queried, regardless of the first answer, so that one round of queries is enough.
        List<DnsRecordType> types = onlyIpv4 ? List.of(DnsRecordType.A) : List.of(DnsRecordType.A, DnsRecordType.AAAA);
        List<DnsAnswer> answers =
                types.stream().map(type -> addresses.ask(target, type)).toList();
        if (answers.stream().anyMatch(answer -> !answer.data().isEmpty())) {
            return true;
        }
        if (answers.stream().allMatch(DnsAnswer::isAbsent)) {
            voids++;
            return false;
        }
        possibleVoids++;
        for (int i = 0; i < types.size() && unknownAddress.isEmpty(); i++) {
            if (!answers.get(i).isDefinite()) {
                unknownAddress =
                        Optional.of(TrackingDnsLookup.describe(new DnsQuestion(target, types.get(i)), answers.get(i)));
            }
        }
        return false;
    }

    private SpfRecordResult follow(SpfTerm term, String name) {
        lookups++;
        Optional<String> target = SpfMacros.expand(term.argument(), name, domain);
        if (target.isEmpty() || lookups > MAX_FOLLOWED_LOOKUPS) {
            return SpfRecordResult.NONE;
        }
        if (path.contains(target.get())) {
            errors.add(term + " at " + name + " causes a loop");
            return SpfRecordResult.NONE;
        }
        return walk(target.get(), term.toString());
    }

    private static String nested(SpfTerm term, SpfRecordResult target) {
        return target.tree().isEmpty() ? term.toString() : term + " (" + target.tree() + ")";
    }
}
