package dev.websentry.engine.check.server;

import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Observations;

/** Whether answers say how long they took to make. */
final class RuntimeCheck implements Check {
    private static final Definition DEFINITION = Definition.info("server.runtime", "X-Runtime", Category.SERVER)
            .describe("Answers do not say how long they took: differences in time can tell secrets apart.")
            .remedy(Remediation.of("Remove the X-Runtime field where it is not needed.")
                    .nginx("proxy_hide_header X-Runtime;")
                    .apache("Header unset X-Runtime"))
            .references("https://cheatsheetseries.owasp.org/cheatsheets/HTTP_Headers_Cheat_Sheet.html")
            .build();

    @Override
    public Definition definition() {
        return DEFINITION;
    }

    @Override
    public Verdict judge(Observations seen) {
        return seen.site()
                .page()
                .value()
                .response()
                .headers()
                .first("X-Runtime")
                .map(value -> Verdict.info("Sent: " + Texts.inValue(value)))
                .orElseGet(() -> Verdict.info("Not sent"));
    }
}
