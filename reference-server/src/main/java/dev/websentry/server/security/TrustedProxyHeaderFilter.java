package dev.websentry.server.security;

import dev.websentry.engine.config.AddressRange;
import dev.websentry.server.settings.WebSentryProperties;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Wraps requests so that they have the client's address, scheme and host instead of the proxy's. The {@code
 * X-Forwarded-*} headers are used only if the connection comes from a trusted proxy of the settings. The public URL, if
 * set, always takes precedence. Other requests are passed on unchanged. See ADR 77 for why Tomcat's valve is not used.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class TrustedProxyHeaderFilter extends OncePerRequestFilter {
    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private final List<AddressRange> trusted;
    private final @Nullable WebOrigin publicOrigin;

    TrustedProxyHeaderFilter(WebSentryProperties settings) {
        trusted = settings.trustedProxies();
        publicOrigin = settings.publicUrl() == null ? null : WebOrigin.of(settings.publicUrl());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean proxied = isTrusted(request.getRemoteAddr());
        if (!proxied && publicOrigin == null) {
            chain.doFilter(request, response);
            return;
        }
        String address = proxied ? caller(request) : request.getRemoteAddr();
        chain.doFilter(new ForwardedRequest(request, address, origin(request)), response);
    }

    /**
     * Returns the rightmost address that is not a trusted proxy. A client can forge everything to the left of it.
     */
    private String caller(HttpServletRequest request) {
        List<String> hops = new ArrayList<>();
        for (String line : Collections.list(request.getHeaders("X-Forwarded-For"))) {
            hops.addAll(List.of(line.split(",", -1)));
        }
        String nearest = request.getRemoteAddr();
        for (int i = hops.size() - 1; i >= 0; i--) {
            String hop = literal(hops.get(i).strip());
            if (hop == null) {
                return nearest;
            }
            nearest = hop;
            if (!isTrusted(hop)) {
                return hop;
            }
        }
        return nearest;
    }

    private WebOrigin origin(HttpServletRequest request) {
        if (publicOrigin != null) {
            return publicOrigin;
        }
        String scheme = request.getHeader("X-Forwarded-Proto");
        String host = request.getHeader("X-Forwarded-Host");
        return WebOrigin.of(
                scheme != null && (scheme.equals("https") || scheme.equals("http")) ? scheme : request.getScheme(),
                host == null || host.isBlank() ? request.getHeader("Host") : host.strip(),
                request.getServerName());
    }

    private boolean isTrusted(String text) {
        String literal = trusted.isEmpty() ? null : literal(text);
        if (literal == null) {
            return false;
        }
        try {
            InetAddress address = InetAddress.getByName(literal);
            return trusted.stream().anyMatch(range -> range.contains(address));
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /**
     * Returns an IP address without brackets and port, which some proxies add; null if the text is not an IP address,
     * so that no host name is ever resolved.
     */
    private static @Nullable String literal(String text) {
        String bare = text;
        if (bare.startsWith("[") && bare.indexOf(']') > 0) {
            bare = bare.substring(1, bare.indexOf(']'));
        } else if (bare.indexOf(':') > 0 && bare.indexOf(':') == bare.lastIndexOf(':')) {
            bare = bare.substring(0, bare.indexOf(':'));
        }
        return LITERAL.matcher(bare).matches() ? bare : null;
    }
}
