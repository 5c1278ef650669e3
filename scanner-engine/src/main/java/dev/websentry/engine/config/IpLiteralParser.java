package dev.websentry.engine.config;

import dev.websentry.engine.syntax.IpLiterals;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/** Parses IP address literals of settings, which are stricter than those of URLs: an IPv4 address has four numbers. */
final class IpLiteralParser {
    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*");

    private IpLiteralParser() {}

    /**
     * Parses an IP address literal.
     *
     * @param text an IPv6 address without brackets, or four decimal octets without leading zeros
     * @return the address; empty if the text is not an IP address
     */
    static Optional<InetAddress> parse(String text) {
        return IPV4.matcher(text).matches() || IPV6.matcher(text).matches() ? IpLiterals.parse(text) : Optional.empty();
    }
}
