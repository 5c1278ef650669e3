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
 * A DMARC record, RFC 9989 section 4.7: unknown tags and broken pieces are ignored.
 *
 * @param text as published
 */
public record DmarcRecord(String text, TagList tags) {
    private static final Pattern MAILTO = Pattern.compile(
            "mailto:[^@!?,;\\s]+@([A-Za-z0-9._-]+?)\\.?(?:![0-9]+[kmgt]?)?(?:\\?.*)?", Pattern.CASE_INSENSITIVE);

    private static final Pattern OBSOLETE_SIZE = Pattern.compile("![0-9]+[kmgt]?$", Pattern.CASE_INSENSITIVE);

    /** What receivers are asked to do with mail that fails. */
    public enum Policy {
        NONE,
        QUARANTINE,
        REJECT;

        static Optional<Policy> of(String value) {
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

    /** Whether a TXT record is meant as DMARC: v=DMARC1 comes first, in exactly these letters. */
    public static boolean isDmarc(String text) {
        return TagList.hasVersion(text, "DMARC1");
    }

    public static DmarcRecord parse(String text) {
        return new DmarcRecord(text, TagList.lenient(text));
    }

    /** A policy tag's value; empty when the tag is missing or its value is none of the three. */
    public Optional<Policy> policy(String tag) {
        return tags.get(tag).flatMap(Policy::of);
    }

    /** Whether a reporting URI of any scheme is there; the obsolete size behind an exclamation mark is ignored. */
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

    /** Whether p, sp or np has a value that is no policy. */
    public Optional<String> invalidPolicy() {
        return List.of("p", "sp", "np").stream()
                .filter(tag -> tags.get(tag).isPresent() && policy(tag).isEmpty())
                .map(tag -> tag + "=" + tags.get(tag).orElse(""))
                .findFirst();
    }

    /** The hosts of the mailboxes that aggregate reports go to. */
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

    /** Test mode: receivers apply one policy less. */
    public boolean testing() {
        return tags.get("t").filter(value -> value.equalsIgnoreCase("y")).isPresent();
    }

    /** The psd tag: y, n or u. */
    public char psd() {
        String value = tags.get("psd").orElse("u").toLowerCase(Locale.ROOT);
        return value.equals("y") || value.equals("n") ? value.charAt(0) : 'u';
    }

    /** The percentage of RFC 7489, which RFC 9989 removed but old receivers still heed; 100 when absent or not a number. */
    public int percent() {
        String value = tags.get("pct").orElse("100");
        return value.matches("[0-9]{1,3}") ? Math.min(100, Integer.parseInt(value)) : 100;
    }
}
