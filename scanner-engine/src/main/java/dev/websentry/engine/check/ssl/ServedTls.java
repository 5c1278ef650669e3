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

/** Determines whether the host serves TLS at all, which every other check of this category requires. */
final class ServedTls {
    private ServedTls() {}

    /** Returns the endpoints that respond with TLS. */
    static List<TlsEndpoint> endpoints(Observations seen) {
        return seen.tls().endpoints().stream().filter(TlsEndpoint::answered).toList();
    }

    /**
     * Returns the verdict of checks that require TLS if TLS is certainly not available.
     *
     * @return a failure, or empty if TLS is available
     */
    static Optional<Verdict> missing(Observations seen) {
        return absence(seen).map(reason -> Verdict.fail("TLS is not available: " + reason));
    }

    /**
     * Returns the reason why TLS is certainly not available, or empty if it is available.
     *
     * @throws UnknownObservation if the availability could not be determined
     */
    static Optional<String> absence(Observations seen) {
        if (seen.target().entry() == Target.Entry.HTTP_ONLY) {
            return Optional.of("the site uses plain http");
        }
        TlsObservations tls = seen.tls();
        if (tls.answered()) {
            return Optional.empty();
        }
        List<TlsEndpoint> probed = tls.endpoints().stream()
                .filter(endpoint -> endpoint.reach().kind() != Reach.Kind.NO_ROUTE)
                .toList();
        if (probed.isEmpty()) {
            throw new UnknownObservation(
                    tls.endpoints().isEmpty() ? tls.unresolved() : "this machine has no route to the host's addresses");
        }
        for (TlsEndpoint endpoint : probed) {
            if (!isCertainlyWithoutTls(endpoint.reach(), respondsOverHttp(seen))) {
                throw new UnknownObservation(endpoint.reach().detail());
            }
        }
        return Optional.of(probed.get(0).reach().detail());
    }

    /** A timeout proves that TLS is not available only if the same host responds over plain http. */
    private static boolean isCertainlyWithoutTls(Reach reach, boolean respondsOverHttp) {
        return reach.kind() == Reach.Kind.NOT_TLS
                || reach.kind() == Reach.Kind.REFUSED
                || (reach.kind() == Reach.Kind.SILENT && respondsOverHttp);
    }

    private static boolean respondsOverHttp(Observations seen) {
        return seen.site().entry() instanceof Observed.Seen<Chain> entry
                && entry.value().hops().stream()
                        .anyMatch(hop -> !hop.url().isHttps()
                                && hop.response().isPresent()
                                && hop.url().host().equals(seen.target().host().ascii()));
    }
}
