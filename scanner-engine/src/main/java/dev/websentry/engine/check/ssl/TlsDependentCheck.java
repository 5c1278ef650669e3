package dev.websentry.engine.check.ssl;

import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.observation.ScanObservations;

/** A check that requires TLS, such as the checks of certificates and protocol versions; it fails without TLS. */
interface TlsDependentCheck extends Check {
    /** Evaluates a host that responds with TLS on at least one address. */
    CheckVerdict evaluateTls(ScanObservations seen);

    @Override
    default CheckVerdict evaluate(ScanObservations seen) {
        return TlsAvailability.failureWithoutTls(seen).orElseGet(() -> evaluateTls(seen));
    }
}
