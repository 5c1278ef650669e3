package dev.websentry.engine.probe.site;

import dev.websentry.engine.observe.Exchange.Response;
import dev.websentry.engine.syntax.Header;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import okhttp3.Cookie;
import okhttp3.HttpUrl;

/** The cookies that one chain of redirects was given, bounded, forgotten at its end. Not thread-safe. */
final class ChainCookies {
    private static final int MOST = 50;
    private static final int LONGEST_HEADER = 8 << 10;

    private final Map<String, Cookie> cookies = new LinkedHashMap<>();

    void store(HttpUrl url, Response response) {
        response.headers().all("Set-Cookie").stream().limit(MOST).forEach(line -> {
            Cookie cookie = Cookie.parse(url, line);
            boolean plain = cookie != null && cookie.value().chars().allMatch(c -> c > 0x20 && c < 0x7f);
            if (plain && cookies.size() < MOST) {
                cookies.put(cookie.name() + ";" + cookie.domain() + ";" + cookie.path(), cookie);
            }
        });
    }

    /** The Cookie header for a request, RFC 6265 section 5.4. */
    Optional<Header> header(HttpUrl url) {
        long now = System.currentTimeMillis();
        String pairs = cookies.values().stream()
                .filter(cookie -> cookie.expiresAt() > now && cookie.matches(url))
                .map(cookie -> cookie.name() + "=" + cookie.value())
                .collect(Collectors.joining("; "));
        boolean sendable = !pairs.isEmpty()
                && pairs.length() <= LONGEST_HEADER
                && pairs.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
        return sendable ? Optional.of(new Header("Cookie", pairs)) : Optional.empty();
    }
}
