package dev.websentry.engine.check.server;

import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Remediation;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Exchange;
import dev.websentry.engine.observe.Exchange.Response;
import dev.websentry.engine.observe.Observations;
import java.util.Locale;

/** Reports whether the server supports TRACE, which echoes requests (RFC 9110 section 9.3.8). */
final class TraceCheck implements Check {
    private static final Definition DEFINITION = Definition.info("server.trace", "TRACE", Category.SERVER)
            .describe("The server rejects TRACE, which echoes a request including its headers.")
            .remedy(Remediation.of("Reject the TRACE method.")
                    .nginx(
                            "# nginx always rejects TRACE; for the server behind it:\nif ($request_method = TRACE) { return 405; }")
                    .apache("TraceEnable Off")
                    .with(
                            "Servlet container",
                            "<!-- Tomcat, conf/server.xml; the default -->\n<Connector allowTrace=\"false\" />"))
            .references("https://www.rfc-editor.org/rfc/rfc9110#section-9.3.8")
            .build();

    @Override
    public Definition definition() {
        return DEFINITION;
    }

    @Override
    public Verdict judge(Observations seen) {
        Exchange exchange = seen.site().leakage().value().announced().trace();
        Response response = exchange.response().orElse(null);
        if (response == null) {
            return Verdict.info("No response to TRACE");
        }
        String start = response.body().text().stripLeading();
        boolean echoes = response.status() == 200
                && (start.startsWith("TRACE ")
                        || response.headers()
                                .first("Content-Type")
                                .filter(type -> type.toLowerCase(Locale.ROOT).startsWith("message/http"))
                                .isPresent());
        return Verdict.info(
                echoes
                        ? "TRACE echoes the request; disable it"
                        : "TRACE does not echo the request (" + response.status() + ")");
    }
}
