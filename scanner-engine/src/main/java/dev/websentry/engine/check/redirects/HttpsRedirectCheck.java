package dev.websentry.engine.check.redirects;

import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Observations;
import dev.websentry.engine.observe.SiteObservations.Page;
import okhttp3.HttpUrl;

/** Checks that plain HTTP redirects directly to HTTPS on the same host. */
final class HttpsRedirectCheck implements Check {
    private static final Definition DEFINITION = Definition.of(
                    "redirects.https", "HTTP to HTTPS", Category.REDIRECTS, 5)
            .describe(
                    "The first response over plain HTTP redirects to HTTPS on the same host, or plain HTTP is not served.")
            .remedy(RedirectRemedies.TO_HTTPS)
            .references(
                    "https://developer.mozilla.org/en-US/docs/Web/Security/Practical_implementation_guides/TLS#http_redirection",
                    "https://internet.nl/faqs/https/")
            .build();

    @Override
    public Definition definition() {
        return DEFINITION;
    }

    @Override
    public Verdict judge(Observations seen) {
        PlainHttp plain = PlainHttp.of(seen).orElse(null);
        if (plain == null) {
            return PlainHttp.notApplicable();
        }
        String notServed = plain.closed(seen).orElse(null);
        if (notServed != null) {
            return Verdict.pass("Nothing is served over plain HTTP: " + notServed);
        }
        return evaluate(plain).evidence(plain.evidence());
    }

    private static Verdict evaluate(PlainHttp plain) {
        String host = plain.chain().first().url().host();
        HttpUrl next = plain.firstTarget();
        if (plain.endsOnHttp()) {
            return Page.of(plain.chain())
                    .flatMap(page -> ClientRedirect.toHttps(page.exchange().url(), page.response()))
                    .map(how -> Verdict.warn("Redirects to HTTPS only by " + how + ", not by an HTTP redirect"))
                    .orElseGet(() -> Verdict.fail(
                            next == null
                                    ? "Plain HTTP responds (" + status(plain) + ") and does not redirect to HTTPS"
                                    : "The redirects from plain HTTP end on plain HTTP"));
        }
        if (next == null || !next.isHttps()) {
            return Verdict.warn(plain.plainHops().size() + " responses over plain HTTP before HTTPS");
        }
        return next.host().equals(host)
                ? Verdict.pass("The first response over plain HTTP redirects to HTTPS on the same host")
                : Verdict.warn("Redirects to HTTPS on another host, " + next.host() + ", before HTTPS on " + host
                        + ", so HSTS never covers " + host);
    }

    private static String status(PlainHttp plain) {
        return plain.chain()
                .first()
                .response()
                .map(response -> String.valueOf(response.status()))
                .orElse("no status");
    }
}
