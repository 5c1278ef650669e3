package dev.websentry.engine.check.ssl;

import dev.websentry.engine.check.Check;
import dev.websentry.engine.check.CheckVerdict;
import dev.websentry.engine.observation.ScanObservations;

/** A check that requires TLS, such as those of certificates and protocol versions; a scored one fails without TLS. */
interface TlsDependentCheck extends Check {
    /** Evaluates a host that responds with TLS on at least one address. */
    CheckVerdict evaluateTls(ScanObservations seen);

    @Override
    default CheckVerdict evaluate(ScanObservations seen) {
        if (definition().points() == 0
                && TlsAvailability.unavailabilityReason(seen).isPresent()) {
            return CheckVerdict.info("No TLS");
        }
        return TlsAvailability.failureWithoutTls(seen).orElseGet(() -> evaluateTls(seen));
    }
}
