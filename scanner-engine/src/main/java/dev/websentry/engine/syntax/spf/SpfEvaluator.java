package dev.websentry.engine.syntax.spf;

import dev.websentry.engine.syntax.InvalidSyntaxException;
import dev.websentry.engine.syntax.dns.DnsAnswer;
import dev.websentry.engine.syntax.dns.DnsLookup;
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
    private final SpfAddressLookup addresses;

    private final List<String> errors = new ArrayList<>();
    private final List<String> seen = new ArrayList<>();
    private final List<String> path = new ArrayList<>();
    private List<String> own = List.of();
    private int lookups;
    private boolean pointer;

    private SpfEvaluator(String domain, DnsLookup dns) {
        this.domain = domain;
        this.dns = new TrackingDnsLookup(dns);
        this.addresses = new SpfAddressLookup(dns);
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
     * @param passed the addresses that pass
     */
    private record SpfRecordResult(Optional<Character> all, Optional<String> open, AddressRanges passed, String tree) {
        static SpfRecordResult none() {
            return new SpfRecordResult(Optional.empty(), Optional.empty(), AddressRanges.none(), "");
        }
    }

    /**
     * What one term matches.
     *
     * @param open the term that passes every sender, if this term or a record that it includes has one
     * @param matched the addresses that definitely match
     */
    private record TermMatch(Optional<String> open, AddressRanges matched) {
        static TermMatch of(AddressRanges matched) {
            return new TermMatch(Optional.empty(), matched);
        }
    }

    private SpfResult evaluate() {
        SpfRecordResult result = walk(domain, "");
        if (lookups > SpfResult.MAX_LOOKUPS) {
            String count =
                    lookups > MAX_FOLLOWED_LOOKUPS ? "more than " + MAX_FOLLOWED_LOOKUPS : String.valueOf(lookups);
            errors.add(count + " lookup terms, at most " + SpfResult.MAX_LOOKUPS + " are allowed");
        }
        if (addresses.voids() > SpfResult.MAX_VOID_LOOKUPS) {
            errors.add(addresses.voids() + " void lookups, at most " + SpfResult.MAX_VOID_LOOKUPS + " are allowed");
        }
        Optional<String> unknown = dns.unknownReason();
        if (addresses.mayExceedVoidLimit()) {
            unknown = unknown.or(addresses::unknownReason);
        }
        return new SpfResult(
                own,
                errors,
                unknown,
                lookups,
                addresses.voids(),
                result.all(),
                result.open(),
                result.passed().share(),
                pointer,
                result.tree(),
                seen);
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
            return SpfRecordResult.none();
        }
        path.add(name);
        try {
            return terms(SpfRecord.parse(records.get(0)), name);
        } catch (InvalidSyntaxException e) {
            errors.add("syntax error at " + name + ": " + e.reason());
            return SpfRecordResult.none();
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
        AddressRanges undecided = AddressRanges.all();
        AddressRanges passed = AddressRanges.none();
        for (SpfTerm term : record.reachableMechanisms()) {
            TermMatch match = term.causesLookup() ? lookUp(term, name, tree) : TermMatch.of(ownAddresses(term));
            if (term.type() == SpfTerm.SpfTermType.ALL) {
                all = Optional.of(term.qualifier());
            }
            if (passing.isEmpty()) {
                passing = term.passesEveryAddress() ? Optional.of(term + " at " + name) : match.open();
            }
            // The first term that matches decides (RFC 7208 section 4.6.2).
            AddressRanges decided = undecided.take(match.matched());
            if (term.qualifier() == '+') {
                passed.addDisjoint(decided);
            }
        }
        Optional<SpfTerm> redirect = record.effectiveRedirect();
        if (redirect.isPresent()) {
            SpfRecordResult target = follow(redirect.get(), name);
            tree.add(nested(redirect.get(), target));
            all = target.all();
            passing = passing.isPresent() ? passing : target.open();
            passed.addDisjoint(undecided.take(target.passed()));
        }
        return new SpfRecordResult(all, passing, passed, String.join(", ", tree));
    }

    private static AddressRanges ownAddresses(SpfTerm term) {
        if (term.type() == SpfTerm.SpfTermType.ALL) {
            return AddressRanges.all();
        }
        return networks(term, List.of(term.argument()));
    }

    /** Returns the networks of the addresses with the prefix lengths of the term. */
    private static AddressRanges networks(SpfTerm term, List<String> addresses) {
        AddressRanges networks = AddressRanges.none();
        for (String address : addresses) {
            networks.addNetwork(address, term.ipv4PrefixLength(), term.ipv6PrefixLength());
        }
        return networks;
    }

    private TermMatch lookUp(SpfTerm term, String name, List<String> tree) {
        if (term.type() == SpfTerm.SpfTermType.INCLUDE) {
            SpfRecordResult target = follow(term, name);
            tree.add(nested(term, target));
            return new TermMatch(term.qualifier() == '+' ? target.open() : Optional.empty(), target.passed());
        }
        tree.add(term.toString());
        lookups++;
        pointer |= term.type() == SpfTerm.SpfTermType.PTR;
        Optional<String> target =
                term.argument().isEmpty() ? Optional.of(name) : SpfMacros.expand(term.argument(), name, domain);
        if (lookups > MAX_FOLLOWED_LOOKUPS || target.isEmpty() || term.type() == SpfTerm.SpfTermType.PTR) {
            return TermMatch.of(AddressRanges.none());
        }
        if (term.type() == SpfTerm.SpfTermType.MX) {
            return TermMatch.of(networks(term, exchanges(target.get())));
        }
        boolean exists = term.type() == SpfTerm.SpfTermType.EXISTS;
        List<String> found = addresses.find(target.get(), exists);
        if (!exists) {
            return TermMatch.of(networks(term, found));
        }
        // A name that does not depend on the message and exists matches every sender.
        boolean matchesAll = term.qualifier() == '+';
        if (matchesAll && DomainNames.isValid(target.get())) {
            // The result depends on this answer, so it is unknown without it.
            dns.ask(target.get(), DnsRecordType.A);
        }
        return matchesAll && !found.isEmpty()
                ? new TermMatch(Optional.of(term + " at " + name), AddressRanges.all())
                : TermMatch.of(AddressRanges.none());
    }

    /** Looks up the addresses of each mail host; each of these lookups may be void (RFC 7208 section 5.4). */
    private List<String> exchanges(String target) {
        DnsAnswer exchanges = DomainNames.isValid(target) ? dns.ask(target, DnsRecordType.MX) : DnsAnswer.NXDOMAIN;
        if (exchanges.isAbsent()) {
            addresses.countVoid();
        }
        if (exchanges.data().size() > MAX_MX_HOSTS) {
            errors.add("mx at " + target + " has " + exchanges.data().size() + " hosts, at most " + MAX_MX_HOSTS
                    + " are allowed");
            return List.of();
        }
        List<String> found = new ArrayList<>();
        for (String exchange : exchanges.data()) {
            found.addAll(addresses.find(exchange.substring(exchange.indexOf(' ') + 1), false));
        }
        return List.copyOf(found);
    }

    private SpfRecordResult follow(SpfTerm term, String name) {
        lookups++;
        Optional<String> target = SpfMacros.expand(term.argument(), name, domain);
        if (target.isEmpty() || lookups > MAX_FOLLOWED_LOOKUPS) {
            return SpfRecordResult.none();
        }
        if (path.contains(target.get())) {
            errors.add(term + " at " + name + " causes a loop");
            return SpfRecordResult.none();
        }
        return walk(target.get(), term.toString());
    }

    private static String nested(SpfTerm term, SpfRecordResult target) {
        return target.tree().isEmpty() ? term.toString() : term + " (" + target.tree() + ")";
    }
}
