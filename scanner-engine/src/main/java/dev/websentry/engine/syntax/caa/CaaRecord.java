package dev.websentry.engine.syntax.caa;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A CAA record, RFC 8659 section 4.1.
 *
 * @param tag in lower case: tags ignore case
 */
public record CaaRecord(int flags, String tag, String value) {
    private static final int LONGEST = 1000;
    /** Bit 0, the most significant one. */
    private static final int CRITICAL = 128;

    private static final Set<String> ISSUE = Set.of("issue", "issuewild");
    /** Issuers' syntax: RFC 8659 section 4.2, and the further issue tags of RFC 9495 and of the BIMI group. */
    private static final Set<String> ISSUERS = Set.of("issue", "issuewild", "issuemail", "issuevmc");

    private static final Set<String> OTHERS = Set.of("iodef", "contactemail", "contactphone");
    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?";
    private static final String PARAMETER =
            "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?[ \\t]*=[ \\t]*[\\x21-\\x3a\\x3c-\\x7e]*";
    private static final Pattern ISSUE_VALUE = Pattern.compile("[ \\t]*(?:" + LABEL + "(?:\\." + LABEL
            + ")*[ \\t]*)?(?:;[ \\t]*(?:" + PARAMETER + "(?:[ \\t]*;[ \\t]*" + PARAMETER + ")*[ \\t]*)?)?");
    private static final Pattern IODEF =
            Pattern.compile("(?:mailto:\\S+@\\S+|https?://\\S+)", Pattern.CASE_INSENSITIVE);

    /** Reads flags, tag and the bare value, parted by blanks. */
    public static CaaRecord parse(String data) {
        String[] parts = data.split(" ", 3);
        return new CaaRecord(
                Integer.parseInt(parts[0]), parts[1].toLowerCase(Locale.ROOT), parts.length < 3 ? "" : parts[2]);
    }

    /** Whether it says who may issue. */
    public boolean limitsIssuance() {
        return ISSUE.contains(tag);
    }

    /** What is wrong with it; empty when a CA can follow it. */
    public Optional<String> complaint() {
        boolean issuers = ISSUERS.contains(tag);
        if (!issuers && !OTHERS.contains(tag)) {
            // RFC 8659 section 4.1: an unknown tag is ignored, unless it is critical: then nobody may issue.
            return (flags & CRITICAL) == 0 ? Optional.empty() : Optional.of("unknown critical tag '" + tag + "'");
        }
        if (value.length() > LONGEST) {
            // No CA needs more, and the patterns' matcher would run out of stack.
            return Optional.of("the value of " + tag + " has " + value.length() + " characters");
        }
        boolean valid = issuers
                ? ISSUE_VALUE.matcher(value).matches()
                : !tag.equals("iodef") || IODEF.matcher(value).matches();
        return valid ? Optional.empty() : Optional.of("the value of " + tag + " is malformed: '" + value + "'");
    }

    @Override
    public String toString() {
        return flags + " " + tag + " \"" + value + "\"";
    }
}
