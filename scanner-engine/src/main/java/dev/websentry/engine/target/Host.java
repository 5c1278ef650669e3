package dev.websentry.engine.target;

import java.util.Locale;
import java.util.Set;

/**
 * The host of a target.
 *
 * @param ascii lower case, without a trailing dot; A-labels for an internationalised name, no brackets around an IPv6
 *     literal
 */
public record Host(String ascii, Kind kind) {
    public enum Kind {
        NAME,
        IPV4,
        IPV6
    }

    /** Names that no public resolver answers for: RFC 6761, 6762, 7686, 8375, 9476 and ICANN's reservation of .internal. */
    private static final Set<String> SPECIAL_TOP_LEVEL =
            Set.of("localhost", "test", "invalid", "example", "local", "internal", "onion", "alt");

    public Host {
        if (ascii.isEmpty() || !ascii.equals(ascii.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("not a normalised host: " + ascii);
        }
    }

    public boolean isAddress() {
        return kind != Kind.NAME;
    }

    /**
     * Whether the public DNS can say nothing of this name: a single label or a special-use name. Whole labels are
     * compared, so {@code notlocal} and {@code mylocalhost.com} are ordinary names, and so is {@code example.com}.
     */
    public boolean isSpecialUse() {
        if (isAddress()) {
            return false;
        }
        int lastDot = ascii.lastIndexOf('.');
        if (lastDot < 0) {
            return true;
        }
        return SPECIAL_TOP_LEVEL.contains(ascii.substring(lastDot + 1))
                || ascii.equals("home.arpa")
                || ascii.endsWith(".home.arpa");
    }

    /** As it stands in a URL's authority: an IPv6 literal in brackets. */
    public String inUrl() {
        return kind == Kind.IPV6 ? "[" + ascii + "]" : ascii;
    }

    @Override
    public String toString() {
        return ascii;
    }
}
