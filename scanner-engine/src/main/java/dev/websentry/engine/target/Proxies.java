package dev.websentry.engine.target;

import java.util.List;
import java.util.Optional;

/** The proxies of this machine's network. */
public record Proxies(List<HttpProxy> all) {
    public static final Proxies NONE = new Proxies(List.of());

    public Proxies {
        all = List.copyOf(all);
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    /**
     * The proxy for a URL; empty when its host is dialled directly. As Maven has it: the first that is for the URL's
     * scheme, and for https in want of one the first that is for http.
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
