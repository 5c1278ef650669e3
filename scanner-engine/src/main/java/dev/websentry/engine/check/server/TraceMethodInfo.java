package dev.websentry.engine.check.server;

import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckDefinition;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.observation.HttpExchange;
import dev.websentry.engine.observation.HttpExchange.Response;
import dev.websentry.engine.observation.ScanObservations;
import java.util.Locale;

/** Reports whether the server supports TRACE, which echoes requests (RFC 9110 section 9.3.8). */
final class TraceMethodInfo implements Check {
    private static final CheckDefinition DEFINITION = CheckDefinition.informational(
                    "server.trace", "TRACE", CheckCategory.SERVER)
            .description("The server rejects TRACE, which echoes a request including its headers.")
            .remediation(Remediation.of("Reject the TRACE method.")
                    .nginx(
                            "# nginx always rejects TRACE; for the server behind it:\nif ($request_method = TRACE) { return 405; }")
                    .apache("TraceEnable Off")
                    .withConfig(
                            "Servlet container",
                            "<!-- Tomcat, conf/server.xml; the default -->\n<Connector allowTrace=\"false\" />"))
            .references("https://www.rfc-editor.org/rfc/rfc9110#section-9.3.8")
            .build();

    @Override
    public CheckDefinition definition() {
        return DEFINITION;
    }

    @Override
    public CheckVerdict evaluate(ScanObservations seen) {
        HttpExchange exchange = seen.site().leakage().value().announced().trace();
        Response response = exchange.response().orElse(null);
        if (response == null) {
            return CheckVerdict.info("No response to TRACE");
        }
        String start = response.body().text().stripLeading();
        boolean echoes = response.status() == 200
                && (start.startsWith("TRACE ")
                        || response.headers()
                                .first("Content-Type")
                                .filter(type -> type.toLowerCase(Locale.ROOT).startsWith("message/http"))
                                .isPresent());
        return CheckVerdict.info(
                echoes
                        ? "TRACE echoes the request; disable it"
                        : "TRACE does not echo the request (" + response.status() + ")");
    }
}
