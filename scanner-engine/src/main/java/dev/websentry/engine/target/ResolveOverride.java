package dev.websentry.engine.target;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * curl's {@code --resolve}: a host and port are dialled at this address, whatever the DNS says. Several for one
 * host and port are its several addresses.
 *
 * @param port the port in the URL, for which the override counts
 * @param dialPort the port to dial instead, if it differs
 */
public record ResolveOverride(String host, int port, InetAddress address, OptionalInt dialPort) {
    private static final Pattern FORM = Pattern.compile(
            "([^:\\s\\[\\]]+|\\[[0-9A-Fa-f:.]+]):(\\d{1,5}):(\\[[0-9A-Fa-f:.]+]|[0-9.]+)(:(\\d{1,5}))?");

    /**
     * Reads {@code host:port:address[:dialPort]}; IPv6 literals stand in brackets.
     *
     * @throws IllegalArgumentException when it is not of that form; the message names the input
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
                String host = matcher.group(1).replaceAll("[\\[\\]]", "").toLowerCase(Locale.ROOT);
                Optional<InetAddress> address = Literal.parse(literal);
                if (address.isPresent()) {
                    return new ResolveOverride(host, port, address.get(), dialPort);
                }
            } catch (IllegalArgumentException e) {
                // Falls through to the one message below.
            }
        }
        throw new IllegalArgumentException("'" + text
                + "' is not a resolve entry: expected host:port:address[:port] such as www.example.com:443:192.0.2.7");
    }
}
