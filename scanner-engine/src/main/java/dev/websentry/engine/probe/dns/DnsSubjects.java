package dev.websentry.engine.probe.dns;

import dev.websentry.engine.observe.DnsSubject;
import dev.websentry.engine.target.ScanOptions;
import dev.websentry.engine.target.Target;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import okhttp3.HttpUrl;

/** Decides which names a scan asks the DNS about. */
public final class DnsSubjects {
    private static final SecureRandom RANDOM = new SecureRandom();

    private DnsSubjects() {}

    public static DnsSubject of(Target target, ScanOptions options) {
        boolean isPublic = !target.host().isAddress() && !target.host().isSpecialUse();
        Optional<String> host = isPublic ? Optional.of(target.host().ascii()) : Optional.empty();
        Optional<String> domain =
                options.mailDomain().flatMap(DnsSubjects::ascii).or(() -> host.map(DnsSubjects::organization));
        byte[] control = new byte[8];
        RANDOM.nextBytes(control);
        return new DnsSubject(
                host, domain, options.dkimSelectors(), "ws" + HexFormat.of().formatHex(control));
    }

    /** One label more than the public suffix, whose list OkHttp carries; a public suffix stands for itself. */
    private static String organization(String host) {
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
