package dev.websentry.engine.check.ssl;

import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Observations;
import java.util.Set;
import java.util.TreeSet;

/** Reports the key exchange groups that were observed. */
final class KeyExchangeGroupsLine implements Check {
    private static final Definition DEFINITION = Definition.info(
                    "ssl.key-exchange-groups", "Key Exchange Groups", Category.SSL)
            .describe("The observed key exchange groups, and whether the post-quantum hybrid X25519MLKEM768 is one.")
            .references("https://www.rfc-editor.org/rfc/rfc8446#section-4.2.7")
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
        Set<String> groups = new TreeSet<>();
        ServedTls.endpoints(seen)
                .forEach(endpoint -> groups.addAll(endpoint.facts().groups()));
        boolean hybrid = groups.contains("X25519MLKEM768");
        return Verdict.info((hybrid ? "X25519MLKEM768 (post-quantum) is supported" : "X25519MLKEM768 was not observed")
                + "; observed groups: " + (groups.isEmpty() ? "none" : String.join(", ", groups)));
    }
}
