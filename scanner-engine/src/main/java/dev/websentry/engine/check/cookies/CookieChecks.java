package dev.websentry.engine.check.cookies;

import dev.websentry.engine.check.Check;
import java.util.List;

/** The category's checks, in the order of reports. */
public final class CookieChecks {
    public static final List<Check> ALL =
            List.of(new SecureCheck(), new HttpOnlyCheck(), new SameSiteCheck(), new ScopeCheck());

    private CookieChecks() {}
}
