package dev.websentry.engine.check.cookies;

import dev.websentry.engine.syntax.SetCookie;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A cookie that the site sets.
 *
 * @param overHttp whether any answer set it over plain http
 */
record SeenCookie(SetCookie cookie, boolean overHttp) {
    private static final List<String> INFRASTRUCTURE =
            List.of("awsalb", "arraffinity", "__cf", "heroku-session-affinity");
    private static final Set<String> SESSION_WORDS = Set.of("sid", "token", "jwt");
    private static final Pattern SEPARATORS = Pattern.compile("[._-]+");
    private static final Pattern PREFIX = Pattern.compile("(?i)^__(secure|host)-");

    /** What a cookie is for, as far as its name tells. */
    enum Role {
        SESSION,
        CSRF,
        INFRASTRUCTURE,
        OTHER
    }

    Role role() {
        String name = PREFIX.matcher(cookie.name()).replaceFirst("").toLowerCase(Locale.ROOT);
        if (INFRASTRUCTURE.stream().anyMatch(name::startsWith)) {
            return Role.INFRASTRUCTURE;
        }
        if (name.contains("csrf") || name.contains("xsrf")) {
            return Role.CSRF;
        }
        boolean session = name.contains("sess")
                || name.contains("login")
                || name.startsWith(".aspnetcore.")
                || name.equals("connect.sid")
                || name.startsWith("auth")
                || name.startsWith("remember")
                || SEPARATORS.splitAsStream(name).anyMatch(SESSION_WORDS::contains);
        return session ? Role.SESSION : Role.OTHER;
    }

    /** Whether stealing or forging it gives away a login. */
    boolean isSensitive() {
        return role() == Role.SESSION || role() == Role.CSRF;
    }

    String evidence() {
        String text = "Set-Cookie: " + cookie.withoutValue() + (overHttp ? " (over plain http)" : "");
        return text.length() <= 300 ? text : text.substring(0, 297) + "...";
    }
}
