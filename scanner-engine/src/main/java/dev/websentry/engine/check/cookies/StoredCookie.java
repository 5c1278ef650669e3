package dev.websentry.engine.check.cookies;

import dev.websentry.engine.syntax.Excerpt;
import dev.websentry.engine.syntax.SetCookie;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * A cookie that a browser stores.
 *
 * @param cookie the parsed Set-Cookie header
 * @param setBy the URL whose response set the cookie
 */
record StoredCookie(SetCookie cookie, HttpUrl setBy) {
    private static final Pattern CSRF = Pattern.compile(".*(csrf|xsrf|antiforgery|requestverificationtoken).*");
    /** Cookies of load balancers and CDNs, which identify a server and not a user. */
    private static final Pattern INFRASTRUCTURE =
            Pattern.compile("awsalb.*|arraffinity.*|__cf.*|heroku-session-affinity");

    private static final int MAX_NAME_LENGTH = 60;

    /** Returns whether the name looks like that of a session or authentication cookie. */
    boolean isSession() {
        return !isInfrastructure() && !isCsrf() && SessionCookieNames.matches(lowerName());
    }

    boolean isCsrf() {
        return !isInfrastructure() && CSRF.matcher(lowerName()).matches();
    }

    /** Returns whether the cookie protects the account of a user: a session or CSRF cookie. */
    boolean isSensitive() {
        return isSession() || isCsrf();
    }

    boolean isSetOverHttp() {
        return !setBy.isHttps();
    }

    /** Returns the name, shortened if it is long. */
    String name() {
        String name = cookie.name().isEmpty() ? "(no name)" : cookie.name();
        return Excerpt.of(name, MAX_NAME_LENGTH);
    }

    /** Returns the cookie without its value, and the URL that set it without its query. */
    String evidence() {
        StringBuilder text = new StringBuilder(name()).append("=" + Excerpt.ELLIPSIS);
        cookie.domain().ifPresent(domain -> text.append("; Domain=").append(domain));
        cookie.path().ifPresent(path -> text.append("; Path=").append(path));
        text.append(cookie.secure() ? "; Secure" : "").append(cookie.httpOnly() ? "; HttpOnly" : "");
        cookie.sameSite().ifPresent(value -> text.append("; SameSite=").append(value));
        String from = setBy.scheme() + "://" + setBy.host() + setBy.encodedPath();
        return Excerpt.evidenceLine(text + " (set by " + from + ")");
    }

    /** Returns up to five distinct names, sorted, and the number of the others. */
    static String names(List<StoredCookie> cookies) {
        List<String> names =
                cookies.stream().map(StoredCookie::name).distinct().sorted().toList();
        int shown = Math.min(5, names.size());
        return String.join(", ", names.subList(0, shown))
                + (names.size() > shown ? " and " + (names.size() - shown) + " more" : "");
    }

    private boolean isInfrastructure() {
        return INFRASTRUCTURE.matcher(lowerName()).matches();
    }

    private String lowerName() {
        return cookie.nameWithoutPrefix().toLowerCase(Locale.ROOT);
    }
}
