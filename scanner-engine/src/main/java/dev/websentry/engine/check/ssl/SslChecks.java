package dev.websentry.engine.check.ssl;

import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.Pending;
import java.util.List;

/** The category's checks, in the order of reports. */
public final class SslChecks {
    public static final List<Check> ALL = List.of(new Pending(Category.SSL));

    private SslChecks() {}
}
