package dev.websentry.engine.check.redirects;

import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Observations;
import dev.websentry.engine.observe.SiteObservations.Page;
import okhttp3.HttpUrl;

/** Whether plain http leads straight to https on the same host. */
final class HttpsRedirectCheck implements Check {
    private static final Definition DEFINITION = Definition.of(
                    "redirects.https", "HTTP to HTTPS", Category.REDIRECTS, 5)
            .describe(
                    "The first answer over plain http is a redirect to https on the same host, or nobody answers there.")
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
        String closed = plain.closed(seen).orElse(null);
        if (closed != null) {
            return Verdict.pass("Nothing is served over plain http: " + closed);
        }
        return judge(plain).evidence(plain.evidence());
    }

    private static Verdict judge(PlainHttp plain) {
        String asked = plain.chain().first().url().host();
        HttpUrl next = plain.firstTarget();
        if (plain.endsOnHttp()) {
            return Page.of(plain.chain())
                    .flatMap(page -> ClientRedirect.toHttps(page.exchange().url(), page.response()))
                    .map(how -> Verdict.warn("Leads to https only by " + how + ", not by an HTTP redirect"))
                    .orElseGet(() -> Verdict.fail(
                            next == null
                                    ? "Plain http is answered (" + status(plain) + ") and does not redirect to https"
                                    : "The redirects from plain http end on plain http"));
        }
        if (next == null || !next.isHttps()) {
            return Verdict.warn(plain.plainHops().size() + " answers over plain http before https");
        }
        return next.host().equals(asked)
                ? Verdict.pass("The first answer over http redirects to https on the same host")
                : Verdict.warn("Leads to https on another host, " + next.host() + ", before https on " + asked
                        + ": HSTS never covers " + asked);
    }

    private static String status(PlainHttp plain) {
        return plain.chain()
                .first()
                .response()
                .map(response -> String.valueOf(response.status()))
                .orElse("no status");
    }
}
