package dev.websentry.engine.syntax.spf;

import java.util.List;
import java.util.Optional;

/**
 * The result of evaluating SPF for a domain in the worst case: a sender that matches no mechanism before the last one.
 *
 * @param ownRecords the SPF records of the domain itself
 * @param errors the errors that cause a permerror, one phrase each
 * @param unknownReason the reason why the result is unknown; empty if every query was answered
 * @param lookups the number of terms that cause DNS queries, over all records
 * @param voidLookups the number of lookups without a result (void lookups)
 * @param allQualifier the qualifier of the {@code all} mechanism that ends the evaluation; empty if absent
 * @param passAllTerm the term that passes every sender; empty if absent
 * @param share the share of all addresses that pass, over all terms
 * @param usesPtr true if the {@code ptr} mechanism is used
 * @param lookupTree the terms that cause lookups on one line, nested as they include each other
 * @param recordsRead every record that was read, each as {@code domain: record}
 */
public record SpfResult(
        List<String> ownRecords,
        List<String> errors,
        Optional<String> unknownReason,
        int lookups,
        int voidLookups,
        Optional<Character> allQualifier,
        Optional<String> passAllTerm,
        SpfAuthorizedShare share,
        boolean usesPtr,
        String lookupTree,
        List<String> recordsRead) {
    /** Maximum number of terms that cause DNS queries (RFC 7208 section 4.6.4). */
    public static final int MAX_LOOKUPS = 10;

    /** Maximum number of void lookups (RFC 7208 section 4.6.4). */
    public static final int MAX_VOID_LOOKUPS = 2;

    public SpfResult {
        ownRecords = List.copyOf(ownRecords);
        errors = List.copyOf(errors);
        recordsRead = List.copyOf(recordsRead);
    }
}
