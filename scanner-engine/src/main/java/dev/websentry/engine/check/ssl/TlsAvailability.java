package dev.websentry.engine.check.ssl;

import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.observation.Observation;
import dev.websentry.engine.observation.RedirectChain;
import dev.websentry.engine.observation.ScanObservations;
import dev.websentry.engine.observation.TlsEndpoint;
import dev.websentry.engine.observation.TlsEndpoint.Reachability;
import dev.websentry.engine.observation.TlsObservations;
import dev.websentry.engine.observation.UnobservedException;
import java.util.List;
import java.util.Optional;

/** Determines whether the host serves TLS at all, which every other check of this category requires. */
final class TlsAvailability {
    private TlsAvailability() {}

    /** Returns the endpoints that respond with TLS. */
    static List<TlsEndpoint> tlsEndpoints(ScanObservations seen) {
        return seen.tls().endpoints().stream().filter(TlsEndpoint::answered).toList();
    }

    /**
     * Returns the verdict of checks that require TLS if TLS is certainly not available.
     *
     * @return a failure, or empty if TLS is available
     */
    static Optional<CheckVerdict> failureWithoutTls(ScanObservations seen) {
        return unavailabilityReason(seen).map(reason -> CheckVerdict.fail("TLS is not available: " + reason));
    }

    /**
     * Returns the reason why TLS is certainly not available, or empty if it is available.
     *
     * @throws UnobservedException if the availability could not be determined
     */
    static Optional<String> unavailabilityReason(ScanObservations seen) {
        if (seen.target().entryMode() == Target.EntryMode.HTTP_ONLY) {
            return Optional.of("the site uses plain http");
        }
        TlsObservations tls = seen.tls();
        if (tls.answered()) {
            return Optional.empty();
        }
        List<TlsEndpoint> probed = tls.endpoints().stream()
                .filter(endpoint -> endpoint.reach().kind() != Reachability.ReachabilityKind.NO_ROUTE)
                .toList();
        if (probed.isEmpty()) {
            throw new UnobservedException(
                    tls.endpoints().isEmpty() ? tls.unresolved() : "this machine has no route to the host's addresses");
        }
        for (TlsEndpoint endpoint : probed) {
            if (!isCertainlyWithoutTls(endpoint.reach(), respondsOverHttp(seen))) {
                throw new UnobservedException(endpoint.reach().detail());
            }
        }
        return Optional.of(probed.get(0).reach().detail());
    }

    /** A timeout proves that TLS is not available only if the same host responds over plain http. */
    private static boolean isCertainlyWithoutTls(Reachability reach, boolean respondsOverHttp) {
        return reach.kind() == Reachability.ReachabilityKind.NOT_TLS
                || reach.kind() == Reachability.ReachabilityKind.REFUSED
                || (reach.kind() == Reachability.ReachabilityKind.SILENT && respondsOverHttp);
    }

    private static boolean respondsOverHttp(ScanObservations seen) {
        return seen.site().entry() instanceof Observation.Seen<RedirectChain> entry
                && entry.value().hops().stream()
                        .anyMatch(hop -> !hop.url().isHttps()
                                && hop.response().isPresent()
                                && hop.url().host().equals(seen.target().host().ascii()));
    }
}
