package dev.websentry.engine.config;

import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Replaces the DNS resolution of a host and port by a fixed address, as curl's {@code --resolve} does. Several
 * overrides for one host and port define several addresses.
 *
 * @param host the host in the URL, in lower case and with A-labels
 * @param port the port in the URL to which the override applies
 * @param address the address to connect to
 * @param dialPort the port to connect to if it differs from the port in the URL
 */
public record ResolveOverride(String host, int port, InetAddress address, OptionalInt dialPort) {
    private static final Pattern FORM = Pattern.compile(
            "([^:\\s\\[\\]]+|\\[[0-9A-Fa-f:.]+]):(\\d{1,5}):(\\[[0-9A-Fa-f:.]+]|[0-9.]+)(:(\\d{1,5}))?");

    /**
     * Parses {@code host:port:address[:dialPort]}. IPv6 addresses must be enclosed in brackets.
     *
     * @param text the text to parse; surrounding whitespace is ignored
     * @return the override
     * @throws IllegalArgumentException if the text does not have this form; the message contains the input
     */
    public static ResolveOverride parse(String text) {
        var matcher = FORM.matcher(text.strip());
        if (matcher.matches()) {
            try {
                String literal = matcher.group(3).replaceAll("[\\[\\]]", "");
                int port = new HostAndPort("port", Integer.parseInt(matcher.group(2))).port();
                OptionalInt dialPort = matcher.group(5) == null
                        ? OptionalInt.empty()
                        : OptionalInt.of(new HostAndPort("port", Integer.parseInt(matcher.group(5))).port());
                String host = ascii(matcher.group(1));
                Optional<InetAddress> address = IpLiteralParser.parse(literal);
                if (address.isPresent()) {
                    return new ResolveOverride(host, port, address.get(), dialPort);
                }
            } catch (IllegalArgumentException e) {
                // Reported by the exception below.
            }
        }
        throw new IllegalArgumentException("'" + text
                + "' is not a resolve entry: expected host:port:address[:port] such as www.example.com:443:192.0.2.7");
    }

    /** Normalizes the host as that of a target is normalized: lower case, and A-labels (RFC 5891 section 4.4). */
    private static String ascii(String host) {
        try {
            return Target.parse(host).host().ascii();
        } catch (InvalidTargetException e) {
            throw new IllegalArgumentException(host, e);
        }
    }
}
