package dev.websentry.engine.check.cookies;

import dev.websentry.engine.check.Check;
import java.util.List;

/** All checks of this category. */
public final class CookieChecks {
    /** The checks, in the order of reports. */
    public static final List<Check> ALL = List.of(
            new CookieSecureCheck(), new CookieHttpOnlyCheck(), new CookieSameSiteCheck(), new CookieScopeCheck());

    private CookieChecks() {}
}
