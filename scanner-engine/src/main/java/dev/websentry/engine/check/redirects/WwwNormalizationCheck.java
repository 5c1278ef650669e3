package dev.websentry.engine.check.redirects;

import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.CheckCategory;
import dev.websentry.engine.check.CheckDefinition;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.check.ssl.SiteTrust;
import dev.websentry.engine.observation.HttpExchange;
import dev.websentry.engine.observation.HttpExchange.Failure;
import dev.websentry.engine.observation.RedirectChain;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.observation.SiteObservations.WwwVariant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Checks that a domain and its www name lead to the same site. */
final class WwwNormalizationCheck implements Check {
    private static final Set<Failure.RequestFailureKind> INCONCLUSIVE = Set.of(
            Failure.RequestFailureKind.RESOLVER_FAILED,
            Failure.RequestFailureKind.BLOCKED_ADDRESS,
            Failure.RequestFailureKind.NO_ROUTE,
            Failure.RequestFailureKind.PROXY_REFUSED,
            Failure.RequestFailureKind.READ_TIMED_OUT);

    private static final CheckDefinition DEFINITION = CheckDefinition.scored(
                    "redirects.www", "WWW Normalization", CheckCategory.REDIRECTS, 2)
            .description("The domain and its www name both lead to one host over HTTPS, or only one of them exists.")
            .remediation(RedirectRemediations.WWW)
            .references("https://www.rfc-editor.org/rfc/rfc6797#section-11.4", "https://publicsuffix.org/")
            .build();

    @Override
    public CheckDefinition definition() {
        return DEFINITION;
    }

    @Override
    public CheckVerdict evaluate(ScanObservations seen) {
        WwwVariant other = seen.site().www().value().orElse(null);
        if (other == null) {
            return CheckVerdict.nothingToProtect(
                    seen.target().explicitPort().isPresent()
                            ? "A target with an explicit port has no www variant"
                            : seen.target().host()
                                    + " is neither a registrable domain nor the www name of one (names below a"
                                    + " private suffix such as github.io, or one that may be private, do not count)");
        }
        Failure failure = other.secure().first().failure().orElse(null);
        if (failure != null && failure.kind() == Failure.RequestFailureKind.UNRESOLVABLE) {
            return CheckVerdict.pass(other.host() + " has no address");
        }
        String home = seen.site().page().value().exchange().url().host();
        CheckVerdict verdict = failure == null ? secure(other, home, seen) : withoutHttps(other, failure);
        return verdict.evidence(evidence(other));
    }

    private static CheckVerdict secure(WwwVariant other, String home, ScanObservations seen) {
        RedirectChain chain = other.secure();
        if (!SiteTrust.isAccepted(chain.first(), seen)) {
            return CheckVerdict.warn("Browsers reject the certificate of " + other.host());
        }
        if (chain.end() == RedirectChain.RedirectChainEnd.FAILED) {
            return CheckVerdict.notChecked(
                    other.host() + " redirects to " + chain.last().url().host() + ", which did not respond");
        }
        if (chain.end() != RedirectChain.RedirectChainEnd.ANSWERED) {
            return CheckVerdict.warn("The redirects from " + other.host() + " do not lead to a page: "
                    + chain.end().description());
        }
        String end = chain.last().url().host();
        if (end.equals(home)) {
            return chain.last().url().isHttps()
                    ? CheckVerdict.pass("Both names lead to " + home)
                    : CheckVerdict.warn(other.host() + " leads to plain HTTP on " + home);
        }
        int status = chain.last().response().map(HttpExchange.Response::status).orElse(0);
        return CheckVerdict.warn("The two names do not lead to one host: one leads to " + home
                + ", the other responds with status " + status + " on " + end);
    }

    private static CheckVerdict withoutHttps(WwwVariant other, Failure failure) {
        RedirectChain plain = other.plain();
        boolean plainResponds = plain.first().response().isPresent();
        if (plainResponds
                && !INCONCLUSIVE.contains(failure.kind())
                && failure.kind() != Failure.RequestFailureKind.CLIENT_CERTIFICATE_REQUIRED) {
            return failure.kind() == Failure.RequestFailureKind.TLS_FAILED
                            && plain.last().url().isHttps()
                    ? CheckVerdict.warn("HTTPS does not work on " + other.host() + ": " + failure.detail())
                    : CheckVerdict.fail(other.host() + " is served over plain HTTP only");
        }
        boolean refused = failure.kind() == Failure.RequestFailureKind.REFUSED
                && plain.first()
                        .failure()
                        .filter(f -> f.kind() == Failure.RequestFailureKind.REFUSED)
                        .isPresent();
        return refused
                ? CheckVerdict.pass(other.host() + " accepts no connections over HTTP or HTTPS")
                : CheckVerdict.notChecked(other.host() + " did not respond over HTTPS: " + failure.detail());
    }

    private static List<String> evidence(WwwVariant other) {
        List<String> lines = new ArrayList<>(
                RedirectChainEvidence.lines(other.secure()).stream().limit(6).toList());
        lines.addAll(
                RedirectChainEvidence.lines(other.plain()).stream().limit(6).toList());
        return lines;
    }
}
