package dev.websentry.engine.probe.dns;

import dev.websentry.engine.config.ScanOptions;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.observation.DnsScope;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import okhttp3.HttpUrl;

/** Determines which names a scan queries in the DNS. */
public final class DnsScopeResolver {
    private static final SecureRandom RANDOM = new SecureRandom();

    private DnsScopeResolver() {}

    /**
     * Determines the names for a target. The mail domain is the configured one, else the registrable domain of the
     * host.
     *
     * @param target the scanned target
     * @param options the scan options
     * @return the names; the host is empty if it is an IP address, a single label or a special-use name
     */
    public static DnsScope resolve(Target target, ScanOptions options) {
        boolean isPublic = !target.host().isIpAddress() && !target.host().isSpecialUse();
        Optional<String> host = isPublic ? Optional.of(target.host().ascii()) : Optional.empty();
        Optional<String> domain = options.mailDomain()
                .flatMap(DnsScopeResolver::ascii)
                .or(() -> host.map(DnsScopeResolver::registrableDomain));
        byte[] control = new byte[8];
        RANDOM.nextBytes(control);
        return new DnsScope(
                host, domain, options.dkimSelectors(), "ws" + HexFormat.of().formatHex(control));
    }

    /**
     * Returns the registrable domain by the public suffix list of OkHttp, or the host itself if it is a public suffix.
     */
    private static String registrableDomain(String host) {
        String domain = url(host).map(HttpUrl::topPrivateDomain).orElse(null);
        return domain == null ? host : domain;
    }

    private static Optional<String> ascii(String domain) {
        return url(domain.strip())
                .map(HttpUrl::host)
                .map(name -> name.endsWith(".") ? name.substring(0, name.length() - 1) : name);
    }

    private static Optional<HttpUrl> url(String host) {
        return Optional.ofNullable(HttpUrl.parse("https://" + host + "/"));
    }
}
