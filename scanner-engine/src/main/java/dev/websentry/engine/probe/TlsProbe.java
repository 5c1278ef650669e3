package dev.websentry.engine.probe;

import dev.websentry.engine.observe.TlsObservations;

/** Asks the host's TLS servers. */
public final class TlsProbe {
    public TlsProbe(ProbeContext context) {}

    public TlsObservations probe() {
        return new TlsObservations(false);
    }
}
