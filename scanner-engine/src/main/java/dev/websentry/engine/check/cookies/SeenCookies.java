package dev.websentry.engine.check.cookies;

import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Chain;
import dev.websentry.engine.observe.Exchange;
import dev.websentry.engine.observe.Exchange.Response;
import dev.websentry.engine.observe.Observations;
import dev.websentry.engine.observe.Observed;
import dev.websentry.engine.observe.SiteObservations.Page;
import dev.websentry.engine.syntax.SetCookie;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import okhttp3.HttpUrl;

/**
 * The cookies that a browser would hold at the final page, set by any answer of the site on the way there, over https or
 * plain http; deleted ones are gone (RFC 6265bis section 5.7).
 */
record SeenCookies(List<SeenCookie> all, int pageStatus) {
    private static final int MOST_EVIDENCE = 10;
    private static final int MOST_NAMES = 5;

    static SeenCookies of(Observations seen) {
        Page page = seen.site().page().value();
        Map<String, SeenCookie> jar = new LinkedHashMap<>();
        String site = site(seen.target().url("https", 443));
        List<Exchange> hops = new ArrayList<>();
        if (seen.site().plain() instanceof Observed.Seen<Optional<Chain>> plain) {
            plain.value().ifPresent(chain -> hops.addAll(chain.hops()));
        }
        hops.addAll(seen.site().entry().value().hops());
        for (Exchange hop : hops) {
            if (hop.equals(page.exchange()) || site(hop.url()).equals(site)) {
                hop.response().ifPresent(response -> store(jar, hop.url(), response, seen));
            }
        }
        return new SeenCookies(List.copyOf(jar.values()), page.response().status());
    }

    /** Decides alone where there is nothing to judge. */
    Optional<Verdict> withoutCookies() {
        if (!all.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                pageStatus == 401 || pageStatus == 403
                        ? Verdict.notChecked("the entry page answers " + pageStatus
                                + " and sets no cookie; what it sets after a login was not seen")
                        : Verdict.nothingToProtect("No cookies are set on the responses seen"));
    }

    List<SeenCookie> where(Predicate<SeenCookie> condition) {
        return all.stream().filter(condition).toList();
    }

    static List<String> evidence(List<SeenCookie> cookies) {
        List<String> lines = new ArrayList<>(
                cookies.stream().limit(MOST_EVIDENCE).map(SeenCookie::evidence).toList());
        if (cookies.size() > MOST_EVIDENCE) {
            lines.add("and " + (cookies.size() - MOST_EVIDENCE) + " more");
        }
        return lines;
    }

    /** The cookies' names for a verdict's one line. */
    static String names(List<SeenCookie> cookies) {
        String some = String.join(
                ", ",
                cookies.stream()
                        .limit(MOST_NAMES)
                        .map(cookie -> cookie.cookie().name())
                        .map(name -> name.isEmpty() ? "(no name)" : name)
                        .map(name -> name.length() <= 40 ? name : name.substring(0, 37) + "...")
                        .toList());
        return cookies.size() <= MOST_NAMES ? some : some + " and " + (cookies.size() - MOST_NAMES) + " more";
    }

    private static void store(Map<String, SeenCookie> jar, HttpUrl url, Response response, Observations seen) {
        for (String line : response.headers().all("Set-Cookie")) {
            Optional<SetCookie> parsed = SetCookie.parse(line).filter(cookie -> maySet(cookie, url));
            if (parsed.isEmpty()) {
                continue;
            }
            SetCookie cookie = parsed.get();
            String domain = cookie.domain()
                    .filter(name -> !name.equals(url.host()))
                    .map(name -> "." + name)
                    .orElse(url.host());
            String key = cookie.name() + "\n" + domain + "\n" + cookie.path().orElseGet(() -> defaultPath(url));
            if (cookie.expiry().isOver(seen.now())) {
                jar.remove(key);
                continue;
            }
            SeenCookie before = jar.get(key);
            boolean overHttp = !url.isHttps() || (before != null && before.overHttp());
            jar.put(key, new SeenCookie(cookie, overHttp));
        }
    }

    /** RFC 6265bis section 5.7 steps 8 to 11: another host's domain or a public suffix is refused. */
    private static boolean maySet(SetCookie cookie, HttpUrl url) {
        if (cookie.domain().isEmpty() || cookie.domain().get().equals(url.host())) {
            return true;
        }
        String domain = cookie.domain().get();
        HttpUrl named = HttpUrl.parse("https://" + domain);
        return url.host().endsWith("." + domain) && named != null && named.topPrivateDomain() != null;
    }

    /** RFC 6265bis section 5.1.4. */
    private static String defaultPath(HttpUrl url) {
        String path = url.encodedPath();
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }

    /** The registrable domain, or the host where it has none. */
    private static String site(HttpUrl url) {
        String registrable = url.topPrivateDomain();
        return registrable == null ? url.host() : registrable;
    }
}
