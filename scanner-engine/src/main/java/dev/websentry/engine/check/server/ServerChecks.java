package dev.websentry.engine.check.server;

import dev.websentry.engine.check.Check;
import java.util.List;

/** All checks of this category. */
public final class ServerChecks {
    /** The checks, in the order of reports. */
    public static final List<Check> ALL = List.of(
            new ServerHeaderCheck(),
            new TechnologyDisclosureCheck(),
            new SensitivePathsCheck(),
            new ErrorPagesCheck(),
            new SecurityTxtInfo(),
            new TraceMethodInfo(),
            new ResponseTimeHeaderInfo());

    private ServerChecks() {}
}
