package dev.websentry.engine.syntax.dmarc;

import dev.websentry.engine.syntax.dns.TagList;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A DMARC record (RFC 9989 section 4.7). Unknown tags and malformed parts are ignored.
 *
 * @param text the record as published
 * @param tags the tags of the record
 */
public record DmarcRecord(String text, TagList tags) {
    private static final Pattern MAILTO = Pattern.compile(
            "mailto:[^@!?,;\\s]+@([A-Za-z0-9._-]+?)\\.?(?:![0-9]+[kmgt]?)?(?:\\?.*)?", Pattern.CASE_INSENSITIVE);

    private static final Pattern OBSOLETE_SIZE = Pattern.compile("![0-9]+[kmgt]?$", Pattern.CASE_INSENSITIVE);

    /** What the domain owner asks receivers to do with failing mail. */
    public enum DmarcPolicy {
        NONE,
        QUARANTINE,
        REJECT;

        static Optional<DmarcPolicy> parse(String value) {
            return switch (value.toLowerCase(Locale.ROOT)) {
                case "none" -> Optional.of(NONE);
                case "quarantine" -> Optional.of(QUARANTINE);
                case "reject" -> Optional.of(REJECT);
                default -> Optional.empty();
            };
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Returns whether a TXT record is a DMARC record: it begins with {@code v=DMARC1}, case-sensitive. */
    public static boolean isDmarc(String text) {
        return TagList.hasVersion(text, "DMARC1");
    }

    /** Parses the text of a record for which {@link #isDmarc} is true. */
    public static DmarcRecord parse(String text) {
        return new DmarcRecord(text, TagList.lenient(text));
    }

    /**
     * Returns the value of a policy tag.
     *
     * @param tag {@code p}, {@code sp} or {@code np}
     * @return the policy; empty if the tag is missing or invalid
     */
    public Optional<DmarcPolicy> policy(String tag) {
        return tags.get(tag).flatMap(DmarcPolicy::parse);
    }

    /**
     * Returns whether the rua tag has a URI of any scheme. The obsolete size limit after an exclamation mark is
     * ignored.
     */
    public boolean hasReportUri() {
        return Arrays.stream(tags.get("rua").orElse("").split(",", -1))
                .map(uri -> OBSOLETE_SIZE.matcher(uri.strip()).replaceFirst(""))
                .anyMatch(DmarcRecord::isAbsolute);
    }

    private static boolean isAbsolute(String uri) {
        try {
            return new URI(uri).isAbsolute();
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** Returns the first tag that occurs more than once, which makes the record invalid (RFC 6376 section 3.2). */
    public Optional<String> duplicateTag() {
        return TagList.duplicateTag(text);
    }

    /** Returns the first of p, sp and np with an invalid value, as {@code tag=value}; empty if all are valid. */
    public Optional<String> invalidPolicyTag() {
        return List.of("p", "sp", "np").stream()
                .filter(tag -> tags.get(tag).isPresent() && policy(tag).isEmpty())
                .map(tag -> tag + "=" + tags.get(tag).orElse(""))
                .findFirst();
    }

    /**
     * Returns the hosts of the mailboxes that receive aggregate reports: at most 10, without duplicates, in lower case.
     */
    public List<String> reportHosts() {
        List<String> hosts = new ArrayList<>();
        for (String uri : tags.get("rua").orElse("").split(",", -1)) {
            Matcher mailto = MAILTO.matcher(uri.strip());
            if (mailto.matches()) {
                hosts.add(mailto.group(1).toLowerCase(Locale.ROOT));
            }
        }
        return hosts.stream().distinct().limit(10).toList();
    }

    /** Returns whether the record is in test mode (t=y): receivers apply the next weaker policy. */
    public boolean testMode() {
        return tags.get("t").filter(value -> value.equalsIgnoreCase("y")).isPresent();
    }

    /** Returns the value of the psd tag: {@code y}, {@code n} or, by default and if invalid, {@code u}. */
    public char psd() {
        String value = tags.get("psd").orElse("u").toLowerCase(Locale.ROOT);
        return value.equals("y") || value.equals("n") ? value.charAt(0) : 'u';
    }

    /**
     * Returns the value of the pct tag. RFC 9989 removed it, but receivers that implement RFC 7489 still apply it.
     *
     * @return 0 to 100; 100 if the tag is missing or not a number
     */
    public int percent() {
        String value = tags.get("pct").orElse("100");
        return value.matches("[0-9]{1,3}") ? Math.min(100, Integer.parseInt(value)) : 100;
    }
}
