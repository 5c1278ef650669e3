package dev.websentry.engine.check.ssl;

import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckDefinition;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.observation.ScanObservations;
import java.util.Optional;

/** Reports the application protocol that ALPN negotiated. */
final class AlpnInfo implements TlsDependentCheck {
    private static final CheckDefinition DEFINITION = CheckDefinition.informational(
                    "ssl.alpn", "ALPN", CheckCategory.SSL)
            .description("The HTTP version that ALPN negotiates.")
            .references("https://www.rfc-editor.org/rfc/rfc7301")
            .build();

    @Override
    public CheckDefinition definition() {
        return DEFINITION;
    }

    @Override
    public CheckVerdict evaluateTls(ScanObservations seen) {
        Optional<String> protocol = TlsAvailability.tlsEndpoints(seen).stream()
                .flatMap(endpoint -> endpoint.https().response().stream())
                .map(response -> response.protocol())
                .findFirst()
                .or(() -> TlsAvailability.tlsEndpoints(seen).stream()
                        .flatMap(endpoint -> endpoint.facts().protocol().stream())
                        .findFirst());
        return CheckVerdict.info(
                protocol.map(name -> "Negotiated protocol: " + name).orElse("No negotiated protocol was observed"));
    }
}
