package dev.websentry.engine.check.ssl;

import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckDefinition;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.syntax.StrictTransportSecurity;
import java.util.Optional;

/** Reports whether the host qualifies for the HSTS preload list. */
final class HstsPreloadInfo implements TlsDependentCheck {
    private static final CheckDefinition DEFINITION = CheckDefinition.informational(
                    "ssl.hsts-preload", "HSTS Preload", CheckCategory.SSL)
            .description("Whether the header requests and qualifies for an entry in the HSTS preload list of browsers.")
            .references("https://hstspreload.org/")
            .build();

    @Override
    public CheckDefinition definition() {
        return DEFINITION;
    }

    @Override
    public CheckVerdict evaluateTls(ScanObservations seen) {
        Optional<StrictTransportSecurity> policy = HstsCheck.httpsResponse(seen)
                .headers()
                .first("Strict-Transport-Security")
                .flatMap(StrictTransportSecurity::parse);
        if (policy.isEmpty() || !policy.get().preload()) {
            return CheckVerdict.info("The header does not request preloading");
        }
        boolean eligible = policy.get().maxAge() >= HstsCheck.ONE_YEAR_SECONDS
                && policy.get().includeSubDomains();
        return CheckVerdict.info(
                eligible
                        ? "The header meets the requirements of the preload list; its other requirements concern the"
                                + " registrable domain"
                        : "The header requests preloading, but max-age is less than a year or includeSubDomains"
                                + " is missing");
    }
}
