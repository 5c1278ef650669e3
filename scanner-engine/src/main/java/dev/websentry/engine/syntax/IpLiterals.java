package dev.websentry.engine.syntax;

import java.util.regex.Pattern;

/** Distinguishes IP address literals from host names; the host of a URL can be either. */
public final class IpLiterals {
    /**
     * Text of digits and dots only is never a host name because no top-level domain is numeric, and neither is text
     * with a colon.
     */
    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private IpLiterals() {}

    /**
     * Returns whether the host is an IP address literal.
     *
     * @param host host of a URL; an IPv6 literal without brackets
     * @return true for an IPv4 or IPv6 literal
     */
    public static boolean isIpLiteral(String host) {
        return LITERAL.matcher(host).matches();
    }
}
