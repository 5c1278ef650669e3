package dev.websentry.engine.check.redirects;

import dev.websentry.engine.check.Check;
import java.util.List;

/** All checks of this category. */
public final class RedirectChecks {
    /** The checks, in the order of reports. */
    public static final List<Check> ALL = List.of(
            new HttpsRedirectCheck(),
            new PermanentRedirectCheck(),
            new RedirectChainCheck(),
            new WwwNormalizationCheck(),
            new RefusedConnectionsInfo());

    private RedirectChecks() {}
}
