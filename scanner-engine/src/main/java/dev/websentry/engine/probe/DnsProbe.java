package dev.websentry.engine.probe;

import dev.websentry.engine.observe.DnsObservations;

/** Asks the DNS. */
public final class DnsProbe {
    public DnsProbe(ProbeContext context) {}

    public DnsObservations probe() {
        return new DnsObservations();
    }
}
