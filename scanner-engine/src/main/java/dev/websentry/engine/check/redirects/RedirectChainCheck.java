package dev.websentry.engine.check.redirects;

import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckDefinition;
import dev.websentry.engine.check.CheckOutcome;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.observation.HttpExchange;
import dev.websentry.engine.observation.Observation;
import dev.websentry.engine.observation.RedirectChain;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.syntax.Quantity;
import java.util.List;
import java.util.Optional;

/** Checks that the redirects to the site are few and lead to a page. */
final class RedirectChainCheck implements Check {
    private static final int MAX_REDIRECTS_TO_PASS = 3;
    private static final int MAX_REDIRECTS_TO_WARN = 10;

    private static final CheckDefinition DEFINITION = CheckDefinition.scored(
                    "redirects.chain", "Redirect Chain", CheckCategory.REDIRECTS, 2)
            .description(
                    "The site is reached in at most three redirects, without a loop, a missing page or a redirect from HTTPS to HTTP.")
            .remediation(RedirectRemediations.CHAIN)
            .references(
                    "https://www.rfc-editor.org/rfc/rfc9110#section-15.4",
                    "https://fetch.spec.whatwg.org/#http-redirect-fetch")
            .build();

    @Override
    public CheckDefinition definition() {
        return DEFINITION;
    }

    /** Evaluates the redirects from HTTPS and those from plain HTTP, and returns the worse verdict. */
    @Override
    public CheckVerdict evaluate(ScanObservations seen) {
        CheckVerdict entry = evaluate(seen.site().entry().value());
        Optional<RedirectChain> plain = seen.site().plain() instanceof Observation.Seen<Optional<RedirectChain>> known
                ? known.value().filter(chain -> chain.first().response().isPresent())
                : Optional.empty();
        return plain.map(RedirectChainCheck::evaluate)
                .filter(verdict -> severity(verdict) > severity(entry))
                .orElse(entry);
    }

    private static int severity(CheckVerdict verdict) {
        return List.of(CheckOutcome.PASS, CheckOutcome.NOT_CHECKED, CheckOutcome.WARN, CheckOutcome.FAIL)
                .indexOf(verdict.outcome());
    }

    private static CheckVerdict evaluate(RedirectChain chain) {
        return withoutEvidence(chain).evidence(RedirectChainEvidence.lines(chain));
    }

    private static CheckVerdict withoutEvidence(RedirectChain chain) {
        String from = "from " + chain.first().url().scheme() + "://"
                + chain.first().url().host();
        int redirects = chain.redirectCount();
        if (chain.end() == RedirectChain.RedirectChainEnd.LOOP
                || chain.end() == RedirectChain.RedirectChainEnd.TOO_MANY_HOPS
                || chain.end() == RedirectChain.RedirectChainEnd.INVALID_LOCATION) {
            return CheckVerdict.fail("The redirects " + from + " do not lead to a page: "
                    + chain.end().description());
        }
        for (int i = 1; i < chain.hops().size(); i++) {
            if (chain.hops().get(i - 1).url().isHttps()
                    && !chain.hops().get(i).url().isHttps()) {
                return CheckVerdict.fail("Redirects from HTTPS back to plain HTTP, starting " + from);
            }
        }
        if (redirects > MAX_REDIRECTS_TO_WARN) {
            return CheckVerdict.fail(
                    Quantity.of(redirects, "redirect") + " " + from + ", more than " + MAX_REDIRECTS_TO_WARN);
        }
        int status = chain.last().response().map(HttpExchange.Response::status).orElse(0);
        if (redirects > 0 && (status == 404 || status == 410)) {
            return CheckVerdict.fail("Redirects to a page that does not exist (" + status + "), starting " + from);
        }
        if (chain.end() == RedirectChain.RedirectChainEnd.FAILED) {
            return CheckVerdict.notChecked("a redirect " + from + " leads to "
                    + chain.last().url().host() + ", which did not respond: "
                    + chain.last().failure().map(HttpExchange.Failure::detail).orElse("unknown"));
        }
        if (redirects > MAX_REDIRECTS_TO_PASS) {
            return CheckVerdict.warn(
                    Quantity.of(redirects, "redirect") + " " + from + ", more than " + MAX_REDIRECTS_TO_PASS);
        }
        return CheckVerdict.pass(redirects == 0 ? "No redirects" : Quantity.of(redirects, "redirect") + " " + from);
    }
}
