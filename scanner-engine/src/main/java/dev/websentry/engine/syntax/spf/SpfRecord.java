package dev.websentry.engine.syntax.spf;

import dev.websentry.engine.syntax.InvalidSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An SPF record (RFC 7208 section 4.6.1).
 *
 * @param terms the mechanisms and modifiers, in the order of the record
 */
public record SpfRecord(List<SpfTerm> terms) {
    /** RFC 7208 section 4.5: exactly the version, then a space or the end. ABNF strings are case-insensitive. */
    private static final Pattern VERSION = Pattern.compile("v=spf1(?: .*)?", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    public SpfRecord {
        terms = List.copyOf(terms);
    }

    /** Returns whether a TXT record is an SPF record. */
    public static boolean isSpf(String text) {
        return VERSION.matcher(text).matches();
    }

    /**
     * Parses a record.
     *
     * @param text a TXT record for which {@link #isSpf} is true
     * @return the record
     * @throws InvalidSyntaxException if a term is invalid or a modifier is repeated
     */
    public static SpfRecord parse(String text) throws InvalidSyntaxException {
        List<SpfTerm> terms = new ArrayList<>();
        for (String part : text.substring("v=spf1".length()).split(" ", -1)) {
            if (!part.isEmpty()) {
                terms.add(SpfTerm.parse(part));
            }
        }
        for (SpfTerm.SpfTermType once : List.of(SpfTerm.SpfTermType.REDIRECT, SpfTerm.SpfTermType.EXP)) {
            if (terms.stream().filter(term -> term.type() == once).count() > 1) {
                throw new InvalidSyntaxException(once + " appears twice");
            }
        }
        return new SpfRecord(terms);
    }

    /** Returns the mechanisms that a receiver may evaluate: those after {@code all} are never tested (section 5.1). */
    List<SpfTerm> reachableMechanisms() {
        List<SpfTerm> reachable = new ArrayList<>();
        for (SpfTerm term : terms) {
            if (term.type().compareTo(SpfTerm.SpfTermType.REDIRECT) >= 0) {
                continue;
            }
            reachable.add(term);
            if (term.type() == SpfTerm.SpfTermType.ALL) {
                break;
            }
        }
        return reachable;
    }

    /**
     * Returns the redirect that takes effect: it is ignored if the record has an {@code all} mechanism (section 6.1).
     */
    Optional<SpfTerm> effectiveRedirect() {
        boolean hasAll = terms.stream().anyMatch(term -> term.type() == SpfTerm.SpfTermType.ALL);
        return hasAll
                ? Optional.empty()
                : terms.stream()
                        .filter(term -> term.type() == SpfTerm.SpfTermType.REDIRECT)
                        .findFirst();
    }
}
