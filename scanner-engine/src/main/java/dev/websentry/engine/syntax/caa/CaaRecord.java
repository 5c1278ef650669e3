package dev.websentry.engine.syntax.caa;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A CAA record (RFC 8659 section 4.1).
 *
 * @param flags 0 to 255
 * @param tag the property tag, in lower case because tags are case-insensitive
 * @param value the property value, without quotes; may be empty
 */
public record CaaRecord(int flags, String tag, String value) {
    private static final int MAX_VALUE_LENGTH = 1000;

    /** The issuer critical flag: bit 0, the most significant one. */
    private static final int CRITICAL = 128;

    private static final Set<String> ISSUANCE_TAGS = Set.of("issue", "issuewild");
    /** Tags with the value syntax of RFC 8659 section 4.2, including those of RFC 9495 and of the BIMI group. */
    private static final Set<String> ISSUER_VALUE_TAGS = Set.of("issue", "issuewild", "issuemail", "issuevmc");

    private static final Set<String> OTHER_KNOWN_TAGS = Set.of("iodef", "contactemail", "contactphone");
    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?";
    private static final String PARAMETER =
            "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?[ \\t]*=[ \\t]*[\\x21-\\x3a\\x3c-\\x7e]*";
    private static final Pattern ISSUE_VALUE = Pattern.compile("[ \\t]*(?:" + LABEL + "(?:\\." + LABEL
            + ")*[ \\t]*)?(?:;[ \\t]*(?:" + PARAMETER + "(?:[ \\t]*;[ \\t]*" + PARAMETER + ")*[ \\t]*)?)?");
    private static final Pattern TAG = Pattern.compile("[a-z0-9]+");
    /** The schemes that RFC 8659 section 4.4 defines. */
    private static final Pattern IODEF =
            Pattern.compile("(?:mailto:[^\\s@]+@\\S+|https?://[^\\s/]\\S*)", Pattern.CASE_INSENSITIVE);

    /**
     * Parses the data of a CAA record.
     *
     * @param data flags, tag and the unquoted value, separated by single spaces
     * @return the record; the value is not validated, see {@link #validationError()}
     */
    public static CaaRecord parse(String data) {
        String[] parts = data.split(" ", 3);
        return new CaaRecord(
                Integer.parseInt(parts[0]), parts[1].toLowerCase(Locale.ROOT), parts.length < 3 ? "" : parts[2]);
    }

    /** Returns whether the record restricts issuance for web sites: the tag is {@code issue} or {@code issuewild}. */
    public boolean restrictsIssuance() {
        return ISSUANCE_TAGS.contains(tag);
    }

    /**
     * Validates the record.
     *
     * @return the error in one phrase; empty if a CA can process the record
     */
    public Optional<String> validationError() {
        if (!TAG.matcher(tag).matches()) {
            return Optional.of("a tag is not letters and digits: '" + tag + "'");
        }
        boolean hasIssuerValue = ISSUER_VALUE_TAGS.contains(tag);
        if (!hasIssuerValue && !OTHER_KNOWN_TAGS.contains(tag)) {
            // RFC 8659 section 4.1: a CA ignores an unknown tag, but must not issue if that record is critical.
            return (flags & CRITICAL) == 0 ? Optional.empty() : Optional.of("unknown critical tag '" + tag + "'");
        }
        if (value.length() > MAX_VALUE_LENGTH) {
            // Longer values have no use, and matching them by a pattern could overflow the stack.
            return Optional.of("the value of " + tag + " has " + value.length() + " characters, at most "
                    + MAX_VALUE_LENGTH + " are allowed");
        }
        return !hasIssuerValue || ISSUE_VALUE.matcher(value).matches()
                ? Optional.empty()
                : Optional.of("the value of " + tag + " is malformed: '" + value + "'");
    }

    /** Returns whether the record is an iodef without a URL to which a CA can report (RFC 8659 section 4.4). */
    public boolean isIodefWithoutUrl() {
        return tag.equals("iodef")
                && (value.length() > MAX_VALUE_LENGTH || !IODEF.matcher(value).matches());
    }

    @Override
    public String toString() {
        return flags + " " + tag + " \"" + value + "\"";
    }
}
