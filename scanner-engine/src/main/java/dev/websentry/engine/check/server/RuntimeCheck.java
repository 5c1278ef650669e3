package dev.websentry.engine.check.server;

import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Observations;

/** Reports whether responses disclose their processing time in an X-Runtime header. */
final class RuntimeCheck implements Check {
    private static final Definition DEFINITION = Definition.info("server.runtime", "X-Runtime", Category.SERVER)
            .describe("Responses do not disclose their processing time, which can support timing attacks.")
            .remedy(Remediation.of("Remove the X-Runtime header where it is not needed.")
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
