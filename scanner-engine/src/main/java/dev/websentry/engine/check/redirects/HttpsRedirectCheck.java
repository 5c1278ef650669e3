package dev.websentry.engine.check.redirects;

import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckDefinition;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.observation.SiteObservations.ResponsePage;
import dev.websentry.engine.syntax.Quantity;
import okhttp3.HttpUrl;

/** Checks that plain HTTP redirects directly to HTTPS on the same host. */
final class HttpsRedirectCheck implements Check {
    private static final CheckDefinition DEFINITION = CheckDefinition.scored(
                    "redirects.https", "HTTP to HTTPS", CheckCategory.REDIRECTS, 5)
            .description(
                    "The first response over plain HTTP redirects to HTTPS on the same host, or plain HTTP is not served.")
            .remediation(RedirectRemediations.TO_HTTPS)
            .references(
                    "https://developer.mozilla.org/en-US/docs/Web/Security/Practical_implementation_guides/TLS#http_redirection",
                    "https://internet.nl/faqs/https/")
            .build();

    @Override
    public CheckDefinition definition() {
        return DEFINITION;
    }

    @Override
    public CheckVerdict evaluate(ScanObservations seen) {
        return HttpEntryPoint.evaluate(
                seen,
                reason -> CheckVerdict.pass("Nothing is served over plain HTTP: " + reason),
                HttpsRedirectCheck::evaluate);
    }

    private static CheckVerdict evaluate(HttpEntryPoint plain) {
        String host = plain.chain().first().url().host();
        HttpUrl next = plain.firstRedirectTarget();
        if (plain.endsOnHttp()) {
            return ResponsePage.of(plain.chain())
                    .flatMap(page -> ClientSideRedirect.toHttps(page.exchange().url(), page.response()))
                    .map(how -> CheckVerdict.warn("Redirects to HTTPS only by " + how + ", not by an HTTP redirect"))
                    .orElseGet(() -> CheckVerdict.fail(
                            next == null
                                    ? "Plain HTTP responds (" + status(plain) + ") and does not redirect to HTTPS"
                                    : "The redirects from plain HTTP end on plain HTTP"));
        }
        if (next == null || !next.isHttps()) {
            return CheckVerdict.warn(
                    Quantity.of(plain.httpHops().size(), "response") + " over plain HTTP before HTTPS, instead of one");
        }
        return next.host().equals(host)
                ? CheckVerdict.pass("The first response over plain HTTP redirects to HTTPS on the same host")
                : CheckVerdict.warn("Redirects to HTTPS on another host (" + next.host()
                        + "), so browsers do not learn the HSTS" + " policy of " + host);
    }

    private static String status(HttpEntryPoint plain) {
        return plain.chain()
                .first()
                .response()
                .map(response -> String.valueOf(response.status()))
                .orElse("no status");
    }
}
