package dev.websentry.engine.target;

import java.util.regex.Pattern;

/**
 * A server's place.
 *
 * @param host a name or an address literal, without brackets
 */
public record HostAndPort(String host, int port) {
    private static final Pattern FORM =
            Pattern.compile("(\\[([0-9A-Fa-f:.]+)]|[^\\s:\\[\\]/]+)(:(\\d{1,5}))?|([0-9A-Fa-f:.]+)");

    public HostAndPort {
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("'" + port + "' is not a port: expected 1 to 65535");
        }
    }

    /**
     * Reads {@code host[:port]}; an IPv6 literal with a port stands in brackets.
     *
     * @throws IllegalArgumentException when it is not of that form; the message names the input
     */
    public static HostAndPort parse(String text, int defaultPort) {
        var matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a server: expected host[:port] such as 192.0.2.53 or [2001:db8::53]:5353");
        }
        if (matcher.group(5) != null) {
            return new HostAndPort(matcher.group(5), defaultPort);
        }
        String host = matcher.group(2) != null ? matcher.group(2) : matcher.group(1);
        return new HostAndPort(host, matcher.group(4) == null ? defaultPort : Integer.parseInt(matcher.group(4)));
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
