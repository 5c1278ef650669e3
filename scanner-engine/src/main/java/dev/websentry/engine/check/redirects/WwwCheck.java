package dev.websentry.engine.check.redirects;

import dev.websentry.engine.check.Category;
import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.Definition;
import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Chain;
import dev.websentry.engine.observe.Exchange;
import dev.websentry.engine.observe.Exchange.Failure;
import dev.websentry.engine.observe.Observations;
import dev.websentry.engine.observe.SiteObservations.OtherName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Checks that a domain and its www name lead to the same site. */
final class WwwCheck implements Check {
    private static final Set<Failure.Kind> INCONCLUSIVE = Set.of(
            Failure.Kind.RESOLVER_FAILED,
            Failure.Kind.BLOCKED_ADDRESS,
            Failure.Kind.NO_ROUTE,
            Failure.Kind.PROXY_REFUSED,
            Failure.Kind.READ_TIMED_OUT);

    private static final Definition DEFINITION = Definition.of(
                    "redirects.www", "WWW Normalization", Category.REDIRECTS, 2)
            .describe("The domain and its www name both lead to one host over HTTPS, or only one of them exists.")
            .remedy(RedirectRemedies.WWW)
            .references("https://www.rfc-editor.org/rfc/rfc6797#section-11.4", "https://publicsuffix.org/")
            .build();

    @Override
    public Definition definition() {
        return DEFINITION;
    }

    @Override
    public Verdict judge(Observations seen) {
        OtherName other = seen.site().www().value().orElse(null);
        if (other == null) {
            return Verdict.nothingToProtect(
                    seen.target().explicitPort().isPresent()
                            ? "A target with an explicit port has no www variant"
                            : seen.target().host() + " is neither a registrable domain nor the www name of one");
        }
        Failure failure = other.secure().first().failure().orElse(null);
        if (failure != null && failure.kind() == Failure.Kind.UNRESOLVABLE) {
            return Verdict.pass(other.host() + " has no address");
        }
        String home = seen.site().page().value().exchange().url().host();
        Verdict verdict = failure == null ? secure(other, home) : withoutHttps(other, failure);
        return verdict.evidence(evidence(other));
    }

    private static Verdict secure(OtherName other, String home) {
        Chain chain = other.secure();
        boolean trusted = chain.first()
                .response()
                .flatMap(Exchange.Response::tls)
                .map(session -> session.trusted())
                .orElse(false);
        if (!trusted) {
            return Verdict.warn("Browsers reject the certificate of " + other.host());
        }
        if (chain.end() == Chain.End.FAILED) {
            return Verdict.notChecked(
                    other.host() + " redirects to " + chain.last().url().host() + ", which did not respond");
        }
        if (chain.end() != Chain.End.ANSWERED) {
            return Verdict.warn("The redirects from " + other.host() + " do not lead to a page: "
                    + chain.end().phrase());
        }
        String end = chain.last().url().host();
        if (end.equals(home)) {
            return chain.last().url().isHttps()
                    ? Verdict.pass("Both names lead to " + home)
                    : Verdict.warn(other.host() + " leads to plain HTTP on " + home);
        }
        int status = chain.last().response().map(Exchange.Response::status).orElse(0);
        return Verdict.warn(
                "Two separate sites: one name leads to " + home + ", the other responds with " + status + " on " + end);
    }

    private static Verdict withoutHttps(OtherName other, Failure failure) {
        Chain plain = other.plain();
        boolean plainResponds = plain.first().response().isPresent();
        if (plainResponds
                && !INCONCLUSIVE.contains(failure.kind())
                && failure.kind() != Failure.Kind.CLIENT_CERTIFICATE_REQUIRED) {
            return failure.kind() == Failure.Kind.TLS_FAILED
                            && plain.last().url().isHttps()
                    ? Verdict.warn("HTTPS does not work on " + other.host() + ": " + failure.detail())
                    : Verdict.fail(other.host() + " is served over plain HTTP only");
        }
        boolean refused = failure.kind() == Failure.Kind.REFUSED
                && plain.first()
                        .failure()
                        .filter(f -> f.kind() == Failure.Kind.REFUSED)
                        .isPresent();
        return refused
                ? Verdict.pass(other.host() + " accepts no connections over HTTP or HTTPS")
                : Verdict.notChecked(other.host() + " did not respond over HTTPS: " + failure.detail());
    }

    private static List<String> evidence(OtherName other) {
        List<String> lines = new ArrayList<>(
                ChainEvidence.lines(other.secure()).stream().limit(6).toList());
        lines.addAll(ChainEvidence.lines(other.plain()).stream().limit(6).toList());
        return lines;
    }
}
