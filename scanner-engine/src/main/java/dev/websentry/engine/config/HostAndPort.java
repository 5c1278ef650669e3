package dev.websentry.engine.config;

import java.util.regex.Pattern;

/**
 * A host and a port.
 *
 * @param host a name or an IP address, without brackets
 * @param port the port, 1 to 65535
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
     * Parses {@code host[:port]}. An IPv6 address with a port must be enclosed in brackets.
     *
     * @param text the text to parse; surrounding whitespace is ignored
     * @param defaultPort the port to use if the text has none
     * @return the host and the port
     * @throws IllegalArgumentException if the text does not have this form; the message contains the input
     */
    public static HostAndPort parse(String text, int defaultPort) {
        var matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text
                    + "' is not a server address: expected host[:port] such as 192.0.2.53 or [2001:db8::53]:5353");
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
