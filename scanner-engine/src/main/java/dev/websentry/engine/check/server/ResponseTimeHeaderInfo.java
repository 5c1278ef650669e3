package dev.websentry.engine.check.server;

import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckDefinition;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.syntax.Excerpt;

/** Reports whether responses disclose their processing time in an X-Runtime header. */
final class ResponseTimeHeaderInfo implements Check {
    private static final CheckDefinition DEFINITION = CheckDefinition.informational(
                    "server.runtime", "X-Runtime", CheckCategory.SERVER)
            .description("Responses do not disclose their processing time, which can support timing attacks.")
            .remediation(Remediation.of("Remove the X-Runtime header where it is not needed.")
                    .nginx("proxy_hide_header X-Runtime;")
                    .apache("Header unset X-Runtime"))
            .references("https://cheatsheetseries.owasp.org/cheatsheets/HTTP_Headers_Cheat_Sheet.html")
            .build();

    @Override
    public CheckDefinition definition() {
        return DEFINITION;
    }

    @Override
    public CheckVerdict evaluate(ScanObservations seen) {
        return seen.site()
                .page()
                .value()
                .response()
                .headers()
                .first("X-Runtime")
                .map(value -> CheckVerdict.info("Sent: " + Excerpt.inSentence(value)))
                .orElseGet(() -> CheckVerdict.info("Not sent"));
    }
}
