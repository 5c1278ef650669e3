package dev.websentry.engine.check.redirects;

import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Outcome;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Chain;
import dev.websentry.engine.observe.Exchange;
import dev.websentry.engine.observe.Observations;
import dev.websentry.engine.observe.Observed;
import java.util.List;
import java.util.Optional;

/** Checks that the redirects to the site are few and lead to a page. */
final class ChainCheck implements Check {
    private static final int MAX_REDIRECTS_TO_PASS = 3;
    private static final int MAX_REDIRECTS_TO_WARN = 10;

    private static final Definition DEFINITION = Definition.of(
                    "redirects.chain", "Redirect Chain", Category.REDIRECTS, 2)
            .describe(
                    "The site is reached in at most three redirects, without a loop, a missing page or a redirect from HTTPS to HTTP.")
            .remedy(RedirectRemedies.CHAIN)
            .references(
                    "https://www.rfc-editor.org/rfc/rfc9110#section-15.4",
                    "https://fetch.spec.whatwg.org/#http-redirect-fetch")
            .build();

    @Override
    public Definition definition() {
        return DEFINITION;
    }

    /** Evaluates the redirects from HTTPS and those from plain HTTP, and returns the worse verdict. */
    @Override
    public Verdict judge(Observations seen) {
        Verdict entry = evaluate(seen.site().entry().value());
        Optional<Chain> plain = seen.site().plain() instanceof Observed.Seen<Optional<Chain>> known
                ? known.value().filter(chain -> chain.first().response().isPresent())
                : Optional.empty();
        return plain.map(ChainCheck::evaluate)
                .filter(verdict -> severity(verdict) > severity(entry))
                .orElse(entry);
    }

    private static int severity(Verdict verdict) {
        return List.of(Outcome.PASS, Outcome.NOT_CHECKED, Outcome.WARN, Outcome.FAIL)
                .indexOf(verdict.outcome());
    }

    private static Verdict evaluate(Chain chain) {
        return withoutEvidence(chain).evidence(ChainEvidence.lines(chain));
    }

    private static Verdict withoutEvidence(Chain chain) {
        String from = "from " + chain.first().url().scheme() + "://"
                + chain.first().url().host();
        int redirects = chain.redirects();
        if (chain.end() == Chain.End.LOOP
                || chain.end() == Chain.End.TOO_MANY_HOPS
                || chain.end() == Chain.End.INVALID_LOCATION) {
            return Verdict.fail("The redirects " + from + " do not lead to a page: "
                    + chain.end().phrase());
        }
        for (int i = 1; i < chain.hops().size(); i++) {
            if (chain.hops().get(i - 1).url().isHttps()
                    && !chain.hops().get(i).url().isHttps()) {
                return Verdict.fail("Redirects from HTTPS back to plain HTTP, starting " + from);
            }
        }
        if (redirects > MAX_REDIRECTS_TO_WARN) {
            return Verdict.fail(redirects + " redirects " + from + ", more than " + MAX_REDIRECTS_TO_WARN);
        }
        int status = chain.last().response().map(Exchange.Response::status).orElse(0);
        if (redirects > 0 && (status == 404 || status == 410)) {
            return Verdict.fail("Redirects to a page that does not exist (" + status + "), starting " + from);
        }
        if (chain.end() == Chain.End.FAILED) {
            return Verdict.notChecked("a redirect " + from + " leads to "
                    + chain.last().url().host() + ", which did not respond: "
                    + chain.last().failure().map(Exchange.Failure::detail).orElse("unknown"));
        }
        if (redirects > MAX_REDIRECTS_TO_PASS) {
            return Verdict.warn(redirects + " redirects " + from + ", more than " + MAX_REDIRECTS_TO_PASS);
        }
        return Verdict.pass(
                redirects == 0 ? "No redirects" : redirects + (redirects == 1 ? " redirect " : " redirects ") + from);
    }
}
