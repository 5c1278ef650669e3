package dev.websentry.engine.config;

import java.util.Locale;
import java.util.Set;

/**
 * The host of a target: a host name or an IP address.
 *
 * @param ascii the normalized host in lower case, without a trailing dot; an internationalized name consists of
 *     A-labels, an IPv6 address has no brackets
 * @param kind whether the host is a name, an IPv4 address or an IPv6 address
 */
public record Host(String ascii, HostKind kind) {
    /** The kinds of hosts. */
    public enum HostKind {
        /** A host name. */
        NAME,
        /** An IPv4 address. */
        IPV4,
        /** An IPv6 address. */
        IPV6
    }

    /**
     * Top-level domains that do not exist in the public DNS: RFC 6761, 6762, 7686, 8375, 9476 and ICANN's reservation
     * of .internal.
     */
    private static final Set<String> SPECIAL_TOP_LEVEL =
            Set.of("localhost", "test", "invalid", "example", "local", "internal", "onion", "alt");

    public Host {
        if (ascii.isEmpty() || !ascii.equals(ascii.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("not a normalized host: " + ascii);
        }
    }

    /** Returns whether the host is an IP address. */
    public boolean isIpAddress() {
        return kind != HostKind.NAME;
    }

    /**
     * Returns whether the host is a name outside of the public DNS: a single label or a special-use name. Whole labels
     * are compared, so {@code printer.notlocal}, {@code mylocalhost.com} and {@code example.com} are ordinary names.
     *
     * @return true for a single label and for special-use names; false for IP addresses and ordinary names
     */
    public boolean isSpecialUse() {
        if (isIpAddress()) {
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

    /** Returns the host as it is written in a URL: an IPv6 address is enclosed in brackets. */
    public String toUrlHost() {
        return kind == HostKind.IPV6 ? "[" + ascii + "]" : ascii;
    }

    @Override
    public String toString() {
        return ascii;
    }
}
