package dev.websentry.engine.check.ssl;

import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Observations;
import dev.websentry.engine.syntax.StrictTransportSecurity;
import java.util.Optional;

/** Informs about eligibility for the preload list. */
final class HstsPreloadLine implements Check {
    private static final Definition DEFINITION = Definition.info("ssl.hsts-preload", "HSTS Preload", Category.SSL)
            .describe("Whether the header asks for and allows an entry in the preload list of browsers.")
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
            return Verdict.info("The header does not ask for the preload list");
        }
        boolean eligible =
                policy.get().maxAge() >= HstsCheck.ONE_YEAR && policy.get().includeSubDomains();
        return Verdict.info(
                eligible
                        ? "The header meets the preload list's conditions; its other conditions concern the registrable domain"
                        : "The header says preload but lacks a year or includeSubDomains");
    }
}
