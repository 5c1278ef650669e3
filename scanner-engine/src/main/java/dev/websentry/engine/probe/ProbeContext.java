package dev.websentry.engine.probe;

import dev.websentry.engine.config.HttpProxy;
import dev.websentry.engine.config.ScanOptions;
import dev.websentry.engine.config.Target;
import dev.websentry.engine.net.Deadline;
import dev.websentry.engine.net.Dialer;
import dev.websentry.engine.net.HttpFetcher;
import dev.websentry.engine.net.ScanHostResolver;
import dev.websentry.engine.net.TaskScope;
import dev.websentry.engine.net.TrustStore;
import dev.websentry.engine.net.dns.DnsClient;
import dev.websentry.engine.net.dns.ValidatedChainCache;
import java.time.Instant;
import java.util.Optional;

/**
 * The state that all probes of one scan share.
 *
 * @param target the target of the scan
 * @param options the options of the scan
 * @param now the time at which the scan began
 * @param deadline the deadline of the scan
 * @param hostResolver resolves host names
 * @param dialer opens connections
 * @param httpFetcher sends HTTP requests
 * @param trustStore the trusted root certificates
 * @param tasks runs concurrent tasks
 * @param dns sends DNS queries
 * @param validatedChains the cache of validated DNSSEC chains
 */
public record ProbeContext(
        Target target,
        ScanOptions options,
        Instant now,
        Deadline deadline,
        ScanHostResolver hostResolver,
        Dialer dialer,
        HttpFetcher httpFetcher,
        TrustStore trustStore,
        TaskScope tasks,
        DnsClient dns,
        ValidatedChainCache validatedChains) {

    /** Returns the proxy through which the target is reached; empty if the target is connected to directly. */
    public Optional<HttpProxy> targetProxy() {
        String scheme = target.entryMode() == Target.EntryMode.HTTP_ONLY ? "http" : "https";
        return dialer.proxyFor(scheme, target.host().ascii(), target.httpsPort());
    }
}
