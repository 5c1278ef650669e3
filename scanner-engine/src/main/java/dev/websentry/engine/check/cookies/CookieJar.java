package dev.websentry.engine.check.cookies;

import dev.websentry.engine.config.Target;
import dev.websentry.engine.observation.HttpExchange;
import dev.websentry.engine.observation.HttpExchange.Response;
import dev.websentry.engine.observation.Observation;
import dev.websentry.engine.observation.RedirectChain;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.syntax.RegistrableDomain;
import dev.websentry.engine.syntax.SetCookie;
import dev.websentry.engine.syntax.StrictTransportSecurity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import okhttp3.HttpUrl;

/**
 * The cookies that a browser stores after it has loaded the site, by the storage model of RFC 6265bis. Contains the
 * cookies of every hop on the requested site and of the final page, keyed by name, domain and path. Does not contain
 * deleted cookies, nor cookies that browsers reject because of their Domain.
 */
final class CookieJar {
    private final List<StoredCookie> cookies;

    private CookieJar(List<StoredCookie> cookies) {
        this.cookies = List.copyOf(cookies);
    }

    /**
     * Collects the cookies of a scan.
     *
     * @throws dev.websentry.engine.observation.UnobservedException when the entry request has no observed response
     */
    static CookieJar of(ScanObservations seen) {
        List<HttpExchange> exchanges = new ArrayList<>();
        if (seen.site().plain() instanceof Observation.Seen<Optional<RedirectChain>> plain) {
            plain.value().ifPresent(chain -> exchanges.addAll(sameSiteHops(chain, seen.target())));
        }
        RedirectChain entry = seen.site().entry().value();
        exchanges.addAll(sameSiteHops(entry, seen.target()));
        if (!exchanges.contains(entry.last())) {
            exchanges.add(entry.last());
        }
        Map<List<String>, StoredCookie> stored = new LinkedHashMap<>();
        exchanges.forEach(exchange ->
                exchange.response().ifPresent(response -> store(stored, exchange.url(), response, seen.now())));
        return new CookieJar(List.copyOf(stored.values()));
    }

    /**
     * Returns whether an HSTS policy keeps browsers from using plain HTTP on the requested host. Browsers only accept
     * the policy from a TLS connection without errors (RFC 6797 section 8.1).
     */
    static boolean isHstsInEffect(ScanObservations seen) {
        HttpExchange first = seen.site().entry().value().first();
        return first.url().isHttps()
                && first.response()
                        .filter(response -> response.tls()
                                .map(session -> session.isTrusted())
                                .orElse(false))
                        .flatMap(response -> response.headers().first("Strict-Transport-Security"))
                        .flatMap(StrictTransportSecurity::parse)
                        .map(policy -> policy.maxAge() > 0)
                        .orElse(false);
    }

    boolean isEmpty() {
        return cookies.isEmpty();
    }

    int size() {
        return cookies.size();
    }

    boolean isSingle() {
        return cookies.size() == 1;
    }

    /** Returns the cookies that match a condition. */
    List<StoredCookie> matching(Predicate<StoredCookie> condition) {
        return cookies.stream().filter(condition).toList();
    }

    private static List<HttpExchange> sameSiteHops(RedirectChain chain, Target target) {
        HttpUrl own = target.url("https", target.httpsPort());
        return chain.hops().stream()
                .filter(hop -> RegistrableDomain.isSameSite(hop.url(), own))
                .toList();
    }

    private static void store(Map<List<String>, StoredCookie> stored, HttpUrl url, Response response, Instant now) {
        for (String line : response.headers().all("Set-Cookie")) {
            SetCookie.parse(line, now).filter(cookie -> mayBeSet(cookie, url)).ifPresent(cookie -> {
                List<String> key = List.of(
                        cookie.name(),
                        cookie.domain().orElse("host:" + url.host()),
                        cookie.path().orElseGet(() -> defaultPath(url)));
                boolean expired =
                        cookie.expiry().map(expiry -> !expiry.isAfter(now)).orElse(false);
                StoredCookie replaced = stored.remove(key);
                if (!expired) {
                    // A cookie that was once set over plain HTTP stays exposed, whatever replaces it.
                    HttpUrl setBy = replaced != null && replaced.isSetOverHttp() ? replaced.setBy() : url;
                    stored.put(key, new StoredCookie(cookie, setBy));
                }
            });
        }
    }

    /**
     * Returns whether browsers accept a cookie (RFC 6265bis section 5.7, steps 8 to 13): its Domain is neither a
     * foreign domain nor a public suffix other than the host, and a Secure cookie does not come over plain HTTP.
     */
    private static boolean mayBeSet(SetCookie cookie, HttpUrl url) {
        if (cookie.secure() && !url.isHttps()) {
            return false;
        }
        if (cookie.domain().isEmpty()) {
            return true;
        }
        String domain = cookie.domain().get();
        if (domain.equals(url.host())) {
            return true;
        }
        HttpUrl parsed = HttpUrl.parse("https://" + domain + "/");
        return url.host().endsWith("." + domain) && parsed != null && parsed.topPrivateDomain() != null;
    }

    /** Returns the default path of a cookie without a Path attribute (RFC 6265bis section 5.1.4). */
    private static String defaultPath(HttpUrl url) {
        String path = url.encodedPath();
        int last = path.lastIndexOf('/');
        return last <= 0 ? "/" : path.substring(0, last);
    }
}
