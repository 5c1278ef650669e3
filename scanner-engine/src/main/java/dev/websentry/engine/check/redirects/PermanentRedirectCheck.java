package dev.websentry.engine.check.redirects;

import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckDefinition;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.observation.HttpExchange;
import dev.websentry.engine.observation.ScanObservations;
import java.util.List;
import java.util.Set;

/** Checks that the redirect from HTTP to HTTPS is permanent, so that clients can cache it. */
final class PermanentRedirectCheck implements Check {
    private static final Set<Integer> PERMANENT = Set.of(301, 308);

    private static final CheckDefinition DEFINITION = CheckDefinition.scored(
                    "redirects.permanence", "Permanent Redirect", CheckCategory.REDIRECTS, 1)
            .description(
                    "The redirect from HTTP to HTTPS is permanent (301 or 308), so that clients and search engines remember it.")
            .remediation(RedirectRemediations.TO_HTTPS)
            .references("https://www.rfc-editor.org/rfc/rfc9110#section-15.4")
            .build();

    @Override
    public CheckDefinition definition() {
        return DEFINITION;
    }

    @Override
    public CheckVerdict evaluate(ScanObservations seen) {
        return HttpEntryPoint.evaluate(
                seen,
                reason -> CheckVerdict.nothingToProtect(
                        "Plain HTTP is not served, so there is nothing to redirect: " + reason),
                PermanentRedirectCheck::evaluate);
    }

    private static CheckVerdict evaluate(HttpEntryPoint plain) {
        if (plain.firstRedirectTarget() == null || plain.endsOnHttp()) {
            return CheckVerdict.fail("There is no redirect from HTTP to HTTPS");
        }
        List<Integer> temporary = plain.httpHops().stream()
                .flatMap(hop -> hop.response().stream())
                .map(HttpExchange.Response::status)
                .filter(status -> !PERMANENT.contains(status))
                .toList();
        int first = plain.chain()
                .first()
                .response()
                .map(HttpExchange.Response::status)
                .orElse(0);
        return temporary.isEmpty()
                ? CheckVerdict.pass("Permanent: " + first)
                : CheckVerdict.warn("Temporary: " + temporary.get(0) + "; use 301 or 308, which clients remember");
    }
}
