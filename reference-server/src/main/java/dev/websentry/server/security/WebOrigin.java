package dev.websentry.server.security;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A web origin (RFC 6454): scheme, host and port.
 *
 * @param host in lower case; an IPv6 address in brackets
 * @param port the port, also if it is the default port of the scheme
 */
record WebOrigin(String scheme, String host, int port) {
    static WebOrigin of(URI url) {
        String scheme = url.getScheme().toLowerCase(Locale.ROOT);
        int port = url.getPort() < 0 ? defaultPort(scheme) : url.getPort();
        return new WebOrigin(scheme, url.getHost().toLowerCase(Locale.ROOT), port);
    }

    /** Returns the origin that a request was sent to. */
    static WebOrigin of(HttpServletRequest request) {
        return new WebOrigin(
                request.getScheme(), request.getServerName().toLowerCase(Locale.ROOT), request.getServerPort());
    }

    /**
     * Returns the origin of a Host header.
     *
     * @param authority the value of the header; may be null
     * @param fallback the host if the header is missing or malformed
     */
    static WebOrigin of(String scheme, @Nullable String authority, String fallback) {
        WebOrigin parsed = authority == null ? null : parse(scheme + "://" + authority);
        return parsed == null ? new WebOrigin(scheme, fallback, defaultPort(scheme)) : parsed;
    }

    /** Parses the value of an Origin header; returns null if it is not an http(s) origin, such as {@code null}. */
    static @Nullable WebOrigin parse(String text) {
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
