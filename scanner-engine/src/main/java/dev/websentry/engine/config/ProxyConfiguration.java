package dev.websentry.engine.config;

import java.util.List;
import java.util.Optional;

/**
 * The HTTP proxies of the local network.
 *
 * @param proxies the proxies in order of precedence
 */
public record ProxyConfiguration(List<HttpProxy> proxies) {
    /** A configuration without proxies. */
    public static final ProxyConfiguration NONE = new ProxyConfiguration(List.of());

    public ProxyConfiguration {
        proxies = List.copyOf(proxies);
    }

    public boolean isEmpty() {
        return proxies.isEmpty();
    }

    /**
     * Selects the proxy for a URL by Maven's rules: the first proxy for the URL's scheme; if there is none for https,
     * the first proxy for http. Proxies whose {@code nonProxyHosts} match the host are skipped.
     *
     * @param scheme the URL's scheme, http or https
     * @param host the URL's host, a name or an IP address
     * @return the proxy; empty if the host is connected to directly
     */
    public Optional<HttpProxy> forUrl(String scheme, String host) {
        Optional<HttpProxy> own = first(scheme, host);
        return own.isPresent() || !scheme.equals("https") ? own : first("http", host);
    }

    private Optional<HttpProxy> first(String scheme, String host) {
        return proxies.stream()
                .filter(proxy -> proxy.scheme().equals(scheme) && !proxy.isBypassedFor(host))
                .findFirst();
    }
}
