package dev.websentry.engine.check.redirects;

import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Exchange;
import dev.websentry.engine.observe.Observations;
import java.util.List;
import java.util.Set;

/** Checks that the redirect from HTTP to HTTPS is permanent, so that clients can cache it. */
final class PermanenceCheck implements Check {
    private static final Set<Integer> PERMANENT = Set.of(301, 308);

    private static final Definition DEFINITION = Definition.of(
                    "redirects.permanence", "Permanent Redirect", Category.REDIRECTS, 1)
            .describe(
                    "The redirect from HTTP to HTTPS is permanent (301 or 308), so that clients and search engines remember it.")
            .remedy(RedirectRemedies.TO_HTTPS)
            .references("https://www.rfc-editor.org/rfc/rfc9110#section-15.4")
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
            return Verdict.nothingToProtect("Plain HTTP is not served, so there is nothing to redirect: " + notServed);
        }
        return evaluate(plain).evidence(plain.evidence());
    }

    private static Verdict evaluate(PlainHttp plain) {
        if (plain.firstTarget() == null || plain.endsOnHttp()) {
            return Verdict.fail("There is no redirect from HTTP to HTTPS");
        }
        List<Integer> temporary = plain.plainHops().stream()
                .flatMap(hop -> hop.response().stream())
                .map(Exchange.Response::status)
                .filter(status -> !PERMANENT.contains(status))
                .toList();
        int first =
                plain.chain().first().response().map(Exchange.Response::status).orElse(0);
        return temporary.isEmpty()
                ? Verdict.pass("Permanent: " + first)
                : Verdict.warn("Temporary: " + temporary.get(0) + "; use 301 or 308, which clients remember");
    }
}
