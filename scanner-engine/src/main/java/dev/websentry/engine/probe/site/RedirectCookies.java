package dev.websentry.engine.probe.site;

import dev.websentry.engine.observation.HttpExchange.Response;
import dev.websentry.engine.syntax.Header;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import okhttp3.Cookie;
import okhttp3.HttpUrl;

/** A bounded cookie jar for one redirect chain, discarded when the chain ends. Not thread-safe. */
final class RedirectCookies {
    private static final int MAX_COOKIES = 50;
    /** The maximum length of a Cookie header in characters. */
    private static final int MAX_HEADER_LENGTH = 8 << 10;

    private final Map<String, Cookie> cookies = new LinkedHashMap<>();

    /** Stores the cookies that a response sets; cookies beyond the limits are ignored. */
    void store(HttpUrl url, Response response) {
        response.headers().all("Set-Cookie").stream().limit(MAX_COOKIES).forEach(line -> {
            Cookie cookie = Cookie.parse(url, line);
            boolean plain = cookie != null && cookie.value().chars().allMatch(c -> c > 0x20 && c < 0x7f);
            if (plain && cookies.size() < MAX_COOKIES) {
                cookies.put(cookie.name() + ";" + cookie.domain() + ";" + cookie.path(), cookie);
            }
        });
    }

    /** Returns the Cookie header of a request (RFC 6265 section 5.4); empty if no cookie matches the URL. */
    Optional<Header> cookieHeader(HttpUrl url) {
        long now = System.currentTimeMillis();
        String pairs = cookies.values().stream()
                .filter(cookie -> cookie.expiresAt() > now && cookie.matches(url))
                .map(cookie -> cookie.name() + "=" + cookie.value())
                .collect(Collectors.joining("; "));
        boolean sendable = !pairs.isEmpty()
                && pairs.length() <= MAX_HEADER_LENGTH
                && pairs.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
        return sendable ? Optional.of(new Header("Cookie", pairs)) : Optional.empty();
    }
}
