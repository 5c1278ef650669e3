package dev.websentry.engine.check.ssl;

import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Observations;
import java.util.Optional;

/** Reports the application protocol that ALPN negotiated. */
final class AlpnLine implements Check {
    private static final Definition DEFINITION = Definition.info("ssl.alpn", "ALPN", Category.SSL)
            .describe("The HTTP version that ALPN negotiates.")
            .references("https://www.rfc-editor.org/rfc/rfc7301")
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
        Optional<String> protocol = ServedTls.endpoints(seen).stream()
                .flatMap(endpoint -> endpoint.https().response().stream())
                .map(response -> response.protocol())
                .findFirst()
                .or(() -> ServedTls.endpoints(seen).stream()
                        .flatMap(endpoint -> endpoint.facts().protocol().stream())
                        .findFirst());
        return Verdict.info(
                protocol.map(name -> "Negotiated protocol: " + name).orElse("No negotiated protocol was observed"));
    }
}
