package dev.websentry.engine.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An HTTP proxy of the local network. The scanner connects to it over plain HTTP/1.1.
 *
 * @param scheme the scheme of the URLs that the proxy is used for: http or https
 * @param address the address of the proxy
 * @param credentials the credentials for Basic authentication at the proxy; empty if it needs none
 * @param nonProxyHosts patterns of hosts that are connected to without the proxy ({@code nonProxyHosts}); {@code *}
 *     matches any characters
 */
public record HttpProxy(
        String scheme, HostAndPort address, Optional<BasicCredentials> credentials, List<String> nonProxyHosts) {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]+|[0-9A-Fa-f:.]+");

    public HttpProxy {
        scheme = scheme.toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException("unknown protocol '" + scheme + "' of a proxy: expected http or https");
        }
        if (!HOST.matcher(address.host()).matches()) {
            throw new IllegalArgumentException(
                    "invalid proxy host '" + address.host() + "': expected a host name or an IP address");
        }
        nonProxyHosts = nonProxyHosts.stream()
                .map(pattern -> pattern.toLowerCase(Locale.ROOT))
                .toList();
    }

    /** Returns whether connections to a host, given as a name or an IP address, bypass the proxy. */
    boolean isBypassedFor(String host) {
        return nonProxyHosts.stream().anyMatch(pattern -> matches(pattern, host.toLowerCase(Locale.ROOT)));
    }

    private static boolean matches(String pattern, String host) {
        StringBuilder expression = new StringBuilder();
        for (String part : pattern.split("(?<=\\*)|(?=\\*)", -1)) {
            expression.append(part.equals("*") ? ".*" : Pattern.quote(part));
        }
        return host.matches(expression.toString());
    }

    /** Returns the address of the proxy without its credentials. */
    @Override
    public String toString() {
        return "the proxy " + address;
    }
}
