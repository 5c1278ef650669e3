package dev.websentry.engine.check.redirects;

import dev.websentry.engine.check.Check;
import java.util.List;

/** The category's checks, in the order of reports. */
public final class RedirectChecks {
    public static final List<Check> ALL =
            List.of(new HttpsRedirectCheck(), new PermanenceCheck(), new ChainCheck(), new WwwCheck());

    private RedirectChecks() {}
}
