package dev.websentry.engine.check.redirects;

import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Exchange;
import dev.websentry.engine.observe.Observations;
import java.util.List;
import java.util.Set;

/** Whether clients may remember the way to https. */
final class PermanenceCheck implements Check {
    private static final Set<Integer> PERMANENT = Set.of(301, 308);

    private static final Definition DEFINITION = Definition.of(
                    "redirects.permanence", "Permanent Redirect", Category.REDIRECTS, 1)
            .describe(
                    "The redirect from http to https is permanent, 301 or 308, so clients and search engines keep it.")
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
        String closed = plain.closed(seen).orElse(null);
        if (closed != null) {
            return Verdict.nothingToProtect("There is no plain http to redirect: " + closed);
        }
        return judge(plain).evidence(plain.evidence());
    }

    private static Verdict judge(PlainHttp plain) {
        if (plain.firstTarget() == null || plain.endsOnHttp()) {
            return Verdict.fail("There is no redirect from http to https that could be permanent");
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
                : Verdict.warn("Temporary: " + temporary.get(0) + "; 301 or 308 would be kept");
    }
}
