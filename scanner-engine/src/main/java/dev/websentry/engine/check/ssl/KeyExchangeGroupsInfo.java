package dev.websentry.engine.check.ssl;

import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckDefinition;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.observation.ScanObservations;
import java.util.Set;
import java.util.TreeSet;

/** Reports the key exchange groups that were observed. */
final class KeyExchangeGroupsInfo implements TlsDependentCheck {
    private static final CheckDefinition DEFINITION = CheckDefinition.informational(
                    "ssl.key-exchange-groups", "Key Exchange Groups", CheckCategory.SSL)
            .description("The observed key exchange groups, and whether the post-quantum hybrid X25519MLKEM768 is one.")
            .references("https://www.rfc-editor.org/rfc/rfc8446#section-4.2.7")
            .build();

    @Override
    public CheckDefinition definition() {
        return DEFINITION;
    }

    @Override
    public CheckVerdict evaluateTls(ScanObservations seen) {
        Set<String> groups = new TreeSet<>();
        TlsAvailability.tlsEndpoints(seen)
                .forEach(endpoint -> groups.addAll(endpoint.facts().groups()));
        boolean hybrid = groups.contains("X25519MLKEM768");
        return CheckVerdict.info(
                (hybrid ? "X25519MLKEM768 (post-quantum) is supported" : "X25519MLKEM768 was not observed")
                        + "; observed groups: " + (groups.isEmpty() ? "none" : String.join(", ", groups)));
    }
}
