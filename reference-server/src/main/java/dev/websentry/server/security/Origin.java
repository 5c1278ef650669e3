package dev.websentry.server.security;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Scheme, host and port, as RFC 6454 compares them.
 *
 * @param host in lower case; an IPv6 literal in brackets
 */
record Origin(String scheme, String host, int port) {
    static Origin of(URI url) {
        String scheme = url.getScheme().toLowerCase(Locale.ROOT);
        int port = url.getPort() < 0 ? defaultPort(scheme) : url.getPort();
        return new Origin(scheme, url.getHost().toLowerCase(Locale.ROOT), port);
    }

    /** From a Host header; one that cannot be read leaves the fallback. */
    static Origin of(String scheme, @Nullable String authority, String fallback) {
        Origin read = authority == null ? null : parse(scheme + "://" + authority);
        return read == null ? new Origin(scheme, fallback, defaultPort(scheme)) : read;
    }

    /** An Origin header's value; null when it is none, {@code null} included. */
    static @Nullable Origin parse(String text) {
        try {
            URI url = URI.create(text);
            boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            return web && url.getHost() != null ? of(url) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    boolean isSecure() {
        return "https".equals(scheme);
    }

    private static int defaultPort(String scheme) {
        return "https".equals(scheme) ? 443 : 80;
    }

    @Override
    public String toString() {
        return scheme + "://" + host + (port == defaultPort(scheme) ? "" : ":" + port);
    }
}
