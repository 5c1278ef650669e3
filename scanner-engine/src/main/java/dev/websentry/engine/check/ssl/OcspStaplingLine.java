package dev.websentry.engine.check.ssl;

import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Observations;

/** Reports whether the server staples an OCSP response. */
final class OcspStaplingLine implements Check {
    private static final Definition DEFINITION = Definition.info("ssl.ocsp-stapling", "OCSP Stapling", Category.SSL)
            .describe("Whether the server staples an OCSP response. A missing response is not a finding, because CAs"
                    + " retired OCSP in 2025.")
            .references("https://www.rfc-editor.org/rfc/rfc6066#section-8")
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
        boolean stapled = ServedTls.endpoints(seen).stream()
                .flatMap(endpoint -> endpoint.chains().stream())
                .anyMatch(chain -> chain.stapledOcsp().isPresent());
        return Verdict.info(
                stapled
                        ? "An OCSP response is stapled"
                        : "No stapled OCSP response was observed (this is not a finding)");
    }
}
