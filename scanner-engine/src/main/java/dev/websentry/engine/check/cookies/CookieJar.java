package dev.websentry.engine.check.cookies;

import dev.websentry.engine.observe.Chain;
import dev.websentry.engine.observe.Exchange;
import dev.websentry.engine.observe.Exchange.Response;
import dev.websentry.engine.observe.Observations;
import dev.websentry.engine.observe.Observed;
import dev.websentry.engine.syntax.SetCookie;
import dev.websentry.engine.syntax.Site;
import dev.websentry.engine.syntax.StrictTransportSecurity;
import dev.websentry.engine.target.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import okhttp3.HttpUrl;

/**
 * The cookies that a browser holds after it has entered the site: every hop on the requested site and the final page, keyed by
 * name, domain and path, deletions gone. Cookies that a browser would refuse for their Domain are not in it.
 */
final class CookieJar {
    private final List<SeenCookie> cookies;

    private CookieJar(List<SeenCookie> cookies) {
        this.cookies = List.copyOf(cookies);
    }

    static CookieJar of(Observations seen) {
        List<Exchange> exchanges = new ArrayList<>();
        if (seen.site().plain() instanceof Observed.Seen<Optional<Chain>> plain) {
            plain.value().ifPresent(chain -> exchanges.addAll(ownHops(chain, seen.target())));
        }
        Chain entry = seen.site().entry().value();
        exchanges.addAll(ownHops(entry, seen.target()));
        if (!exchanges.contains(entry.last())) {
            exchanges.add(entry.last());
        }
        Map<List<String>, SeenCookie> kept = new LinkedHashMap<>();
        exchanges.forEach(exchange ->
                exchange.response().ifPresent(response -> store(kept, exchange.url(), response, seen.now())));
        return new CookieJar(List.copyOf(kept.values()));
    }

    /** Whether HSTS keeps the requested host off plain http: RFC 6797, taken from a connection without errors. */
    static boolean hstsHolds(Observations seen) {
        Exchange first = seen.site().entry().value().first();
        return first.url().isHttps()
                && first.response()
                        .filter(response ->
                                response.tls().map(session -> session.trusted()).orElse(false))
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

    List<SeenCookie> those(Predicate<SeenCookie> wanted) {
        return cookies.stream().filter(wanted).toList();
    }

    private static List<Exchange> ownHops(Chain chain, Target target) {
        HttpUrl own = target.url("https", target.httpsPort());
        return chain.hops().stream().filter(hop -> Site.isSame(hop.url(), own)).toList();
    }

    private static void store(Map<List<String>, SeenCookie> kept, HttpUrl url, Response response, Instant now) {
        for (String line : response.headers().all("Set-Cookie")) {
            SetCookie.parse(line, now).filter(cookie -> mayBeSet(cookie, url)).ifPresent(cookie -> {
                List<String> key = List.of(
                        cookie.name(),
                        cookie.domain().orElse("host:" + url.host()),
                        cookie.path().orElseGet(() -> defaultPath(url)));
                boolean ended =
                        cookie.expiry().map(expiry -> !expiry.isAfter(now)).orElse(false);
                SeenCookie before = kept.remove(key);
                if (!ended) {
                    // What went over plain http once has been seen, whatever replaces it.
                    HttpUrl setBy = before != null && before.overHttp() ? before.setBy() : url;
                    kept.put(key, new SeenCookie(cookie, setBy));
                }
            });
        }
    }

    /** RFC 6265bis section 5.7, steps 8 to 10: no foreign domain, and no public suffix unless it is the host itself. */
    private static boolean mayBeSet(SetCookie cookie, HttpUrl url) {
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

    /** RFC 6265bis section 5.1.4. */
    private static String defaultPath(HttpUrl url) {
        String path = url.encodedPath();
        int last = path.lastIndexOf('/');
        return last <= 0 ? "/" : path.substring(0, last);
    }
}
