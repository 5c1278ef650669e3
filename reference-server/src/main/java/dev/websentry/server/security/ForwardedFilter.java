package dev.websentry.server.security;

import dev.websentry.engine.target.AddressRange;
import dev.websentry.server.settings.Settings;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
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
 * Shows everything behind it the request as the caller sent it: its address, and the scheme and host it used. What a proxy
 * says of that counts only if the connection comes from a proxy that the settings trust; the public URL, if set, always.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ForwardedFilter extends OncePerRequestFilter {
    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private final List<AddressRange> trusted;
    private final @Nullable URI publicUrl;

    ForwardedFilter(Settings settings) {
        trusted = settings.trustedProxies();
        publicUrl = settings.publicUrl();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean proxied = isTrusted(request.getRemoteAddr());
        String address = proxied ? caller(request) : request.getRemoteAddr();
        chain.doFilter(new ForwardedRequest(request, address, origin(request, proxied)), response);
    }

    /**
     * The rightmost address that no trusted proxy wrote for another trusted proxy: everything to its left may be made up.
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

    private Origin origin(HttpServletRequest request, boolean proxied) {
        if (publicUrl != null) {
            return Origin.of(publicUrl);
        }
        String scheme = request.getScheme();
        String host = request.getHeader("Host");
        if (proxied) {
            String saidScheme = request.getHeader("X-Forwarded-Proto");
            if (saidScheme != null && (saidScheme.equals("https") || saidScheme.equals("http"))) {
                scheme = saidScheme;
            }
            String saidHost = request.getHeader("X-Forwarded-Host");
            host = saidHost == null || saidHost.isBlank() ? host : saidHost.strip();
        }
        return Origin.of(scheme, host, request.getServerName());
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

    /** An address without brackets and port, as some proxies write them; null if it is none: no resolver is ever asked. */
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
