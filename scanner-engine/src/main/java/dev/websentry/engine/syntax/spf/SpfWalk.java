package dev.websentry.engine.syntax.spf;

import dev.websentry.engine.syntax.Malformed;
import dev.websentry.engine.syntax.dns.DnsAnswer;
import dev.websentry.engine.syntax.dns.DnsLookup;
import dev.websentry.engine.syntax.dns.DnsQuestion;
import dev.websentry.engine.syntax.dns.DomainName;
import dev.websentry.engine.syntax.dns.RecordType;
import dev.websentry.engine.syntax.dns.Unknowns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Walks over everything that RFC 7208 lets a receiver look up for one domain. Use once. */
public final class SpfWalk {
    /** Far above the limit, so that the count in a verdict is true for all but hostile records. */
    private static final int MOST_WALKED = 40;

    /** RFC 7208 section 4.6.4: mx names beyond this are an error. */
    private static final int MOST_MX = 10;

    private final String domain;
    private final Unknowns dns;
    /** For addresses, whose absence counts but decides nothing alone. */
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

    private SpfWalk(String domain, DnsLookup dns) {
        this.domain = domain;
        this.dns = new Unknowns(dns);
        this.addresses = dns;
    }

    public static SpfAssessment assess(String domain, DnsLookup dns) {
        return new SpfWalk(domain, dns).assess();
    }

    /** @param open the term by which this record, and so whoever includes it, passes everybody */
    private record Ending(Optional<Character> all, Optional<String> open, String tree) {
        static final Ending NONE = new Ending(Optional.empty(), Optional.empty(), "");
    }

    private SpfAssessment assess() {
        Ending ending = walk(domain, "");
        open = ending.open();
        if (lookups > SpfAssessment.MOST_LOOKUPS) {
            String count = lookups > MOST_WALKED ? "over " + MOST_WALKED : String.valueOf(lookups);
            errors.add(count + " lookup terms, at most " + SpfAssessment.MOST_LOOKUPS + " are allowed");
        }
        if (voids > SpfAssessment.MOST_VOIDS) {
            errors.add(voids + " lookups that find nothing, at most " + SpfAssessment.MOST_VOIDS + " are allowed");
        }
        Optional<String> unknown = dns.first();
        if (voids + possibleVoids > SpfAssessment.MOST_VOIDS) {
            unknown = unknown.isPresent() ? unknown : unknownAddress;
        }
        return new SpfAssessment(
                own, errors, unknown, lookups, voids, ending.all(), open, pointer, ending.tree(), seen);
    }

    /** @param why the term that led here; empty for the domain itself */
    private Ending walk(String name, String why) {
        List<String> records = records(name);
        if (why.isEmpty()) {
            own = records;
        }
        if (records.size() != 1) {
            boolean sure = dns.ask(name, RecordType.TXT).isKnown();
            if (sure && records.size() > 1) {
                errors.add(name + " has " + records.size() + " SPF records, one is allowed");
            } else if (sure && !why.isEmpty()) {
                errors.add(why + " leads to " + name + ", which has no SPF record");
            }
            return Ending.NONE;
        }
        path.add(name);
        try {
            return terms(SpfRecord.parse(records.get(0)), name);
        } catch (Malformed e) {
            errors.add("syntax error at " + name + ": " + e.complaint());
            return Ending.NONE;
        } finally {
            path.remove(path.size() - 1);
        }
    }

    private List<String> records(String name) {
        List<String> records = DomainName.isValid(name)
                ? dns.ask(name, RecordType.TXT).data().stream()
                        .filter(SpfRecord::isSpf)
                        .toList()
                : List.of();
        records.forEach(record -> seen.add(name + ": " + record));
        return records;
    }

    private Ending terms(SpfRecord record, String name) {
        List<String> tree = new ArrayList<>();
        Optional<Character> all = Optional.empty();
        Optional<String> passing = Optional.empty();
        for (SpfTerm term : record.reachable()) {
            Optional<String> below = Optional.empty();
            if (term.looksUp()) {
                below = lookUp(term, name, tree);
            } else if (term.kind() == SpfTerm.Kind.ALL) {
                all = Optional.of(term.qualifier());
            }
            if (passing.isEmpty()) {
                passing = term.passesEveryAddress() ? Optional.of(term + " at " + name) : below;
            }
        }
        Optional<SpfTerm> redirect = record.redirect();
        if (redirect.isPresent()) {
            Ending target = follow(redirect.get(), name);
            tree.add(nested(redirect.get(), target));
            all = target.all();
            passing = passing.isPresent() ? passing : target.open();
        }
        return new Ending(all, passing, String.join(", ", tree));
    }

    /** @return the term below that passes everybody, if this one does */
    private Optional<String> lookUp(SpfTerm term, String name, List<String> tree) {
        if (term.kind() == SpfTerm.Kind.INCLUDE) {
            Ending target = follow(term, name);
            tree.add(nested(term, target));
            return term.qualifier() == '+' ? target.open() : Optional.empty();
        }
        tree.add(term.toString());
        lookups++;
        pointer |= term.kind() == SpfTerm.Kind.PTR;
        Optional<String> target =
                term.argument().isEmpty() ? Optional.of(name) : SpfMacros.expand(term.argument(), name, domain);
        if (lookups > MOST_WALKED || target.isEmpty() || term.kind() == SpfTerm.Kind.PTR) {
            return Optional.empty();
        }
        if (term.kind() == SpfTerm.Kind.MX) {
            exchanges(target.get());
            return Optional.empty();
        }
        boolean exists = term.kind() == SpfTerm.Kind.EXISTS;
        boolean found = address(target.get(), exists);
        // What exists whoever asks matches every sender.
        boolean matchesAll = exists && term.qualifier() == '+';
        if (matchesAll && DomainName.isValid(target.get())) {
            // So much hangs on this answer that the verdict is open without it.
            dns.ask(target.get(), RecordType.A);
        }
        return matchesAll && found ? Optional.of(term + " at " + name) : Optional.empty();
    }

    /** RFC 7208 section 5.4: the addresses of each host are looked up, and any of these lookups may be void. */
    private void exchanges(String target) {
        DnsAnswer exchanges = DomainName.isValid(target) ? dns.ask(target, RecordType.MX) : DnsAnswer.NXDOMAIN;
        if (exchanges.isAbsent()) {
            voids++;
        }
        if (exchanges.data().size() > MOST_MX) {
            errors.add("mx at " + target + " has " + exchanges.data().size() + " hosts, at most " + MOST_MX
                    + " are allowed");
            return;
        }
        for (String exchange : exchanges.data()) {
            address(exchange.substring(exchange.indexOf(' ') + 1), false);
        }
    }

    /**
     * Looks for addresses; finding surely none is a void lookup. One that nobody could answer is void perhaps.
     *
     * @param four RFC 7208 section 5.7: exists asks for A alone
     * @return whether there surely is one
     */
    private boolean address(String target, boolean four) {
        if (!DomainName.isValid(target)) {
            voids++;
            return false;
        }
        // Both are asked whatever the first says, so that one round is enough.
        List<RecordType> types = four ? List.of(RecordType.A) : List.of(RecordType.A, RecordType.AAAA);
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
            if (!answers.get(i).isKnown()) {
                unknownAddress = Optional.of(Unknowns.reason(new DnsQuestion(target, types.get(i)), answers.get(i)));
            }
        }
        return false;
    }

    private Ending follow(SpfTerm term, String name) {
        lookups++;
        Optional<String> target = SpfMacros.expand(term.argument(), name, domain);
        if (target.isEmpty() || lookups > MOST_WALKED) {
            return Ending.NONE;
        }
        if (path.contains(target.get())) {
            errors.add(term + " at " + name + " is a loop");
            return Ending.NONE;
        }
        return walk(target.get(), term.toString());
    }

    private static String nested(SpfTerm term, Ending target) {
        return target.tree().isEmpty() ? term.toString() : term + " (" + target.tree() + ")";
    }
}
