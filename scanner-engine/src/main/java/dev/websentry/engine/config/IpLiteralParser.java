package dev.websentry.engine.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Parses IP address literals. Only valid literals are passed to {@link InetAddress#getByName}, because it would look up
 * any other text, such as {@code 256.1.1.1}, as a host name.
 */
final class IpLiteralParser {
    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");
    /** A text with a colon is never looked up: the JDK parses it as an IPv6 address or rejects it. */
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*");

    private IpLiteralParser() {}

    /**
     * Parses an IP address literal.
     *
     * @param text an IPv6 address without brackets, or four decimal octets without leading zeros
     * @return the address; empty if the text is not an IP address
     */
    static Optional<InetAddress> parse(String text) {
        if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
