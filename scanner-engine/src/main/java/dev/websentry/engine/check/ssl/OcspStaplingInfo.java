package dev.websentry.engine.check.ssl;

import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckDefinition;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.observation.ScanObservations;

/** Reports whether the server staples an OCSP response. */
final class OcspStaplingInfo implements TlsDependentCheck {
    private static final CheckDefinition DEFINITION = CheckDefinition.informational(
                    "ssl.ocsp-stapling", "OCSP Stapling", CheckCategory.SSL)
            .description(
                    "Whether the server staples an OCSP response. A missing response is not a finding, because OCSP"
                            + " is optional for CAs, and Let's Encrypt ended it in 2025.")
            .references("https://www.rfc-editor.org/rfc/rfc6066#section-8")
            .build();

    @Override
    public CheckDefinition definition() {
        return DEFINITION;
    }

    @Override
    public CheckVerdict evaluateTls(ScanObservations seen) {
        boolean stapled = TlsAvailability.tlsEndpoints(seen).stream()
                .flatMap(endpoint -> endpoint.chains().stream())
                .anyMatch(chain -> chain.stapledOcsp().isPresent());
        return CheckVerdict.info(
                stapled
                        ? "An OCSP response is stapled"
                        : "No stapled OCSP response was observed (this is not a finding)");
    }
}
