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

/**
 * The state that all probes of one scan share.
 *
 * @param target the target of the scan
 * @param options the options of the scan
 * @param now the time at which the scan began
 * @param deadline the deadline of the scan
 * @param addresses resolves host names
 * @param dialer opens connections
 * @param http sends HTTP requests
 * @param trust the trusted root certificates
 * @param tasks runs concurrent tasks
 * @param dns sends DNS queries
 * @param proven the cache of validated DNSSEC chains
 */
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

    /** Returns the proxy through which the target is reached; empty if the target is connected to directly. */
    public Optional<HttpProxy> proxy() {
        String scheme = target.entry() == Target.Entry.HTTP_ONLY ? "http" : "https";
        return dialer.proxy(scheme, target.host().ascii(), target.httpsPort());
    }
}
