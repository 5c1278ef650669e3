package dev.websentry.engine.check.ssl;

import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Observations;
import dev.websentry.engine.syntax.StrictTransportSecurity;
import java.util.Optional;

/** Reports whether the host qualifies for the HSTS preload list. */
final class HstsPreloadLine implements Check {
    private static final Definition DEFINITION = Definition.info("ssl.hsts-preload", "HSTS Preload", Category.SSL)
            .describe("Whether the header requests and qualifies for an entry in the HSTS preload list of browsers.")
            .references("https://hstspreload.org/")
            .build();

    @Override
    public Definition definition() {
        return DEFINITION;
    }

    @Override
    public Verdict judge(Observations seen) {
        if (ServedTls.absence(seen).isPresent()) {
            return Verdict.info("No TLS");
        }
        Optional<StrictTransportSecurity> policy = HstsCheck.answer(seen)
                .headers()
                .first("Strict-Transport-Security")
                .flatMap(StrictTransportSecurity::parse);
        if (policy.isEmpty() || !policy.get().preload()) {
            return Verdict.info("The header does not request preloading");
        }
        boolean eligible =
                policy.get().maxAge() >= HstsCheck.ONE_YEAR && policy.get().includeSubDomains();
        return Verdict.info(
                eligible
                        ? "The header meets the requirements of the preload list; its other requirements concern the"
                                + " registrable domain"
                        : "The header requests preloading, but max-age is less than a year or includeSubDomains"
                                + " is missing");
    }
}
