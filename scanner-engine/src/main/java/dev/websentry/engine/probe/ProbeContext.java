package dev.websentry.engine.probe;

import dev.websentry.engine.net.AddressBook;
import dev.websentry.engine.net.Deadline;
import dev.websentry.engine.net.Dialer;
import dev.websentry.engine.net.HttpFetcher;
import dev.websentry.engine.net.Tasks;
import dev.websentry.engine.net.TrustStore;
import dev.websentry.engine.net.dns.DnsClient;
import dev.websentry.engine.net.dns.ProvenChains;
import dev.websentry.engine.target.HttpProxy;
import dev.websentry.engine.target.ScanOptions;
import dev.websentry.engine.target.Target;
import java.time.Instant;
import java.util.Optional;

/** What the probes of one scan share. */
public record ProbeContext(
        Target target,
        ScanOptions options,
        Instant now,
        Deadline deadline,
        AddressBook addresses,
        Dialer dialer,
        HttpFetcher http,
        TrustStore trust,
        Tasks tasks,
        DnsClient dns,
        ProvenChains proven) {

    /** The proxy by way of which the target itself is reached; empty where it is dialled directly. */
    public Optional<HttpProxy> proxy() {
        String scheme = target.entry() == Target.Entry.HTTP_ONLY ? "http" : "https";
        return dialer.proxy(scheme, target.host().ascii(), target.httpsPort());
    }
}
