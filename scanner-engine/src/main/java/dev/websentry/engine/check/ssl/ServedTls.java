package dev.websentry.engine.check.ssl;

import dev.websentry.engine.check.Verdict;
import dev.websentry.engine.observe.Chain;
import dev.websentry.engine.observe.Observations;
import dev.websentry.engine.observe.Observed;
import dev.websentry.engine.observe.TlsEndpoint;
import dev.websentry.engine.observe.TlsEndpoint.Reach;
import dev.websentry.engine.observe.TlsObservations;
import dev.websentry.engine.observe.UnknownObservation;
import dev.websentry.engine.target.Target;
import java.util.List;
import java.util.Optional;

/** Whether the host serves TLS at all: the question before every other of this category. */
final class ServedTls {
    private ServedTls() {}

    /** The endpoints that speak TLS. */
    static List<TlsEndpoint> endpoints(Observations seen) {
        return seen.tls().endpoints().stream().filter(TlsEndpoint::answered).toList();
    }

    /** The verdict of a check that needs TLS where there surely is none; empty where TLS answers. */
    static Optional<Verdict> missing(Observations seen) {
        return absence(seen).map(reason -> Verdict.fail("No TLS to judge: " + reason));
    }

    /**
     * Why there surely is no TLS; empty where it answers.
     *
     * @throws UnknownObservation when that could not be determined
     */
    static Optional<String> absence(Observations seen) {
        if (seen.target().entry() == Target.Entry.HTTP_ONLY) {
            return Optional.of("the site is plain http");
        }
        TlsObservations tls = seen.tls();
        if (tls.answered()) {
            return Optional.empty();
        }
        List<TlsEndpoint> asked = tls.endpoints().stream()
                .filter(endpoint -> endpoint.reach().kind() != Reach.Kind.NO_ROUTE)
                .toList();
        if (asked.isEmpty()) {
            throw new UnknownObservation(
                    tls.endpoints().isEmpty() ? tls.unresolved() : "this machine has no route to the host's addresses");
        }
        for (TlsEndpoint endpoint : asked) {
            if (!isSurelyWithout(endpoint.reach(), answersPlainHttp(seen))) {
                throw new UnknownObservation(endpoint.reach().detail());
            }
        }
        return Optional.of(asked.get(0).reach().detail());
    }

    /** Silence is a closed door only when the same host answers on another one. */
    private static boolean isSurelyWithout(Reach reach, boolean answersPlainHttp) {
        return reach.kind() == Reach.Kind.NOT_TLS
                || reach.kind() == Reach.Kind.REFUSED
                || (reach.kind() == Reach.Kind.SILENT && answersPlainHttp);
    }

    private static boolean answersPlainHttp(Observations seen) {
        return seen.site().entry() instanceof Observed.Seen<Chain> entry
                && entry.value().hops().stream()
                        .anyMatch(hop -> !hop.url().isHttps()
                                && hop.response().isPresent()
                                && hop.url().host().equals(seen.target().host().ascii()));
    }
}
