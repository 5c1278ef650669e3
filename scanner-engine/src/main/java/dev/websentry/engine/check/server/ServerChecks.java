package dev.websentry.engine.check.server;

import dev.websentry.engine.check.Check;
import java.util.List;

/** All checks of this category. */
public final class ServerChecks {
    /** The checks, in the order of reports. */
    public static final List<Check> ALL = List.of(
            new BannerCheck(),
            new TechnologyCheck(),
            new SensitivePathsCheck(),
            new ErrorPagesCheck(),
            new SecurityTxtCheck(),
            new TraceCheck(),
            new RuntimeCheck());

    private ServerChecks() {}
}
