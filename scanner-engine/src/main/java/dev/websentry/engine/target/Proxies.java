package dev.websentry.engine.target;

import java.util.List;
import java.util.Optional;

/**
 * The HTTP proxies of the local network.
 *
 * @param all the proxies in order of precedence
 */
public record Proxies(List<HttpProxy> all) {
    /** A configuration without proxies. */
    public static final Proxies NONE = new Proxies(List.of());

    public Proxies {
        all = List.copyOf(all);
    }

    public boolean isEmpty() {
        return all.isEmpty();
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
        return all.stream()
                .filter(proxy -> proxy.scheme().equals(scheme) && !proxy.isPassedBy(host))
                .findFirst();
    }
}
